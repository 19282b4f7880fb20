"""The page that says what came of reminders, as a coach reads it: in plain words, and as it is after they took over."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bots.backing import now
from core.ids import made_id
from core.nudges.model import Kind, Nudge, NudgePreferences, Outcome
from core.people.model import Person
from core.people.service import People
from core.request import Actor, Platform
from persistence.documents import Database
from persistence.embedded import open_embedded
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.people import PeopleRecord
from tests.bots.web.dashboards import NORA, Browser, Served, browsing, served

IDA = Actor(Platform.SLACK, "T1", "U9", "Ida", "Europe/London", installer=True)
FEMI, LENA = replace(NORA, user="U3", name="Femi"), replace(NORA, user="U4", name="Lena")
DAY = timedelta(days=1)
PAGE = "/cohort/reminders"


@pytest.fixture(scope="module")
async def dashboard(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    """A program with three who were set aside, one of whom has come back."""
    folder = tmp_path_factory.mktemp("reminders")
    await fill(folder)
    async with served(folder) as found:
        yield found


@pytest.fixture
async def ida(dashboard: Served) -> AsyncIterator[Browser]:
    async with browsing(dashboard) as browser:
        await browser.sign_in(IDA)
        yield browser


async def fill(folder: Path) -> None:
    """What the rules would have written."""
    database = await open_embedded(folder)
    await database.prepare()
    people = People(PeopleRecord(database))
    await people.meet(IDA, now())
    for actor, seen in ((NORA, 9 * DAY), (FEMI, 9 * DAY), (LENA, timedelta())):
        student = await people.meet(actor, now())
        wishes = NudgePreferences(
            id=made_id("npf", student.id),
            person_id=student.id,
            user_id=student.user_id,
            organization_id=student.organization_id,
            chosen_at=now() - 40 * DAY,
            days=(1, 3, 5),
            set_aside_at=now() - 2 * DAY,
            seen_at=now() - seen,
            changed_at=now(),
        )
        await NudgePreferencesRecord(database).meet(student, wishes)
        await _sent(database, student)
    await database.close()


async def _sent(database: Database, student: Person) -> None:
    for number, (kind, template) in enumerate(
        ((Kind.STALLED, "stalled-ten"), (Kind.WIN, "win-back-good"), (Kind.STALLED, "stalled-ten"))
    ):
        at = now() - (4 + number) * DAY
        sent = Nudge(
            id=f"ndg_{student.id}_{number}",
            person_id=student.id,
            organization_id=student.organization_id,
            kind=kind,
            local_date=f"{at:%Y-%m-%d}",
            template=template,
            reason="It is so",
            created_at=at,
            lettered_at=at,
            outcome=Outcome.IGNORED,
        )
        await NudgeRecord(database).add(student, sent)


def aside(text: str) -> dict[str, str]:
    """Those who may need a person, each with the rest of their row."""
    rows = re.findall(r'<li><span><a href="[^"]+">([^<]+)</a>(.*?)</li>', text, re.DOTALL)
    return {name: re.sub(r"\s+", " ", rest) for name, rest in rows}


async def test_who_is_back_is_not_listed_and_who_is_taken_over_is_without_the_button(ida: Browser) -> None:
    before = await ida.get(PAGE)
    rows = aside(before.text)
    assert sorted(rows) == ["Femi", "Nora"]
    assert all("I take over" in each for each in rows.values())
    first = before.form("/do/nudges/quiet")
    await ida.post("/do/nudges/quiet", first)
    after = aside((await ida.get(PAGE)).text)
    until = f"kept quiet until {(now() + 3 * DAY).strftime('%A %-d %B')}"
    assert sorted(("I take over" in each, until in each) for each in after.values()) == [(False, True), (True, False)]


async def test_a_coach_reads_what_people_read_and_no_names_of_files(ida: Browser) -> None:
    text = (await ida.get(PAGE)).text
    assert "Ten minutes are enough to get [module] moving again. Begin with [item]." in text
    assert "stalled-ten" not in text
    assert "of 0 held back" not in text
    assert "here none were: everybody got theirs" in text
    wins = re.search(r'scope="row">Wins</th>(.*?)</tr>', text, re.DOTALL)
    assert wins is not None
    assert re.findall(r"<td[^>]*>([^<]*)</td>", wins[1]) == ["3", "0", "0", "–", "0", "0", "0"]
