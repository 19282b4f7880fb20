"""What went to somebody by itself, and not from a person: it is the last that they read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.exchanges.addressees import ANNOUNCED
from core.exchanges.sides import EXCHANGE
from core.foundation.interview import LETTER
from core.nudges.service import Reminders
from core.people.model import Person
from persistence.outbox import OutboxRecord

_OF_OTHERS = (EXCHANGE, ANNOUNCED, LETTER)
"""After letters from people it is asked for whom words are; and the interview's own are its question."""

SENDING = timedelta(minutes=1)
"""What we note when a message is out stands a little after its own time on its platform, whose clock is another: words that reply
to that message reply to none that was there before.
"""


@dataclass(frozen=True, slots=True)
class SentSince:
    """Implements `core.asked_later.Came`."""

    reminders: Reminders
    letters: OutboxRecord

    async def __call__(self, person: Person, since: datetime) -> datetime | None:
        """When the latest reminder or other letter of ours went to them after that time, by any clock; None where none did."""
        came = [each.created_at for each in await self.reminders.came(person, since) if each.created_at > since]
        latest = await self.letters.latest(person, since)
        if latest is not None and not latest[0].startswith(_OF_OTHERS):
            came.append(latest[1])
        return max(came) - SENDING if came else None
