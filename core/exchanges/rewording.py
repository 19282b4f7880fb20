"""What somebody changes of a message that went to the other side of an exchange."""

from __future__ import annotations

from core.exchanges import letter_views
from core.exchanges.carrier import MOMENT, Carrier
from core.exchanges.model import WORDS_AT_MOST, Exchange, Line
from core.exchanges.ports import ExchangeStore
from core.outbox import Outbox
from core.people.model import Person
from core.people.service import People
from core.request import Reworded, Withdrawn
from core.roles import COACHING

LOOKED_AT = 200
"""Open exchanges of an organization among which a coach's message is looked for."""


class Rewording:
    """Implements `core.ports.Corrections` for messages that were sent on."""

    def __init__(self, store: ExchangeStore, people: People, outbox: Outbox) -> None:
        self._store = store
        self._carrier = Carrier(people, outbox)

    async def reworded(self, change: Reworded, person: Person) -> None:
        """Keep what it reads now, and tell the other side."""
        theirs = await self._store.of_organization(person, LOOKED_AT) if person.role in COACHING else ()
        for seen in (*await self._store.of_student(person), *theirs):
            line = next((each for each in seen.lines if each.said == change.of and each.by_person_id == person.id), None)
            if line is not None:
                await self._change(person, seen, line, change)
                return

    async def withdrawn(self, change: Withdrawn, person: Person) -> None:
        """It was delivered, and stays: a letter that was read cannot be fetched back."""

    async def _change(self, person: Person, seen: Exchange, before: Line, change: Reworded) -> None:
        """Where the exchange changed at the same moment, the message stays as it was sent: the next change of it is told."""
        words = change.text.strip()[:WORDS_AT_MOST]
        if not words or words == before.words:
            return
        line = before.model_copy(update={"words": words})
        lines = tuple(line if each == before else each for each in seen.lines)
        kept = await self._store.replace(person, seen, seen.model_copy(update={"lines": lines, "changed_at": change.at}))
        if kept is not None:
            others = await self._carrier.other_side(kept.as_of(line.at), by_coach=line.coach)
            await self._carrier.tell(others, kept, letter_views.changed(kept, line), f"changed-{change.at:{MOMENT}}", change.at)
