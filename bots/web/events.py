"""`/events`: tells an open page that something of its person changed, by whomever, so that it shows it anew."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Protocol

import structlog
from aiohttp import ClientConnectionError, web

from bots.web.pages import Visit
from bots.web.sessions import Guard
from core.errors import StoreTrouble
from core.people.model import Person

log = structlog.get_logger()

LOOK_SECONDS = 1.5
"""Between two looks at the record: whoever else writes there, in whichever process, is noticed so soon."""
BEAT_LOOKS = 10
"""So many looks without a change are followed by a sign of life, for proxies between; who was signed out is then let go."""
STREAMS_AT_MOST = 6
"""Of one person: browsers open no more at a time to one server."""
AGAIN_MILLISECONDS = 4_000

Wait = Callable[[float], Awaitable[object]]


class Marks(Protocol):
    """Whoever knows whether something of a person's changed."""

    async def mark(self, person: Person) -> str:
        """A text that is another one as soon as something has."""
        ...


class Events:
    """The open streams of this process."""

    def __init__(self, guard: Guard, marks: Marks, wait: Wait = asyncio.sleep) -> None:
        self._guard = guard
        self._marks = marks
        self._wait = wait
        self._open: Counter[str] = Counter()
        self._ended = asyncio.Event()

    def end(self) -> None:
        """Let everybody go: browsers come back by themselves."""
        self._ended.set()

    def route(self) -> web.RouteDef:
        """The route."""
        return web.get("/events", self._guard.reads(self._listened))

    async def _listened(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        person = visit.person
        if self._ended.is_set() or self._open[person.id] >= STREAMS_AT_MOST:
            return web.Response(status=204)  # by which a browser knows not to come back
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        response = web.StreamResponse(headers=headers)
        self._open[person.id] += 1
        try:
            await response.prepare(request)
            await response.write(f"retry: {AGAIN_MILLISECONDS}\n\n".encode())
            await self._tell(response, visit)
        except (ConnectionError, ClientConnectionError):
            pass  # the page was closed
        finally:
            self._open[person.id] -= 1
            if not self._open[person.id]:
                del self._open[person.id]
        return response

    async def _tell(self, response: web.StreamResponse, visit: Visit) -> None:
        seen, quiet = await self._mark(visit.person, ""), 0
        while not await self._over():
            mark = await self._mark(visit.person, seen)
            quiet += 1
            if mark != seen:
                await response.write(f"event: changed\ndata: {mark}\n\n".encode())
                seen, quiet = mark, 0
            elif quiet >= BEAT_LOOKS:
                if not await self._guard.dashboard.still(visit.entered.session, self._guard.now()):
                    return
                await response.write(b": still here\n\n")
                quiet = 0

    async def _mark(self, person: Person, before: str) -> str:
        try:
            return await self._marks.mark(person)
        except StoreTrouble as trouble:
            log.warning("changes not looked for", trouble=type(trouble).__name__)
            return before

    async def _over(self) -> bool:
        """Wait until it is time for a look; True where everything ends instead."""
        ends = {asyncio.ensure_future(self._ended.wait()), asyncio.ensure_future(self._wait(LOOK_SECONDS))}
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in ends:
                each.cancel()
        return self._ended.is_set()
