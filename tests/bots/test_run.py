"""Where the web server cannot be opened: fatal where somebody needs it, and said and passed over where nobody does."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from bots.backing import now
from bots.readiness import Readiness
from bots.run import Service, Site, run
from bots.settings import Settings
from bots.surfaces import Surface
from bots.web.health import healthz
from bots.web.server import NotServed
from bots.wiring import build
from core.request import Platform
from tests.bots.doors import Wall

HOST = "127.0.0.1"


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else uses."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        one.listen()
        yield one.getsockname()[1]


class Quiet:
    """A surface on which nothing happens: it ends the program as soon as it is open."""

    def __init__(self, *routes: web.RouteDef) -> None:
        self._routes = routes
        self.opened = False

    @asynccontextmanager
    async def service(self) -> AsyncGenerator[Service, None]:
        """The surface."""
        yield Service(Surface(Platform.SLACK, Wall()), self._routes, self._open, self._close)

    async def _open(self) -> None:
        self.opened = True
        signal_the_end()

    async def _close(self, grace_seconds: float) -> None:
        pass


async def posted(request: web.Request) -> web.Response:
    """Nothing comes."""
    return web.Response()


def signal_the_end() -> None:
    """What SIGTERM does, at the next opportunity."""
    asyncio.get_running_loop().call_soon(os.kill, os.getpid(), signal.SIGTERM)


async def told_by(folder: Path, quiet: Quiet, site: Site) -> list[str]:
    """What the program says from its beginning to its end."""
    said: list[str] = []
    settings = Settings.model_validate({"ELEVATE_DATA_DIR": folder})
    async with build(settings) as program:
        readiness = Readiness(program.ping, now)
        assert await run(program, [quiet.service()], site=site, readiness=readiness, say=said.append) == 0
        ready, lines = await readiness.missing()
        assert (ready, lines[-1]) == (False, "it is ending")
    return said


async def test_a_port_that_is_taken_keeps_nobody_from_being_answered_where_nobody_needs_it(tmp_path: Path, taken: int) -> None:
    quiet = Quiet()
    said = await told_by(tmp_path, quiet, Site([healthz()], HOST, taken))
    assert said[0].startswith(f"Something else uses port {taken} of 127.0.0.1 already. Set ELEVATE_WEB_PORT to another")
    assert said[0].endswith("Until then there are no web pages; everything else works.")
    assert said[1] == "Elevate is running. Ctrl-C ends it."
    assert quiet.opened


@pytest.mark.parametrize("needed", [True, False], ids=["chosen", "wanted by a platform"])
async def test_a_port_that_is_taken_is_fatal_where_somebody_chose_it_or_a_platform_needs_it(
    tmp_path: Path, taken: int, needed: bool
) -> None:
    quiet = Quiet() if needed else Quiet(web.post("/slack/events", posted))
    with pytest.raises(NotServed, match=f"Something else uses port {taken}"):
        await told_by(tmp_path, quiet, Site([healthz()], HOST, taken, needed=needed))
    assert not quiet.opened


async def test_the_server_is_open_where_no_platform_has_a_page(tmp_path: Path) -> None:
    said = await told_by(tmp_path, Quiet(), Site([healthz()], HOST, 0))
    assert said[0].startswith("Listening at http://127.0.0.1:")
