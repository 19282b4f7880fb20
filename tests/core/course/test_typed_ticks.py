"""“Item 2 is done”, typed in plain words: what is ticked, and what is left to others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.course.modules import Course
from core.course.service import Progress
from core.course.typed_ticks import SHORT, TypedTicks, items_said
from core.people.model import Person
from core.people.service import People
from core.plain import message as plain
from core.request import Said
from core.ui import Message
from persistence.assets import AssetRecord
from persistence.people import PeopleRecord
from persistence.progress import ProgressRecord
from tests.blank import record_in
from tests.core.course.world import ACTOR, NOON, Foundation
from tests.core.nudges.asking import direct
from tests.core.others import Others

COURSE = Course()
TYPED = replace(direct("", 0), actor=ACTOR, address=ACTOR.direct, at=NOON)


class Ticking(Others):
    """A student in the module Hook; the test says what else goes on with them."""

    def __init__(self, person: Person, progress: Progress) -> None:
        super().__init__()
        self.person, self.progress = person, progress
        self.asked_since: datetime | None = None

    async def asked_at(self, person: Person) -> datetime | None:
        assert person == self.person
        return self.asked_since

    async def hears(self, said: Said) -> str:
        """What is answered, or "" where it is for somebody else."""
        answer = await TypedTicks(self.progress, self, self.meanwhile).hear(said, self.person)
        assert answer is None or isinstance(answer, Message)
        return plain(answer) if answer else ""

    async def says(self, text: str) -> str:
        return await self.hears(replace(TYPED, text=text))

    async def ticked(self, step: str = "hook") -> set[int]:
        return set((await self.progress.in_module(self.person, COURSE.named(step))).ticked)


@pytest.fixture
async def ticking(tmp_path: Path) -> AsyncIterator[Ticking]:
    database = await record_in(tmp_path)
    person = await People(PeopleRecord(database)).meet(ACTOR, NOON)
    progress = Progress(ProgressRecord(database), COURSE, AssetRecord(database), Foundation())
    await progress.start(person, COURSE.named("hook"), NOON)
    yield Ticking(person, progress)
    await database.close()


@pytest.mark.parametrize(
    ("words", "items"),
    [
        ("item 2 is done", (2,)),
        ("did item 1", (1,)),
        ("tick 2", (2,)),
        ("Tick off item 2, please", (2,)),
        ("tick item 2 please", (2,)),
        ("3 and 4 done", (3, 4)),
        ("done with item 1", (1,)),
        ("I'm done with 1", (1,)),
        ("items 1 and 2 done", (1, 2)),
        ("Items 1, 2 and 3 are done.", (1, 2, 3)),
        ("I’ve finished item 3", (3,)),
        ("ok, item 2: done", (2,)),
        ("2 is done", (2,)),
        ("3 and 4 are both done", (3, 4)),
    ],
)
def test_plain_words_name_the_items_that_are_done(words: str, items: tuple[int, ...]) -> None:
    assert items_said(words) == items


@pytest.mark.parametrize(
    "words",
    [
        "done",
        "2",
        "3 and 4",
        "item 2",
        "tick",
        "is item 2 done?",
        "item 2 is done?",
        "item 2 is not done",
        "item 2 is almost done",
        "2 are done",
        "did 3",
        "done 3 orders",
        "3 items done",
        "2.5 done",
        "lesson 2 is done",
        "untick 2",
        "item 2 is done and what comes next",
        "item 2 is done" + " now" * (SHORT // 4),
    ],
)
def test_anything_else_names_none(words: str) -> None:
    assert items_said(words) == ()


async def test_an_item_is_ticked_in_the_open_module_with_the_answer_of_module_tick(ticking: Ticking) -> None:
    told = await ticking.says("item 2 is done")
    assert "Item 2 is done." in told
    assert "2. [x]" in told
    assert (await ticking.ticked(), await ticking.ticked("foundation")) == ({2}, set())


@pytest.mark.parametrize(
    ("words", "told", "items"),
    [
        ("3 and 4 done", "Items 3 and 4 are done.", {3, 4}),
        ("done with 2 and 3", "Items 2 and 3 are done.", {2, 3}),
        ("items 4, 2 and 1 are done", "Items 1, 2 and 4 are done.", {1, 2, 4}),
        ("done with 2 and 2", "Item 2 is done.", {2}),
    ],
)
async def test_of_several_each_is_ticked_and_named(ticking: Ticking, words: str, told: str, items: set[int]) -> None:
    assert told in await ticking.says(words)
    assert await ticking.ticked() == items


async def test_when_several_are_the_last_ones_that_is_said_of_them(ticking: Ticking) -> None:
    total = len(COURSE.named("hook").checklist)
    every = ", ".join(map(str, range(1, total)))
    told = await ticking.says(f"items {every} and {total} are done")
    assert f"{every} and {total} are done, and with them all {total}." in told
    assert len(await ticking.ticked()) == total


async def test_where_one_number_is_beyond_the_checklist_none_is_taken(ticking: Ticking) -> None:
    beyond = len(COURSE.named("hook").checklist) + 1
    assert await ticking.says(f"1 and {beyond} done") == ""
    assert await ticking.says("tick 0") == ""
    assert await ticking.ticked() == set()


async def test_who_is_through_the_course_has_nothing_to_tick(ticking: Ticking) -> None:
    for module in COURSE.modules():
        await ticking.progress.complete(ticking.person, module, NOON, all_the_same=True)
    assert await ticking.says("tick 2") == ""


async def test_an_open_interview_is_answered_and_nothing_is_ticked(ticking: Ticking) -> None:
    ticking.asked_since = NOON
    assert await ticking.says("tick 2") == ""
    assert await ticking.ticked() == set()


async def test_in_a_channel_with_an_agent_s_name_or_below_a_letter_it_is_for_others(ticking: Ticking) -> None:
    words = replace(TYPED, text="tick 2")
    assert await ticking.hears(replace(words, address=replace(words.address, thread="t"), direct=False)) == ""
    ticking.letters = [NOON - timedelta(minutes=20)]
    assert await ticking.says("tick 2") == ""
    ticking.letters = [NOON - timedelta(hours=2)]
    assert await ticking.says("tick 2")
