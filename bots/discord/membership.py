"""Which of our guilds somebody is in who writes directly before anything else: they belong to the cohort all the same."""

from __future__ import annotations

import discord

from bots.discord.calling import Act, Calling

GUILDS_ASKED = 10
"""Whether a newcomer is in them: more would keep them waiting."""


async def guild_of(client: discord.Client, calling: Calling, user: str) -> str | None:
    """The first of our guilds that has this member, or None.

    Raises:
        DiscordTrouble: Discord does not say.
    """

    async def ours() -> list[discord.Guild]:
        return [each async for each in client.fetch_guilds(limit=GUILDS_ASKED, with_counts=False)]

    async def is_in(guild: discord.Guild) -> bool:
        try:
            await guild.fetch_member(int(user))
        except discord.NotFound:
            return False
        return True

    for guild in await calling(Act.SEE, ours()):
        if await calling(Act.SEE, is_in(guild), guild=str(guild.id)):
            return str(guild.id)
    return None
