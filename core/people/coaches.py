"""Who coaches, as a process knows without asking the record: whatever is said where we read along is held against it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from core.people.model import Person


class Coaches:
    """The platform accounts of all who coach, as of the last tick: nobody else's words are worth a look at the record."""

    def __init__(self, coaching: Callable[[], Awaitable[Sequence[Person]]]) -> None:
        self._coaching = coaching
        self._identities: frozenset[str] = frozenset()

    async def renew(self, at: datetime) -> None:
        """Read anew who coaches.

        Raises:
            StoreTrouble: the record does not say; those who were known stay known.
        """
        self._identities = frozenset(identity for each in await self._coaching() for identity in each.identities)

    def __contains__(self, identity: object) -> bool:
        return identity in self._identities
