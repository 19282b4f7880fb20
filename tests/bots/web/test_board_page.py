"""The board in a browser: of the own cohort alone, and on it only those who put themselves there."""

from __future__ import annotations

from dataclasses import replace

from bots.backing import now
from core.ids import new_id
from core.request import Actor, Asked, Platform
from tests.bots.web.dashboards import Answer, Browser, Served, browsing


def named(name: str, *, installer: bool = False) -> Actor:
    """Somebody of a workspace that no other test knows."""
    return Actor(Platform.SLACK, "TBOARD", f"U{name}", name, "Europe/London", installer=installer)


async def asks(dashboard: Served, actor: Actor, command: str, **values: str) -> None:
    """They ask for it, elsewhere."""
    event = Asked(id=new_id("evt"), actor=actor, address=actor.direct, at=now(), command=command, values=values, direct=True)
    await dashboard.program.app.handle(event)


async def page_of(browser: Browser, actor: Actor, address: str = "/board") -> str:
    """The page as that person sees it."""
    await browser.sign_in(actor)
    found = await browser.get(address)
    assert found.status == 200
    return found.text


def choice(page: Answer) -> dict[str, str]:
    """The way in, or out, in the card about oneself."""
    return replace(page, text=page.text.partition("You and the board")[2]).form("/do/me/board")


async def test_a_student_puts_themselves_on_the_board_and_takes_themselves_off(dashboard: Served) -> None:
    coach, anna, ben, chen, dora = named("Cora", installer=True), *map(named, ("Anna", "Ben", "Chen", "Dora"))
    async with browsing(dashboard) as browser:
        assert "You belong to no cohort yet" in await page_of(browser, anna)
        await asks(dashboard, coach, "cohort new", name="Spring")
        for each in (anna, ben, chen, dora):
            await asks(dashboard, each, "module tick", module="1", item="1")
        for each in (ben, chen):
            await asks(dashboard, each, "me board", be="on")
        await browser.sign_in(anna)
        page = await browser.get("/board")
        assert "Fewer than 3 share yet" in page.text
        assert "You are on no board." in page.text
        assert "See the board" not in page.text, "it is on this page"
        joined = await browser.post("/do/me/board", choice(page))
        assert joined.status == 200
        shared = await browser.get("/board?span=cohort")
        assert "Anna (you)" in shared.text
        assert "Dora" not in shared.text
        theirs = await page_of(browser, dora, "/board?span=nothing")
        assert "<td>Anna</td>" in theirs
        assert "You are not on it" in theirs
        assert "Post it on Mondays" in await page_of(browser, coach)
        await browser.sign_in(anna)
        page = await browser.get("/board")
        await browser.post("/do/me/board", choice(page))
        assert "Anna" not in await page_of(browser, dora)
