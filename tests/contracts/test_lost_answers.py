"""A write is carried out, and the connection breaks before its answer comes: nobody is told that somebody else was there."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from core.errors import Unsure
from core.foundation.service import Foundations
from core.jobs import new_job
from core.kpis.edits import difference
from core.kpis.history import Source
from core.people.model import Person
from persistence.documents import Database
from persistence.foundation import FoundationRecord
from persistence.jobs import JobRecord
from persistence.mongo import open_mongo
from persistence.snapshots import SnapshotRecord
from tests.contracts.proxy import Wire
from tests.students import NOON, OFFER, VALUE, april, foundations

NORA = Person(id="per_n", user_id="usr_n", organization_id="org_n", name="Nora", created_at=NOON)
LEASE = timedelta(seconds=60)


@pytest.fixture
async def wire(mongo_address: str, mongo_database: Database) -> AsyncIterator[tuple[Wire, int]]:
    """A wire to the server, and the port at which it begins. The server answers by now: there is a database already."""
    assert await mongo_database.ping()
    address = urlsplit(mongo_address)
    wire = Wire(address.hostname or "127.0.0.1", address.port or 27017)
    async with wire.listening() as port:
        yield wire, port


@pytest.fixture
async def database(wire: tuple[Wire, int]) -> AsyncIterator[Database]:
    """A database behind the wire, whose driver does not send again by itself."""
    uri = f"mongodb://127.0.0.1:{wire[1]}/?directConnection=true&retryWrites=false"
    database = await open_mongo(uri, database=f"elevate_{secrets.token_hex(6)}")
    yield database
    await database.drop()
    await database.close()


@pytest.fixture
def written(database: Database) -> Foundations:
    """Foundations behind the wire."""
    return foundations(database)


async def test_a_save_whose_answer_is_lost_is_a_save(wire: tuple[Wire, int], database: Database, written: Foundations) -> None:
    for number, cell in enumerate((OFFER, VALUE), start=1):
        wire[0].lose_replies_to("findAndModify", 1)
        kept = await written.save(NORA, {cell: "jars"}, NOON)
        assert (wire[0].lost, kept.version, kept.value(cell)) == (number, number, "jars")
    history = await FoundationRecord(database).changes(NORA, 10)
    assert sorted(each.field for each in history) == sorted((OFFER, VALUE))


async def test_figures_whose_answer_is_lost_are_kept_once_with_one_history(wire: tuple[Wire, int], database: Database) -> None:
    store = SnapshotRecord(database)
    await store.put(NORA, april(NORA, {"hook_AvgCTR": 2.0}, NOON))
    wire[0].lose_replies_to("findAndModify", 1)
    kept = await store.put(NORA, april(NORA, {"hook_AvgCTR": 2.5}, NOON))
    assert (wire[0].lost, kept.version, dict(kept.figures)) == (1, 2, {"hook_AvgCTR": 2.5})
    gone = difference(kept, None, Source.DELETED, NOON, NORA)
    assert gone is not None
    wire[0].lose_replies_to("findAndModify", 1)
    assert await store.save(NORA, kept, None, gone) is not None
    assert [each.source for each in await store.changes(NORA, kept.id, 10)] == ["deleted", "logged", "logged"]
    assert not await store.latest(NORA, 10)


async def test_a_lease_whose_settling_had_no_answer_is_settled_once(wire: tuple[Wire, int], database: Database) -> None:
    jobs = JobRecord(database)
    job = await jobs.add(new_job("run", {}, organization_id="org_n", at=NOON), claimed_by="me")
    assert job is not None
    for _ in range(2):
        wire[0].lose_replies_to("findAndModify", 1)
        with pytest.raises(Unsure):
            await jobs.done(job, NOON)
    await jobs.done(job, NOON)
    assert await jobs.claim("other", NOON + 2 * LEASE, LEASE, 1) == []
