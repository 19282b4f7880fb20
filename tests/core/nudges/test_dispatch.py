"""Whoever is due is reminded once, whatever processes do it and wherever they die."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from bots.outbox import Pump
from core.leases import LEASE
from core.nudges.dispatch import BATCH, CLAIM, UNREACHABLE
from core.nudges.model import Kind, Outcome
from core.outbox import TOO_LATE, Letter, Undeliverable
from core.request import Actor, Address, Platform
from core.ui import Message
from tests.bots.doors import Wall
from tests.core.nudges.dispatching import DAY, MINUTE, NINE, SLACK, Room
from tests.crashing import Crashing
from tests.students import DISCORD, opened


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    database = await opened(tmp_path)
    yield Room(database)
    await database.close()


async def test_whoever_is_due_gets_a_row_a_letter_and_their_next_time(room: Room) -> None:
    nora = await room.student()
    assert await room.tick() == 1
    (nudge,) = await room.sent(nora)
    (letter,) = await room.letters()
    assert (nudge.kind, nudge.lettered_at, nudge.outcome) == (Kind.STALLED, NINE, None)
    assert (letter.key, letter.address, letter.until) == (f"nudge:{nudge.id}", SLACK.direct, NINE + 720 * MINUTE)
    assert (letter.person_id, letter.read()) == (nora.id, Message("about stalled"))
    assert (await room.contract(nora)).next_check_at == NINE + DAY
    assert await room.tick() == 0


async def test_nobody_is_looked_at_before_their_time(room: Room) -> None:
    await room.student(at=NINE + MINUTE)
    assert await room.tick() == 0
    assert not room.decided.asked


async def test_a_process_that_dies_after_any_write_is_followed_and_the_reminder_goes_out_once(room: Room) -> None:
    for number in count():
        nora = await room.student(Actor(Platform.SLACK, "T1", f"U{number}", "Nora"), at=room.at)
        await room.tick(Crashing(room.database, number))
        whole = (await room.contract(nora)).next_check_at == room.at + DAY
        room.at += CLAIM
        await room.tick()
        (nudge,) = await room.sent(nora)
        (letter,) = [each for each in await room.letters() if each.person_id == nora.id]
        assert nudge.lettered_at is not None, f"after {number} writes"
        assert letter.key == f"nudge:{nudge.id}"
        room.at += MINUTE
        assert await room.tick() == 0
        if whole:
            assert number == 5, "claim, row, letter, mark and next time are one write each"
            return


@pytest.mark.parametrize("writes", [2, 3])
async def test_what_is_decided_anew_after_a_death_is_what_is_kept_and_sent(room: Room, writes: int) -> None:
    nora = await room.student()
    await room.tick(Crashing(room.database, writes))
    room.decided.kind, room.at = Kind.WIN, NINE + CLAIM
    await room.tick()
    (nudge,) = await room.sent(nora)
    (letter,) = await room.letters()
    assert nudge.lettered_at is not None
    assert letter.read() == Message(f"about {nudge.kind.value}"), "the row and the letter are about the same"
    assert nudge.kind is (Kind.WIN if writes == 2 else Kind.STALLED), "what has its letter stays"


async def test_what_lost_its_reason_while_nobody_followed_is_not_sent_and_not_held_against_them(room: Room) -> None:
    nora = await room.student()
    await room.tick(Crashing(room.database, 2))
    room.decided.nothing, room.at = True, NINE + CLAIM
    await room.tick()
    room.at += DAY
    await room.tick()
    (nudge,) = await room.sent(nora)
    assert (nudge.lettered_at, nudge.outcome) == (None, Outcome.UNDELIVERED)
    assert not await room.letters()


async def test_several_processes_at_once_remind_everybody_once(room: Room) -> None:
    people = [await room.student(Actor(Platform.SLACK, "T1", f"U{number}", f"N{number}")) for number in range(BATCH + 40)]
    looked = await asyncio.gather(*(room.tick() for _ in range(3)))
    assert sum(looked) == len(people)
    assert sorted(str(each.person_id) for each in await room.letters()) == sorted(each.id for each in people)


async def test_one_whose_record_cannot_be_read_keeps_nobody_waiting(room: Room) -> None:
    odd, nora = await room.student(Actor(Platform.SLACK, "T1", "U9", "Odd")), await room.student()
    await room.database.collection("persons").update({"_id": odd.id}, {"$set": {"createdAt": "never"}})
    assert await room.tick() == 1
    assert [each.person_id for each in await room.letters()] == [nora.id]


async def test_who_changes_their_mind_while_it_is_decided_gets_nothing(room: Room) -> None:
    nora = await room.student()
    room.resting.meanwhile = lambda: room.wishes.change(nora, {"stopped_at": NINE, "next_check_at": None}, NINE)
    await room.tick()
    assert not await room.sent(nora)
    assert not await room.letters()
    assert (await room.contract(nora)).next_check_at is None


async def test_what_they_asked_for_does_not_take_the_place_of_what_is_due_at_the_same_time(room: Room) -> None:
    nora, room.decided.wanted = await room.student(), ["cmt_1", "cmt_2"]
    await room.tick()
    assert sorted((each.occasion, each.about) for each in await room.sent(nora)) == [
        ("asked", "cmt_1"),
        ("asked", "cmt_2"),
        ("due", "mod_1"),
    ]
    assert len(await room.letters()) == 3
    assert (await room.contract(nora)).next_check_at == NINE + DAY


async def test_one_that_is_held_back_has_a_row_and_no_letter(room: Room) -> None:
    nora, room.decided.held_back = await room.student(), True
    await room.tick()
    (nudge,) = await room.sent(nora)
    assert (nudge.held_back, nudge.lettered_at) == (True, None)
    assert not await room.letters()
    assert not room.resting.asked, "nobody is disturbed"
    room.at += 3 * DAY
    room.decided.nothing = True
    await room.tick()
    assert [each.outcome for each in await room.sent(nora)] == [Outcome.IGNORED], "it is judged as the others are"


async def test_whom_the_platform_says_not_to_disturb_is_looked_at_when_that_is_over(room: Room) -> None:
    nora, room.resting.until = await room.student(), NINE + 60 * MINUTE
    await room.tick()
    assert not await room.letters()
    assert (await room.contract(nora)).next_check_at == NINE + 60 * MINUTE
    room.at += 60 * MINUTE
    await room.tick()
    assert len(await room.letters()) == 1
    assert room.resting.asked == [SLACK.direct, SLACK.direct]


async def test_who_can_only_be_reached_elsewhere_is_passed_on(room: Room) -> None:
    nora = await room.student(DISCORD)
    assert await room.tick() == 1
    assert not await room.letters()
    after = (await room.contract(nora)).next_check_at
    assert after is not None
    assert NINE < after <= NINE + 3 * MINUTE
    room.at = after
    await room.tick(serves=("discord",))
    assert [each.address for each in await room.letters()] == [DISCORD.direct]


async def test_who_has_no_account_that_can_be_written_to_is_looked_at_again_another_day(room: Room) -> None:
    nora = await room.student()
    await room.database.collection("persons").update({"_id": nora.id}, {"$unset": {"identities": ""}})
    await room.tick()
    assert (await room.contract(nora)).next_check_at == NINE + UNREACHABLE


async def test_linked_accounts_are_written_to_on_the_platform_that_was_chosen(room: Room) -> None:
    nora = await room.student()
    other = await room.student(DISCORD, at=NINE + 99 * DAY)
    await room.database.collection("persons").update({"_id": other.id}, {"$set": {"userId": nora.user_id}})
    await room.tick()
    await room.wishes.change(nora, {"channel": Platform.DISCORD, "next_check_at": NINE + DAY}, NINE)
    room.at += DAY
    await room.tick(serves=("discord",))
    await room.wishes.change(nora, {"channel": Platform.TERMINAL, "next_check_at": NINE + 2 * DAY}, NINE)
    room.at += DAY
    await room.tick()
    in_order = sorted(await room.letters(), key=lambda each: each.created_at)
    assert [each.address for each in in_order] == [SLACK.direct, DISCORD.direct, SLACK.direct]


async def _sent_at(room: Room, at: datetime, wall: Wall) -> Letter:
    """The one letter, as a process takes it then."""
    pump = Pump(wall, lambda: at, room.process().unsent)
    (row,) = await room.outbox.claim("one", at, LEASE, 5)
    await room.outbox.done(row, at, await pump.send(row))
    (letter,) = await room.letters()
    return letter


async def test_a_letter_that_could_not_be_sent_within_their_hours_is_not_sent_and_the_reminder_not_delivered(room: Room) -> None:
    nora, wall = await room.student(), Wall()
    await room.tick()
    assert (await _sent_at(room, NINE + 720 * MINUTE, wall)).outcome == TOO_LATE
    assert not wall.posted
    assert [each.outcome for each in await room.sent(nora)] == [Outcome.UNDELIVERED]


async def test_a_letter_goes_out_until_their_hours_end(room: Room) -> None:
    nora, wall = await room.student(), Wall()
    await room.tick()
    await _sent_at(room, NINE + 720 * MINUTE - timedelta(milliseconds=1), wall)
    assert list(wall.posted) == [f"nudge:{each.id}" for each in await room.sent(nora)]


async def test_a_letter_that_the_platform_refuses_leaves_the_reminder_undelivered(room: Room) -> None:
    class Closed(Wall):
        async def post(self, to: Address, message: Message, key: str = "") -> str:
            raise Undeliverable()

    nora = await room.student()
    await room.tick()
    with pytest.raises(Undeliverable):
        await _sent_at(room, NINE, Closed())
    assert [each.outcome for each in await room.sent(nora)] == [Outcome.UNDELIVERED]


@pytest.mark.parametrize("sent", [True, False])
async def test_one_that_never_arrived_is_not_called_ignored(room: Room, sent: bool) -> None:
    nora = await room.student()
    await room.tick()
    if sent:
        await _sent_at(room, NINE, Wall())
    room.at, room.decided.nothing = NINE + 2 * DAY, True
    await room.tick()
    assert [each.outcome for each in await room.sent(nora)] == [Outcome.IGNORED if sent else Outcome.UNDELIVERED]


async def test_what_was_decided_about_the_contract_is_kept_with_the_next_time(room: Room) -> None:
    nora = await room.student()
    for _ in range(2):
        await room.tick()
        room.at += DAY
    kept = await room.contract(nora)
    assert (kept.set_aside_at, kept.next_check_at) == (NINE + DAY, NINE + 2 * DAY)


async def test_a_letter_of_another_kind_is_none_of_its_business(room: Room) -> None:
    nora = await room.student()
    await room.tick()
    (letter,) = await room.letters()
    await room.process().unsent(letter.model_copy(update={"key": f"run:{letter.key}"}))
    await room.process().unsent(letter.model_copy(update={"person_id": "per_erased"}))
    assert [each.outcome for each in await room.sent(nora)] == [None]
