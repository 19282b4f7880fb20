"""What an open page is told of changes, by whomever they are made."""

from __future__ import annotations

import asyncio

import aiohttp

from bots.backing import now
from bots.web import events
from core.ids import new_id
from core.request import Asked
from tests.bots.web.dashboards import NORA, OMAR, Browser, Served, browsing


async def _next(stream: aiohttp.ClientResponse) -> str:
    """The next event of a stream, without the lines that are only signs of life."""
    while True:
        line = (await stream.content.readline()).decode()
        if line.startswith("event:") or not line:
            return line.strip()


async def test_a_page_is_told_when_something_changed_in_chat_and_nobody_elses_is(dashboard: Served, nora: Browser) -> None:
    async with browsing(dashboard) as other:
        await other.sign_in(OMAR)
        url = f"{dashboard.url}/events"
        async with nora.session.get(url) as hers, other.session.get(url) as his:
            assert hers.headers["Content-Type"] == "text/event-stream"
            await hers.content.readline()
            await his.content.readline()
            waiting = asyncio.ensure_future(_next(his))
            asked = Asked(id=new_id("evt"), actor=NORA, address=NORA.direct, at=now(), command="module start", words="4")
            told = asyncio.ensure_future(_next(hers))
            await asyncio.sleep(0)
            await dashboard.program.app.handle(asked)
            assert await asyncio.wait_for(told, 10) == "event: changed"
            assert not waiting.done()
            waiting.cancel()


async def test_nobody_listens_who_is_not_signed_in_and_nobody_more_often_than_browsers_do(
    dashboard: Served, browser: Browser
) -> None:
    assert (await browser.get("/events")).status == 401
    await browser.sign_in()
    url = f"{dashboard.url}/events"
    streams = [await browser.session.get(url) for _ in range(events.STREAMS_AT_MOST)]
    assert (await browser.get("/events")).status == 204
    for each in streams:
        each.close()


async def test_listeners_hold_up_no_end(dashboard: Served) -> None:
    async with browsing(dashboard) as browser:
        await browser.sign_in()
        async with browser.session.get(f"{dashboard.url}/events") as stream:
            await stream.content.readline()
            dashboard.frame.end()
            assert await asyncio.wait_for(_next(stream), 1) == ""
        assert (await browser.get("/events")).status == 204, "they are not called back"
