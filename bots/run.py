"""`elevate run` with a platform's settings: everything that is set goes on until the machine wants an end."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass

import structlog
from aiohttp import web

from bots.readiness import Readiness
from bots.surfaces import Surface
from bots.web.server import NotServed, serving
from bots.wiring import Program
from core.signals import Note, unnoted

log = structlog.get_logger()

YOUNG_AT_MOST = 5_000
"""New objects after which garbage is looked for; Python's own 700 are made and dropped by a single answer."""
SWITCH_SECONDS = 0.0005
"""So long the loop keeps the interpreter's lock at most, while the record's thread waits for it; Python's own 5 ms, many times a
write, would be most of what an answer takes when there is much to do."""
GRACE_SECONDS = 30.0
"""For what is being answered when the end is wanted; the rest goes back to the inbox."""


@dataclass(frozen=True, slots=True)
class Service:
    """A surface that runs by itself.

    `routes` are what it wants the web server to answer. `open` begins to hear; `close` hears no more, gives what is being
    answered so many seconds, and then tells the reception that the rest is broken off by the end of the program. `deaf` says in
    a few words why nothing is heard, "" where something is, as far as it can know.
    """

    surface: Surface
    routes: Sequence[web.AbstractRouteDef]
    open: Callable[[], Awaitable[None]]
    close: Callable[[float], Awaitable[None]]
    deaf: Callable[[], str] = lambda: ""


def nothing() -> None:
    """There is nothing to be told."""


@dataclass(frozen=True, slots=True)
class Site:
    """What the web server answers besides what services want of it, and where. `needed`: nothing is begun without it.

    `note` is told of every request, and `ending` before the server closes: who listens for changes is let go then.
    """

    routes: Sequence[web.AbstractRouteDef]
    host: str
    port: int
    needed: bool = False
    note: Note = unnoted
    ending: Callable[[], object] = nothing


async def run(
    program: Program,
    services: Sequence[AbstractAsyncContextManager[Service]],
    *,
    site: Site,
    readiness: Readiness,
    say: Callable[[str], None],
) -> int:
    """Serve until SIGTERM or Ctrl-C; returns the exit status. `readiness` is told what runs, and when it is over.

    Raises:
        Trouble: a service cannot be opened.
    """
    async with AsyncExitStack() as stack:
        ending = stack.enter_context(_ending())
        running = [await stack.enter_async_context(each) for each in services]
        for each in running:
            stack.enter_context(program.surfaces.opened(each.surface))
        deadline = _Deadline()
        names = [each.surface.platform.value for each in running]
        work = program.work(names)
        readiness.watch({each.surface.platform.value: each.deaf for each in running}, work.looked)
        web_server = await stack.enter_async_context(_web(running, site, say))
        async with work.going_on(deadline.left):
            settle_in()
            for each in running:
                await each.open()
            say("Elevate is running. Ctrl-C ends it.")
            await ending.wait()
            log.info("ended")
            deadline.set()
            readiness.end()
            site.ending()
            await web_server.aclose()
            await asyncio.gather(*(each.close(deadline.left()) for each in running))
    return 0


def settle_in() -> None:
    """What is in memory by now, the course and the libraries, stays: the collector need not walk through it again and again. The
    loop and the record's thread take turns quickly."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_AT_MOST, 20, 50)
    sys.setswitchinterval(SWITCH_SECONDS)


class _Deadline:
    """When everything has to have ended, once the end is wanted."""

    def __init__(self) -> None:
        self._at: float | None = None

    def set(self) -> None:
        """The end is wanted now."""
        self._at = asyncio.get_running_loop().time() + GRACE_SECONDS

    def left(self) -> float:
        """The seconds that are left."""
        return GRACE_SECONDS if self._at is None else max(0.0, self._at - asyncio.get_running_loop().time())


@asynccontextmanager
async def _web(running: Sequence[Service], site: Site, say: Callable[[str], None]) -> AsyncIterator[AsyncExitStack]:
    """The web server; it ends with the block, or as soon as the stack is closed.

    Where nobody needs it, and nobody chose its port, a taken port is said and keeps nobody from being answered.
    """
    wanted = [route for each in running for route in each.routes]
    async with AsyncExitStack() as stack:
        try:
            address = await stack.enter_async_context(serving([*wanted, *site.routes], site.host, site.port, note=site.note))
            say(f"Listening at {address}.")
        except NotServed as trouble:
            if wanted or site.needed:
                raise
            say(f"{trouble.message} Until then there are no web pages; everything else works.")
            log.warning("web server not opened", host=site.host, port=site.port)
        yield stack


@contextmanager
def _ending() -> Iterator[asyncio.Event]:
    """An event that is set by SIGTERM, SIGHUP or Ctrl-C."""
    loop, wanted, caught = asyncio.get_running_loop(), asyncio.Event(), []
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        # Windows has no SIGHUP, and its loop takes no handlers.
        with suppress(AttributeError, NotImplementedError):
            loop.add_signal_handler(getattr(signal, name), wanted.set)
            caught.append(getattr(signal, name))
    try:
        yield wanted
    finally:
        for each in caught:
            loop.remove_signal_handler(each)
