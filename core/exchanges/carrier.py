"""To whom the letters of an exchange go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.exchanges.model import Exchange
from core.outbox import Outbox, new_letter
from core.people.model import Person
from core.people.service import People
from core.reach import direct_of
from core.ui import Message

MOMENT = "%Y%m%dT%H%M%S.%f"
"""How a moment stands in a letter's key: nobody writes two at the same one."""


class Carrier:
    """Sends the letters of exchanges."""

    def __init__(self, people: People, outbox: Outbox) -> None:
        self._people = people
        self._outbox = outbox

    async def coaches(self, student: Person) -> list[Person]:
        """Who coaches the student and can be written to."""
        return [each for each in await self._people.coaches(student) if each.id != student.id and direct_of(each)]

    async def other_side(self, exchange: Exchange, *, by_coach: bool) -> Sequence[Person]:
        """The student; or the coaches who hear them and whoever took it, and while nobody did, all who coach."""
        student = await self._people.by_id(exchange.person_id)
        if student is None:
            return []
        if by_coach:
            return [student]
        coaches = await self.coaches(student)
        return [each for each in coaches if each.id in {exchange.taken_by, *exchange.hearers}] or coaches

    async def tell(self, persons: Sequence[Person], exchange: Exchange, message: Message, what: str, at: datetime) -> None:
        """Write to each once for each `what`: the key is the exchange's, so that a repetition after a crash is none."""
        for each in persons:
            to = direct_of(each)
            if to is not None:
                key = f"{exchange.id}:{what}:{each.id}"
                letter = new_letter(key, to, message, organization_id=each.organization_id, at=at, person_id=each.id)
                await self._outbox.add(letter)
