"""The card of the home page that leads to a person."""

from __future__ import annotations

from datetime import datetime

from core.exchanges.model import State
from core.exchanges.service import Exchanges
from core.people.model import Person
from core.roles import COACHING
from core.ui import Button, Buttons, Call, Card, Element, Text


class APerson:
    """Whether a coach has written, and the way to one."""

    def __init__(self, exchanges: Exchanges) -> None:
        self._exchanges = exchanges

    async def card(self, person: Person, at: datetime) -> Card | None:
        """For students whom somebody coaches: what is open with a coach, and one button; for coaches, who waits."""
        if person.role in COACHING:
            waiting = len({each.person_id for each in await self._exchanges.waiting(person) if each.waits})
            if not waiting:
                return None
            words = f"{waiting} {'student waits' if waiting == 1 else 'students wait'} for an answer."
            return _card(words, Button("See who", Call("cohort asked"), primary=True))
        if not await self._exchanges.is_coached(person):
            return None
        going_on = [each for each in await self._exchanges.own(person) if each.state is not State.CLOSED]
        ask = Button("I would like a person", Call("person ask"))
        if not going_on:
            return _card("Some things are better asked of a person. Your coaches hear of it at once.", ask)
        latest = going_on[0]
        last = next((each for each in reversed(latest.lines) if each.coach), None)
        words = "Your coaches have what you wrote." if latest.waits or last is None else f"{last.name} wrote to you."
        return _card(words, Button("Open it", Call("person open", {"exchange": latest.id}), primary=not latest.waits), ask)


def _card(words: str, *buttons: Button) -> Card:
    body: tuple[Element, ...] = (Text(words), Buttons(buttons))
    return Card("Talk to a person", body)
