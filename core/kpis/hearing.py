"""Figures that are typed plainly in a direct message, below a read-back or what was saved: they put it right."""

from __future__ import annotations

import re

from core.kpis.aftersave import saved_lately
from core.kpis.again import fresh
from core.kpis.reading import Reading
from core.kpis.service import Snapshots
from core.kpis.typed import in_words
from core.kpis.words import hear
from core.meanwhile import Meanwhile
from core.people.model import Person
from core.request import Asked, Said
from core.ui import Answer

LETTERS_AT_MOST = 300
"""Of what is looked at: more is a story."""
_ASKS = re.compile(r"\?|^\W*(?:is|are|was|were|am|do|does|did|can|could|shall|has|have|had|[/@])\b", re.IGNORECASE)


class FiguresAgain:
    """Implements `core.ports.Listener` for words in a direct message that are nothing but figures, soon after figures were read
    back or saved. Where anything in them cannot be placed, they are for somebody else.
    """

    def __init__(self, snapshots: Snapshots, meanwhile: Meanwhile) -> None:
        self._snapshots = snapshots
        self._meanwhile = meanwhile

    async def hear(self, said: Said, person: Person) -> Answer:
        """The figures read back once more, with these; None where the words are for somebody else."""
        text = said.text
        if not said.direct or not said.addressed or said.files or len(text) > LETTERS_AT_MOST or not _may_be(text):
            return None
        below = await self._below(said, person)
        if below is None or below.held_at is None:
            return None
        heard = hear(text, self._snapshots.metrics, said.at.astimezone(person.zone).date(), below.typed)
        if not heard.typed or heard.unread or await self._meanwhile.is_for_others(said, person, below.held_at):
            return None
        return await in_words(asked_so(said, "kpi log"), person, text, self._snapshots, below=below)

    async def _below(self, said: Said, person: Person) -> Reading | None:
        """What was read back last, or saved since."""
        read = fresh(await self._snapshots.waiting(person), said.at)[:1]
        saved = await saved_lately(self._snapshots, person, said.at)
        both = [each for each in (*read, saved) if each is not None and each.held_at is not None]
        return max(both, key=lambda each: each.held_at or said.at, default=None)


def asked_so(said: Said, command: str) -> Asked:
    """The command that stands for the words."""
    return Asked(id=said.id, actor=said.actor, address=said.address, at=said.at, direct=said.direct, command=command)


def _may_be(text: str) -> bool:
    """There is a number in it, and it asks nothing."""
    return any(sign.isdigit() for sign in text) and not _ASKS.search(text)
