"""A coach's Monday in the browser, and what the student sees of it: one path, in one browser with two people."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Page, expect

from bots.backing import now
from core.members.model import Member
from core.people.model import Person
from core.people.service import People
from core.request import Actor, Platform
from persistence.embedded import open_embedded
from persistence.members import MemberRecord
from persistence.people import PeopleRecord
from tests.bots.web.chromium import DESKTOP, PHONE, Seen, chromium, looking
from tests.bots.web.dashboards import NORA, Served, served
from tests.bots.web.students import asks

IDA = Actor(Platform.SLACK, "T1", "U9", "Ida", "Europe/London", installer=True)


async def test_a_coach_finds_who_needs_her_writes_and_settles_it_and_the_student_reads_all_of_it(tmp_path: Path) -> None:
    nora = await _planted(tmp_path)
    async with (
        served(tmp_path) as dashboard,
        chromium() as browser,
        looking(browser, DESKTOP) as ida,
        looking(browser, PHONE) as hers,
    ):
        await asks(dashboard, IDA, "cohort new", name="Spring", starts_on=f"{now():%Y-%m-%d}")
        await asks(dashboard, NORA, "commit keep", what="Film the glaze clip", by="in 3 days")
        await _enter(dashboard, hers, NORA)
        await _enter(dashboard, ida, IDA)
        await _waits_by_keyboard(ida.page)
        await _asks_for_a_person(hers.page)
        await _sees_it_come_and_stays_where_she_was(ida.page)
        await _takes_and_answers(ida.page)
        await _reads_the_answer(hers.page)
        await _chooses_by_name(ida.page, f"{dashboard.url}/do/cohort/write?_form=1", nora)
        await _writes_from_a_proposal(ida.page, f"{dashboard.url}/cohort/student?who={nora.id}")
        await _opens_and_closes_her_foundation(hers.page, ida.page, dashboard.url)
        assert (ida.wrong, hers.wrong) == ([], [])


async def _asks_for_a_person(page: Page) -> None:
    await page.get_by_role("link", name="I would like a person").click()
    await page.get_by_label("What is it about?").fill("Which price should I take?")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_text("Your coaches have what you wrote.")).to_be_visible()


async def _waits_by_keyboard(page: Page) -> None:
    await page.get_by_role("link", name="This week").click()
    await page.get_by_role("link", name="Tell everybody something").focus()


async def _sees_it_come_and_stays_where_she_was(page: Page) -> None:
    await expect(page.get_by_text("Which price should I take?")).to_be_visible()
    await expect(page.get_by_role("link", name="Tell everybody something")).to_be_focused()


async def _takes_and_answers(page: Page) -> None:
    await page.get_by_role("link", name="This week").click()
    await expect(page.get_by_text("Which price should I take?")).to_be_visible()
    await page.get_by_role("link", name="Nora", exact=True).first.click()
    await page.get_by_role("button", name="I take it").click()
    await expect(page.locator("#notes")).to_contain_text("You look after it now, and Nora was told.")
    await page.get_by_role("link", name="Answer").click()
    await expect(page.get_by_text("Which price should I take?")).to_be_visible()
    await page.get_by_label("Your words").fill("Take the higher one, for a week.")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_text("Take the higher one, for a week.")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("heading", level=1)).to_be_visible()


async def _reads_the_answer(page: Page) -> None:
    await page.get_by_role("link", name="My course").click()
    await expect(page.get_by_text("Ida wrote to you.")).to_be_visible()
    await page.get_by_role("link", name="Open it", exact=True).click()
    await expect(page.get_by_text("Take the higher one, for a week.")).to_be_visible()
    await page.get_by_role("button", name="Settled").click()
    await expect(page.get_by_text("This is settled.")).to_be_visible()


async def _writes_from_a_proposal(page: Page, address: str) -> None:
    await page.goto(address)
    words = page.get_by_label("Your words")
    proposal = await words.input_value()
    assert "Film the glaze clip" in proposal, "her own words"
    await words.fill(proposal.replace("What would make that easy?", "Shall I look at it on Thursday?"))
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator("#notes")).to_contain_text("Sent to Nora.")
    await expect(page.get_by_text("Between you")).to_be_visible()


async def _chooses_by_name(page: Page, address: str, nora: Person) -> None:
    await page.goto(address)
    who = page.get_by_label("Who")
    await who.press_sequentially("nor")
    await expect(page.locator("datalist option")).to_have_attribute("value", "Nora")
    await who.fill("Nora")
    await expect(page.locator("input[data-meant]")).to_have_value(nora.id)
    await who.press_sequentially("h")
    await expect(page.locator("input[data-meant]")).to_have_count(0)


async def _opens_and_closes_her_foundation(hers: Page, coach: Page, url: str) -> None:
    await hers.goto(f"{url}/settings")
    await expect(hers.locator("#looks")).to_contain_text("Ida looked at where you are in the course")
    for opened in (True, False):
        await hers.get_by_role("checkbox", name="My Foundation").set_checked(opened)
        await hers.locator("#openness").get_by_role("button", name="Save").click()
        await expect(hers.locator("#notes")).to_contain_text("Open to your coaches now" if opened else "Closed.")
        await coach.reload()
        await expect(coach.get_by_role("link", name="Look at their Foundation")).to_have_count(int(opened))


async def _planted(folder: Path) -> Person:
    """A student who has been here for a while, as what rolls people up would have written her."""
    database = await open_embedded(folder)
    await database.prepare()
    people, at = People(PeopleRecord(database)), now()
    await people.meet(IDA, at)
    nora = await people.meet(NORA, at)
    plain = {"id": nora.id, "organization_id": nora.organization_id, "name": nora.name, "joined_at": at, "rolled_at": at}
    shares = (100, 40, *(0 for _ in range(8)))
    await MemberRecord(database).keep(
        Member.model_validate(plain | {"shares": shares, "completed": (0,), "module": 1, "seen_at": at})
    )
    await database.close()
    return nora


async def _enter(dashboard: Served, seen: Seen, actor: Actor) -> None:
    cookie = await dashboard.cookie(actor)
    await seen.page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": dashboard.url}])
    await seen.page.goto(f"{dashboard.url}/")
