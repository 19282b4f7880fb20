"""A dashboard that is served over a real socket, and a browser that knows no scripts."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import TypedDict

import aiohttp

from bots.backing import now
from bots.settings import Settings
from bots.web.frame import Frame, framed
from bots.web.place import Place
from bots.web.server import faces, serving
from bots.web.signing import Signing
from bots.wiring import Program, build
from core.contents import SHIPPED
from core.people.model import Person
from core.request import Actor, Platform
from tests.blank import blank

NORA = Actor(Platform.SLACK, "T1", "U1", "Nora", "Europe/London")
OMAR = Actor(Platform.SLACK, "T1", "U2", "Omar", "Europe/London")
HIDDEN = re.compile(r'<input type="hidden" name="(?P<name>[^"]*)" value="(?P<value>[^"]*)">')


class Cookie(TypedDict):
    """A cookie as browsers keep it."""

    name: str
    value: str


@dataclass
class Served:
    """A dashboard at an address."""

    program: Program
    frame: Frame
    folder: Path
    url: str = ""
    noras: int = 0

    async def person(self, actor: Actor = NORA) -> Person:
        """The person behind an account."""
        return await self.program.people.meet(actor, now())

    async def cookie(self, actor: Actor = NORA) -> Cookie:
        """The cookie of somebody who is signed in."""
        parts = self.program.paged
        entered = await parts.dashboard.admit(actor, now())
        return {"name": Place(self.url).cookie, "value": Signing(parts.key).sealed(entered.token)}

    def kept(self) -> bytes:
        """All that the record has on the disk."""
        return b"".join(each.read_bytes() for each in self.folder.rglob("*") if each.is_file())

    async def link(self, actor: Actor | None = None, at: datetime | None = None) -> str:
        """A private link, as `/dashboard` gives it; for another Nora each time, since nobody is given many."""
        self.noras += 1
        actor = actor or replace(NORA, user=f"N{self.noras}")
        return await self.program.paged.dashboard.link(await self.person(actor), actor, at or now())


@asynccontextmanager
async def served(folder: Path) -> AsyncGenerator[Served, None]:
    """The whole program on a fresh record, and its dashboard on a free port, as if it were known by that address to everybody."""
    async with build(Settings.model_validate({"ELEVATE_DATA_DIR": blank(folder)})) as program:
        place: list[Place] = []
        frame = framed(program, lambda: place[0])
        found = Served(program, frame, folder)
        async with serving([*frame.routes(), faces(SHIPPED / "agents")], "127.0.0.1", 0) as address:
            place.append(Place(address))
            program.paged.dashboard.served_at(address)
            found.url = address
            yield found
            frame.end()


@dataclass
class Answer:
    """What came back."""

    status: int
    text: str
    headers: Mapping[str, str]
    url: str
    sent: int = 0
    """Bytes, compressed where they were."""

    def form(self, action: str) -> dict[str, str]:
        """The hidden values of the first form that is sent there."""
        at = self.text.index(f'action="{action}"')
        whole = self.text[self.text.rindex("<form", 0, at) : self.text.index("</form>", at)]
        return {each["name"]: unescape(each["value"]) for each in HIDDEN.finditer(whole)}


@dataclass
class Browser:
    """Keeps cookies, and says where its forms come from."""

    served: Served
    session: aiohttp.ClientSession = field(repr=False)

    async def get(self, path: str, **headers: str) -> Answer:
        """Open a page."""
        async with self.session.get(self._url(path), headers=headers) as answer:
            return Answer(answer.status, await answer.text(), answer.headers, str(answer.url), answer.content_length or 0)

    async def post(self, path: str, values: Mapping[str, str], origin: str | None = None, *, follow: bool = True) -> Answer:
        """Send a form."""
        headers = {"Origin": origin if origin is not None else self.served.url}
        posting = self.session.post(self._url(path), data=values, headers=headers, allow_redirects=follow)
        async with posting as answer:
            return Answer(answer.status, await answer.text(), answer.headers, str(answer.url))

    async def sign_in(self, actor: Actor = NORA) -> None:
        """Be in already: nobody is given as many links as there are tests."""
        cookie = await self.served.cookie(actor)
        self.session.cookie_jar.update_cookies({cookie["name"]: cookie["value"]})

    def _url(self, path: str) -> str:
        return path if path.startswith("http") else f"{self.served.url}{path}"


@asynccontextmanager
async def browsing(served: Served) -> AsyncGenerator[Browser, None]:
    """A browser of one's own."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        yield Browser(served, session)
