"""The pages of coaches over a real socket: who may see them, whom they show, and that every look is written down."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import get_type_hints
from urllib.parse import quote

import aiohttp
import pytest
from playwright.async_api import expect

from bots.backing import now
from bots.web.sessions import ANEW
from bots.web.views import COACHES, coach_reminders, coach_student, coach_usage
from bots.web.ways import NOTED, shows
from core.digest.service import Digests
from core.ids import new_id
from core.llm.model import Payer, Usage, Use
from core.llm.ports import Reserved, Spent
from core.members.model import Member
from core.nudges.model import Kind, Nudge, Outcome, nudge_id
from core.openness.service import Openness, Seen
from core.openness.sights import Sights
from core.people.model import Person
from core.people.service import People
from core.register.service import Register
from core.request import Actor, Asked, Platform, Typed
from persistence.documents import Database
from persistence.embedded import open_embedded
from persistence.members import MemberRecord
from persistence.nudges import NudgeRecord
from persistence.people import PeopleRecord
from persistence.usage import UsageRecord
from tests.bots.web.chromium import PHONE, chromium, looking
from tests.bots.web.dashboards import NORA, Answer, Browser, Served, browsing, served

IDA = Actor(Platform.SLACK, "T1", "U9", "Ida", "Europe/London", installer=True)
EVE = Actor(Platform.SLACK, "T2", "U5", "Eve", "Europe/London", installer=True)
PATHS = [each.path for each in COACHES]
STUDENTS = 60
HASTY = 7
"""Who closed two modules today with hardly anything ticked."""
ASKED = "My gift does not <convert>"


@pytest.fixture(scope="module")
async def dashboard(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    """A program with a coach, their students, what one of them did, and a coach of another community."""
    folder = tmp_path_factory.mktemp("coaches")
    await _filled(folder)
    async with served(folder) as found:
        await _asks(found, IDA, "cohort new", name="Spring", starts_on=f"{now():%Y-%m-%d}")
        await _asks(found, NORA, "person ask", about=ASKED)
        yield found


async def _filled(folder: Path) -> None:
    """What rolls people up, reminds them and pays for them would have written."""
    database = await open_embedded(folder)
    await database.prepare()
    people, at = People(PeopleRecord(database)), now()
    await people.meet(IDA, at)
    eve = await people.meet(EVE, at)
    nora = await people.meet(NORA, at)
    await MemberRecord(database).keep(_member(nora))
    for number in range(STUDENTS):
        other = nora.model_copy(update={"id": f"per_more{number}", "name": f"Somebody {number:02}"})
        await MemberRecord(database).keep(_hasty(other) if number == HASTY else _member(other))
    pim = nora.model_copy(update={"id": "per_pim", "name": "Pim", "organization_id": eve.organization_id})
    await MemberRecord(database).keep(_member(pim).model_copy(update={"prompts": {"H1": (1, 1, 1)}}))
    await _spent(database, nora)
    reminder = Nudge(
        id=nudge_id(nora.id, f"{at:%Y-%m-%d}"),
        person_id=nora.id,
        organization_id=nora.organization_id,
        kind=Kind.STALLED,
        local_date=f"{at:%Y-%m-%d}",
        template="stalled-7",
        reason="It stands still",
        created_at=at,
        outcome=Outcome.ACTED,
    )
    await NudgeRecord(database).add(nora, reminder)
    await database.close()


async def _spent(database: Database, person: Person) -> None:
    store, at = UsageRecord(database), now()
    held = Reserved(new_id("hld"), 10, f"{at:%Y-%m-%d}", f"{at:%Y-%m}")
    await store.hold_day(person, held, None, at)
    await store.settle_day(person, Payer(person, Use.CHAT, "agt_1", "Copywriter"), held, Spent(Usage(read=1), 1_230_000))


def _member(student: Person) -> Member:
    return Member(
        id=student.id,
        user_id=student.user_id,
        organization_id=student.organization_id,
        name=student.name,
        joined_at=now(),
        shares=(100, 40, *(0 for _ in range(8))),
        completed=(0,),
        module=1,
        prompts={"H1": (4, 3, 2)},
        rolled_at=now(),
    )


def _hasty(student: Person) -> Member:
    closed = {"completed": (0, 1), "closings": ((0, now()), (1, now())), "closed": 1, "closed_at": now(), "module": 2}
    ticked = {"shares": (12, *(0 for _ in range(9))), "ticked": ((1, 8), *((0, 8) for _ in range(9))), "periods": 1}
    return _member(student).model_copy(update={**closed, **ticked})


async def _asks(dashboard: Served, actor: Actor, command: str, **values: Typed) -> None:
    event = Asked(id=new_id("evt"), actor=actor, address=actor.direct, at=now(), command=command, values=values)
    assert await dashboard.program.app.handle(replace(event, submitted=True, direct=True)) is not None


def _often(looks: list[Seen]) -> int:
    """How many looks that were: those of one day at one thing stand in one line."""
    return sum(each.times for each in looks)


async def _looks(dashboard: Served) -> list[Seen]:
    """Who looked at Nora, as she can read it."""
    nora = await dashboard.person()

    async def read(openness: Openness) -> list[Seen]:
        return list(await openness.looks(nora))

    found: list[Seen] = await dashboard.program.services.call(read)
    return found


async def _of_nora(dashboard: Served) -> str:
    return f"{coach_student.PATH}?who={(await dashboard.person()).id}"


@pytest.fixture
async def ida(dashboard: Served) -> AsyncIterator[Browser]:
    """A browser in which the coach is signed in."""
    async with browsing(dashboard) as found:
        await found.sign_in(IDA)
        yield found


def _rows(answer: Answer) -> list[str]:
    """The names of the students that a page links to."""
    return re.findall(r'who=per_\w+">([^<]+)</a>', answer.text)


@pytest.mark.parametrize("path", PATHS)
async def test_a_student_is_plainly_refused(nora: Browser, path: str) -> None:
    answer = await nora.get(path)
    assert answer.status == 403
    assert "That is for coaches" in answer.text
    assert "Somebody" not in answer.text
    assert 'aria-label="For coaches"' not in (await nora.get("/")).text


async def test_a_coach_of_another_community_sees_nobody_of_this_one(dashboard: Served, browser: Browser) -> None:
    await browser.sign_in(EVE)
    for path in PATHS:
        answer = await browser.get(path)
        assert answer.status == (404 if path == coach_student.PATH else 200)
        assert not {"Nora", "Somebody", "Copywriter", "stalled-7", "convert"} & set(re.findall(r"[\w-]+", answer.text)), path
    before = _often(await _looks(dashboard))
    assert (await browser.get(await _of_nora(dashboard))).status == 404
    assert "$1.23" not in (await browser.get("/cohort/usage")).text
    assert _often(await _looks(dashboard)) == before


async def test_every_look_is_one_that_the_student_can_read(dashboard: Served, ida: Browser) -> None:
    before = _often(await _looks(dashboard))
    for path in ("/cohort", "/cohort/students", "/cohort/prompts"):
        assert (await ida.get(path)).status == 200
    assert (await ida.get(await _of_nora(dashboard))).status == 200
    looks = await _looks(dashboard)
    assert _often(looks) == before + 4
    assert [each.look.person_id is None for each in looks[:2]] == [False, True]
    assert {each.by for each in looks} == {"Ida"}


async def test_a_list_that_loads_itself_anew_is_looked_at_once_a_day_and_one_student_is_never_loaded_so(
    dashboard: Served, ida: Browser
) -> None:
    """By the header alone nobody looks unseen: each at one student is a look."""
    await ida.get("/cohort/week")
    before = _often(await _looks(dashboard))
    for path in ("/cohort/week", "/cohort", "/cohort/students", "/cohort/prompts"):
        answer = await ida.get(path, **{ANEW: "1"})
        assert (answer.status, "data-live" in answer.text) == (200, True), path
    assert _often(await _looks(dashboard)) == before
    shown = await ida.get(await _of_nora(dashboard), **{ANEW: "1"})
    assert (shown.status, "data-live" in shown.text) == (200, False)
    assert _often(await _looks(dashboard)) == before + 1
    member = await ida.get(f"/do/cohort/member?v:student={(await dashboard.person()).id}")
    assert (member.status, "data-live" in member.text) == (200, False)


def test_no_page_of_a_command_that_notes_looks_loads_itself_anew(dashboard: Served) -> None:
    noting = (Openness, Sights, Digests, Register)
    found = {
        each.name
        for each in dashboard.program.app.catalog.commands.values()
        if shows(each) and set(get_type_hints(each.handler).values()) & set(noting)
    }
    assert found - {"me looks"} == NOTED


@pytest.mark.parametrize(
    "address",
    [
        "/cohort?page=0",
        "/cohort?page=x",
        "/cohort/students?page=-1",
        "/cohort/students?page=%C2%B2",
        "/cohort/students?page=99999999999",
        "/cohort/students?order=password",
        "/cohort/usage?when=always",
        "/cohort/usage?page=1e3",
        "/cohort/prompts?order=1",
        "/cohort/student",
        "/cohort/student?who=",
        "/cohort/student?who=per_nobody",
        "/cohort/student?who=%00%3Cscript%3E",
    ],
)
async def test_what_there_is_not_is_told_in_a_line(ida: Browser, address: str) -> None:
    answer = await ida.get(address)
    assert answer.status == 404
    assert "There is no such" in answer.text
    assert "<script>" not in answer.text


async def test_students_are_searched_sorted_and_turned_over(ida: Browser) -> None:
    first = await ida.get("/cohort/students?order=name")
    assert _rows(first)[:2] == ["Nora", "Somebody 00"]
    assert len(_rows(first)) == 25
    last = await ida.get("/cohort/students?order=name&page=3")
    assert _rows(last)[-1] == f"Somebody {STUDENTS - 1}"
    assert _rows(await ida.get("/cohort/students?order=name&page=77")) == _rows(last)
    assert _rows(await ida.get(f"/cohort/students?search={quote('nOr')}")) == ["Nora"]
    nobody = await ida.get(f"/cohort/students?search={quote('<b>x')}")
    assert (_rows(nobody), "<b>x" in nobody.text) == ([], False)
    assert '<a href="/cohort/students">Show everybody</a>' in nobody.text


def _squares(page: str, name: str) -> list[tuple[str, str, str]]:
    """What somebody's line of the heat map has: the shade, the module and how far it is."""
    line = next(each for each in page.split('<tr role="row">')[1:] if f">{name}</a>" in each)
    found = re.findall(r'<td role="cell" class="(h\d)" data-label="(\w+)">(.*?)</td>', line)
    return [(shade, module, re.sub(r"<[^>]+>", "", words)) for shade, module, words in found]


async def test_the_heat_map_the_usage_and_the_prompts_are_searched_and_sorted_too(ida: Browser) -> None:
    found = await ida.get("/cohort?search=somebody+07&order=name")
    assert f"How many of {STUDENTS + 1} students" in found.text, "the sums are of everybody"
    assert re.findall(r'<th role="rowheader" scope="row"><a href="[^"]+">([^<]+)</a>', found.text) == ["Somebody 07"]
    assert _squares(found.text, "Somebody 07")[:3] == [("h5", "Foundation", "✓ 12"), ("h5", "Hook", "✓ 0"), ("h0", "Gift", "0")]
    assert found.text.index("The weeks") < found.text.index("Student by student") < found.text.index("What else you can do")
    second = (await ida.get("/cohort?order=name")).text
    assert 'rel="next" href="/cohort?order=name&amp;page=2#students"' in second
    assert "Nora" in (await ida.get("/cohort/usage?when=today&search=NÓRA&order=answers")).text
    assert "No prompt has “zzqq”" in (await ida.get("/cohort/prompts?search=zzqq")).text
    turned = (await ida.get("/cohort/prompts?order=order+of+the+course")).text
    assert 'href="/cohort/prompts?order=order+of+the+course&amp;page=2"' in turned


async def test_the_cohort_shows_the_heat_map_and_who_asked_for_a_person(ida: Browser) -> None:
    answer = await ida.get("/cohort")
    assert '<th scope="row">0 Foundation</th><td class="h0">0 <small>0%</small></td>' in answer.text
    assert f'<td class="h5">{STUDENTS + 1} <small>100%</small></td>' in answer.text
    assert _squares(answer.text, "Nora")[:3] == [("h5", "Foundation", "✓"), ("h2", "Hook", "40"), ("h0", "Gift", "0")]
    assert "My gift does not &lt;convert&gt;" in answer.text
    assert 'href="/do/cohort/answer?' in answer.text


async def test_what_was_ticked_of_a_closed_module_is_shown_wherever_it_is_told_of(ida: Browser) -> None:
    hasty = f"per_more{HASTY}"
    listed = (await ida.get(f"/cohort/students?search={quote(f'Somebody {HASTY:02}')}")).text
    assert "2 Gift, nothing ticked" in listed
    assert 'data-label="Periods logged" class="number">1</td>' in listed
    week = (await ida.get("/cohort/week")).text
    assert re.search(rf'who={hasty}"><bdi>Somebody 07</bdi></a> \(Foundation and Hook\)', week)


async def test_who_waits_for_an_answer_is_the_first_of_the_students_and_needs_a_person(dashboard: Served, ida: Browser) -> None:
    await _asks(dashboard, NORA, "person ask", about="And which size?")
    listed = await ida.get("/cohort/students")
    row = listed.text.split("<tr")[2]
    assert _rows(listed)[0] == "Nora"
    assert "1 needs a person" in listed.text
    assert "waits for an answer since" in row
    page = await ida.get(await _of_nora(dashboard))
    assert "Needs a person:</strong> waits for an answer since" in page.text


async def test_a_student_is_written_to_and_placed_by_the_commands_of_chat(dashboard: Served, ida: Browser) -> None:
    path = await _of_nora(dashboard)
    page = await ida.get(path)
    assert "What is closed is theirs" in page.text
    wrote = await ida.post("/do/cohort/write", {**page.form("/do/cohort/write"), "v:words": "How is the gift going?"})
    assert (wrote.status, wrote.url) == (200, f"{dashboard.url}{path}")
    assert "Sent to Nora." in wrote.text
    cohort = re.findall(r'<option value="(coh_\w+)"', page.text)[0]
    placed = await ida.post("/do/cohort/place", {**page.form("/do/cohort/place"), "v:cohort": cohort})
    assert "Nora belongs to Spring now." in placed.text


async def test_reminders_usage_and_prompts_are_counted(ida: Browser) -> None:
    reminders, usage, prompts = [await ida.get(f"/cohort/{each}") for each in ("reminders", "usage", "prompts")]
    assert "A wording that is no longer used" in reminders.text
    assert "To compare, some reminders that are due would have to be held back" in reminders.text
    assert "$1.23 for 1 answer, by 1 person" in usage.text
    assert "Copywriter" in usage.text
    assert f">{4 * (STUDENTS + 1)}</td>" in prompts.text
    assert f"{2 * (STUDENTS + 1)} answers were kept as assets." in prompts.text
    assert "75%" in prompts.text


async def test_one_answer_that_was_kept_is_one_asset(browser: Browser) -> None:
    await browser.sign_in(EVE)
    assert "1 run; 1 answer was kept as an asset." in (await browser.get("/cohort/prompts")).text


async def test_a_list_of_students_is_sent_looked_through_and_kept_in_the_browser(dashboard: Served, ida: Browser) -> None:
    page = await ida.get("/do/cohort/import")
    assert "Choose the list below" in page.text
    assert "direct message" not in page.text
    assert 'enctype="multipart/form-data"' in page.text
    sent = aiohttp.FormData(page.form("/say"))
    sent.add_field("file", b"Name,Account\nPriya Nair,U02ABCD34\n,U02ABCD35\n", filename="list.csv", content_type="text/csv")
    async with ida.session.post(f"{dashboard.url}/say", data=sent, headers={"Origin": dashboard.url}) as answer:
        looked = Answer(answer.status, await answer.text(), answer.headers, str(answer.url))
    assert "New: Priya Nair." in looked.text
    assert "Row 3" in looked.text
    kept = await ida.post("/do/cohort/invite", looked.form("/do/cohort/invite"))
    assert "1 expected" in kept.text
    nothing = await ida.post("/say", page.form("/say"))
    assert "choose a file" in nothing.text


async def test_the_week_leads_to_whoever_waits_and_to_all_that_is_else_to_do(dashboard: Served, ida: Browser) -> None:
    await _asks(dashboard, replace(NORA, user="U3", name="Femi"), "person ask", about="Which price?")
    week = (await ida.get("/cohort/week")).text
    assert "They wait for an answer" in week
    for way in ("person/open", "cohort/announce", "cohort/import", "cohort/export", "cohort/pairs", "cohort/list", "staff/show"):
        assert f'href="/do/{way}' in week or f'action="/do/{way}"' in week, way
    assert "For coaches: " not in week
    opened = re.findall(r'href="(/do/person/open[^"]+)"', week[week.index("Which price?") :])[0]  # others may wait longer
    page = await ida.get(unescape(opened))
    assert "Which price?" in page.text
    assert '<a href="/cohort/week">Back</a>' in page.text
    taken = await ida.post("/do/cohort/take", page.form("/do/cohort/take"))
    assert ("/do/cohort/take" in taken.url, "Which price?" in taken.text) == (True, True)
    answering = await ida.get(unescape(re.findall(r'href="(/do/cohort/answer[^"]+)"', (await ida.get(unescape(opened))).text)[0]))
    assert "Which price?" in answering.text
    empty = await ida.post("/do/cohort/answer", {**answering.form("/do/cohort/answer"), "v:words": " "})
    assert "This is needed." in empty.text
    assert "Which price?" in empty.text, "what is answered stands above the form however often it comes back"


async def test_with_two_cohorts_each_page_says_which_it_is_of_and_the_other_is_one_press_away(dashboard: Served) -> None:
    async with browsing(dashboard) as browser:
        await browser.sign_in(EVE)
        form = await browser.get("/do/cohort/new")
        assert form.text.count(" checked") == 3, "the free weeks are proposed, and may be taken out"
        await _asks(dashboard, EVE, "cohort new", name="Autumn", starts_on=f"{now():%Y-%m-%d}")
        assert [each for each in PATHS[:3] if "Switch to" in (await browser.get(each)).text] == [], "there is only one"
        await _asks(dashboard, EVE, "cohort new", name="Winter", starts_on=f"{now():%Y-%m-%d}")
        for path in PATHS:
            text = (await browser.get(path)).text
            whole = path in (coach_reminders.PATH, coach_usage.PATH)
            assert ("All cohorts together" in text) is whole, path
            assert ("Cohort <strong>Winter</strong>" in text) is not (whole or path == coach_student.PATH), path
        page = await browser.get("/cohort/students")
        switched = await browser.post("/do/cohort/look", page.form("/do/cohort/look"))
        assert switched.url == f"{dashboard.url}/cohort/students"
        assert "You look after Autumn now" in switched.text
        assert "Cohort <strong>Autumn</strong>" in switched.text


async def test_whoever_looks_after_students_begins_with_their_week(dashboard: Served, browser: Browser) -> None:
    entered = await browser.post(await dashboard.link(IDA), {})
    assert (entered.status, entered.url) == (200, f"{dashboard.url}/cohort/week")


async def test_pages_stay_small(ida: Browser) -> None:
    for path in PATHS:
        assert len((await ida.get(path)).text) < 60_000, path


async def test_a_browser_shows_the_heat_map_to_a_coach_and_refuses_a_student(dashboard: Served) -> None:
    async with chromium() as browser:
        for actor in (IDA, NORA):
            async with looking(browser, PHONE, "dark") as seen:
                cookie = await dashboard.cookie(actor)
                await seen.page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": dashboard.url}])
                await seen.page.goto(f"{dashboard.url}/cohort")
                if actor is NORA:
                    await expect(seen.page.get_by_role("heading", name="That is for coaches")).to_be_visible()
                    assert await seen.page.get_by_role("table").count() == 0
                    continue
                table = seen.page.get_by_role("table", name="How much of each module")
                row = table.get_by_role("row", name="Nora")
                await expect(row.get_by_role("cell")).to_have_text(["✓", "40", *["0"] * 8])
                for link in await seen.page.get_by_role("navigation", name="Pages", exact=True).get_by_role("link").all():
                    await expect(link).to_be_in_viewport(ratio=1)
                for path in (
                    await _of_nora(dashboard),
                    "/cohort/week",
                    "/do/cohort/import",
                    "/cohort/students",
                    "/cohort/prompts",
                    "/cohort/usage",
                    "/cohort/reminders",
                ):
                    await seen.page.goto(f"{dashboard.url}{path}")
                    await seen.is_sound(path)


async def test_a_letter_to_a_name_that_nobody_has_is_there_when_its_form_is_opened_again(ida: Browser) -> None:
    form = (await ida.get("/do/cohort/write?_form=1&_back=%2Fcohort%2Fweek")).form("/do/cohort/write")
    letter = "Ten minutes of thought about your price."
    answer = await ida.post("/do/cohort/write", {**form, "v:student": "Noraa Nobody", "v:words": letter})
    assert "What you wrote is kept." in answer.text
    [way] = re.findall(r'href="(/do/cohort/write\?[^"]+)">Open it again', answer.text)
    assert letter in (await ida.get(unescape(way))).text
