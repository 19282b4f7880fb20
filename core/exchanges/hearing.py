"""What is written in the thread of a coach's or a student's letter: it goes to whoever wrote that, and not to the agents."""

from __future__ import annotations

from core.exchanges import views
from core.exchanges.model import State
from core.exchanges.ports import Letters
from core.exchanges.service import Exchanges, NoSuchExchange
from core.people.model import Person
from core.request import Said
from core.ui import Answer

NOT_FOR_PEOPLE = frozenset({"stop", "pause", "stop reminders", "unsubscribe"})
"""What ends reminders, wherever it is written."""
CALLS = "@"
"""What begins with an agent's name is for that agent, wherever it is written."""


class Replies:
    """Implements `core.ports.Listener` for replies to letters of exchanges, in direct messages."""

    def __init__(self, exchanges: Exchanges, letters: Letters) -> None:
        self._exchanges = exchanges
        self._letters = letters

    async def hear(self, said: Said, person: Person) -> Answer:
        """Carry the words to the other side; None where they are no reply to such a letter, or what it was about is closed."""
        words = said.text.strip(" .!").casefold()
        if not said.direct or not said.replies_to or not words or said.text.startswith(CALLS) or words in NOT_FOR_PEOPLE:
            return None
        key = await self._letters.key_of(person, said.replies_to)
        if key is None or not key.startswith("exc_"):
            return None
        try:
            exchange = await self._exchanges.one(person, key.rsplit(":", 2)[0])
        except NoSuchExchange:
            return None
        if exchange.state is State.CLOSED:
            return None
        kept = await self._exchanges.answer(person, exchange.id, said.text, said.at)
        return views.sent(kept, coach=person.id != kept.person_id, without_files=bool(said.files))
