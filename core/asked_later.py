"""Whoever asked last is heard first: what we sent by itself while an interview's question was open stands below that question."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeAlias

from core.people.model import Person
from core.ports import Listener, Question
from core.request import Said
from core.ui import Answer

Came: TypeAlias = Callable[[Person, datetime], Awaitable[datetime | None]]
"""When the latest came to them from us by itself after that time, such as a reminder; None where nothing did."""


class LastAsked:
    """Implements `core.ports.Question`: the open question of the interview while nothing of ours came below it."""

    def __init__(self, question: Question, came: Came) -> None:
        self._question = question
        self._came = came

    async def asked_at(self, person: Person) -> datetime | None:
        """When it was put, or None where none is open, or something came since."""
        asked_at = await self._question.asked_at(person)
        return None if asked_at is None or await self._came(person, asked_at) is not None else asked_at


class AskedLater:
    """Implements `core.ports.Listener`, and stands before the interview for whoever else asks: each of them knows by itself which
    words are its answer, and whether they may still be.
    """

    def __init__(self, question: Question, came: Came, listeners: Sequence[Listener]) -> None:
        self._question = question
        self._came = came
        self._listeners = listeners

    async def hear(self, said: Said, person: Person) -> Answer:
        """What the first of them answers; None where no interview waits, where nothing came after its question, and where the
        words reply to what stood above that.
        """
        asked_at = await self._question.asked_at(person) if said.direct else None
        came_at = await self._came(person, asked_at) if asked_at is not None else None
        below = said.replies_to_at
        if came_at is None or (below is not None and below < came_at):
            return None
        for each in self._listeners:
            answer = await each.hear(said, person)
            if answer is not None:
                return answer
        return None
