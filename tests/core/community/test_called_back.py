"""An announcement that is called back at once: whoever was getting it then is counted afterwards, and nobody else gets it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.community.carrying import PAGE
from core.community.commands import List
from core.community.model import Announcement, State, Tally, To
from core.community.service import Wanted
from core.community.views import listed, opened
from core.people.model import Person
from core.people.service import People
from core.plain import message
from persistence.documents import Database
from tests.core.community.test_announcements import DAY, HOUR, NOON, World

MINUTE = timedelta(minutes=1)


@pytest.fixture
def world(database: Database, people: People) -> World:
    return World(database, people)


async def told_of(world: World, coach: Person, kept: Announcement) -> tuple[str, str]:
    """What the list and the card say of it."""
    one = await world.announcements.one(coach, kept.id)
    readers = await world.announcements.readers(coach, one)
    in_list = message(listed(await world.announcements.all(coach), coach, List(), readers))
    return in_list, message(opened(one, readers, coach, NOON))


async def test_called_back_within_seconds_it_says_afterwards_who_has_it(world: World) -> None:
    coach = await world.coach()
    for name in ("nora", "ben"):
        await world.student(name)
    await world.student("joe", "America/New_York")
    kept = await world.sent(coach, Wanted(To.DIRECT, "A slip.", date(2026, 3, 4), 9))
    assert kept.tally == Tally(leaving=2, waiting=1)
    await world.announcements.cancel(coach, kept.id, NOON)
    await world.leaves(NOON + MINUTE)
    await world.carrying.tick(NOON + MINUTE)
    in_list, card = await told_of(world, coach, kept)
    assert "2 have it." in in_list
    for row in ("State: Called back", "To: 2 people, by direct message", "Delivered: 2"):
        assert row in card
    for each in range(1, 30):
        await world.carrying.tick(NOON + each * HOUR)
    assert sorted(await world.readers()) == ["Ben", "Nora"], "Joe is spared it at his nine"
    over = await world.announcements.one(coach, kept.id)
    assert (over.state, over.tally, over.next_at) == (State.CANCELLED, Tally(delivered=2), None)


async def test_who_gets_it_late_is_counted_then_and_who_does_not_as_not_reached(world: World) -> None:
    coach = await world.coach()
    await world.student("nora")
    kept = await world.sent(coach, Wanted(To.DIRECT, "A slip."))
    await world.announcements.cancel(coach, kept.id, NOON)
    await world.carrying.tick(NOON + MINUTE)
    assert "On its way as it was called back: 1" in (await told_of(world, coach, kept))[1]
    await world.leaves(NOON + 2 * DAY)
    await world.carrying.tick(NOON + 2 * DAY)
    over = await world.announcements.one(coach, kept.id)
    assert (over.state, over.tally, over.next_at) == (State.CANCELLED, Tally(missed=1), None)


async def test_called_back_in_the_middle_of_the_first_round_all_to_whom_it_was_written_are_counted(world: World) -> None:
    coach = await world.coach()
    for number in range(PAGE + 20):
        await world.student(f"s{number:03}")
    kept = await world.sent(coach, Wanted(To.DIRECT, "A slip."))
    assert (kept.tally, kept.counting) == (Tally(), Tally(leaving=PAGE)), "the coach waits for one page alone"
    await world.announcements.cancel(coach, kept.id, NOON)
    await world.leaves(NOON + MINUTE)
    for each in (1, 11, 21):
        await world.carrying.tick(NOON + each * MINUTE)
    assert (await world.announcements.one(coach, kept.id)).tally == Tally(delivered=PAGE)
    assert f"{PAGE} have it." in (await told_of(world, coach, kept))[0]
    assert len(await world.readers()) == PAGE


async def test_a_draft_that_is_thrown_away_and_a_post_called_back_before_its_hour_are_over(world: World) -> None:
    coach = await world.coach()
    await world.student("nora")
    draft = await world.announcements.draft(coach, Wanted(To.DIRECT, "Not so."), NOON, event_id="e1")
    thrown = await world.announcements.cancel(coach, draft.id, NOON)
    assert thrown.next_at is None
    kept = await world.sent(coach, Wanted(To.DIRECT, "Not yet.", date(2026, 3, 9), 9))
    await world.announcements.cancel(coach, kept.id, NOON)
    assert [await world.carrying.tick(NOON + each * HOUR) for each in (1, 2, 200)] == [1, 0, 0]
    assert await world.readers() == []
