"""The home page greets by the clock where the person lives, and wishes nobody a good morning at night."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from core.home.model import Opener
from core.home.service import Home
from core.people.model import Person
from tests.next_card import NextCard


class NoBeginnings:
    """Implements `core.home.ports.Beginnings` for whoever has begun nothing."""

    async def begun(self, person: Person) -> bool:
        return False

    async def openers(self, person: Person) -> Sequence[Opener]:
        return ()


@pytest.mark.parametrize(
    ("clock", "greeting"),
    [
        *(("00:03", "Hello"), ("04:59", "Hello"), ("05:00", "Good morning"), ("11:59", "Good morning")),
        *(("12:00", "Good afternoon"), ("17:59", "Good afternoon"), ("18:00", "Good evening"), ("22:59", "Good evening")),
        ("23:00", "Hello"),
    ],
)
async def test_the_greeting_is_that_of_the_hour(nora: Person, clock: str, greeting: str) -> None:
    at = datetime.fromisoformat(f"2026-03-02T{clock}:00").replace(tzinfo=nora.zone).astimezone(UTC)
    assert (await Home(NextCard(), (), NoBeginnings()).page(nora, at)).title == f"{greeting}, {nora.name}"


async def test_it_is_the_persons_own_hour(nora: Person) -> None:
    far = nora.model_copy(update={"timezone": "America/Los_Angeles"})
    at = datetime(2026, 3, 2, 9, 3, tzinfo=UTC)
    assert [(await Home(NextCard(), (), NoBeginnings()).page(each, at)).title for each in (nora, far)] == [
        f"Good morning, {nora.name}",
        f"Hello, {far.name}",
    ]
