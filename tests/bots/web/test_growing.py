"""Answers that grow into a page, and go on where nobody watches any more."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator

import aiohttp
import pytest
from aiohttp import web
from markupsafe import Markup

from bots.backing import now
from bots.web.assets import Assets
from bots.web.growing import Growing
from bots.web.layout import Layout
from bots.web.pages import Visit
from bots.web.place import Place
from bots.web.render import Drawing
from bots.web.server import serving
from bots.web.ways import Ways
from core.plans import Plan, Step
from core.ui import Began, Ended, Grew, Message, Planned, Speaker, Update
from tests.bots.web.dashboards import NORA, Served


class Slow:
    """An answer whose second half comes when it may."""

    def __init__(self) -> None:
        self.go_on, self.done = asyncio.Event(), asyncio.Event()

    async def updates(self) -> AsyncGenerator[Update, None]:
        """What comes."""
        yield Began(Speaker("Sage", "sage"))
        yield Grew("Half <b>")
        await self.go_on.wait()
        yield Step("s", "Looked <i>", "done")
        yield Planned(Plan((Step("p", "Plan", "running"),)))
        for _ in range(50):
            yield Grew("more " * 1_000)
        yield Ended(Message("**Whole**"))
        self.done.set()


@pytest.fixture
async def visit(dashboard: Served) -> Visit:
    """Somebody who looks."""
    entered = await dashboard.program.paged.dashboard.admit(NORA, now())
    return Visit(entered, now(), {}, Drawing(Ways(dashboard.program.app.catalog, "", "token")))


def _route(visit: Visit, slow: Slow) -> web.RouteDef:
    layout = Layout(lambda: Place("http://127.0.0.1:1"), Assets(), ())

    async def shown(request: web.Request) -> web.StreamResponse:
        return await Growing(layout).follow(request, visit, slow.updates(), "A prompt", Markup("<p>onward</p>"))

    return web.get("/", shown)


async def test_what_comes_is_shown_at_once_and_the_whole_of_it_at_the_end(visit: Visit) -> None:
    slow = Slow()
    async with (
        serving([_route(visit, slow)], "127.0.0.1", 0) as url,
        aiohttp.ClientSession() as session,
        session.get(url) as answer,
    ):
        came = b""
        while b"Half &lt;b&gt;" not in came:
            came += await answer.content.readany()
        slow.go_on.set()
        whole = (came + await answer.read()).decode()
    order = [
        whole.index(each)
        for each in ("Sage", "Half &lt;b&gt;", "Looked &lt;i&gt;", "<strong>Whole</strong>", "onward", "</html>")
    ]
    assert order == sorted(order)
    assert whole.count("<div") == whole.count("</div>")
    assert re.findall(r"&lt;[^&]*", whole) == ["&lt;b", "&lt;i"], "nothing of ours is escaped"
    assert whole.startswith("<!doctype html>")


async def test_it_goes_on_to_its_end_where_the_page_was_closed(visit: Visit) -> None:
    slow = Slow()
    async with serving([_route(visit, slow)], "127.0.0.1", 0) as url:
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            await answer.content.readany()
        slow.go_on.set()
        await asyncio.wait_for(slow.done.wait(), 10)
