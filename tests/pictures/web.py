"""The pages themselves, served over a real socket to whoever is signed in there."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp

from bots.web.frame import Frame, Given
from bots.web.place import Place
from bots.web.server import serving
from bots.web.signing import Signing
from core.request import Actor
from tests.bots.web.dashboards import Cookie
from tests.pictures.playing import Played


@dataclass(frozen=True, slots=True)
class Site:
    """The pages at an address."""

    url: str
    played: Played

    async def cookie(self, who: Actor) -> Cookie:
        """What lets somebody in."""
        pages = self.played.program.paged
        entered = await pages.dashboard.admit(who, self.played.now)
        return {"name": Place(self.url).cookie, "value": Signing(pages.key).sealed(entered.token)}

    async def page(self, who: Actor, path: str) -> str:
        """A page as it is sent."""
        cookie = await self.cookie(who)
        async with (
            aiohttp.ClientSession(cookies={cookie["name"]: cookie["value"]}) as session,
            session.get(self.url + path) as got,
        ):
            got.raise_for_status()
            return await got.text()


@asynccontextmanager
async def served(played: Played) -> AsyncGenerator[Site, None]:
    """The pages by the clock of whoever plays, until the end of the block."""
    pages, place = played.program.paged, list[Place]()
    known = (pages.dashboard, played.program.reception, played.program.services, pages.freshness, pages.key)
    frame = Frame(Given(lambda: place[0], *known, lambda: played.now))
    async with serving(frame.routes(), "127.0.0.1", 0) as address:
        place.append(Place(address))
        yield Site(address, played)
        frame.end()
