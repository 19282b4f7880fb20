"""The dashboard on this machine alone, beside a terminal: on a free port, opened by an address that only this terminal shows."""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

import structlog

from bots.backing import now
from bots.web.place import LOOPBACK, Place
from bots.wiring import Program
from core.request import Actor

log = structlog.get_logger()

HOST = LOOPBACK[0]
SECRET_BYTES = 16
GRACE_SECONDS = 1.0
"""For what a browser is being shown when the terminal closes."""


class Opened:
    """A port of this machine that is ours from now on, and the secret by which a browser is let in.

    Others who use this machine can reach the port too, but they do not see this terminal.
    """

    def __init__(self, wanted: int) -> None:
        """Raises OSError: this machine has no free port at all."""
        try:
            self.socket = socket.create_server((HOST, wanted))
        except OSError:
            self.socket = socket.create_server((HOST, 0))
        self.place = Place(f"http://{HOST}:{self.socket.getsockname()[1]}", local=True)
        self.secret = secrets.token_urlsafe(SECRET_BYTES)

    @property
    def address(self) -> str:
        """What the terminal shows."""
        return f"{self.place.url}/open/{self.secret}"


@asynccontextmanager
async def beside(program: Program, port: int, faces: Path, actor: Actor) -> AsyncGenerator[str, None]:
    """Serve the dashboard until the end of the block, which is given the address to show; "" where there is no port to be had.

    The port is ours at once, and what serves there is loaded meanwhile: nobody at the terminal waits for it.
    """
    try:
        opened = Opened(port)
    except OSError as trouble:
        log.warning("dashboard not opened", errno=trouble.errno)
        yield ""
        return
    program.paged.dashboard.served_at(opened.place.url)
    ending = asyncio.Event()
    served = asyncio.create_task(_served(program, opened, faces, actor, ending))
    try:
        yield opened.address
    finally:
        ending.set()
        await asyncio.wait({served})
        opened.socket.close()
        served.result()


async def _served(program: Program, opened: Opened, faces_folder: Path, actor: Actor, ending: asyncio.Event) -> None:
    await asyncio.to_thread(import_module, "bots.web.frame")  # half a second, beside the greeting
    from bots.web.frame import framed  # noqa: PLC0415 - loaded by now, beside the greeting
    from bots.web.server import faces, serving  # noqa: PLC0415

    frame = framed(program, lambda: opened.place)
    door = frame.opened_by(opened.secret, lambda: program.paged.dashboard.admit(actor, now()))
    async with serving([*frame.routes(), door, faces(faces_folder)], HOST, 0, GRACE_SECONDS, bound=opened.socket):
        await ending.wait()
        frame.end()
