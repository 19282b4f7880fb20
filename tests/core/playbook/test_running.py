"""A run's words are kept as they come, and its end is recorded once, by whoever holds its job."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from core.errors import ModelBrokeOff
from core.jobs import Job
from core.leases import LEASE, State
from core.people.model import Person
from core.playbook.model import Execution, Status
from core.playbook.running import STOPPED, TakenOver
from core.ui import Began, Ended, Grew, Tone, Update
from persistence.documents import Database
from tests.core.conftest import ADDRESS
from tests.core.playbook.world import H1, Desk, desk
from tests.records import NOON, come


async def listen(at: Desk, execution: Execution, job: Job, heard: list[Update]) -> None:
    """Draw every update."""
    async with aclosing(at.running.updates(at.person, H1, execution, job)) as updates:
        async for update in updates:
            heard.append(update)


def text(heard: list[Update]) -> str:
    return "".join(update.text for update in heard if isinstance(update, Grew))


async def test_an_answer_grows_and_its_run_and_job_are_settled(database: Database, nora: Person) -> None:
    at = desk(database, nora)
    at.pen.hand("1. Fuzzy", " jar?", None)
    heard: list[Update] = []
    await listen(at, *await at.begin(), heard)
    assert isinstance(heard[0], Began)
    assert text(heard) == "1. Fuzzy jar?"
    assert isinstance(heard[-1], Ended)
    assert heard[-1].message.text == "1. Fuzzy jar?"
    kept = await at.kept()
    assert (kept.status, kept.ai_response, kept.input_tokens, kept.output_tokens) == (Status.SUCCESS, "1. Fuzzy jar?", 10, 5)
    assert (await at.jobs.counts())[State.DONE] == 1


async def test_what_has_come_is_kept_every_two_seconds(database: Database, nora: Person) -> None:
    at = desk(database, nora)
    heard: list[Update] = []
    listening = asyncio.create_task(listen(at, *await at.begin(), heard))
    at.pen.hand("One ")
    await come(lambda: at.pen.written == 1)
    assert (await at.kept()).ai_response is None
    at.time.pass_by(2)
    at.pen.hand("two ")
    await at.until_kept("One two ")
    at.time.pass_by(1)
    at.pen.hand("three ")
    await come(lambda: text(heard) == "One two three ")
    assert (await at.kept()).ai_response == "One two "
    assert (await at.kept()).status is Status.PENDING
    at.pen.hand(None)
    await listening


async def test_ctrl_c_stops_the_model_and_keeps_what_came(database: Database, nora: Person) -> None:
    at = desk(database, nora)
    heard: list[Update] = []
    listening = asyncio.create_task(listen(at, *await at.begin(), heard))
    at.pen.hand("One ")
    await come(lambda: text(heard) == "One ")
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening
    assert at.pen.closed.is_set()
    kept = await at.kept()
    assert (kept.status, kept.ai_response, kept.error) == (Status.ERROR, "One ", STOPPED)
    assert (await at.jobs.counts())[State.DONE] == 1


async def test_a_trouble_of_the_model_ends_the_run_with_what_came(database: Database, nora: Person) -> None:
    at = desk(database, nora)
    at.pen.hand("One ", ModelBrokeOff())
    heard: list[Update] = []
    await listen(at, *await at.begin(), heard)
    assert isinstance(heard[-1], Ended)
    kept = await at.kept()
    assert (kept.status, kept.ai_response, kept.error) == (Status.ERROR, "One ", ModelBrokeOff().message)


async def test_a_mistake_of_ours_is_not_taken_for_the_person_s_wish(database: Database, nora: Person) -> None:
    at = desk(database, nora)
    execution, job = await at.begin()
    at.pen.hand("One ")
    updates = at.running.updates(at.person, H1, execution, job)
    assert [type(await anext(updates)) for _ in range(2)] == [Began, Grew]
    with pytest.raises(ZeroDivisionError):
        await updates.athrow(ZeroDivisionError())
    assert "mistake of ours" in str((await at.kept()).error)


async def test_the_lease_is_extended_while_the_answer_grows(database: Database, nora: Person) -> None:
    at = desk(database, nora)
    heard: list[Update] = []
    listening = asyncio.create_task(listen(at, *await at.begin(), heard))
    for beat in range(6):
        await come(lambda: at.time.sleeping == 1)
        at.time.pass_by(20)
        at.pen.hand(f"{beat} ")
    await come(lambda: at.time.sleeping == 1)
    assert not await at.jobs.claim("two", at.time.now(), LEASE, 1)
    at.pen.hand(None)
    await listening
    assert (await at.kept()).status is Status.SUCCESS


async def test_who_loses_the_lease_is_told_so_and_leaves_the_run_to_its_new_holder(database: Database, nora: Person) -> None:
    at = desk(database, nora)
    heard: list[Update] = []
    listening = asyncio.create_task(listen(at, *await at.begin(), heard))
    at.pen.hand("One ")
    await come(lambda: text(heard) == "One " and at.time.sleeping == 1)
    assert len(await at.jobs.claim("two", NOON + LEASE, LEASE, 1)) == 1
    at.time.pass_by(20)
    await come(lambda: listening.done() or at.pen.hand("two "))
    with pytest.raises(TakenOver, match="taken it over"):
        await listening
    assert (await at.kept()).status is Status.PENDING
    assert (await at.jobs.counts())[State.RUNNING] == 1


async def test_a_record_that_goes_away_in_mid_answer_does_not_end_it(database: Database, nora: Person) -> None:
    at = desk(database, nora)
    heard: list[Update] = []
    listening = asyncio.create_task(listen(at, *await at.begin(), heard))
    at.pen.hand("One ")
    await come(lambda: at.pen.written == 1)
    at.outage.down = True
    at.time.pass_by(2)
    at.pen.hand("two.", None)
    await come(lambda: text(heard) == "One two." and at.outage.refused > 1)
    at.outage.down = False
    await come(lambda: listening.done() or at.time.pass_by(0.5))
    await listening
    assert isinstance(heard[-1], Ended)
    assert heard[-1].message.cards[0].tone is not Tone.BAD
    kept = await at.kept()
    assert (kept.status, kept.ai_response, kept.error) == (Status.SUCCESS, "One two.", None)
    assert (await at.jobs.counts())[State.DONE] == 1


async def test_a_run_has_one_job_however_often_it_is_begun(database: Database, nora: Person) -> None:
    at = desk(database, nora)
    execution, _ = await at.begin()
    assert await at.running.begin(at.person, execution, ADDRESS, NOON) is None
