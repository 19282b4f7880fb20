"""Who is asking: sessions by cookie, forms that only our own pages can send, and pages for those who are not signed in."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

import structlog
from aiohttp import web

from bots.boundary import sheltered
from bots.web.layout import Layout, html
from bots.web.pages import Visit
from bots.web.place import Placed
from bots.web.render import Drawing
from bots.web.signing import Signing
from bots.web.ways import BACK, CSRF, Ways
from core.catalog import Catalog
from core.errors import NotAllowed, NotFound, StoreTrouble, Trouble, UnknownCommand
from core.home.dashboard import Dashboard, Entered
from core.home.dashboard_model import LONGEST
from core.people.model import Person

log = structlog.get_logger()

BROKEN = "Something went wrong on our side. Try it again. If you ask for help, give this reference:"
NOTE = "elevate_note"
"""The cookie of a note for the next page."""
ANEW = "X-Anew"
"""By this header our script says that an open page loads itself: it changes what is noted, and nothing that is shown."""
OURS = re.compile(r"/(?:[\w.~%-][\w.~%/-]*)?(?:\?[\w.~%=&:+,-]*)?(?:#[\w.-]*)?", re.ASCII)
"""A path of this site: never one that begins with two slashes, which would be another host."""

Posted: TypeAlias = Iterable[tuple[str, str]]
Reads: TypeAlias = Callable[[web.Request, Visit], Awaitable[web.StreamResponse]]
Writes: TypeAlias = Callable[[web.Request, Visit, Posted], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets in whoever may come in. What it hands on has been proved: a session, and for forms that one of our pages sent them."""

    placed: Placed
    signing: Signing
    dashboard: Dashboard
    catalog: Catalog
    layout: Layout
    now: Callable[[], datetime]

    def reads(self, handler: Reads) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """For pages that only show something."""

        async def handle(request: web.Request) -> web.StreamResponse:
            visit = await self._visit(request)
            return await handler(request, visit) if visit else self._signed_out(request)

        return self._safely(handle)

    def writes(self, handler: Writes) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """For forms that change something."""

        async def handle(request: web.Request) -> web.StreamResponse:
            if not self.is_from_here(request):
                return self.refused(request)
            visit = await self._visit(request)
            if visit is None:
                return self._signed_out(request)
            try:
                form = await request.post()
            except web.HTTPRequestEntityTooLarge:
                return self.told(request, "That is too much at once", "A form may have 1 MB in all. Send less.", 413)
            pairs = [(name, value) for name, value in form.items() if isinstance(value, str)]
            given = dict(pairs)
            if not self.signing.is_csrf(visit.entered.session.id, given.get(CSRF, "")):
                return self.refused(request)
            return await handler(request, self._leading_back(visit, given.get(BACK, "")), pairs)

        return self._safely(handle)

    def outside(
        self, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> Callable[..., Awaitable[web.StreamResponse]]:
        """For pages that nobody needs to be signed in for."""
        return self._safely(handler)

    def is_from_here(self, request: web.Request) -> bool:
        """Whether one of our own pages sent this: browsers say so with every form, and no page can make them lie."""
        return self.placed().is_ours(request.headers.get("Origin", ""))

    def refused(self, request: web.Request) -> web.Response:
        """A form that was not sent by a page of this session."""
        log.warning("form refused", method=request.method)
        words = (
            "This form was open for too long, or was not one of ours. Nothing was changed. Open the page again, and send it anew."
        )
        return self.told(request, "Nothing was changed", words, 403)

    def told(self, request: web.Request, title: str, words: str, status: int, *, leads_home: bool = True) -> web.Response:
        """A page that says one thing, and leads to the dashboard where there is still one to be seen."""
        return html(self.layout.outside("told.html", request, title=title, words=words, leads_home=leads_home), status)

    def let_in(self, response: web.StreamResponse, entered: Entered) -> None:
        """Give the browser its cookie."""
        place = self.placed()
        response.set_cookie(
            place.cookie,
            self.signing.sealed(entered.token),
            max_age=int(LONGEST.total_seconds()),
            path="/",
            secure=place.secure,
            httponly=True,
            samesite="Lax",
        )

    def let_out(self, response: web.StreamResponse) -> None:
        """Take the cookie away."""
        place = self.placed()
        response.del_cookie(place.cookie, path="/", secure=place.secure, httponly=True, samesite="Lax")

    def ways(self, session_id: str, person: Person, back: str = "") -> Ways:
        """How pages of this session lead on."""
        return Ways(self.catalog, self.placed().root, self.signing.csrf(session_id), back)

    async def entered(self, request: web.Request) -> Entered | None:
        """Who is signed in with this browser, or None."""
        cookie = request.cookies.get(self.placed().cookie)
        token = self.signing.opened(cookie) if cookie else None
        return await self.dashboard.session(token, self.now()) if token else None

    async def _visit(self, request: web.Request) -> Visit | None:
        entered = await self.entered(request)
        if entered is None:
            return None
        drawing = Drawing(self.ways(entered.session.id, entered.person))
        visit = Visit(entered, self.now(), dict(request.query), drawing, anew=ANEW in request.headers)
        return self._leading_back(visit, request.query.get(BACK, ""))

    def _leading_back(self, visit: Visit, back: str) -> Visit:
        """The visit, with its answers leading back there, if that is an address of ours."""
        if OURS.fullmatch(back):
            visit.draw.ways = visit.draw.ways.back_to(back)
        return visit

    def _signed_out(self, request: web.Request) -> web.Response:
        response = html(self.layout.outside("signed_out.html", request), 401)
        if self.placed().cookie in request.cookies:
            self.let_out(response)
        return response

    def _safely(
        self, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """Answers under our own name only, and whatever happens with a page."""

        async def safely(request: web.Request) -> web.StreamResponse:
            if not self.placed().answers_to(request.host):
                return web.Response(status=421, text="These pages are not served under that name.\n")
            try:
                return await sheltered(
                    handler(request), lambda reference: self.told(request, "That did not work", f"{BROKEN} {reference}", 500)
                )
            except Trouble as trouble:
                return self.told(request, "That did not work", trouble.message, _status(trouble))

        return safely


def _status(trouble: Trouble) -> int:
    match trouble:
        case UnknownCommand() | NotFound():
            return 404
        case NotAllowed():
            return 403
        case StoreTrouble():
            return 503
        case _:
            return 409


def here(request: web.Request, root: str) -> str:
    """The page with what stands behind its question mark, as a form or a link brings it back."""
    return request.path_qs.removeprefix(root) or "/"
