"""Who else talks with a student while we ask something: people who wrote, and agents who were talked with, as the test says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.meanwhile import Meanwhile
from core.people.model import Person
from core.request import Address


@dataclass(frozen=True)
class Words:
    """What the student typed to agents."""

    at: datetime
    words: str = "What makes a good hook"
    little: bool = False
    event: str = "earlier"
    meant: tuple[str, ...] = ()


class Others:
    """Letters by when they were written, and what was typed. An agent is called by Teacher, Guide or a name after an @."""

    def __init__(self) -> None:
        self.letters: list[datetime] = []
        self.talk: list[Words] = []
        self.talks_here = ""
        """The conversation with agents in which the words stand."""
        self.practice = False

    @property
    def meanwhile(self) -> Meanwhile:
        return Meanwhile(self._calls, self._letters, self, practice=self.practice)

    async def since(self, person: Person, at: datetime) -> Sequence[Words]:
        return [each for each in self.talk if each.at >= at]

    async def talk_at(self, person: Person, address: Address) -> str:
        return self.talks_here

    async def _calls(self, person: Person, words: str) -> bool:
        return words.startswith(("@", "Guide", "Teacher"))

    async def _letters(self, person: Person, at: datetime) -> Sequence[object]:
        return [each for each in self.letters if each >= at]
