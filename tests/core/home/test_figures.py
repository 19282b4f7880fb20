"""The home page shows what was logged last, and what moved."""

from __future__ import annotations

from datetime import date

import pytest

from core import plain
from core.home.panels import LastFigures
from core.kpis.metrics import Metrics
from core.kpis.periods import Period, Span
from core.kpis.service import Snapshots
from core.people.model import Person
from core.people.service import People
from core.ui import Facts
from persistence.documents import Database
from persistence.drafts import FormDraftRecord
from persistence.snapshots import SnapshotRecord
from tests.core.conftest import AT

MARCH, APRIL = Period(Span.MONTH, date(2026, 3, 31)), Period(Span.MONTH, date(2026, 4, 30))


@pytest.fixture
def snapshots(database: Database, people: People) -> Snapshots:
    return Snapshots(SnapshotRecord(database), Metrics(), people, FormDraftRecord(database))


async def shown(snapshots: Snapshots, person: Person) -> tuple[str, dict[str, str]]:
    card = await LastFigures(snapshots).card(person, AT)
    rows = [row for element in card.body if isinstance(element, Facts) for row in element.rows]
    return plain.card(card), dict(rows)


async def test_before_the_first_it_says_how_to_begin(snapshots: Snapshots, nora: Person) -> None:
    text, rows = await shown(snapshots, nora)
    assert (rows, "[Log figures]" in text, "report" in text) == ({}, True, False)


async def test_the_first_is_shown_without_a_change(snapshots: Snapshots, nora: Person) -> None:
    await snapshots.log(nora, MARCH, {"hook_AvgCTR": 2.5}, currency="EUR", at=AT)
    text, rows = await shown(snapshots, nora)
    assert list(rows.values()) == ["2.5%"]
    assert "March" in text
    assert "[See the report]" in text


async def test_the_next_is_set_beside_the_one_before(snapshots: Snapshots, nora: Person) -> None:
    for period, rate in ((MARCH, 2.5), (APRIL, 3.0)):
        await snapshots.log(nora, period, {"hook_AvgCTR": rate}, currency="EUR", at=AT)
    text, rows = await shown(snapshots, nora)
    assert "April" in text
    [value] = rows.values()
    assert "+0.5 points, better" in value


async def test_three_are_enough_and_they_are_those_that_the_student_uses(snapshots: Snapshots, nora: Person) -> None:
    often = {"hook_AvgCTR": 2.5, "gift_OptInRate": 30.0, "sell_ConversionRate": 2.0}
    rare = {"upsell_TakeRate": 9.0, "share_ReviewRate": 4.0}
    await snapshots.log(nora, MARCH, often, currency="EUR", at=AT)
    await snapshots.log(nora, APRIL, {**often, **rare}, currency="EUR", at=AT)
    _, rows = await shown(snapshots, nora)
    titles = [Metrics().by_field[name].title for name in often]
    assert list(rows) == titles


async def test_notes_alone_are_no_figures(snapshots: Snapshots, nora: Person) -> None:
    await snapshots.log(nora, MARCH, {}, currency="EUR", at=AT, notes="Closed for two weeks")
    text, rows = await shown(snapshots, nora)
    assert rows == {}
    assert "Only notes" in text
