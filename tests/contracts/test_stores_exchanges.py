"""What students and coaches write to each other, the same on both databases."""

from __future__ import annotations

import pytest

from core.errors import NotFound
from core.exchanges.model import Exchange, Line, State
from core.people.model import Person
from core.roles import Role
from persistence.exchanges import ExchangeRecord
from tests.contracts.strict import Strict
from tests.students import DISCORD, HOUR, NOON, OMAR, SLACK, met


def exchange(student: Person, number: int = 1, **more: object) -> Exchange:
    plain = {"id": f"exc_{number}", "person_id": student.id, "name": student.name}
    line = Line(by_person_id=student.id, name=student.name, words="Which price?", at=NOON)
    times = dict.fromkeys(("created_at", "changed_at", "shown_at"), NOON + number * HOUR)
    return Exchange.model_validate({**plain, **times, "organization_id": student.organization_id, "lines": (line,), **more})


async def test_an_exchange_is_the_students_and_their_coaches(strict: Strict) -> None:
    store, slack, discord, omar = ExchangeRecord(strict), *[await met(strict, each) for each in (SLACK, DISCORD, OMAR)]
    await store.add(discord, exchange(discord))
    assert await store.add(discord, exchange(discord)) == exchange(discord), "a second press finds the first"
    with pytest.raises(NotFound):
        await store.add(slack, exchange(slack))
    coach = omar.model_copy(update={"role": Role.COACH})
    stranger = slack.model_copy(update={"role": Role.COACH})
    for who, found in ((discord, True), (coach, True), (omar, False), (slack, False), (stranger, False)):
        assert (await store.find(who, "exc_1") is not None) is found
    assert [each.id for each in await store.of_student(discord)] == ["exc_1"]
    assert [each.id for each in await store.of_organization(coach, 5)] == ["exc_1"]
    assert list(await store.of_organization(stranger, 5)) == []


async def test_a_change_holds_only_where_it_stands_as_it_was_seen(strict: Strict) -> None:
    store, discord = ExchangeRecord(strict), await met(strict, DISCORD)
    seen = await store.add(discord, exchange(discord, next_show_at=NOON))
    taken = await store.replace(discord, seen, seen.model_copy(update={"state": State.TAKEN, "next_show_at": None}))
    assert taken is not None
    assert (taken.state, taken.next_show_at, taken.version) == (State.TAKEN, None, seen.version + 1)
    assert await store.replace(discord, seen, seen.model_copy(update={"state": State.CLOSED})) is None
    assert list(await store.due(NOON + HOUR, 5)) == [], "what was taken away is not due"


async def test_what_is_due_comes_the_longest_waiting_first(strict: Strict) -> None:
    store, discord = ExchangeRecord(strict), await met(strict, DISCORD)
    for number in (1, 2, 3):
        await store.add(discord, exchange(discord, number, next_show_at=NOON + (4 - number) * HOUR))
    assert [each.id for each in await store.due(NOON + 2 * HOUR, 5)] == ["exc_3", "exc_2"]
