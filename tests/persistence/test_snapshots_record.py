"""Snapshots in both databases: the schema's names, one document a period, one person's own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest

from core.errors import Changed
from core.ids import new_id
from core.kpis.edits import before_deletion, difference
from core.kpis.figures import Stored
from core.kpis.history import SnapshotChange, Source
from core.kpis.model import Snapshot
from core.kpis.periods import Period, Span
from core.people.model import Person
from persistence.documents import Database, Value
from persistence.snapshots import SnapshotRecord
from tests.core.course.world import NOON, person_named

NORA, OMAR = person_named("Nora", 1), person_named("Omar", 2)
WEEK = Period(Span.WEEK, date(2026, 4, 7))


@pytest.fixture
async def database(whole_record: Database) -> Database:
    """Each of the two databases in turn, with nothing of ours in it."""
    for name in ("userFunnelSnapshots", "snapshotHistory"):
        await whole_record.collection(name).delete({})
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
    assert document.pop("unfiled") == {}, "the history of it is filed"
    assert kept.document() == {**document, "meanings": {}}
    assert document["version"] == 1


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


def _change(before: Snapshot | None, after: Snapshot | None, source: Source, person: Person = NORA) -> SnapshotChange:
    change = difference(before, after, source, NOON + timedelta(hours=1), person)
    assert change is not None
    return change


async def test_every_change_is_kept_with_what_stood_there_before(database: Database) -> None:
    store = SnapshotRecord(database)
    await store.put(NORA, _snapshot(NORA, {"hook_AvgCTR": 2.0}))
    await store.put(NORA, _snapshot(NORA, {"hook_AvgCTR": 2.0}))
    kept = await store.put(NORA, _snapshot(NORA, {"hook_AvgCTR": 2.1, "gift_CPL": 320}, "GBP"), Source.SENT)
    (first, second) = reversed(await store.changes(NORA, kept.id, 10))
    assert (first.source, dict(first.before), dict(first.after)) == (Source.LOGGED, {}, {"hook_AvgCTR": 2.0})
    assert (second.source, dict(second.before)) == (Source.SENT, {"hook_AvgCTR": 2.0})
    assert dict(second.after) == {"hook_AvgCTR": 2.1, "gift_CPL": 320}
    assert (second.currency_before, second.currency_after, second.person_id) == (None, "GBP", NORA.id)
    assert not await store.changes(OMAR, kept.id, 10)
    assert await store.change(OMAR, first.id) is None


async def test_a_corrected_figure_can_also_be_taken_out(database: Database) -> None:
    store = SnapshotRecord(database)
    seen = await store.put(NORA, _snapshot(NORA, {"hook_AvgCTR": 2.0, "gift_CPL": 320}, "GBP"))
    after = seen.model_copy(update={"figures": {"hook_AvgCTR": 2.2}, "notes": "Typed wrongly"})
    change = _change(seen, after, Source.CORRECTED)
    kept = await store.save(NORA, seen, after, change)
    assert kept is not None
    assert (dict(kept.figures), kept.notes, kept.version) == ({"hook_AvgCTR": 2.2}, "Typed wrongly", 2)
    (document,) = await database.collection("userFunnelSnapshots").find({"userId": NORA.user_id})
    assert "gift_CPL" not in document
    assert await store.save(NORA, seen, after, change) is None, "it was made on what stands there no more"
    assert len(await store.changes(NORA, kept.id, 10)) == 2


async def test_a_snapshot_that_was_deleted_is_gone_and_can_be_put_back_as_it_was(database: Database) -> None:
    store = SnapshotRecord(database)
    seen = await store.put(NORA, _snapshot(NORA, {"gift_CPL": 320}, "GBP"))
    seen = await store.put(NORA, seen.model_copy(update={"notes": "Sale", "meanings": {"scoreType": "nps"}}))
    assert await store.save(OMAR, seen, None, _change(seen, None, Source.DELETED, OMAR)) is None
    assert await store.save(NORA, seen, None, _change(seen, None, Source.DELETED)) is not None
    assert not await store.latest(NORA, 5)
    assert not await database.collection("userFunnelSnapshots").find({})
    (deletion,) = await store.deletions(NORA, 5)
    assert not await store.deletions(OMAR, 5)
    back = before_deletion(deletion, NORA, NOON)
    assert await store.save(NORA, None, back, _change(None, back, Source.PUT_BACK)) is not None
    (kept,) = await store.latest(NORA, 5)
    assert (kept.id, dict(kept.figures), kept.notes, kept.currency) == (seen.id, {"gift_CPL": 320}, "Sale", "GBP")
    assert dict(kept.meanings) == {"scoreType": "nps"}
    assert await store.save(NORA, None, back, _change(None, back, Source.PUT_BACK)) is None, "something stands there"
    assert {each.source for each in await store.changes(NORA, kept.id, 10)} == {"logged", "deleted", "put back"}


async def test_what_a_crash_left_of_a_deletion_is_finished_later(database: Database) -> None:
    store = SnapshotRecord(database)
    seen = await store.put(NORA, _snapshot(NORA, {"hook_AvgCTR": 2.0}))
    change = _change(seen, None, Source.DELETED)
    left: dict[str, Value] = {"deletedAt": NOON, "changedAt": NOON, f"unfiled.{change.id}": change.document()}
    await database.collection("userFunnelSnapshots").update({"_id": seen.id}, {"$set": left, "$unset": {"hook_AvgCTR": ""}})
    assert not await store.latest(NORA, 5)
    assert await store.of_period(NORA, WEEK.text, WEEK.ends_at) is None
    assert await store.snapshot(NORA, seen.id) is None
    again = await store.put(NORA, _snapshot(NORA, {"attract_LeadsTotal": 240}))
    assert dict(again.figures) == {"attract_LeadsTotal": 240}
    assert [dict(each.before) for each in await store.deletions(NORA, 5)] == [{"hook_AvgCTR": 2.0}]


async def test_what_a_crash_left_unfiled_is_filed_at_the_next_look(database: Database) -> None:
    store = SnapshotRecord(database)
    seen = await store.put(NORA, _snapshot(NORA, {"hook_AvgCTR": 2.0}))
    change = _change(seen, seen.model_copy(update={"figures": {"hook_AvgCTR": 3.0}}), Source.CORRECTED)
    left: dict[str, Value] = {f"unfiled.{change.id}": change.document(), "hook_AvgCTR": 3.0}
    await database.collection("userFunnelSnapshots").update({"_id": seen.id}, {"$set": left, "$inc": {"version": 1}})
    for _ in range(2):
        assert [each.source for each in await store.changes(NORA, seen.id, 5)] == [Source.CORRECTED, Source.LOGGED]


async def test_figures_of_before_there_was_a_history_begin_one(database: Database) -> None:
    store = SnapshotRecord(database)
    old = _snapshot(NORA, {"hook_AvgCTR": 2.0}).document()
    await database.collection("userFunnelSnapshots").insert({name: value for name, value in old.items() if name != "version"})
    kept = await store.put(NORA, _snapshot(NORA, {"hook_AvgCTR": 2.5}))
    assert (kept.version, kept.id) == (1, old["_id"])
    (change,) = await store.changes(NORA, kept.id, 5)
    assert (dict(change.before), dict(change.after)) == ({"hook_AvgCTR": 2.0}, {"hook_AvgCTR": 2.5})


async def test_a_snapshot_moves_to_another_period_where_nothing_stands_yet(database: Database) -> None:
    store = SnapshotRecord(database)
    seen = await store.put(NORA, _snapshot(NORA, {"hook_AvgCTR": 2.0}))
    other = await store.put(NORA, _snapshot(NORA, {"hook_AvgCTR": 1.0}, period=Period(Span.WEEK, date(2026, 3, 31))))
    onto = seen.model_copy(update={"snapshot_date": other.snapshot_date})
    assert await store.save(NORA, seen, onto, _change(seen, onto, Source.MOVED)) is None, "its unique key is taken"
    free = seen.model_copy(update={"snapshot_date": date_at(2026, 4, 6), "time_period": "Last 30 Days"})
    kept = await store.save(NORA, seen, free, _change(seen, free, Source.MOVED))
    assert kept is not None
    assert (kept.id, kept.period) == (seen.id, Period(Span.DAYS_30, date(2026, 4, 6)))
    newest = (await store.changes(NORA, seen.id, 5))[0]
    assert newest.former == WEEK


def date_at(year: int, month: int, day: int) -> datetime:
    """Midnight UTC, as ends of periods are kept."""
    return Period(Span.WEEK, date(year, month, day)).ends_at
