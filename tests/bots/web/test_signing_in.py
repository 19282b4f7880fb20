"""Signing in by a private link: once, for ten minutes, by nobody else; and out again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from bots.backing import now
from bots.settings import Settings
from bots.web.local import beside
from bots.wiring import Program, build
from core.contents import SHIPPED
from core.home.dashboard import NoAddress, TooManyLinks
from core.home.dashboard_model import IDLE, LINKS_AT_MOST, LONGEST
from core.ids import new_id
from core.request import Actor, Address, Asked, Platform
from core.ui import Buttons, Link, Message
from tests.bots.web.dashboards import NORA, OMAR, Browser, Served, browsing

IVY = Actor(Platform.SLACK, "T1", "U9", "Ivy", "Europe/London")


async def test_a_link_that_is_only_looked_at_is_not_used_up(dashboard: Served, browser: Browser) -> None:
    link = await dashboard.link()
    for _ in range(3):
        seen = await browser.get(link)
        assert (seen.status, "Sign in as Nora" in seen.text) == (200, True)
        assert "Set-Cookie" not in seen.headers
    entered = await browser.post(link, {})
    assert (entered.status, entered.url) == (200, f"{dashboard.url}/")
    assert "<h1>My course</h1>" in entered.text


async def test_a_link_works_once(dashboard: Served, browser: Browser) -> None:
    link = await dashboard.link()
    await browser.post(link, {})
    async with browsing(dashboard) as another:
        for again in (await another.get(link), await another.post(link, {})):
            assert again.status == 410
            assert "used already" in again.text
            assert "/dashboard" in again.text
        assert (await another.get("/")).status == 401
    assert "You are signed in already" in (await browser.get(link)).text


async def test_a_link_is_good_for_ten_minutes(dashboard: Served, browser: Browser) -> None:
    link = await dashboard.link(at=now() - timedelta(minutes=10))
    for expired in (await browser.get(link), await browser.post(link, {})):
        assert (expired.status, "too old: each works for 10 minutes" in expired.text) == (410, True)


async def test_a_link_that_nobody_was_given_opens_nothing(browser: Browser) -> None:
    for token in ("x", "A" * 43, "%00", "..%2f"):
        unknown = await browser.get(f"/sign-in/{token}")
        assert (unknown.status, "too old, or is not whole" in unknown.text) == (410, True)


async def test_no_other_site_can_sign_somebody_in(dashboard: Served, browser: Browser) -> None:
    link = await dashboard.link()
    for origin in ("https://evil.example", "null", ""):
        assert (await browser.post(link, {}, origin=origin)).status == 403
    assert (await browser.post(link, {})).status == 200, "and it was not used up by that"


async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(dashboard: Served, browser: Browser) -> None:
    entered = await browser.post(await dashboard.link(), {}, follow=False)
    cookie = entered.headers["Set-Cookie"]
    assert entered.status == 303
    assert all(each in cookie for each in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="))
    token = cookie.split("=", 1)[1].split(";")[0]
    secret = token.partition(".")[0]
    assert len(secret) == 43
    assert secret.encode() not in dashboard.kept(), "only its hash is"
    assert b"dashboardSessions" in dashboard.kept(), "it would be seen"


async def test_a_cookie_that_somebody_brings_along_is_never_taken_over(dashboard: Served, browser: Browser) -> None:
    await browser.sign_in(OMAR)
    before = {each.key: each.value for each in browser.session.cookie_jar}
    await browser.post(await dashboard.link(), {})
    after = {each.key: each.value for each in browser.session.cookie_jar}
    assert before.keys() == after.keys()
    assert before != after
    async with browsing(dashboard) as old:
        old.session.cookie_jar.update_cookies(before)
        assert (await old.get("/")).status == 401, "the session from before is worth nothing"


@pytest.mark.parametrize("forged", ["x", "x.y", "AAAA.BBBB", "é", '"'])
async def test_a_cookie_that_we_did_not_make_is_none(dashboard: Served, browser: Browser, forged: str) -> None:
    name = f"elevate_{dashboard.url.rpartition(':')[2]}"
    answer = await browser.get("/", Cookie=f"{name}={forged}")
    assert answer.status == 401
    assert "You are not signed in" in answer.text


async def test_signing_out_ends_this_browser_alone_and_everywhere_ends_all(dashboard: Served, nora: Browser) -> None:
    async with browsing(dashboard) as laptop, browsing(dashboard) as stranger:
        await laptop.sign_in()
        await stranger.sign_in(OMAR)
        values = (await nora.get("/")).form("/sign-out")
        assert "signed out" in (await nora.post("/sign-out", values)).text
        assert (await nora.get("/")).status == 401
        assert (await laptop.get("/")).status == 200
        await nora.sign_in()
        values = (await laptop.get("/")).form("/sign-out/everywhere")
        await laptop.post("/sign-out/everywhere", values)
        assert [(await each.get("/")).status for each in (laptop, nora, stranger)] == [401, 401, 200]


async def test_a_session_slides_with_use_and_ends_in_the_end(dashboard: Served) -> None:
    ways, person = dashboard.program.paged.dashboard, await dashboard.person()
    began = now()
    entered = await ways.admit(NORA, began)
    at, used = began, 0
    while await ways.session(entered.token, at) is not None:
        at, used = at + IDLE - timedelta(hours=1), used + 1
    assert at - began > LONGEST > at - began - IDLE
    assert used > 3, "it was prolonged"
    assert person.id == entered.person.id
    fresh = await ways.admit(NORA, began)
    assert await ways.session(fresh.token, began + IDLE) is None, "nobody used it"


async def test_the_command_answers_in_direct_messages_with_the_link_and_in_a_channel_sends_it_there(dashboard: Served) -> None:
    program, at = dashboard.program, now()
    asked = Asked(id=new_id("evt"), actor=IVY, address=IVY.direct, at=at, command="dashboard")
    answer = await program.app.handle(asked)
    assert _link(answer).startswith(f"{dashboard.url}/sign-in/")
    place = Address(Platform.SLACK, "T1", "C1")
    public = await program.app.handle(Asked(id=new_id("evt"), actor=IVY, address=place, at=at, command="dashboard", direct=False))
    assert isinstance(public, Message)
    assert "direct messages" in repr(public)
    assert "/sign-in/" not in repr(public), "nobody sees it who reads along, whatever the platform does with private answers"
    assert public.private
    assert b"/sign-in/" in dashboard.kept(), "it is on its way, until it is sent"


async def test_nobody_is_given_links_without_end(dashboard: Served) -> None:
    greedy = Actor(Platform.SLACK, "T1", "U8", "Greg")
    for _ in range(LINKS_AT_MOST):
        await dashboard.link(greedy)
    with pytest.raises(TooManyLinks):
        await dashboard.link(greedy)
    await dashboard.link()
    await dashboard.link(greedy, now() + timedelta(minutes=11))


@pytest.fixture
async def at_home(tmp_path: Path) -> AsyncIterator[Program]:
    """The program, as it is on a terminal."""
    async with build(Settings.model_validate({"ELEVATE_DATA_DIR": tmp_path})) as program:
        yield program


async def test_without_an_address_the_command_says_what_is_to_be_set(at_home: Program) -> None:
    person = await at_home.people.meet(NORA, now())
    with pytest.raises(NoAddress, match="ELEVATE_PUBLIC_URL"):
        await at_home.paged.dashboard.link(person, NORA, now())


async def test_on_a_terminal_the_shown_address_lets_in_and_nothing_else_does(at_home: Program) -> None:
    local = Actor(Platform.TERMINAL, "terminal", "nora", "Nora")
    async with (
        beside(at_home, 0, SHIPPED / "agents", local) as address,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session,
    ):
        url = address[: address.index("/open/")]
        for path in ("/", "/open/guessed"):
            async with session.get(url + path) as refused:
                assert refused.status in (401, 403)
        async with session.get(url, headers={"Host": "evil.example"}) as rebound:
            assert rebound.status == 421, "a page of another site that has its name point here"
        for _ in range(2):
            async with session.get(address) as entered:
                assert entered.status == 200
                assert "Signed in as Nora" in await entered.text()


async def test_a_taken_port_keeps_nobody_from_their_pages(at_home: Program, dashboard: Served) -> None:
    taken = int(dashboard.url.rpartition(":")[2])
    async with beside(at_home, taken, SHIPPED / "agents", NORA) as address:
        assert address.startswith("http://127.0.0.1:")
        assert not address.startswith(f"{dashboard.url}/")


def _link(answer: object) -> str:
    assert isinstance(answer, Message)
    rows = [each for card in answer.cards for each in card.body if isinstance(each, Buttons)]
    return next(item.url for row in rows for item in row.items if isinstance(item, Link))
