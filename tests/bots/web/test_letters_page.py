"""What a coach reads of letters on the web is what stands there: who wrote, who answered, what was said last, and why nothing is
proposed.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from bots.backing import now
from bots.web.views import coach_student
from bots.web.views.coach_usage import day_by_day
from core.ids import new_id
from core.members.model import Member
from core.people.service import People
from core.plain import message
from core.request import Actor, Asked, Platform, Typed
from core.ui import Message
from core.usage.commands import When
from persistence.embedded import open_embedded
from persistence.members import MemberRecord
from persistence.people import PeopleRecord
from tests.bots.web.dashboards import NORA, Browser, Served, browsing, served

PRIYA = Actor(Platform.SLACK, "T1", "U9", "Priya", "Europe/London", installer=True)
SILAS, PAUL = replace(NORA, user="U3", name="Silas"), replace(NORA, user="U4", name="Paul")


@pytest.fixture(scope="module")
async def dashboard(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    """A program with a coach, who wrote to a student who says nothing, and was asked by one who has thanked since."""
    folder = tmp_path_factory.mktemp("letters")
    await _filled(folder)
    async with served(folder) as found:
        await _asks(found, PRIYA, "cohort new", name="Spring", starts_on=f"{now():%Y-%m-%d}")
        await _asks(found, PAUL, "person ask", about="Which price?")
        await _asks(found, PRIYA, "cohort write", student="Paul", words="Try 39.")
        await _asks(found, PRIYA, "cohort write", student="Silas", words="How is the gift going?")
        yield found


async def _filled(folder: Path) -> None:
    """What rolls people up would have written."""
    database, at = await open_embedded(folder), now()
    await database.prepare()
    people, members = People(PeopleRecord(database)), MemberRecord(database)
    for actor in (PRIYA, NORA, SILAS, PAUL):
        each = await people.meet(actor, at)
        plain = {"id": each.id, "user_id": each.user_id, "organization_id": each.organization_id, "name": each.name}
        if actor is not PRIYA:
            await members.keep(Member.model_validate(plain | {"joined_at": at, "rolled_at": at, "module": 0}))
    await database.close()


@pytest.fixture
async def priya(dashboard: Served) -> AsyncIterator[Browser]:
    """A browser in which the coach is signed in."""
    async with browsing(dashboard) as found:
        await found.sign_in(PRIYA)
        yield found


async def _asks(dashboard: Served, actor: Actor, command: str, **values: Typed) -> None:
    event = Asked(id=new_id("evt"), actor=actor, address=actor.direct, at=now(), command=command, values=values)
    assert await dashboard.program.app.handle(replace(event, submitted=True, direct=True)) is not None


async def test_a_letter_without_an_answer_is_not_called_answered_and_the_newest_is_first(priya: Browser) -> None:
    text = unescape((await priya.get("/cohort")).text)
    stands = re.findall(r'<strong>(\w+)</strong>.*?<span class="state">([^<]+)</span></p>\s*<blockquote>([^<]+)<', text)
    assert stands == [("Silas", "Priya wrote", "How is the gift going?"), ("Paul", "Priya answered", "Try 39.")]


async def test_the_students_page_says_why_it_proposes_nothing(dashboard: Served, priya: Browser) -> None:
    silas, nora = [f"{coach_student.PATH}?who={(await dashboard.person(each)).id}" for each in (SILAS, NORA)]
    today = now().astimezone((await dashboard.person(PRIYA)).zone)
    said = unescape((await priya.get(silas)).text)
    assert f"You wrote to Silas on {today.day} {today:%B}, so I propose nothing; write what you like." in said
    assert "A proposal from where they are" not in said
    other = unescape((await priya.get(nora)).text)
    assert "A proposal from where they are and what they said: make it yours." in other
    assert "so I propose nothing" not in other


@pytest.mark.parametrize(
    ("actor", "page", "chat"),
    [
        (PRIYA, "This opens your cohort, its letters and its students, and your own course", "Your cohort, its letters and its"),
        (SILAS, "This opens your course, your Foundation", "Your course, Foundation, figures"),
    ],
)
async def test_the_entry_names_what_they_find_there(
    dashboard: Served, browser: Browser, actor: Actor, page: str, chat: str
) -> None:
    assert page in (await browser.get(await dashboard.link(actor))).text
    asked = Asked(id=new_id("evt"), actor=actor, address=actor.direct, at=now(), command="dashboard", direct=True)
    answer = await dashboard.program.app.handle(asked)
    assert isinstance(answer, Message)
    assert chat in message(answer)


def test_what_was_used_is_drawn_from_the_first_day_on_which_anything_was() -> None:
    used = {"2026-03-23": 4_300, "2026-03-25": 12_000}
    chart = day_by_day(used, date(2026, 3, 1), date(2026, 3, 26), When.THIS_MONTH)
    assert [label for label, _ in chart.series[0].points] == ["23 Mar", "24 Mar", "25 Mar", "26 Mar"]
    assert chart.series[0].points[1] == ("24 Mar", 0)
    nothing = day_by_day({}, date(2026, 3, 1), date(2026, 3, 2), When.THIS_MONTH)
    assert len(nothing.series[0].points) == 2
