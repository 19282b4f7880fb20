"""Whose words stand in somebody's direct messages: said to those alone who take more than one guild's course."""

from __future__ import annotations

from dataclasses import replace

import discord
import structlog

from bots.discord.calling import Act, Calling
from bots.discord.directs import Directs
from bots.discord.faces import Face
from bots.discord.text import escaped
from bots.discord.troubles import DiscordTrouble

log = structlog.get_logger()

REMEMBERED_AT_MOST = 1_000
"""Names of guilds."""
OTHERWISE = "Meant for another server? Reply to a message from it, and I go on there."


class Courses:
    """Names the guild over what is said directly."""

    def __init__(self, client: discord.Client, calling: Calling, directs: Directs) -> None:
        self._client = client
        self._calling = calling
        self._directs = directs
        self._names: dict[str, str] = {}

    async def over(self, face: Face, user: str, home: str, *, typed: bool = False) -> Face:
        """The face with a line that names the guild ahead of it, where the person was met in others too. `typed`: it answers what
        they typed without saying for which of the guilds.
        """
        if not home.isdecimal() or not await self._directs.several(user):
            return face
        name = await self._name(home)
        if not name:
            return face
        line = f"-# {escaped(name)}" + (f". {OTHERWISE}" if typed else "")
        return replace(face, opening=f"{line}\n{face.opening}".rstrip())

    async def _name(self, guild: str) -> str:
        if guild not in self._names:
            try:
                found = await self._calling(Act.SEE, self._client.fetch_guild(int(guild), with_counts=False))
            except DiscordTrouble as trouble:
                log.info("discord guild not named", trouble=type(trouble).__name__)
                return ""
            while len(self._names) >= REMEMBERED_AT_MOST:
                del self._names[next(iter(self._names))]
            self._names[guild] = found.name
        return self._names[guild]
