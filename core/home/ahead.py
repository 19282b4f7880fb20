"""What comes next for somebody, in words: the first card of their home page, for whoever answers in text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from core.cohort.panel import Following
from core.llm.ports import Ahead
from core.people.model import Person
from core.ui import Button, Buttons, Text


class OwnPlaces:
    """Implements `core.llm.ports.OwnPlaces`."""

    def __init__(self, following: Following, clock: Callable[[], datetime]) -> None:
        """`following`: the card that says what is next."""
        self._following = following
        self._clock = clock

    async def ahead(self, person: Person) -> Ahead:
        """The words of the card, and of its buttons the first and the last: what is done next, and where all of it stands."""
        card = await self._following.card(person, self._clock())
        words = "\n\n".join(each.markdown for each in card.body if isinstance(each, Text))
        pressed = [one for each in card.body if isinstance(each, Buttons) for one in each.items if isinstance(one, Button)]
        return Ahead(f"**{card.title}.** {words}", (*pressed[:1], *pressed[1:][-1:]))
