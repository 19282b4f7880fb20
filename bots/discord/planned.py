"""A plan in Discord: a message of its own, which is changed as its steps are done."""

from __future__ import annotations

import structlog

from bots.discord.arrived import Origin
from bots.discord.edited import Drawing
from bots.discord.marks import Mark
from bots.discord.replies import Reply, Spent
from bots.discord.screen import Screen, Screens
from bots.discord.troubles import DiscordTrouble
from core.ui import Card, Message, Planned

log = structlog.get_logger()


class PlanShown:
    """The plan of one answer. It is a courtesy: where Discord does not take it, the answer goes on."""

    def __init__(self, screens: Screens, draw: Drawing, origin: Origin, key: str, *, private: bool) -> None:
        self._screens = screens
        self._draw = draw
        self._origin = origin
        self._key = key
        self._private = private
        self._screen: Screen | None = None
        self._shows: Planned | None = None
        self._found: str | None = None

    async def show(self, planned: Planned, reply: Reply | None) -> None:
        """Show how far it is."""
        message = Message(cards=(Card(body=(planned.plan,)),), speaker=planned.speaker)
        first, self._shows = self._shows is None, planned
        try:
            if first and (self._origin.direct or not self._private) and self._origin.present:
                self._found = await self._screens.find(self._origin.address, f"{self._key}:plan")
            if self._found:  # a process that has died since had posted it
                await self._screens.edit(self._origin.address, self._found, message)
                return
            if self._screen is None:
                self._screen = await self._screens.screen(self._origin, planned.speaker, self._private, reply)
            for number, post in enumerate(await self._draw.posts(message, self._screen.opening)):
                await self._screen.put(number, post, Mark(f"{self._key}:plan", number + 1, 1))
        except (DiscordTrouble, Spent) as trouble:
            log.info("discord plan not shown", trouble=type(trouble).__name__)

    async def break_off(self, reply: Reply | None) -> None:
        """Let nothing stand in it as if it went on."""
        if self._shows is not None and self._shows.plan != self._shows.plan.broken_off:
            await self.show(Planned(self._shows.plan.broken_off, self._shows.speaker), reply)
