"""Gathering what is known of a learner from a record of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from core.assets.service import Assets
from core.cohort.service import Cohorts
from core.commitments.model import CommitmentState
from core.commitments.service import Commitments, TooMany
from core.contents import SHIPPED
from core.course.model import ModuleStatus
from core.course.modules import Course
from core.course.service import Progress
from core.course.steps import Step
from core.foundation.cells import Cells
from core.foundation.service import Foundations
from core.foundation.share import Share
from core.kpis.metrics import Metrics
from core.kpis.periods import Period, Span
from core.kpis.service import Snapshots
from core.nudges.deciding import decide
from core.nudges.gathering import Gathering, Sources
from core.nudges.model import Kind, nudge_id
from core.nudges.service import Reminders
from core.nudges.words import Templates
from core.people.model import Person
from core.people.service import People
from persistence.assets import AssetRecord
from persistence.cohorts import CohortRecord
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.drafts import FormDraftRecord
from persistence.foundation import FoundationRecord
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.people import PeopleRecord
from persistence.progress import ProgressRecord
from persistence.snapshots import SnapshotRecord
from tests.core.nudges.learners import nudge
from tests.students import SLACK, met, opened

NINE = datetime(2026, 4, 6, 8, tzinfo=UTC)
DAY = timedelta(days=1)


class World:
    """A record, and all that writes to it for one student."""

    def __init__(self, database: Database, person: Person) -> None:
        self.person = person
        assets, foundation = AssetRecord(database), FoundationRecord(database)
        self.foundations = Foundations(foundation, Cells(SHIPPED))
        self.course = Course(SHIPPED)
        self.progress = Progress(ProgressRecord(database), self.course, assets, Share(foundation, self.foundations))
        people = People(PeopleRecord(database))
        self.snapshots = Snapshots(SnapshotRecord(database), Metrics(), people, FormDraftRecord(database))
        self.assets = Assets(assets, (self.progress,))
        self.nudges = NudgeRecord(database)
        store = CommitmentRecord(database)
        self.reminders = Reminders(NudgePreferencesRecord(database), self.nudges, store)
        self.commitments = Commitments(store, self.reminders)
        self.gathering = Gathering(
            Sources(
                progress=self.progress,
                foundations=self.foundations,
                snapshots=self.snapshots,
                assets=self.assets,
                commitments=self.commitments,
                nudges=self.nudges,
                cohorts=Cohorts(CohortRecord(database), PeopleRecord(database)),
            )
        )


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    database = await opened(tmp_path)
    yield World(database, await met(database, SLACK, NINE))
    await database.close()


async def test_of_somebody_new_nothing_is_known_but_their_own_timetable(world: World) -> None:
    known = await world.gathering.known(world.person, await world.reminders.of(world.person, NINE), NINE)
    assert known.timetable.starts_on == date(2026, 4, 13), "the Monday after they joined"
    assert not known.in_cohort
    assert [each.status for each in known.standings] == [ModuleStatus.NOT_STARTED] * 10
    assert (known.foundation_ready, known.foundation_changed_at, known.last_seen_at) == (False, None, None)
    assert len(known.foundation) == 3
    needed = [("Company", "What we sell"), ("Company", "How it works")]
    assert list(known.foundation_needed[:2]) == needed
    assert {grid for grid, _ in known.foundation_needed} == {"Company", "Market", "Customer"}
    assert (*known.assets, *known.snapshots, *known.figures, *known.commitments, *known.sent) == ()


async def test_what_was_done_is_known_with_the_last_sign_of_life(world: World) -> None:
    person, at = world.person, NINE + 20 * DAY
    await world.progress.tick(person, world.course.of_step(Step.HOOK), 1, NINE + DAY)
    await world.assets.keep(person, step=Step.HOOK, asset_type="Headlines", title="Ten", content="Ten pains", at=NINE + 2 * DAY)
    for week, rate in ((1, 2.1), (2, 2.6)):
        period = Period(Span.WEEK, (NINE + week * 7 * DAY).date())
        await world.snapshots.log(person, period, {"hook_AvgCTR": rate}, currency="GBP", at=NINE + (week * 7 + 1) * DAY)
    await world.commitments.promise(person, "Hook", (NINE + 30 * DAY).date(), NINE + 3 * DAY, "evt_1")
    await world.nudges.add(person, nudge(Kind.STALLED, 0, "mod_1").model_copy(update={"created_at": NINE + 4 * DAY}))
    known = await world.gathering.known(person, await world.reminders.of(person, at), at)
    assert known.standings[1].ticked == {1}
    assert known.standings[1].saved == 1
    assert [each.title for each in known.assets] == ["Ten"]
    assert [(each.metric.field, each.kept, each.before) for each in known.figures] == [("hook_AvgCTR", 2.6, 2.1)]
    assert [each.what for each in known.commitments] == ["Hook"]
    assert [each.kind for each in known.sent] == [Kind.STALLED]
    assert known.last_seen_at == NINE + 3 * DAY


async def test_a_sign_of_life_while_it_is_read_is_one_too(world: World) -> None:
    """A tick goes by the time at which it began, and each sign of life takes the place of the one before."""
    person = world.person
    await world.reminders.met(person, NINE)
    await world.reminders.met(person, NINE + 15 * DAY + timedelta(seconds=9))
    at = NINE + 15 * DAY
    known = await world.gathering.known(person, await world.reminders.of(person, at), at)
    assert known.last_seen_at == at + timedelta(seconds=9)


async def test_whoever_comes_back_after_a_week_is_told_so_and_whoever_comes_daily_is_not(world: World) -> None:
    person = world.person
    for day in (0, 1, 2, 3):
        await world.reminders.met(person, NINE + day * DAY)
    await world.reminders.choose(person, {"days": (1, 2, 3, 4, 5, 6, 7), "hour": 9}, NINE + 3 * DAY)
    assert (await world.reminders.of(person, NINE)).away_since is None
    await world.reminders.met(person, NINE + 12 * DAY)
    at = NINE + 13 * DAY + timedelta(minutes=15)
    known = await world.gathering.known(person, await world.reminders.of(person, at), at)
    assert (known.seen_before_at, known.last_seen_at) == (NINE + 3 * DAY, NINE + 12 * DAY)
    decision = decide(known, at, words=Templates())
    assert decision.nudge is not None
    assert decision.nudge.kind is Kind.WIN
    assert decision.nudge.id == nudge_id(person.id, "2026-04-19")
    assert decision.changes == {"away_since": None}


async def test_a_reminder_that_they_asked_for_is_told_at_its_time_and_is_then_over_in_the_record_too(world: World) -> None:
    person, when = world.person, NINE + DAY
    kept = await world.commitments.remind(person, "Call the printer", when, NINE, "evt_1")
    at = when + timedelta(seconds=20)
    assert [each.state for each in await world.commitments.all(person, NINE)] == [CommitmentState.OPEN]
    known = await world.gathering.known(person, await world.reminders.of(person, at), at)
    decision = decide(known, at, words=Templates())
    assert decision.nudge is not None
    assert (decision.nudge.kind, decision.nudge.about, decision.nudge.occasion) == (Kind.REMINDER, kept.id, "asked")
    assert [each.state for each in await world.commitments.all(person, at)] == [CommitmentState.DONE]
    await world.commitments.remind(person, "Again", NINE + 30 * DAY, NINE + 5 * DAY, "evt_2")
    one = await world.commitments.one(person, kept.id)
    assert (one.state, one.changed_at) == (CommitmentState.DONE, when)


async def test_reminders_whose_time_is_over_take_no_place_of_the_twenty(world: World) -> None:
    for number in range(20):
        await world.commitments.remind(world.person, f"{number}", NINE + DAY, NINE, f"evt_{number}")
    with pytest.raises(TooMany):
        await world.commitments.remind(world.person, "One more", NINE + 3 * DAY, NINE, "evt_20")
    kept = await world.commitments.remind(world.person, "One more", NINE + 3 * DAY, NINE + DAY, "evt_20")
    assert kept.open
