"""Stand-ins for Slack's and Discord's servers, on loopback: they speak the real protocol, as far as `elevate check` asks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.test_utils import TestServer

SLACK_BOT = "xoxb-1-right"
SLACK_APP = "xapp-1-right"
DISCORD = "right.discord.token"


@dataclass
class Manners:
    """How the servers behave."""

    scopes: str | None = "chat:write,commands"
    garbage: str | None = None
    status: int = 200
    silent: bool = False
    asked: list[str] = field(default_factory=list)
    released: asyncio.Event = field(default_factory=asyncio.Event)


def _slack(manners: Manners, right: str, answer: Callable[[], dict[str, object]]) -> Callable[[web.Request], web.Response]:
    def handler(request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {right}":
            return web.json_response({"ok": False, "error": "invalid_auth"})
        headers = {} if manners.scopes is None else {"X-OAuth-Scopes": manners.scopes}
        return web.json_response({"ok": True, **answer()}, headers=headers)

    return handler


@asynccontextmanager
async def servers(manners: Manners) -> AsyncGenerator[str, None]:
    """Both services on one port; gives the address that stands for both APIs."""
    handlers = {
        "/auth.test": _slack(manners, SLACK_BOT, lambda: {"user": "elevate", "team": "Crock & Clover", "user_id": "U1"}),
        "/apps.connections.open": _slack(manners, SLACK_APP, lambda: {"url": "wss://127.0.0.1/link"}),
        "/users/@me": _discord,
    }

    async def handle(request: web.Request) -> web.Response:
        manners.asked.append(request.path)
        if manners.silent:
            await manners.released.wait()
        if manners.garbage is not None:
            return web.Response(text=manners.garbage, status=manners.status)
        return handlers[request.path](request)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    try:
        yield str(server.make_url("")).rstrip("/")
    finally:
        manners.released.set()
        await server.close()


def _discord(request: web.Request) -> web.Response:
    if request.headers.get("Authorization") != f"Bot {DISCORD}":
        return web.json_response({"message": "401: Unauthorized", "code": 0}, status=401)
    return web.json_response({"id": "1", "username": "elevate", "bot": True, "discriminator": "0000"})
