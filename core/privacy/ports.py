"""What privacy asks of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.people.model import Person
from core.privacy.model import Documents, Erasing, Tombstone


class Traces(Protocol):
    """What a surface keeps of people by itself, outside the record. Only the surface knows what and where."""

    async def erase(self, identities: Sequence[str]) -> str:
        """Remove what is there of these platform accounts; returns what they are to know of it, or "". Repeatable."""
        ...


class PrivacyStore(Protocol):
    """All that is kept of one account, whatever feature keeps it."""

    async def named(self, reference: str) -> Person | None:
        """For an operator: the person with this id, account id, platform account or e-mail address, or None."""
        ...

    async def accounts(self, person: Person) -> Erasing:
        """The ids of everything that is the person's: accounts, persons on all platforms, organizations, identities."""
        ...

    async def counts(self, person: Person) -> Mapping[str, int]:
        """How many documents each collection has of the person, on all platforms."""
        ...

    async def documents(self, person: Person) -> Mapping[str, Sequence[Documents]]:
        """The documents of the person in each collection that is handed out, on all platforms."""
        ...

    async def bury(self, tombstone: Tombstone) -> None:
        """Keep the tombstone, in place of one that is there."""
        ...

    async def buried(self, tombstone_id: str) -> Tombstone | None:
        """The tombstone, or None."""
        ...

    async def erase(self, work: Erasing) -> None:
        """Remove everything that these ids name. Repeatable: after a crash it goes on where it broke off."""
        ...

    async def due(self, at: datetime, limit: int) -> Sequence[Tombstone]:
        """The tombstones with work left whose time has come, the longest due first."""
        ...
