"""The board of the week before, in the channel on Monday: once, only those who agreed, and only where a coach wishes it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from core.board.posting import BoardPosts, NowhereToPost
from core.errors import NotAllowed
from core.outbox import Letter
from core.parcels import unpack_message
from core.people.service import People
from core.plain import message
from persistence.boards import BoardRecord
from persistence.documents import Database
from persistence.outbox import OutboxRecord
from tests.core.board.test_boards import MONDAY, WEEK, World

HOUR = timedelta(hours=1)
NINE = MONDAY + WEEK
"""Nine in Dublin, where it is still winter, on the Monday after."""


class Posting(World):
    """The same, and what posts."""

    def __init__(self, database: Database, people: People) -> None:
        super().__init__(database, people)
        self.database = database
        self.posts = BoardPosts(BoardRecord(database), self.boards, self.cohorts, OutboxRecord(database))

    async def posted(self) -> list[tuple[str, str]]:
        found = await self.database.collection("outbox").find({}, sort=[("createdAt", 1)])
        letters = [Letter.of(each) for each in found]
        return [(each.address.channel, message(unpack_message(each.message or ""))) for each in letters]


@pytest.fixture
def world(database: Database, people: People) -> Posting:
    return Posting(database, people)


async def test_it_is_posted_once_for_each_week_in_which_somebody_did_something(world: Posting) -> None:
    coach = await world.coach()
    with pytest.raises(NowhereToPost):
        await world.posts.switch(coach, MONDAY, on=True)
    await world.cohorts.meet_in(coach, "C7")
    anna, *_ = await world.sharing("anna", "ben", "chen", "dora")
    with pytest.raises(NotAllowed):
        await world.posts.switch(anna, MONDAY, on=True)
    cohort = await world.posts.switch(coach, MONDAY, on=True)
    assert cohort.next_board_at == NINE
    await asyncio.gather(*(world.posts.tick(NINE) for _ in range(3)))
    [(channel, told)] = await world.posted()
    assert channel == "C7"
    assert "Monday 2 March to Sunday 8 March." in told
    assert "Dora" in told
    assert "Chen" in told
    assert "Also at it: Anna, Ben" in told, "who has no place is named beside, in no order of points"
    at = NINE
    while at < NINE + 4 * WEEK:
        at += HOUR
        assert await world.posts.tick(at) == 0, "nobody did anything since"
    assert len(await world.posted()) == 1


async def test_nobody_who_left_is_posted_and_too_few_are_not(world: Posting) -> None:
    coach = await world.coach()
    await world.cohorts.meet_in(coach, "C7")
    *_, chen, dora = await world.sharing("anna", "ben", "chen", "dora")
    await world.posts.switch(coach, MONDAY, on=True)
    await world.boards.leave(dora, MONDAY)
    assert await world.posts.tick(NINE) == 1
    [(_, told)] = await world.posted()
    assert "Chen" in told
    assert "Dora" not in told
    await world.progress.tick(await world.now(chen), "mod_1", 9, NINE)
    assert await world.posts.tick(NINE + WEEK) == 0, "one alone did something"
    await world.boards.leave(chen, NINE + WEEK)
    assert await world.posts.tick(NINE + 2 * WEEK) == 0


async def test_a_monday_that_was_missed_a_switch_and_an_end_are_respected(world: Posting) -> None:
    coach = await world.coach()
    await world.cohorts.meet_in(coach, "C7")
    await world.sharing("anna", "ben", "chen")
    await world.posts.switch(coach, MONDAY, on=True)
    assert await world.posts.tick(NINE + 20 * HOUR) == 0, "it is Tuesday"
    await world.posts.switch(coach, MONDAY, on=True)
    await world.posts.switch(coach, MONDAY, on=False)
    assert await world.posts.tick(NINE) == 0
    await world.posts.switch(coach, MONDAY, on=True)
    await world.ended(coach, NINE - HOUR)
    assert await world.posts.tick(NINE) == 0
    assert await world.posted() == []
