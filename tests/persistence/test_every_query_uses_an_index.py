"""Every query that any store makes is answered by an index.

SQLite explains every one, and so does MongoDB where `ELEVATE_TEST_MONGODB_URI` names a real one: its stand-in explains what it
does itself, which is to scan. Without one, the query is held against MongoDB's rule on paper (`led_by_an_index`).
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from core.errors import Trouble
from core.people.link import Linking, UnknownCode
from core.privacy.service import Privacy
from core.request import Address
from core.roles import Role
from persistence.documents import Database, Filter, Sort
from persistence.embedded_collection import EmbeddedCollection
from persistence.indexes import INDEXES
from persistence.language import Condition, Query, read_filter
from persistence.links import LinkRecord
from persistence.mongo import MongoCollection
from persistence.privacy import PrivacyRecord
from tests.contracts.mongodb import SETTING
from tests.passing import Operation, Passing
from tests.persistence.store_methods import Guesses, Method, methods, stores
from tests.students import (
    DISCORD,
    HOUR,
    NOON,
    OFFER,
    OMAR,
    SECRET,
    SLACK,
    TERMINAL,
    everything,
    everything_of,
    foundations,
    met,
    opened,
    pending_run,
    said,
)

READS_ALL = {
    "CourseRecord.publish": "compares every module with its file",
    "PromptRecord.publish": "compares every prompt with its file",
    "Overview.collections": "counts everything, for an operator",
}
"""Methods that mean the whole collection, and why. They ask without a condition."""
BOUNDS = {"$eq", "$in", "$gt", "$gte", "$lt", "$lte"}
NEEDS_MORE = {"Overview", "Migrations"}
"""Stores that are built of more than a database, or make indexes themselves."""


class Recorder(Passing):
    """The database behind it, and every query that was made."""

    def __init__(self, behind: Database) -> None:
        super().__init__(behind)
        self.asked: list[tuple[str, Filter, Sort]] = []

    def before(self, operation: Operation) -> None:
        """Note what is asked for."""
        if operation.where is not None:
            self.asked.append((operation.collection, operation.where, operation.sort))


def reads_everything(plan: Sequence[str]) -> bool:
    """Whether a step of the plan goes through a whole collection. SQLite also says SCAN of the values of an `$in`."""
    return any(re.match(r"COLLSCAN|SCAN (?!json_each)", line) for line in plan)


@pytest.fixture(scope="module")
async def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record in which everybody has done everything."""
    folder = tmp_path_factory.mktemp("everybody")
    database = await opened(folder)
    for actor in (SLACK, DISCORD, OMAR):
        person = await met(database, actor)
        await foundations(database).save(person, {OFFER: f"offer of {actor.name}"}, NOON)
        await everything_of(database, person, actor.name, NOON)
        await said(database, person, Address(actor.platform, actor.workspace, "dm"), "words", NOON)
        await pending_run(database, person)
        linking = Linking(LinkRecord(database), SECRET)
        await linking.give_code(person, NOON)
        with pytest.raises(UnknownCode):
            await linking.look_up(person, "AAAAAAAA", NOON)
    await database.close()
    return folder


@pytest.fixture
async def recorder(folder: Path, tmp_path: Path) -> AsyncIterator[Recorder]:
    """A copy of it for each test."""
    shutil.copytree(folder, tmp_path / "copy")
    database = await opened(tmp_path / "copy")
    yield Recorder(database)
    await database.close()


@pytest.fixture
def explaining(recorder: Recorder, request: pytest.FixtureRequest) -> Sequence[Database]:
    """The databases that explain: SQLite, and MongoDB if there is a real one."""
    real = SETTING in os.environ
    return (recorder.behind, request.getfixturevalue("mongo_record")) if real else (recorder.behind,)


async def _explained(recorder: Recorder, explaining: Sequence[Database]) -> None:
    assert recorder.asked, "nothing was asked"
    different = {(name, repr(where), repr(sort)): (name, where, sort) for name, where, sort in recorder.asked}
    for name, where, sort in different.values():
        assert led_by_an_index(name, read_filter(where)), f"{name}: no index begins with a field of {where}"
        for database in explaining:
            collection = database.collection(name)
            assert isinstance(collection, EmbeddedCollection | MongoCollection)
            plan = await collection.explain(where, sort)
            assert not reads_everything(plan), f"{name}: {where} sorted by {sort} goes through all of it: {plan}"


def led_by_an_index(name: str, query: Query) -> bool:
    """Whether an index begins with a field that the query bounds, or for every alternative of it there is one."""
    first = {index.keys[0][0] for index in INDEXES[name]} | {"_id"}

    def bounded(conditions: Sequence[Condition]) -> bool:
        return any(each.path in first and each.operator in BOUNDS for each in conditions)

    return bounded(query.every) or any(all(bounded(each) for each in group) for group in query.groups)


ALL = [method for store in stores() if store.__name__ not in NEEDS_MORE for method in methods(store)]


@pytest.mark.parametrize("method", ALL, ids=lambda each: each.full_name)
async def test_every_query_of_every_store_uses_an_index(
    recorder: Recorder, explaining: Sequence[Database], method: Method
) -> None:
    person = await met(recorder.behind, SLACK)
    guesses = Guesses(person, await everything(recorder.behind))
    for asks in (person, person.model_copy(update={"role": Role.COACH})):  # some read more for whoever coaches
        with suppress(Trouble):
            await method.call(method.store(recorder), **guesses.arguments(method, asks))
    if method.full_name in READS_ALL:
        assert all(not where for _, where, _ in recorder.asked)
        return
    if recorder.asked:
        await _explained(recorder, explaining)


async def test_a_whole_link_uses_indexes(recorder: Recorder, explaining: Sequence[Database]) -> None:
    linking = Linking(LinkRecord(recorder), SECRET)
    slack, discord = await met(recorder.behind, SLACK), await met(recorder.behind, DISCORD)
    await linking.confirm(discord, await linking.give_code(slack, NOON), NOON)
    assert await linking.resume(NOON + HOUR) == 1
    await _explained(recorder, explaining)


async def test_a_whole_export_and_erasure_use_indexes(recorder: Recorder, explaining: Sequence[Database]) -> None:
    privacy = Privacy(PrivacyRecord(recorder), SECRET)
    slack = await met(recorder.behind, SLACK)
    await privacy.export(slack, NOON)
    await privacy.erase(slack, NOON)
    assert await privacy.resume(NOON + HOUR) == 1
    await _explained(recorder, explaining)


async def test_meeting_and_editing_use_indexes(recorder: Recorder, explaining: Sequence[Database]) -> None:
    person = await met(recorder, TERMINAL)
    await foundations(recorder).save(person, {OFFER: "jars"}, NOON)
    await foundations(recorder).save(person, {OFFER: "salt"}, NOON, seen=1)
    await _explained(recorder, explaining)


async def test_a_query_without_an_index_is_found_out(recorder: Recorder, explaining: Sequence[Database]) -> None:
    await recorder.collection("commitments").find({"nobodyIndexedThis": "x"})
    with pytest.raises(AssertionError, match="no index begins"):
        await _explained(recorder, explaining)


async def test_sqlite_tells_a_scan_from_a_search(recorder: Recorder) -> None:
    commitments = recorder.behind.collection("commitments")
    assert isinstance(commitments, EmbeddedCollection)
    assert reads_everything(await commitments.explain({"nobodyIndexedThis": "x"}))
    assert not reads_everything(await commitments.explain({"personId": {"$in": ["x", "y"]}}))
