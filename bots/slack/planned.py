"""A plan in Slack: a message of its own, which is changed as its steps are done."""

from __future__ import annotations

import structlog

from bots.slack.arrived import Origin
from bots.slack.sender import SlackMessenger, address_of
from bots.slack.troubles import SlackTrouble
from core.outbox import Undeliverable
from core.ui import Card, Message, Planned

log = structlog.get_logger()


class PlanShown:
    """The plan of one answer. It is a courtesy: where Slack does not take it, the answer goes on."""

    def __init__(self, messenger: SlackMessenger, origin: Origin, key: str) -> None:
        self._messenger = messenger
        self._origin = origin
        self._key = key
        self._ts: str | None = None
        self._shows: Planned | None = None

    async def show(self, planned: Planned) -> None:
        """Show how far it is."""
        message, key = Message(cards=(Card(body=(planned.plan,)),), speaker=planned.speaker), f"{self._key}:plan"
        to = address_of(self._origin)
        first, self._shows = self._shows is None, planned
        try:
            if first:  # a process that has died since may have posted it
                self._ts = await self._messenger.find(to, key)
            if self._ts is None:
                self._ts = await self._messenger.answer(self._origin, message, key)
            elif self._ts:  # what can only be posted once shows how it began
                await self._messenger.edit(to, self._ts, message)
        except (SlackTrouble, Undeliverable) as trouble:
            log.info("slack plan not shown", team=self._origin.team, trouble=type(trouble).__name__)

    async def break_off(self) -> None:
        """Let nothing stand in it as if it went on."""
        if self._shows is not None and self._shows.plan != self._shows.plan.broken_off:
            await self.show(Planned(self._shows.plan.broken_off, self._shows.speaker))
