"""Words that are typed while an interview waits for an answer, after a letter that came later than its question."""

from __future__ import annotations

from core.chat.loose import is_courtesy
from core.exchanges.meant import Meant
from core.exchanges.ports import Steered
from core.people.model import Person
from core.ports import Listener
from core.request import Said
from core.ui import Answer


class WhileAsked:
    """Implements `core.ports.Listener`, and stands before the interview: a letter that came after its open question is the last
    that somebody read, so what they type may be for whoever wrote it. Thanks are no answer to a question.
    """

    def __init__(self, meant: Meant, question: Steered, chat: Listener) -> None:
        self._meant = meant
        self._question = question
        self._chat = chat

    async def hear(self, said: Said, person: Person) -> Answer:
        """The question for whom the words are, or what the agents say to a courtesy; None where no interview waits, and where it
        was the last to ask.
        """
        if not said.direct or self._question.is_told(said.text):
            return None
        asked_at = await self._question.asked_at(person)
        if asked_at is None:
            return None
        asked = await self._meant.asks(said, person, after=asked_at)
        return await self._chat.hear(said, person) if asked is None and is_courtesy(said.text) else asked
