"""Every answer is reserved before it is asked for, and settled when it is over, however it ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import datetime

import pytest

from core.errors import ModelBusy, ModelTrouble, StoreDown
from core.llm.metered import Metered
from core.llm.model import Brief, Chunk, Counted, Finish, Payer, Turn, Usage, Use, Words
from core.llm.ports import Reserved, Spent
from core.llm.prices import Prices
from tests.records import NOON, Time, come
from tests.scheduler.people import NORA

SONNET = "claude-sonnet-5-5"
BRIEF = Brief(turns=(Turn("person", "What is a hook?"),), question="What is a hook?", payer=Payer(NORA, Use.CHAT))
READ = Usage(read=1_000)
WHOLE = Usage(read=1_000, written=100)


class Speaker:
    """Implements `core.llm.model.Model`: says what it is given; a trouble ends it."""

    name = SONNET

    def __init__(self, *chunks: Chunk | ModelTrouble, practice: bool = False) -> None:
        self.practice = practice
        self.asked = 0
        self._chunks = chunks

    async def answer(self, brief: Brief) -> AsyncGenerator[Chunk, None]:
        """Say it."""
        self.asked += 1
        for chunk in self._chunks:
            if isinstance(chunk, ModelTrouble):
                raise chunk
            yield chunk

    async def check(self) -> str:
        """It is there."""
        return "a speaker"


class Till:
    """Implements `core.llm.ports.Purse`: notes what is reserved and settled; `away` is how often the record is, at settling."""

    def __init__(self, *, note: str = "", away: int = 0, empty: bool = False) -> None:
        self.reserved: list[int] = []
        self.settled: list[Spent | None] = []
        self._note = note
        self._away = away
        self._empty = empty

    async def reserve(self, payer: Payer, micros: int, at: datetime) -> Reserved:
        """Note it."""
        assert (payer, at) == (BRIEF.payer, NOON)
        if self._empty:
            raise ModelBusy()
        self.reserved.append(micros)
        return Reserved("hld_1", micros, "2026-11-22", "2026-11")

    async def settle(self, payer: Payer, held: Reserved, spent: Spent | None, at: datetime) -> str:
        """Note it."""
        if self._away:
            self._away -= 1
            raise StoreDown()
        await asyncio.sleep(0)
        self.settled.append(spent)
        return self._note


def metered(speaker: Speaker, till: Till, time: Time | None = None) -> Metered:
    time = time or Time()
    return Metered(speaker, till, Prices(), clock=time.now, wait=time.wait)


async def heard(model: Metered) -> list[Chunk]:
    async with aclosing(model.answer(BRIEF)) as chunks:
        return [chunk async for chunk in chunks]


async def test_the_end_of_an_answer_says_what_it_cost_and_what_the_person_is_told() -> None:
    till = Till(note="Nearly used up.")
    said = await heard(metered(Speaker(Counted(READ), Words("A line."), Finish("end_turn", WHOLE)), till))
    assert said == [Counted(READ), Words("A line."), Finish("end_turn", WHOLE, micros=3_000, note="Nearly used up.")]
    assert till.settled == [Spent(WHOLE, 3_000)]
    assert till.reserved == [Prices().most(SONNET, BRIEF)]
    assert till.reserved[0] > 80_000, "an answer may be eight thousand tokens long"


async def test_an_answer_that_is_stopped_costs_what_was_read_and_what_came() -> None:
    till = Till()
    async with aclosing(metered(Speaker(Counted(READ), Words("x" * 200), Finish("end_turn", WHOLE)), till).answer(BRIEF)) as said:
        assert [await anext(said), await anext(said)] == [Counted(READ), Words("x" * 200)]
    assert till.settled == [Spent(Usage(read=1_000, written=100), 3_000)]


async def test_an_answer_that_breaks_off_costs_the_same_and_its_trouble_goes_on() -> None:
    till = Till()
    with pytest.raises(ModelBusy):
        await heard(metered(Speaker(Counted(READ), Words("x" * 200), ModelBusy()), till))
    uncounted: list[Chunk] = [Counted(READ), Words("x" * 200), Finish("broke off")]
    assert (await heard(metered(Speaker(*uncounted), till)))[-1] == Finish("broke off", micros=3_000)
    assert till.settled == [Spent(Usage(read=1_000, written=100), 3_000)] * 2


async def test_an_answer_that_never_began_costs_nothing() -> None:
    till = Till()
    with pytest.raises(ModelBusy):
        await heard(metered(Speaker(ModelBusy()), till))
    assert till.settled == [None]


async def test_somebody_without_money_is_not_answered() -> None:
    speaker, till = Speaker(Finish("end_turn", WHOLE)), Till(empty=True)
    with pytest.raises(ModelBusy):
        await heard(metered(speaker, till))
    assert (speaker.asked, till.settled) == (0, [])


async def test_the_practice_model_costs_nothing_and_is_not_reserved_for() -> None:
    till = Till(empty=True)
    assert await heard(metered(Speaker(Finish("end_turn"), practice=True), till)) == [Finish("end_turn")]


async def test_a_record_that_is_away_at_the_end_breaks_off_no_answer_and_is_told_when_it_is_back() -> None:
    till, time = Till(note="Nearly used up.", away=3), Time()
    model = metered(Speaker(Words("A line."), Finish("end_turn", WHOLE)), till, time)
    assert await heard(model) == [Words("A line."), Finish("end_turn", WHOLE, micros=3_000)]
    await come(lambda: bool(till.settled) or time.pass_by(1))
    assert till.settled == [Spent(WHOLE, 3_000)]


async def test_what_could_not_be_settled_is_given_up_at_the_end() -> None:
    till, time = Till(away=100), Time()
    model = metered(Speaker(Finish("end_turn", WHOLE)), till, time)
    await heard(model)
    await come(lambda: time.sleeping == 1)
    await model.close()
    assert not till.settled


async def test_whoever_is_cancelled_in_the_middle_still_pays() -> None:
    till, begun = Till(), asyncio.Event()

    async def listen() -> None:
        async with aclosing(metered(Speaker(Counted(READ), Words("x" * 200), Words("")), till).answer(BRIEF)) as said:
            await anext(said)
            await anext(said)
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(listen())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert till.settled == [Spent(Usage(read=1_000, written=100), 3_000)]
