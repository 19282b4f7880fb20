"""The home tab: published when it is opened and after each change, one after the other, and never when it would stay the same."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bots.boundary import Door, report, serve
from bots.slack.api import Api
from bots.slack.posts import Block
from bots.slack.troubles import SlackBusy, SlackRefused, SlackUnreachable
from core.errors import Trouble
from core.ids import new_id
from core.request import Actor, Opened
from core.ui import Page

log = structlog.get_logger()

PAUSE_SECONDS, LONGEST_PAUSE = 1.0, 60.0
"""Changes that come within so long are published together; while Slack takes none, it grows."""
DRAWN_FOR = timedelta(minutes=1)
"""So long a page that was drawn will do for whoever was only told something: what others change of it, and the time of day, show
then."""
GREETED_AS_MUCH = 5_000
"""People whose last published page is remembered."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A home tab as it stands in Slack: the mark that we left in it, and Slack's hash, which changes with it."""

    mark: str = ""
    hash: str = ""


class Homes:
    """The home tabs of everybody who does something here. `draw` makes the view of a page."""

    def __init__(
        self,
        door: Door,
        api: Api,
        *,
        draw: Callable[[Page], Block],
        now: Callable[[], datetime],
        wait: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._door = door
        self._api = api
        self._draw = draw
        self._now = now
        self._wait = wait
        self._waiting: dict[str, tuple[Actor, Tab | None]] = {}
        self._drawn: dict[str, tuple[str, datetime]] = {}
        self._stir = asyncio.Event()
        self._looked = asyncio.Event()
        self._pause = PAUSE_SECONDS

    def opened(self, actor: Actor, tab: Tab) -> None:
        """They are looking at it now."""
        self._waiting[actor.identity] = (actor, tab)
        self._looked.set()
        self._stir.set()

    def changed(self, actor: Actor) -> None:
        """Something of theirs may have changed."""
        self._waiting.setdefault(actor.identity, (actor, None))
        self._stir.set()

    def told(self, actor: Actor) -> None:
        """They have had an answer, and nothing of theirs was changed by it."""
        _, at = self._drawn.get(actor.identity, ("", None))
        if at is None or self._now() - at >= DRAWN_FOR:
            self.changed(actor)

    async def run(self) -> None:
        """Publish what is asked for, until cancelled: after a moment, or at once where somebody looks; theirs comes first."""
        while True:
            await self._stir.wait()
            await self._moment()
            self._stir.clear()
            self._looked.clear()
            taken = True
            for identity in sorted(self._waiting, key=lambda each: self._waiting[each][1] is None):
                taken = await self._published(*self._waiting.pop(identity)) and taken
            self._pause = PAUSE_SECONDS if taken else min(self._pause * 2, LONGEST_PAUSE)

    async def _moment(self) -> None:
        """Wait for more changes, unless somebody looks."""
        ends = {asyncio.ensure_future(self._looked.wait()), asyncio.ensure_future(self._wait(self._pause))}
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in ends:
                each.cancel()

    async def _published(self, actor: Actor, tab: Tab | None) -> bool:
        """Publish it; one page that cannot be drawn must not keep everybody else's from being so. False where Slack does not take
        it just now: then it is published later.
        """
        publishing = asyncio.create_task(self._publish(actor, tab))
        await asyncio.wait({publishing})
        match publishing.exception():
            case None:
                pass
            case SlackBusy() | SlackUnreachable() as trouble:
                log.warning("home not published", trouble=type(trouble).__name__)
                self.changed(actor)
                return False
            case Trouble() as trouble:
                log.warning("home not published", trouble=type(trouble).__name__)
            case Exception() as trouble:
                report(trouble)
            case trouble:
                raise trouble
        return True

    async def _publish(self, actor: Actor, tab: Tab | None) -> None:
        view, mark = await self._view(actor)
        if view is None:
            return
        there, _ = self._drawn.get(actor.identity, ("", None))
        if mark == (tab.mark if tab else there):
            self._remember(actor, mark)
            return
        seen = tab.hash if tab and tab.hash else None
        try:
            await self._api.call(actor.workspace, "views.publish", user_id=actor.user, view=view, hash=seen)
        except SlackRefused as refused:
            if refused.code != "hash_conflict":
                raise
            # Another process was quicker: what stands there now is older than what we can draw by now.
            view, mark = await self._view(actor)
            if view is None:
                return
            await self._api.call(actor.workspace, "views.publish", user_id=actor.user, view=view)
        self._remember(actor, mark)

    async def _view(self, actor: Actor) -> tuple[Block | None, str]:
        at = self._now()
        answer = await serve(self._door, Opened(id=new_id("evt"), actor=actor, address=actor.direct, at=at))
        if not isinstance(answer, Page):  # a trouble: what stands there stays
            return None, ""
        view = self._draw(answer)
        mark = hashlib.sha256(json.dumps(view, sort_keys=True).encode()).hexdigest()[:16]
        return {**view, "private_metadata": mark}, mark

    def _remember(self, actor: Actor, mark: str) -> None:
        self._drawn.pop(actor.identity, None)
        self._drawn[actor.identity] = (mark, self._now())
        while len(self._drawn) > GREETED_AS_MUCH:
            del self._drawn[next(iter(self._drawn))]
