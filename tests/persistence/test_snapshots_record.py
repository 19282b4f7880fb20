"""Snapshots in both databases: the schema's names, one document a period, one person's own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from core.errors import Changed
from core.ids import new_id
from core.kpis.figures import Stored
from core.kpis.model import Snapshot
from core.kpis.periods import Period, Span
from core.people.model import Person
from persistence.documents import Database
from persistence.snapshots import SnapshotRecord
from tests.core.course.world import NOON, person_named

NORA, OMAR = person_named("Nora", 1), person_named("Omar", 2)
WEEK = Period(Span.WEEK, date(2026, 4, 7))


@pytest.fixture
async def database(whole_record: Database) -> Database:
    """Each of the two databases in turn, with nothing of ours in it."""
    await whole_record.collection("userFunnelSnapshots").delete({})
    return whole_record


def _snapshot(person: Person, figures: Mapping[str, Stored], currency: str | None = None, period: Period = WEEK) -> Snapshot:
    return Snapshot(
        id=new_id("snp"),
        user_id=person.user_id,
        organization_id=person.organization_id,
        snapshot_date=period.ends_at,
        time_period=period.text,
        currency=currency,
        created_at=NOON,
        changed_at=NOON,
        figures=figures,
    )


async def test_a_document_has_the_schemas_names_and_keeps_its_types(database: Database) -> None:
    store = SnapshotRecord(database)
    await store.put(NORA, _snapshot(NORA, {"hook_AvgCTR": 2.0, "attract_LeadsTotal": 240, "gift_CPL": 320}, "GBP"))
    (document,) = await database.collection("userFunnelSnapshots").find({"userId": NORA.user_id})
    assert document["hook_AvgCTR"] == 2.0
    assert isinstance(document["hook_AvgCTR"], float)
    assert document["snapshotDate"] == WEEK.ends_at
    assert document["timePeriod"] == "Last 7 Days"
    assert "figures" not in document
    assert "sell_AOV_Initial" not in document
    (kept,) = await store.latest(NORA, 5)
    assert dict(kept.figures) == {"hook_AvgCTR": 2.0, "attract_LeadsTotal": 240, "gift_CPL": 320}
    assert kept.period == WEEK
    assert kept.document() == {**document, "meanings": {}}


async def test_figures_of_one_period_come_together(database: Database) -> None:
    store = SnapshotRecord(database)
    one = await store.put(NORA, _snapshot(NORA, {"hook_AvgCTR": 2.0}))
    two = await store.put(NORA, _snapshot(NORA, {"attract_LeadsTotal": 240, "hook_AvgCTR": 2.1}, "GBP"))
    assert two.id == one.id
    assert dict(two.figures) == {"hook_AvgCTR": 2.1, "attract_LeadsTotal": 240}
    assert two.currency == "GBP"


async def test_many_at_once_make_one_document_with_all_figures(database: Database) -> None:
    store = SnapshotRecord(database)
    fields = [f"hook_F{letter}" for letter in "ABCDEFGH"]
    await asyncio.gather(*(store.put(NORA, _snapshot(NORA, {field: 1.5})) for field in fields))
    (kept,) = await store.latest(NORA, 5)
    assert sorted(kept.figures) == fields


async def test_another_currency_changes_nothing(database: Database) -> None:
    store = SnapshotRecord(database)
    await store.put(NORA, _snapshot(NORA, {"gift_CPL": 320}, "GBP"))
    with pytest.raises(Changed):
        await store.put(NORA, _snapshot(NORA, {"gift_CPL": 400}, "EUR"))
    (kept,) = await store.latest(NORA, 5)
    assert (kept.currency, kept.figures["gift_CPL"]) == ("GBP", 320)


async def test_the_latest_period_comes_first_and_others_stay_unseen(database: Database) -> None:
    store = SnapshotRecord(database)
    for weeks in (2, 0, 1):
        period = Period(Span.WEEK, WEEK.end - timedelta(weeks=weeks))
        await store.put(NORA, _snapshot(NORA, {"hook_AvgCTR": float(weeks)}, period=period))
    assert [each.figures["hook_AvgCTR"] for each in await store.latest(NORA, 2)] == [0.0, 1.0]
    assert not await store.latest(OMAR, 5)
    assert await store.of_period(OMAR, WEEK.text, WEEK.ends_at) is None
    assert await store.of_period(NORA, WEEK.text, WEEK.ends_at) is not None
