"""An event is answered, once, whatever platforms and processes do."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.inbox import Arrival, answered_at_once
from core.leases import LEASE, MOST_ATTEMPTS, Bell, LeaseLost, State
from core.parcels import TooLargeToKeep, Unreadable
from core.request import File, Said
from core.sharing.model import Shown
from persistence.documents import Database
from persistence.embedded import EmbeddedDatabase
from persistence.inbox import InboxRecord
from persistence.shown import ShownRecord
from scheduler.worker import Worker
from tests.persistence.dying import open_record, process, somewhere
from tests.records import NOON, Time
from tests.scheduler.people import ACTOR, asked, said


class Answers:
    """Answers events by counting them."""

    def __init__(self, error: Exception | None = None) -> None:
        self.given: Counter[str] = Counter()
        self.error = error

    async def __call__(self, arrival: Arrival) -> str | None:
        """Answer it."""
        request = arrival.read()
        if self.error:
            raise self.error
        self.given[request.text if isinstance(request, Said) else arrival.what] += 1
        return None


def worker(store: InboxRecord, answers: Answers, time: Time) -> Worker[Arrival]:
    """Another process."""
    return Worker(store, answers, owner="other", now=time.now, wait=time.wait, chance=lambda: 0.5)


async def test_the_same_event_fifty_times_at_once_is_taken_once(both: Database) -> None:
    inbox = InboxRecord(both)
    taken = await asyncio.gather(*(inbox.take(said(), owner=f"process {n}", at=NOON) for n in range(50)))
    [arrival] = [each for each in taken if each is not None]
    assert arrival.read() == said()
    await inbox.done(arrival, NOON)
    assert await inbox.take(said(), owner="late", at=NOON) is None
    assert await inbox.counts() == {State.WAITING: 0, State.RUNNING: 0, State.DONE: 1, State.ASIDE: 0}


@pytest.mark.parametrize("kind", ["embedded", "mongo"])
async def test_what_a_killed_process_had_taken_is_answered_by_another_when_the_lease_runs_out(
    kind: str, tmp_path: Path, mongo_address: str, time: Time
) -> None:
    where = somewhere(kind, tmp_path, mongo_address)
    async with process(where, "inbox"):
        pass
    database = await open_record(where)
    inbox, answers = InboxRecord(database), Answers()
    assert await inbox.take(said(), owner="other", at=time.now()) is None
    assert await worker(inbox, answers, time).once() == 0
    time.pass_by(LEASE.total_seconds())
    assert await worker(inbox, answers, time).once() == 1
    assert await worker(inbox, answers, time).once() == 0
    assert answers.given == {"hello": 1}
    await database.close()


async def test_an_event_that_fails_five_times_is_set_aside_with_its_error_and_can_be_retried(both: Database, time: Time) -> None:
    inbox, answers = InboxRecord(both), Answers(RuntimeError("no answer"))
    await inbox.take(said(), owner="dies", at=NOON)
    one = worker(inbox, answers, time)
    for _ in range(MOST_ATTEMPTS + 3):
        time.pass_by(1000)
        await one.once()
    [aside] = await inbox.aside(10)
    assert (aside.id, aside.attempts, aside.last_error) == ("slack:Ev1", MOST_ATTEMPTS, "RuntimeError: no answer")
    assert aside.title == "said on slack"
    answers.error = None
    assert await inbox.retry("slack:Ev1", time.now()) is not None
    assert await one.once() == 1
    assert answers.given == {"hello": 1}


async def test_an_answered_event_keeps_no_words(both: Database) -> None:
    inbox = InboxRecord(both)
    arrival = await inbox.take(said(text="my fears"), owner="one", at=NOON)
    assert arrival is not None
    await inbox.done(arrival, NOON)
    kept = await both.collection("inbox").find_one({"_id": arrival.id})
    assert kept is not None
    assert "my fears" not in str(kept)
    with pytest.raises(Unreadable):
        Arrival.of(kept).read()


async def test_what_was_answered_before_it_was_kept_is_done_and_taken_by_nobody(both: Database) -> None:
    inbox, shown = InboxRecord(both), ShownRecord(both)
    await inbox.take(asked("Ev1"), owner="one", at=NOON)
    noted = [answered_at_once(asked(event), NOON, f"the answer to {event}") for event in ("Ev1", "Ev2", "Ev3")]
    await inbox.add_answered(noted)
    await inbox.add_answered(noted[:2])
    assert await inbox.counts() == {State.WAITING: 0, State.RUNNING: 1, State.DONE: 2, State.ASIDE: 0}
    assert await inbox.take(asked("Ev2"), owner="one", at=NOON) is None
    assert [await shown.find(ACTOR.identity, each.id) for each in noted] == [
        None,
        *(Shown(id=each.id, identity=ACTOR.identity, parcel=each.shown or "", shown_at=NOON) for each in noted[1:]),
    ]
    assert await shown.find("slack:T1:other", noted[1].id) is None


async def test_what_was_shown_is_kept_as_the_event_is_settled_by_whoever_has_it(both: Database) -> None:
    inbox, shown = InboxRecord(both), ShownRecord(both)
    arrival = await inbox.take(asked("Ev1"), owner="one", at=NOON)
    assert arrival is not None
    for _ in range(2):  # the second time as after an answer that was lost
        await inbox.answered(arrival, NOON, "the answer")
    found = await shown.find(ACTOR.identity, arrival.id)
    assert found is not None
    assert found.parcel == "the answer"
    overtaken = arrival.model_copy(update={"fence": 7})
    with pytest.raises(LeaseLost):
        await inbox.answered(overtaken, NOON, "another")


async def test_nothing_is_kept_for_whoever_was_erased_meanwhile(both: Database) -> None:
    inbox = InboxRecord(both)
    arrival = await inbox.take(asked("Ev1"), owner="one", at=NOON)
    assert arrival is not None
    await both.collection("inbox").update({"_id": arrival.id}, {"$set": {"identity": "erased"}})
    await inbox.answered(arrival, NOON, "the answer")
    kept = Arrival.of(await both.collection("inbox").find_one({"_id": arrival.id}) or {})
    assert (kept.state, kept.shown) == (State.DONE, None)


async def test_a_mention_after_a_message_that_was_passed_over_is_answered(both: Database) -> None:
    inbox = InboxRecord(both)
    message = await inbox.take(said(addressed=False), owner="one", at=NOON)
    assert message is not None
    assert await inbox.pass_over(message, NOON) is None
    mention = await inbox.take(said(text="@Elevate hello"), owner="two", at=NOON)
    assert mention is not None
    assert mention.read() == said(text="@Elevate hello")
    await inbox.done(mention, NOON)
    assert await inbox.take(said(), owner="three", at=NOON) is None


async def test_a_mention_that_comes_while_its_message_is_looked_at_goes_to_who_looks(both: Database) -> None:
    inbox = InboxRecord(both)
    message = await inbox.take(said(addressed=False), owner="one", at=NOON)
    assert message is not None
    assert await inbox.take(said(), owner="two", at=NOON) is None
    again = await inbox.pass_over(message, NOON)
    assert again is not None
    assert again.read() == said()
    await inbox.done(again, NOON)
    with pytest.raises(LeaseLost):
        await inbox.pass_over(again.model_copy(update={"fence": 9}), NOON)


async def test_a_message_after_its_mention_is_dropped(both: Database) -> None:
    inbox = InboxRecord(both)
    assert await inbox.take(said(), owner="one", at=NOON) is not None
    assert await inbox.take(said(addressed=False), owner="two", at=NOON) is None


async def test_a_mention_after_a_message_that_was_answered_is_dropped(both: Database) -> None:
    inbox = InboxRecord(both)
    message = await inbox.take(said(addressed=False), owner="one", at=NOON)
    assert message is not None
    await inbox.done(message, NOON)
    assert await inbox.take(said(), owner="two", at=NOON) is None


async def test_message_and_mention_many_times_at_once_in_any_order_are_answered_once(both: Database) -> None:
    inbox, answered = InboxRecord(both), 0

    async def deliver(event: str, addressed: bool) -> None:
        nonlocal answered
        arrival = await inbox.take(said(event, addressed=addressed), owner="one", at=NOON)
        while arrival is not None:
            await asyncio.sleep(0)
            if arrival.addressed:
                answered += 1
                await inbox.done(arrival, NOON)
                return
            arrival = await inbox.pass_over(arrival, NOON)

    for number in range(20):
        first = number % 2 == 0
        await asyncio.gather(*(deliver(f"Ev{number}", addressed=first is (turn % 2 == 0)) for turn in range(6)))
    assert answered == 20


async def test_what_is_too_large_is_refused_before_it_is_kept(both: Database) -> None:
    inbox = InboxRecord(both)
    large = Said(id="Ev9", actor=ACTOR, address=said().address, at=NOON, text="", files=(File("a", "b", b"x" * 2_000_000),))
    with pytest.raises(TooLargeToKeep):
        await inbox.take(large, owner="one", at=NOON)
    assert not await both.collection("inbox").find({"state": "running"})


async def test_answered_events_leave_the_inbox_after_two_days(embedded_record: Database) -> None:
    inbox = InboxRecord(embedded_record)
    await embedded_record.collection("inbox").delete({})
    arrival = await inbox.take(said(), owner="one", at=NOON)
    assert arrival is not None
    await inbox.done(arrival, NOON)
    time = Time()
    time.pass_by(2 * 86_400 - 1)
    assert await embedded_record.sweep(time.now()) == 0
    time.pass_by(1)
    assert await embedded_record.sweep(time.now()) == 1


@pytest.mark.parametrize("name", ["inbox", "jobs", "outbox"])
async def test_what_is_due_and_what_is_aside_are_found_by_an_index(embedded_record: EmbeddedDatabase, name: str) -> None:
    rows = embedded_record.collection(name)
    plans = [
        await rows.explain({"dueAt": {"$lte": NOON}}, sort=[("dueAt", 1)]),
        await rows.explain({"state": "aside"}, sort=[("createdAt", 1)]),
        await rows.explain({"state": "running", "dueAt": {"$gt": NOON}}),
        await rows.explain({"_id": "x", "fence": 1, "state": "running"}),
        await rows.explain({"identity": {"$in": ["a", "b"]}} if name == "inbox" else {"personId": "x"}),
    ]
    assert all(len(plan) == 1 and plan[0].startswith("SEARCH") for plan in plans[:2]), plans
    assert all(
        line.startswith(("SEARCH", "LIST", "SCAN json_each")) or "json_each" in line or "USE TEMP B-TREE" in line
        for plan in plans
        for line in plan
    ), plans


def at(seconds: int, event: str, place: str = "1") -> Said:
    """Words in a conversation, so long after noon."""
    address = replace(said().address, thread=place)
    return replace(said(event), address=address, at=NOON + timedelta(seconds=seconds))


async def test_what_nobody_has_time_for_waits_to_be_claimed_and_is_kept_once(both: Database, time: Time) -> None:
    bell, rung = Bell(), list[str]()
    bell.tell(lambda: rung.append("rung"))
    inbox, answers = InboxRecord(both, bell), Answers()
    assert await inbox.add(said(), NOON)
    assert not await inbox.add(said(), NOON)
    assert await inbox.take(said(), owner="one", at=NOON) is None
    assert rung == ["rung"]
    assert await worker(inbox, answers, time).once() == 1
    assert answers.given == {"hello": 1}
    assert not await inbox.add(said(), NOON)
    assert await inbox.counts() == {State.WAITING: 0, State.RUNNING: 0, State.DONE: 1, State.ASIDE: 0}


async def test_a_mention_that_nobody_has_time_for_waits_where_its_message_was_passed_over(both: Database, time: Time) -> None:
    inbox, answers = InboxRecord(both), Answers()
    message = await inbox.take(said(addressed=False), owner="one", at=NOON)
    assert message is not None
    assert await inbox.pass_over(message, NOON) is None
    assert not await inbox.add(said(text="@Elevate hello"), NOON)
    assert await worker(inbox, answers, time).once() == 1
    assert answers.given == {"@Elevate hello": 1}


async def test_what_was_said_before_in_the_same_conversation_is_ahead_until_it_is_answered(both: Database) -> None:
    inbox = InboxRecord(both)
    for event in (at(1, "Ev1"), at(2, "Ev2", place="2")):
        await inbox.add(event, NOON)
    later = await inbox.take(at(3, "Ev3"), owner="one", at=NOON)
    command = await inbox.take(asked("Ev4"), owner="one", at=NOON)
    assert later is not None
    assert command is not None
    assert await inbox.ahead(later)
    assert not await inbox.ahead(command)
    first, *_ = await inbox.claim("two", NOON, LEASE, 1)
    assert await inbox.ahead(later)
    assert not await inbox.ahead(first)
    await inbox.done(first, NOON)
    assert not await inbox.ahead(later)


async def test_what_failed_and_waits_to_be_tried_again_holds_up_nobody_until_it_is_its_turn(both: Database) -> None:
    inbox = InboxRecord(both)
    await inbox.add(at(1, "Ev1"), NOON)
    later = await inbox.take(at(3, "Ev3"), owner="one", at=NOON)
    assert later is not None
    (first,) = await inbox.claim("two", NOON, LEASE, 1)
    await inbox.failed(first, "it broke", NOON, NOON + LEASE)
    assert not await inbox.ahead(later)
    (again,) = await inbox.claim("two", NOON + LEASE, LEASE, 1)
    assert await inbox.ahead(later)
    await inbox.failed(again, "it broke", NOON, None)
    assert not await inbox.ahead(later)


async def test_a_mention_after_its_message_has_its_place_among_what_is_said(both: Database) -> None:
    inbox = InboxRecord(both)
    message = await inbox.take(replace(at(1, "Ev1"), addressed=False), owner="one", at=NOON)
    assert message is not None
    await inbox.pass_over(message, NOON)
    later = await inbox.take(at(3, "Ev3"), owner="one", at=NOON)
    assert later is not None
    assert not await inbox.ahead(later)
    assert await inbox.take(at(1, "Ev1"), owner="two", at=NOON) is not None
    assert await inbox.ahead(later)


async def test_an_event_tells_whose_it_was_also_after_it_was_answered(both: Database) -> None:
    inbox = InboxRecord(both)
    taken = await inbox.take(at(1, "Ev1"), owner="one", at=NOON)
    assert taken is not None
    await inbox.done(taken, NOON)
    assert await inbox.whose(taken.platform, "Ev1") == taken.identity
    assert await inbox.whose(taken.platform, "Ev2") is None
