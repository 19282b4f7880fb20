"""Signing in by a private link, and out again."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeAlias

import structlog
from aiohttp import web

from bots.web.layout import THEME, THEMES, html
from bots.web.pages import Visit
from bots.web.sessions import Guard, Posted
from core.home.dashboard import Entered, LinkExpired, LinkUnknown, LinkUsed
from core.people.model import Person
from core.roles import COACHING

log = structlog.get_logger()

Admit: TypeAlias = Callable[[], Awaitable[Entered]]
"""Lets in whoever sits at this machine."""

YEAR_SECONDS = 365 * 24 * 3600


FirstPage: TypeAlias = Callable[[Person, datetime], Awaitable[str]]
"""Where somebody begins who has just come in."""


def signing_in(guard: Guard, first_page: FirstPage) -> list[web.RouteDef]:
    """The routes. Opening a link only shows a page with a button: chat programs open links to show what is behind them."""

    async def door(request: web.Request) -> web.StreamResponse:
        try:
            person = await guard.dashboard.whose(request.match_info["token"], guard.now())
        except (LinkUnknown, LinkExpired, LinkUsed) as trouble:
            return await _closed(guard, request, trouble.message)
        return html(guard.layout.outside("sign_in.html", request, name=person.name, coaches=person.role in COACHING))

    async def enter(request: web.Request) -> web.StreamResponse:
        if not guard.is_from_here(request):
            return guard.refused(request)
        before = await guard.entered(request)
        try:
            entered = await guard.dashboard.enter(request.match_info["token"], guard.now())
        except (LinkUnknown, LinkExpired, LinkUsed) as trouble:
            return await _closed(guard, request, trouble.message)
        if before is not None:  # a browser has one session: what was known before is worth nothing from now on
            await guard.dashboard.leave(before.session)
        log.info("browser signed in", session=entered.session.id)
        response = _to(guard, await first_page(entered.person, guard.now()))
        guard.let_in(response, entered)
        return response

    async def leave(request: web.Request, visit: Visit, _: Posted) -> web.StreamResponse:
        await guard.dashboard.leave(visit.entered.session)
        return _left(guard, request)

    async def leave_everywhere(request: web.Request, visit: Visit, _: Posted) -> web.StreamResponse:
        await guard.dashboard.leave_everywhere(visit.person)
        return _left(guard, request)

    async def theme(request: web.Request, visit: Visit, posted: Posted) -> web.StreamResponse:
        given = dict(posted)
        response = _to(guard, visit.draw.ways.back or "/")
        chosen = given.get("theme", "")
        response.set_cookie(
            THEME, chosen if chosen in THEMES else THEMES[0], max_age=YEAR_SECONDS, samesite="Lax", secure=guard.placed().secure
        )
        return response

    return [
        web.get("/sign-in/{token}", guard.outside(door)),
        web.post("/sign-in/{token}", guard.outside(enter)),
        web.post("/sign-out", guard.writes(leave)),
        web.post("/sign-out/everywhere", guard.writes(leave_everywhere)),
        web.post("/theme", guard.writes(theme)),
    ]


def opening(guard: Guard, secret: str, admit: Admit) -> web.RouteDef:
    """`/open/<secret>`: for whoever sits at this machine, who was told the secret on their own terminal."""

    async def opened(request: web.Request) -> web.StreamResponse:
        if not hmac.compare_digest(request.match_info["secret"].encode(errors="replace"), secret.encode()):
            return guard.told(request, "This is not the address", "Open the one that the terminal shows.", 403)
        before = await guard.entered(request)
        if before is not None:
            return _to(guard, "/")
        response = _to(guard, "/")
        guard.let_in(response, await admit())
        return response

    return web.get("/open/{secret}", guard.outside(opened))


async def _closed(guard: Guard, request: web.Request, words: str) -> web.Response:
    """The link does not open anything; whoever is signed in already is shown the way to their pages all the same."""
    signed_in = await guard.entered(request) is not None
    return html(guard.layout.outside("link_closed.html", request, words=words, signed_in=signed_in), 410)


def _to(guard: Guard, path: str) -> web.Response:
    return web.Response(status=303, headers={"Location": guard.placed().root + path, "Cache-Control": "no-store"})


def _left(guard: Guard, request: web.Request) -> web.Response:
    words = "You are signed out in this browser. Send /dashboard to the bot when you want to come back."
    response = guard.told(request, "Signed out", words, 200, leads_home=False)
    guard.let_out(response)
    return response
