"""The web server: it is opened where something has routes for it, and closes without breaking off who is being answered."""

from __future__ import annotations

import errno
import socket
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from aiohttp import web

from bots.web.noted import noting
from core.errors import Trouble
from core.signals import Note, unnoted

log = structlog.get_logger()

BODY_BYTES = 1_000_000
"""Of one request's body; Slack's own are far smaller (https://docs.slack.dev/apis/events-api says nothing of a limit)."""
GRACE_SECONDS = 5.0
"""Given to requests that are being answered when the server closes; Slack waits 3 s for an answer."""
FACE_SECONDS = 24 * 3600
"""How long a face may be kept by whoever fetched it, before they ask again whether it changed."""


class NotServed(Trouble):
    """The web pages cannot be opened. Check ELEVATE_WEB_HOST and ELEVATE_WEB_PORT."""


@asynccontextmanager
async def serving(
    routes: Iterable[web.AbstractRouteDef],
    host: str,
    port: int,
    grace_seconds: float = GRACE_SECONDS,
    *,
    note: Note = unnoted,
    bound: socket.socket | None = None,
) -> AsyncGenerator[str, None]:
    """Serve the routes until the end of the block, which is given the address, such as `http://127.0.0.1:8080`.

    Port 0 takes any free one; a socket that is `bound` already is served in place of both. `note` is told of every request. At
    the end nobody is let in any more, and who is being answered has the grace to hear the end.

    Raises:
        NotServed: the port is taken, or the host is none of this machine's.
    """
    site = web.Application(client_max_size=BODY_BYTES, middlewares=(noting(note),))
    site.add_routes(routes)
    site.on_response_prepare.append(_plain_headers)
    runner = web.AppRunner(site, access_log=None, handle_signals=False, shutdown_timeout=grace_seconds)
    await runner.setup()
    try:
        try:
            await (web.SockSite(runner, bound) if bound else web.TCPSite(runner, host, port)).start()
        except OSError as trouble:
            raise NotServed(why_not(trouble, host, port)) from None
        address = _address(runner)
        log.info("web server opened", address=address)
        yield address
    finally:
        await runner.cleanup()


def faces(folder: Path) -> web.RouteDef:
    """`/faces/<name>.png`: the pictures that lie in the folder now, and nothing else."""
    there = {each.stem: each for each in folder.glob("*.png") if each.is_file() and not each.is_symlink()}

    async def shown(request: web.Request) -> web.StreamResponse:
        face = there.get(request.match_info["name"])
        if face is None:
            raise web.HTTPNotFound
        return web.FileResponse(face, headers={"Cache-Control": f"public, max-age={FACE_SECONDS}", "Content-Type": "image/png"})

    return web.get("/faces/{name}.png", shown)


async def _plain_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Say nothing of what serves this, and let no browser guess what something is."""
    response.headers["Server"] = "elevate"
    response.headers["X-Content-Type-Options"] = "nosniff"


def _address(runner: web.AppRunner) -> str:
    host, port = runner.addresses[0][:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def why_not(trouble: OSError, host: str, port: int) -> str:
    """What an operator is told of a port that cannot be had."""
    match trouble.errno:
        case errno.EADDRINUSE:
            return f"Something else uses port {port} of {host} already. Set ELEVATE_WEB_PORT to another; 0 takes any free one."
        case errno.EACCES:
            return f"Port {port} needs more rights than Elevate has. Set ELEVATE_WEB_PORT to one of 1024 or more."
        case _:
            return f"Nothing can be served at {host}, port {port} ({trouble.strerror}). Check ELEVATE_WEB_HOST."
