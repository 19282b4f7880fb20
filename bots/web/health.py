"""What watches over the program asks: `/healthz`, `/readyz` and `/metrics`."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

from aiohttp import web

FORWARDED = frozenset({"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP"})
"""Headers of a proxy: whoever asks through one is somewhere else than the connection says."""
OURS = frozenset({"localhost", "127.0.0.1", "::1"})
CLOSED = "ELEVATE_METRICS_TOKEN is not set, so these numbers are for this machine alone\n"
NO_STORE: Mapping[str, str] = {"Cache-Control": "no-store"}


def healthz() -> web.RouteDef:
    """`/healthz`: 200 while the program lives. Nothing else is asked: what is away comes back without a new start."""

    async def told(request: web.Request) -> web.Response:
        return web.Response(text="ok\n", headers=NO_STORE)

    return web.get("/healthz", told)


def readyz(missing: Callable[[], Awaitable[tuple[bool, tuple[str, ...]]]]) -> web.RouteDef:
    """`/readyz`: 200 and "ready", or 503 and "not ready", each with a line for whatever is not as it should be."""

    async def told(request: web.Request) -> web.Response:
        ready, lines = await missing()
        words = "\n".join(("ready" if ready else "not ready", *lines))
        return web.Response(status=200 if ready else 503, text=f"{words}\n", headers=NO_STORE)

    return web.get("/readyz", told)


def metrics(numbers: Callable[[], Awaitable[bytes]], content_type: str, *, token: str | None, at_home: bool) -> web.RouteDef:
    """`/metrics`, for whoever brings the token. Where there is none, for this machine alone, and only `at_home`: where nothing
    of the server is meant to be reached from outside, so that no proxy on this machine can ask for others."""

    async def told(request: web.Request) -> web.Response:
        if token is None and not (at_home and _of_this_machine(request)):
            return web.Response(status=403, text=CLOSED, headers=NO_STORE)
        if token is not None and not _brings(request, token):
            return web.Response(status=401, text="wrong token\n", headers={**NO_STORE, "WWW-Authenticate": "Bearer"})
        return web.Response(body=await numbers(), headers={**NO_STORE, "Content-Type": content_type})

    return web.get("/metrics", told)


def _brings(request: web.Request, token: str) -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return scheme.casefold() == "bearer" and hmac.compare_digest(given.strip().encode(errors="surrogateescape"), token.encode())


def _of_this_machine(request: web.Request) -> bool:
    """By the connection, and by the name that was asked for: a page in a browser here may be made to ask under another's."""
    if any(name in request.headers for name in FORWARDED) or urlsplit(f"//{request.host}").hostname not in OURS:
        return False
    try:
        return ipaddress.ip_address(request.remote or "").is_loopback
    except ValueError:
        return False
