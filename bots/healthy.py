"""`elevate healthy`: asks the Elevate that runs on this machine whether it lives, in a few milliseconds and without a word to any
platform: what a container's health check calls twice a minute."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from core.errors import Trouble

SECONDS = 5.0
ANSWER_BYTES = 10_000
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "*": "127.0.0.1"}
"""Where a server that listens everywhere is asked."""


class NoPort(Trouble):
    """ELEVATE_WEB_PORT is 0, so nobody knows where to ask. Set it to a port."""


@dataclass(frozen=True, slots=True)
class Health:
    """What it answered, in lines."""

    well: bool
    words: str


async def asked(host: str, port: int, *, ready: bool = False, seconds: float = SECONDS) -> Health:
    """What the Elevate there says of itself: that it lives, or with `ready` whether it is ready as well.

    Raises:
        NoPort: it took whichever port was free.
    """
    if port == 0:
        raise NoPort()
    there = EVERYWHERE.get(host, host)
    try:
        async with asyncio.timeout(seconds):
            status, words = await _answer(there, port, "/readyz" if ready else "/healthz")
    except TimeoutError:
        return Health(False, f"Nothing answered at {there}, port {port}, within {seconds:g} seconds.")
    except OSError as trouble:
        reason = trouble.strerror or type(trouble).__name__
        return Health(False, f"No Elevate listens at {there}, port {port} ({reason}).")
    return Health(status == 200, words)


async def _answer(host: str, port: int, path: str) -> tuple[int, str]:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        head, _, body = (await reader.read(ANSWER_BYTES)).partition(b"\r\n\r\n")
    finally:
        writer.close()
    status = head.partition(b"\r\n")[0].split(b" ")
    if len(status) < 2 or not status[1].isdigit():
        return 0, "Something else than Elevate answers there."
    return int(status[1]), body.decode(errors="replace").strip()
