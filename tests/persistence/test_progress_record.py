"""Progress and published modules in both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from core.course.model import ModuleStatus
from core.course.modules import Course
from persistence.course import CourseRecord
from persistence.documents import Database
from persistence.progress import ProgressRecord
from tests.core.course.world import NOON, person_named

NORA, OMAR = person_named("Nora", 1), person_named("Omar", 2)
LATER = NOON + timedelta(hours=1)


@pytest.fixture
async def database(whole_record: Database) -> Database:
    """Each of the two databases in turn, with nothing of ours in it."""
    for name in ("userModuleProgress", "courseModules"):
        await whole_record.collection(name).delete({})
    return whole_record


async def test_the_first_tick_starts_and_later_ones_leave_the_start(database: Database) -> None:
    store = ProgressRecord(database)
    first = await store.tick(NORA, "mod_1", 2, NOON)
    assert (first.status, first.started_at, first.ticked_items) == (ModuleStatus.IN_PROGRESS, NOON, (2,))
    again = await store.tick(NORA, "mod_1", 2, LATER)
    assert (again.started_at, again.ticked_items, again.changed_at) == (NOON, (2,), LATER)


async def test_a_note_does_not_start_a_module(database: Database) -> None:
    kept = await ProgressRecord(database).note(NORA, "mod_1", "Pins", NOON)
    assert (kept.status, kept.notes, kept.started_at) == (ModuleStatus.NOT_STARTED, "Pins", None)


async def test_completing_twice_keeps_the_first_time_and_unticking_reopens(database: Database) -> None:
    store = ProgressRecord(database)
    await store.complete(NORA, "mod_1", NOON)
    again = await store.complete(NORA, "mod_1", LATER)
    assert (again.status, again.completed_at) == (ModuleStatus.COMPLETED, NOON)
    ticked = await store.tick(NORA, "mod_1", 3, LATER)
    assert ticked.status is ModuleStatus.COMPLETED
    opened = await store.untick(NORA, "mod_1", 3, LATER)
    assert (opened.status, opened.completed_at, opened.ticked_items) == (ModuleStatus.IN_PROGRESS, None, ())


async def test_unticking_what_was_never_touched_changes_nothing_that_counts(database: Database) -> None:
    kept = await ProgressRecord(database).untick(NORA, "mod_1", 3, NOON)
    assert (kept.status, kept.ticked_items) == (ModuleStatus.NOT_STARTED, ())


async def test_many_ticks_at_once_make_one_document_with_all_of_them(database: Database) -> None:
    store = ProgressRecord(database)
    await asyncio.gather(*(store.tick(NORA, "mod_1", item, NOON) for item in (1, 2, 3, 4, 5, 5)))
    (kept,) = await store.of(NORA)
    assert sorted(kept.ticked_items) == [1, 2, 3, 4, 5]


async def test_each_person_has_their_own(database: Database) -> None:
    store = ProgressRecord(database)
    await store.tick(NORA, "mod_1", 1, NOON)
    await store.tick(OMAR, "mod_1", 2, NOON)
    (kept,) = await store.of(OMAR)
    assert kept.ticked_items == (2,)


async def test_publishing_writes_only_what_changed(database: Database) -> None:
    store, modules = CourseRecord(database), Course().modules()
    assert await store.publish(modules) == len(modules)
    assert await store.publish(modules) == 0
    changed = modules[1].model_copy(update={"title": "Another title"})
    assert await store.publish([modules[0], changed]) == 1
    kept = await database.collection("courseModules").find_one({"_id": "mod_1"})
    assert kept is not None
    assert kept["title"] == "Another title"
