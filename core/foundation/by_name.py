"""Hears the change of a cell that is named in full where no question of the interview is open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from core.foundation.cells import Cells
from core.foundation.model import Foundation
from core.foundation.plainly_named import change_card
from core.people.model import Person
from core.request import Said
from core.ui import Answer, Message


class ByName:
    """Shows the change, which is made by a press."""

    def __init__(
        self,
        cells: Cells,
        names_an_agent: Callable[[Person, str], Awaitable[bool]],
        goes_on_from: Callable[[Said, Person], Awaitable[datetime | None]],
    ) -> None:
        """`goes_on_from`: when the talk with agents was begun that the words stand in, or None."""
        self._cells = cells
        self._names_an_agent = names_an_agent
        self._goes_on_from = goes_on_from

    async def hear(self, said: Said, person: Person, kept: Foundation) -> Answer:
        """The card; None where the words name no change in full, and where an agent hears them."""
        card = change_card(said.text.strip(), self._cells, kept)
        if card is None or await self._names_an_agent(person, said.text) or await self._goes_on_from(said, person) is not None:
            return None
        return Message(cards=(card,), private=True)
