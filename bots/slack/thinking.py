"""That somebody is at work, shown in a thread before there are words to show."""

from __future__ import annotations

from collections.abc import Mapping

import structlog

from bots.slack.api import Api
from bots.slack.posts import Feature
from bots.slack.remedies import REMEDIES, Abilities, Remedy
from bots.slack.troubles import SlackRefused, SlackTrouble

log = structlog.get_logger()

LOADING = ("Reading what you wrote", "Looking into your record", "Finding the words")
"""Shown in turn, where Slack shows no session."""


class Thinking:
    """The state of one thread: a session where the workspace has sessions, else the older status, else nothing.

    It is a courtesy: where Slack does not take it, the answer goes on.
    """

    def __init__(self, api: Api, abilities: Abilities, *, team: str, channel: str, thread: str, user: str) -> None:
        self._api = api
        self._abilities = abilities
        self._team = team
        self._place: dict[str, object] = {"channel_id": channel, "thread_ts": thread}
        self._thread = thread
        self._user = user
        self._shown: Feature | None = None

    @property
    def session(self) -> str | None:
        """What the end of a stream says of the session."""
        return "active" if self._shown is Feature.SESSION else None

    async def begin(self, face: Mapping[str, str]) -> None:
        """Somebody is at work."""
        if not self._thread:
            return
        who: dict[str, object] = {**self._place, **face}
        if await self._says(Feature.SESSION, "agents.sessions.setStatus", {**who, "status": "processing"}):
            return
        status = {**who, "status": "is thinking…", "loading_messages": list(LOADING)}
        await self._says(Feature.STATUS, "assistant.threads.setStatus", status)

    def shown_instead(self, *, streamed: bool) -> None:
        """A message is there: it takes the place of a status, and as the end of a stream also ends the session."""
        if streamed or self._shown is Feature.STATUS:
            self._shown = None

    async def end(self) -> None:
        """Nobody is any more."""
        if self._shown is Feature.SESSION:
            await self._says(Feature.SESSION, "agents.sessions.setStatus", {**self._place, "status": "active"})
        elif self._shown is Feature.STATUS:
            await self._says(Feature.STATUS, "assistant.threads.setStatus", {**self._place, "status": ""})
        self._shown = None

    async def _says(self, feature: Feature, method: str, arguments: dict[str, object]) -> bool:
        if feature in self._abilities.without(self._team):
            return False
        try:
            await self._api.call(self._team, method, **arguments)
        except SlackRefused as refused:
            remedy = REMEDIES.get(refused.code)
            if remedy in (Remedy.UNSUPPORTED, Remedy.SCOPE):
                self._abilities.refuse(self._team, feature, refused.code)
            return False
        except SlackTrouble as trouble:
            log.info("slack status not told", team=self._team, trouble=type(trouble).__name__)
            return False
        self._shown = feature
        return True
