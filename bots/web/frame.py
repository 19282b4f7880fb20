"""The dashboard: its routes, put together from what the program is built of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bots.backing import now
from bots.reception import Reception
from bots.web.assets import Assets
from bots.web.doing import Doing
from bots.web.events import Events, Marks
from bots.web.growing import Growing
from bots.web.layout import Layout, html
from bots.web.pages import Shown, Visit, WebPage
from bots.web.place import Placed
from bots.web.sessions import NOTE, Guard, here
from bots.web.signing import Signing
from bots.web.signing_in import Admit, opening, signing_in
from bots.web.views import PAGES, coach_week
from bots.web.views.coach_which import Which, which
from bots.wiring import Program
from core.home.dashboard import Dashboard
from core.members.service import Members
from core.people.model import Person
from core.roles import COACHING
from core.services import Services


@dataclass(frozen=True, slots=True)
class Given:
    """What the pages are built of. `key` is the program's secret."""

    placed: Placed
    dashboard: Dashboard
    reception: Reception
    services: Services
    marks: Marks
    key: bytes
    now: Callable[[], datetime]


def framed(program: Program, placed: Placed) -> Frame:
    """The dashboard of this program."""
    parts = program.paged
    known = (parts.dashboard, program.reception, program.services, parts.freshness, parts.key)
    return Frame(Given(placed, *known, now))


class Frame:
    """All the pages of the dashboard."""

    def __init__(self, given: Given, pages: Sequence[WebPage] = PAGES) -> None:
        """Raises LookupError: a page asks for a service that nobody built."""
        missing = [each for page in pages for each in given.services.missing(page.show, Visit, Person)]
        if missing:
            raise LookupError(f"nobody built what these pages need: {', '.join(missing)}")
        self._services = given.services
        self._reception = given.reception
        self._pages = pages
        self._assets = Assets()
        layout = Layout(given.placed, self._assets, pages)
        catalog = given.reception.door.catalog
        self._guard = Guard(given.placed, Signing(given.key), given.dashboard, catalog, layout, given.now)
        self._events = Events(self._guard, given.marks)
        self._doing = Doing(self._guard, given.reception, lambda: Growing(layout))

    def routes(self) -> list[web.RouteDef]:
        """What the server answers."""
        return [
            self._assets.route(),
            self._events.route(),
            *signing_in(self._guard, self._first),
            *self._doing.routes(),
            *(web.get(each.path, self._guard.reads(self._shows(each))) for each in self._pages),
            web.get("/{nowhere:.+}", self._guard.outside(self._nowhere)),
        ]

    def opened_by(self, secret: str, admit: Admit) -> web.RouteDef:
        """The way in for whoever sits at this machine."""
        return opening(self._guard, secret, admit)

    def end(self) -> None:
        """The program ends: nobody is kept waiting for changes, and what breaks off now is answered by the next process."""
        self._events.end()
        self._reception.leave()

    async def _first(self, person: Person, at: datetime) -> str:
        """Whoever looks after students comes for them."""
        students = person.role in COACHING and await self._services.call(_looks_after, person, at)
        return coach_week.PATH if students else "/"

    async def _nowhere(self, request: web.Request) -> web.StreamResponse:
        """An address that there is not, or no more."""
        words = "Nothing is kept at this address. It may be mistyped, or from a page that has changed since."
        return self._guard.told(request, "There is no such page", words, 404)

    def _shows(self, page: WebPage) -> Callable[[web.Request, Visit], Awaitable[web.StreamResponse]]:
        async def shown(request: web.Request, visit: Visit) -> web.StreamResponse:
            if not page.is_open_to(visit.person):
                return self._guard.told(request, "That is for coaches", "Ask yours if you need something of it.", 403)
            visit.draw.ways = visit.draw.ways.back_to(here(request, self._guard.placed().root))
            found: Shown = await self._services.call(page.show, visit, visit.person)
            cohort: Which | None = await self._services.call(which, visit.person, page.of) if page.needs else None
            cookie = request.cookies.get(NOTE)
            note = self._guard.signing.noted(cookie) if cookie else None
            response = html(self._guard.layout.page(visit, found, request, note, cohort, alive=page.alive), found.status)
            if cookie:
                response.del_cookie(NOTE, path="/")
            return response

        return shown


async def _looks_after(person: Person, at: datetime, members: Members) -> bool:
    return await members.looks_after(person, at)
