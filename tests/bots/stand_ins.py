"""Stand-ins for Slack's and Discord's servers, on loopback: they speak the real protocol, as far as `elevate check` asks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

from aiohttp import web
from aiohttp.test_utils import TestServer

from bots.discord.invite import permissions
from bots.slack.manifest import SCOPES

SLACK_BOT = "xoxb-1-right"
SLACK_APP = "xapp-1-right"
SLACK_CONFIG = "xoxe.xoxp-1-right"
SLACK_CLIENT = ("12.34", "right-secret")
SLACK_APP_ID = "A0ELEVATE"
DISCORD = "right.discord.token"
DISCORD_APP_ID = 1400000000000000001
ALL_PERMISSIONS = str(permissions().value)


@dataclass
class Manners:
    """How the servers behave."""

    scopes: str | None = ",".join(SCOPES)
    manifest: dict[str, object] = field(default_factory=dict)
    guilds: list[dict[str, str]] = field(
        default_factory=lambda: [{"id": "7", "name": "Crock & Clover", "permissions": ALL_PERMISSIONS}]
    )
    commands: list[dict[str, object]] = field(default_factory=list)
    flags: int = 1 << 19
    garbage: str | None = None
    status: int = 200
    silent: bool = False
    asked: list[str] = field(default_factory=list)
    sent: dict[str, dict[str, str]] = field(default_factory=dict)
    released: asyncio.Event = field(default_factory=asyncio.Event)


Handler: TypeAlias = Callable[[web.Request, Mapping[str, str]], web.Response]
WHO = {"user": "elevate", "team": "Crock & Clover"}


def _slack(manners: Manners, right: str, answer: Callable[[], dict[str, object]]) -> Handler:
    def handler(request: web.Request, _: Mapping[str, str]) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {right}":
            return web.json_response({"ok": False, "error": "invalid_auth"})
        headers = {} if manners.scopes is None else {"X-OAuth-Scopes": manners.scopes}
        return web.json_response({"ok": True, **answer()}, headers=headers)

    return handler


@asynccontextmanager
async def servers(manners: Manners) -> AsyncGenerator[str, None]:
    """Both services on one port; gives the address that stands for both APIs."""
    handlers: Mapping[str, Handler] = {
        "/auth.test": _slack(manners, SLACK_BOT, lambda: {**WHO, "user_id": "U1", "bot_id": "B1"}),
        "/bots.info": _slack(manners, SLACK_BOT, lambda: {"bot": {"id": "B1", "app_id": SLACK_APP_ID}}),
        "/apps.manifest.export": _slack(manners, SLACK_CONFIG, lambda: {"manifest": manners.manifest}),
        "/oauth.v2.access": _oauth,
        "/apps.connections.open": _slack(manners, SLACK_APP, lambda: {"url": "wss://127.0.0.1/link"}),
        "/users/@me": _discord(lambda _: {"id": "1", "username": "elevate", "bot": True, "discriminator": "0000"}),
        "/users/@me/guilds": _discord(partial(_guilds, manners)),
        "/applications/@me": _discord(lambda _: {"id": str(DISCORD_APP_ID), "name": "Elevate", "flags": manners.flags}),
        f"/applications/{DISCORD_APP_ID}/commands": _discord(lambda _: manners.commands),
    }

    async def handle(request: web.Request) -> web.Response:
        manners.asked.append(request.path)
        if manners.silent:
            await manners.released.wait()
        if manners.garbage is not None:
            return web.Response(text=manners.garbage, status=manners.status)
        manners.sent[request.path] = {name: str(value) for name, value in (await request.post()).items()}
        return handlers[request.path](request, manners.sent[request.path])

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    try:
        yield str(server.make_url("")).rstrip("/")
    finally:
        manners.released.set()
        await server.close()


def _oauth(_: web.Request, sent: Mapping[str, str]) -> web.Response:
    if sent["client_id"] != SLACK_CLIENT[0]:
        return web.json_response({"ok": False, "error": "invalid_client_id"})
    error = "invalid_code" if sent["client_secret"] == SLACK_CLIENT[1] else "bad_client_secret"
    return web.json_response({"ok": False, "error": error})


def _discord(answer: Callable[[web.Request], object]) -> Handler:
    def handler(request: web.Request, _: Mapping[str, str]) -> web.Response:
        if request.headers.get("Authorization") != f"Bot {DISCORD}":
            return web.json_response({"message": "401: Unauthorized", "code": 0}, status=401)
        return web.json_response(answer(request))

    return handler


def _guilds(manners: Manners, request: web.Request) -> list[dict[str, str]]:
    """Those after the one that is named, in the order of their ids."""
    after, limit = int(request.query.get("after", "0")), int(request.query["limit"])
    return [each for each in manners.guilds if int(each["id"]) > after][:limit]
