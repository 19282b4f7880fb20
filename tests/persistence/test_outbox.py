"""A message to a person goes out once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bots.outbox import Pump
from core.errors import StoreDown
from core.leases import LEASE, State
from core.outbox import Letter, Undeliverable, new_letter
from core.request import Address
from core.ui import Card, Message, Text
from persistence.documents import Database
from persistence.outbox import OutboxRecord
from scheduler.worker import Worker
from tests.persistence.dying import Wall, open_record, process, somewhere
from tests.records import NOON, Outage, Time, come
from tests.scheduler.people import NORA, PLACE

NUDGE = Message("Your module is waiting", (Card("Hook", (Text("Three items are open."),)),))


def letter(key: str = "nudge per_nora 2026-11-22") -> Letter:
    """A message on its way."""
    return new_letter(key, PLACE, NUDGE, organization_id="org_one", person_id=NORA.id, at=NOON)


def worker(store: OutboxRecord, wall: Wall, time: Time) -> Worker[Letter]:
    """A process that sends."""
    return Worker(store, Pump(wall, time.now).send, owner="other", now=time.now, wait=time.wait, chance=lambda: 0.5)


async def test_a_message_is_sent_and_the_platform_s_id_of_it_is_kept(both: Database, tmp_path: Path, time: Time) -> None:
    outbox, wall = OutboxRecord(both), Wall(tmp_path / "wall")
    assert await outbox.add(letter())
    assert await worker(outbox, wall, time).once() == 1
    assert wall.lines() == [["0", PLACE.channel, letter().key, NUDGE.text]]
    sent = await outbox.find("org_one", letter().key)
    assert sent is not None
    assert (sent.state, sent.outcome, sent.message) == (State.DONE, "0", None)
    assert await outbox.find("org_two", letter().key) is None


async def test_a_key_goes_out_once_however_often_it_is_added(both: Database, tmp_path: Path, time: Time) -> None:
    outbox, wall = OutboxRecord(both), Wall(tmp_path / "wall")
    added = await asyncio.gather(*(outbox.add(letter()) for _ in range(20)))
    assert added.count(True) == 1
    await asyncio.gather(*(worker(outbox, wall, time).once() for _ in range(4)))
    assert not await outbox.add(letter())
    await worker(outbox, wall, time).once()
    assert len(wall.lines()) == 1


@pytest.mark.parametrize("kind", ["embedded", "mongo"])
@pytest.mark.parametrize("death", ["before", "after"])
async def test_a_process_that_is_killed_before_or_after_the_sending_leaves_one_message(
    kind: str, death: str, tmp_path: Path, mongo_address: str, time: Time
) -> None:
    where, wall = somewhere(kind, tmp_path, mongo_address), Wall(tmp_path / "wall")
    database = await open_record(where)
    await database.prepare()
    await OutboxRecord(database).add(letter())
    await database.close()
    async with process(where, death, wall.file):
        pass
    assert len(wall.lines()) == (0 if death == "before" else 1)
    database = await open_record(where)
    outbox = OutboxRecord(database)
    assert await worker(outbox, wall, time).once() == 0
    time.pass_by(LEASE.total_seconds())
    assert await worker(outbox, wall, time).once() == 1
    assert len(wall.lines()) == 1
    sent = await outbox.find("org_one", letter().key)
    assert sent is not None
    assert (sent.state, sent.outcome) == (State.DONE, "0")
    await database.close()


async def test_a_record_that_goes_away_between_the_sending_and_the_mark_does_not_send_twice(
    both: Database, tmp_path: Path, time: Time
) -> None:
    outage, wall = Outage(both), Wall(tmp_path / "wall")
    outbox = OutboxRecord(outage)
    await outbox.add(letter())
    [first] = await outbox.claim("one", NOON, LEASE, 1)
    outage.down = True
    sending = asyncio.create_task(worker(outbox, wall, time).work(first))
    await come(lambda: outage.refused > 0)
    with pytest.raises(StoreDown):
        await outbox.counts()
    sending.cancel()
    await come(lambda: sending.done() or time.pass_by(0.1))
    outage.down = False
    time.pass_by(LEASE.total_seconds())
    await worker(outbox, wall, time).once()
    assert len(wall.lines()) == 1


async def test_a_person_who_cannot_be_reached_is_not_tried_again(both: Database, time: Time) -> None:
    class Closed(Wall):
        async def post(self, to: Address, message: Message, key: str = "") -> str:
            raise Undeliverable()

    outbox = OutboxRecord(both)
    await outbox.add(letter())
    await worker(outbox, Closed(Path("/dev/null")), time).once()
    [aside] = await outbox.aside(10)
    assert aside.attempts == 1
    assert aside.read() == NUDGE


async def test_a_message_that_was_given_back_after_the_sending_is_not_sent_again(
    both: Database, tmp_path: Path, time: Time
) -> None:
    outbox, wall = OutboxRecord(both), Wall(tmp_path / "wall")
    await outbox.add(letter())
    [row] = await outbox.claim("stops", NOON, LEASE, 1)
    await Pump(wall, time.now).send(row)
    await outbox.give_back(row, NOON)
    assert await worker(outbox, wall, time).once() == 1
    assert len(wall.lines()) == 1
