"""What agents read of what moved after an asset went live, and of the cohort: computed, and always the asker's own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.course.steps import Step
from core.kpis.figures import Stored
from core.kpis.periods import Period, Span
from core.people.model import Person
from core.people.service import People
from core.request import Actor, Platform
from persistence.documents import Database
from persistence.people import PeopleRecord
from tests.core.abilities.world import Hands, hands
from tests.core.conftest import AT, actor

LIVE = date(2026, 2, 2)
"""A Monday: on the Monday of AT, four full weeks have passed since."""


async def _live(able: Hands, person: Person, title: str, step: Step = Step.HOOK) -> None:
    kept = await able.assets.keep(person, step=step, asset_type="Headlines", content=title, at=AT)
    await able.assets.implement(person, await able.assets.show(person, kept.id), AT, since=LIVE)


async def _weeks(able: Hands, person: Person, field: str, values: tuple[Stored, ...]) -> None:
    """Eight weeks, four on each side."""
    for at, each in enumerate(values):
        end = LIVE + timedelta(days=7 * (at - 4) + 6)
        await able.snapshots.log(person, Period(Span.WEEK, end), {field: each}, currency="EUR", at=AT)


async def test_what_followed_an_asset_is_read_with_its_verdict_and_its_periods(database: Database, nora: Person) -> None:
    able = hands(database)
    assert "Nothing of the student's is live" in (await able.use(nora, "read_impact")).text
    await _live(able, nora, "Fuzzy jar?")
    await _weeks(able, nora, "hook_AvgCTR", (2, 2.1, 1.9, 2, 2.6, 2.8, 2.7, 2.7))
    listed = (await able.use(nora, "read_impact")).text
    assert (
        "1. Fuzzy jar? (Hook, live since 2 February 2026): Click-through rate: up after (2% on average before, 2.7% after"
        in listed
    )
    assert "4 weeks before, 4 weeks after" in listed
    assert "not why" in listed
    whole = (await able.use(nora, "read_impact", asset=1)).text
    assert "**went up after** it went live: 2% on average in the 4 weeks before, 2.7% in the 4 weeks after" in whole


async def test_what_cannot_be_told_is_said_with_the_reason(database: Database, nora: Person) -> None:
    able = hands(database)
    await _live(able, nora, "Fuzzy jar?")
    await _live(able, nora, "Second jar")
    await _weeks(able, nora, "hook_AvgCTR", (2, 2, 2, 2, 3, 3, 3, 3))
    assert "cannot tell, something else went live as well" in (await able.use(nora, "read_impact")).text
    assert "“Second jar” went live in the same weeks" in (await able.use(nora, "read_impact", asset=1)).text
    assert (await able.use(nora, "read_impact", asset=9)).failed


async def test_a_draft_has_nothing_to_look_at(database: Database, nora: Person) -> None:
    able = hands(database)
    await able.assets.keep(nora, step=Step.HOOK, asset_type="Headlines", content="Only a draft", at=AT)
    refused = await able.use(nora, "read_impact", asset=1)
    assert refused.failed
    assert "not live" in refused.text


async def test_a_period_is_read_with_its_weakest_link_as_it_was_then(database: Database, nora: Person) -> None:
    able = hands(database)
    for end, rate in ((date(2026, 2, 15), 0.6), (date(2026, 2, 22), 2.4)):
        figures = {"hook_AvgCTR": rate, "gift_OptInRate": 22.0, "attract_LeadsTotal": 400, "gift_CPL": 900}
        await able.snapshots.log(nora, Period(Span.WEEK, end), figures, currency="USD", at=AT)
    now, then = [(await able.use(nora, "read_snapshots", period=each)).text for each in (1, 2)]
    assert "Diagnosis, worked out by the course's rules:" in now
    assert "weakest link is Hook" not in now
    assert "Period: the last 7 days to 15 February 2026" in then
    assert "weak" in then
    assert "Hook: " in then
    assert "1. the last 7 days to 22 February 2026" in then


@pytest.fixture
async def cohort(database: Database, people: People, nora: Person) -> Hands:
    """Nora among four others, who all share their figures."""
    able = hands(database)
    members = [nora, *[await people.meet(actor(f"member{number}"), AT) for number in range(4)]]
    for number, each in enumerate(members):
        period = Period(Span.WEEK, date(2026, 3, 1))
        await able.snapshots.log(each, period, {"hook_AvgCTR": 3.0 + number / 7}, currency="EUR", at=AT)
        if each is not nora:
            await able.comparisons.share(each, yes=True, at=AT)
    return able


async def test_the_cohort_is_read_by_those_who_share_and_nobody_is_named(cohort: Hands, nora: Person) -> None:
    assert "does not share their figures" in (await cohort.use(nora, "compare_with_cohort")).text
    sharing = await cohort.comparisons.share(nora, yes=True, at=AT)
    read = (await cohort.use(sharing, "compare_with_cohort")).text
    assert "Click-through rate: 3% in the last 7 days to 1 March 2026; the cohort's median is about 3.3%" in read
    assert "percentile 0 to 25" in read
    for word in ("member", "Member", "usr_", "per_", "3.14", "3.28", "3.57"):
        assert word not in read


async def test_an_agent_reads_the_cohort_of_the_asker_alone(cohort: Hands, database: Database, nora: Person) -> None:
    await cohort.comparisons.share(nora, yes=True, at=AT)
    elsewhere = await People(PeopleRecord(database)).meet(Actor(Platform.SLACK, "T9", "U9", "Else", "Europe/Paris"), AT)
    period = Period(Span.WEEK, date(2026, 3, 1))
    await cohort.snapshots.log(elsewhere, period, {"hook_AvgCTR": 1.0}, currency="EUR", at=AT)
    sharing = await cohort.comparisons.share(elsewhere, yes=True, at=AT)
    assert "fewer than five people share it" in (await cohort.use(sharing, "compare_with_cohort")).text
