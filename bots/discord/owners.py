"""Whose the guilds are: whoever owns one counts as who let the bot in there."""

from __future__ import annotations

from dataclasses import replace

import discord

from core.request import Actor


class Owners:
    """The owners of the guilds that this process hears."""

    def __init__(self) -> None:
        self._of: dict[str, str] = {}

    def note(self, guild: discord.Guild) -> None:
        """There is this guild, as it is by now."""
        if guild.owner_id is not None:
            self._of[str(guild.id)] = str(guild.owner_id)

    async def acquaint(self, actor: Actor) -> Actor:
        """The actor, with whether the guild is theirs."""
        return replace(actor, installer=True) if self._of.get(actor.workspace) == actor.user else actor
