"""The digest promises a proposal only where one will stand."""

from __future__ import annotations

import pytest

from core.digest.views import digest
from core.people.service import People
from core.plain import message
from persistence.documents import Database
from tests.core.digest.test_digest import DAY, MONDAY, World


@pytest.fixture
def world(database: Database, people: People) -> World:
    return World(database, people)


async def test_it_says_where_something_is_proposed_and_to_whom_somebody_wrote(world: World) -> None:
    coach, ben = await world.coach(), await world.student("ben", seen_at=MONDAY - 20 * DAY, module_moved_at=MONDAY - 20 * DAY)
    await world.exchanges.write(coach, ben, "How is it going?", MONDAY - DAY, event_id="e1")
    text = message(digest(await world.digests.week(coach, MONDAY), coach))
    assert "Where no letter of the last days is open I propose some; make them yours before they go out." in text
    assert "You wrote on 12 Apr" in text
