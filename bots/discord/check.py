"""What `elevate check` finds out about Discord: whether the token holds, and which intent, permission or command is missing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bots import pings
from bots.discord.invite import CONTENT_OFF, invite, missing, reads_content
from bots.discord.register import commands, differs
from bots.settings import Settings
from core.catalog import Catalog
from core.errors import SettingTrouble, Trouble

GUILDS_NAMED = 5


async def check(settings: Settings, catalog: Catalog) -> str:
    """Ask Discord everything that the token allows, in words.

    Raises:
        Trouble: with a line for each thing that is wrong, and what to do.
    """
    if settings.discord_bot_token is None:
        raise SettingTrouble("DISCORD_BOT_TOKEN is missing.")
    token, url = settings.discord_bot_token.get_secret_value(), settings.discord_api_url
    name = await pings.discord(token, url)  # first, and alone: a wrong token is told once
    app, guilds = await asyncio.gather(pings.discord_app(token, url), pings.discord_guilds(token, url))
    registered = await pings.discord_commands(token, app.id, url)
    lacking = _lacking(guilds)
    if lacking:
        raise Trouble(" ".join((*lacking, f"Give them to its role there, or let it in again: {invite(app.id)}")))
    return ", ".join(
        (
            f"{name} in {_in_words(guilds)}" if guilds else f"{name} in no guild yet: let it in with {invite(app.id)}",
            "the commands change at the next start" if differs(registered, commands(catalog)) else "the commands are up to date",
            "it reads whole threads" if reads_content(app.flags) else CONTENT_OFF,
        )
    )


def _lacking(guilds: Sequence[pings.DiscordGuild]) -> list[str]:
    lines = [f"In {each.name} the bot lacks {', '.join(lacks)}." for each in guilds if (lacks := missing(each.permissions))]
    more = len(lines) - GUILDS_NAMED
    return lines if more <= 0 else [*lines[:GUILDS_NAMED], f"So it is in {more} more."]


def _in_words(guilds: Sequence[pings.DiscordGuild]) -> str:
    return ", ".join(each.name for each in guilds) if len(guilds) <= GUILDS_NAMED else f"{len(guilds)} guilds"
