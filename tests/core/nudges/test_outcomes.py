"""What came of a reminder: for how long it can be answered, what counts as an answer, and what follows once it has one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.nudges.deciding import decide
from core.nudges.decision import Decision
from core.nudges.foresight import Foresight
from core.nudges.known import Known
from core.nudges.model import Kind, Nudge, NudgePreferences, Outcome, nudge_id
from core.nudges.outcomes import outcome_of, time_is_up_at
from core.nudges.service import Reminders
from core.nudges.terms import Moment
from core.nudges.times import spread
from core.nudges.views import NOTHING, Upcoming
from core.nudges.words import Templates
from core.people.model import Person
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.people import PeopleRecord
from tests.core import conftest
from tests.core.nudges.asking import Asking, direct
from tests.core.nudges.learners import AT, DAY, WISHES, ago, learner, nudge, standing, standings
from tests.core.nudges.test_deciding import SLOT, STUCK, WORDS
from tests.students import DISCORD, met

HOUR = timedelta(hours=1)
FRIDAY = datetime(2026, 4, 10, 9, 15, tzinfo=UTC)
MONDAY = datetime(2026, 4, 13, 9, tzinfo=UTC) + spread("per_1")
"""The slot after it, of whoever chose Monday, Wednesday and Friday at ten in London."""
NOW = conftest.AT + HOUR
"""A Monday, after the hour of the student in the record."""
IGNORED, LATE = Outcome.IGNORED, {"opened_at": FRIDAY + 75 * HOUR}


def on_friday(**more: object) -> Nudge:
    return nudge(Kind.FOUNDATION, 5, "foundation").model_copy(update={"created_at": FRIDAY, "lettered_at": FRIDAY, **more})


@pytest.mark.parametrize(
    ("days", "until"),
    [
        ((1, 3, 5), MONDAY),
        ((5,), MONDAY + 4 * DAY),
        ((1, 2, 3, 4, 5, 6, 7), FRIDAY + 2 * DAY),
        ((5, 6), FRIDAY + 2 * DAY),
        ((), FRIDAY + 2 * DAY),
    ],
)
def test_there_is_time_for_two_days_or_until_the_next_slot_of_theirs(days: tuple[int, ...], until: datetime) -> None:
    known = learner(wishes=WISHES.model_copy(update={"days": days}))
    assert time_is_up_at(on_friday(), known) == until


@pytest.mark.parametrize(
    ("reminder", "changed_at", "looked_at", "came"),
    [
        (on_friday(), None, MONDAY - HOUR, None),
        (on_friday(), None, MONDAY, IGNORED),
        (on_friday(), MONDAY - HOUR, MONDAY, Outcome.ACTED),
        (on_friday(), MONDAY + HOUR, MONDAY + 2 * HOUR, IGNORED),
        (on_friday(**LATE), None, MONDAY + 2 * DAY, Outcome.OPENED),
        (on_friday(**LATE, outcome=IGNORED), None, MONDAY + 2 * DAY, None),
        (on_friday(opened_at=FRIDAY + HOUR), MONDAY - HOUR, MONDAY, Outcome.ACTED),
    ],
)
def test_what_comes_of_a_reminder_of_friday(
    reminder: Nudge, changed_at: datetime | None, looked_at: datetime, came: Outcome | None
) -> None:
    assert outcome_of(reminder, learner(foundation_changed_at=changed_at), looked_at) is came


@pytest.mark.parametrize(
    ("latest", "ignored"),
    [
        ({"outcome": IGNORED}, 3),
        ({"outcome": IGNORED, "opened_at": ago(0.1)}, 0),
        ({"outcome": Outcome.OPENED, "opened_at": ago(1)}, 0),
        ({"opened_at": ago(0.1)}, 0),
        ({}, 2),
    ],
)
def test_one_that_was_answered_however_late_ends_the_row(latest: dict[str, object], ignored: int) -> None:
    sent = [
        nudge(Kind.DRAFTS, 2).model_copy(update=latest),
        nudge(Kind.DRAFTS, 5, None, IGNORED),
        nudge(Kind.DRAFTS, 7, None, IGNORED),
    ]
    known = replace(STUCK, sent=sent)
    assert Moment(known, AT).ignored == ignored
    decision = decide(known, AT, words=WORDS)
    assert ("set_aside_at" in decision.changes) is (ignored == 3)


def test_an_older_one_that_was_answered_late_leaves_the_two_after_it() -> None:
    sent = [*(nudge(Kind.DRAFTS, day, None, IGNORED) for day in (2, 5)), nudge(Kind.DRAFTS, 7, None, IGNORED, opened_at=ago(0.1))]
    assert Moment(replace(STUCK, sent=sent), AT).ignored == 2


class Student:
    """Somebody who chose every day at nine, and whose hour has moved to noon."""

    def __init__(self, database: Database, person: Person) -> None:
        self.person, self.nudges = person, NudgeRecord(database)
        self.wishes = NudgePreferencesRecord(database)
        self.reminders = Reminders(self.wishes, self.nudges, CommitmentRecord(database))

    async def begins(self) -> Nudge:
        """They chose long ago, and got a reminder four days ago which nobody answered."""
        now, days = NOW, (1, 2, 3, 4, 5, 6, 7)
        await self.reminders.choose(self.person, {"days": days, "hour": 9}, now - 9 * DAY)
        await self.wishes.change(self.person, {"next_check_at": self.slot(12)}, now)
        sent = on_friday(
            id=nudge_id(self.person.id, "2026-02-26"),
            person_id=self.person.id,
            organization_id=self.person.organization_id,
            created_at=now - 4 * DAY,
            outcome=IGNORED,
        )
        assert await self.nudges.add(self.person, sent)
        return sent

    def slot(self, hour: int) -> datetime:
        """That hour of tomorrow."""
        day = (NOW + DAY).astimezone(self.person.zone).replace(hour=hour, minute=0, second=0, microsecond=0)
        return day.astimezone(UTC) + spread(self.person.id)

    async def kept(self) -> NudgePreferences:
        """Their contract."""
        found = await self.wishes.of(self.person)
        assert found is not None
        return found


@pytest.fixture
async def student(database: Database, nora: Person) -> Student:
    return Student(database, nora)


async def test_a_press_days_later_answers_it_and_brings_their_own_hour_back(student: Student) -> None:
    sent, now = await student.begins(), NOW
    await student.reminders.came_by(sent.id, student.person, now)
    [after] = await student.nudges.since(student.person, now - 9 * DAY)
    assert (after.outcome, after.opened_at, after.ignored) == (IGNORED, now, False)
    assert (await student.kept()).next_check_at == student.slot(9)


async def test_an_answer_changes_nothing_where_they_are_looked_at_sooner(student: Student) -> None:
    sent, now = await student.begins(), NOW
    for soon in (now - HOUR, now + timedelta(minutes=5)):
        await student.wishes.change(student.person, {"next_check_at": soon}, now)
        await student.reminders.came_by(sent.id, student.person, now)
        assert (await student.kept()).next_check_at == soon


async def test_who_was_set_aside_is_seen_to_be_back_within_the_hour_too(student: Student) -> None:
    now = NOW
    await student.reminders.met(student.person, now)
    await student.wishes.change(student.person, {"set_aside_at": now + timedelta(minutes=5)}, now)
    await student.reminders.met(student.person, now + timedelta(minutes=20))
    assert (await student.kept()).seen_at == now + timedelta(minutes=20)


@pytest.mark.parametrize(("replies_to", "answered"), [("ndg_stalled", True), ("else", False), ("", False)])
@pytest.mark.parametrize("words", ["What is a hook, and how long should it be?", "done", "word " * 90])
async def test_words_below_a_reminder_answer_it_whomever_they_are_for(
    database: Database, replies_to: str, answered: bool, words: str
) -> None:
    asking = Asking(database, await met(database, DISCORD))
    await asking.about("Ring three shops")
    [first] = await asking.reminders.came(asking.student, conftest.AT)
    stalled = first.model_copy(update={"id": "ndg_stalled", "kind": Kind.STALLED, "about": "mod_1"})
    await asking.nudges.add(asking.student, stalled)
    asking.posted["ndg_stalled"] = "nudge:ndg_stalled"
    await asking.hears(replace(direct(words, 60 * 70), replies_to=replies_to))
    kept = await asking.nudges.find(asking.student, "ndg_stalled")
    assert kept is not None
    assert (kept.opened_at is not None) is answered


class Reads:
    """Implements `core.nudges.ports.Learners` with what the test knows of one learner."""

    def __init__(self, known: Known) -> None:
        self._known = known

    async def known(self, person: Person, wishes: NudgePreferences, at: datetime) -> Known:
        return replace(self._known, wishes=wishes)


async def foreseen(database: Database, known: Known) -> Upcoming | None:
    def chosen(known: Known, at: datetime, *, undisturbed_until: datetime | None = None) -> Decision:
        return decide(known, at, words=Templates(), undisturbed_until=undisturbed_until)

    wishes = known.wishes.model_copy(update={"next_check_at": SLOT})
    return await Foresight(PeopleRecord(database), Reads(known), chosen).upcoming(known.person, wishes, AT)


async def test_the_card_knows_of_another_hour_also_where_nothing_comes_and_of_silence(database: Database) -> None:
    moved = "My last two had no answer at 10:00, so I try 13:00 now"
    two = [nudge(Kind.DRAFTS, day, None, IGNORED) for day in (5, 7)]
    soon = await foreseen(database, replace(STUCK, sent=two))
    assert soon is not None
    assert (soon.at, soon.moved) == (SLOT + 3 * HOUR, moved)
    closed = standings(*(standing(n, 7, 30, closed=True) for n in range(10)))
    idle = replace(STUCK, standings=closed, wishes=WISHES.model_copy(update={"stopped_kinds": (Kind.REVIEW,)}))
    assert await foreseen(database, replace(idle, sent=two)) == Upcoming(None, NOTHING, moved)
    assert await foreseen(database, idle) is None
    aside = await foreseen(database, replace(idle, sent=[nudge(Kind.DRAFTS, 2, None, IGNORED), *two]))
    assert aside is not None
    assert (aside.at, aside.moved) == (None, "")
    assert aside.reason.startswith("Nothing: my last three had no answer")
