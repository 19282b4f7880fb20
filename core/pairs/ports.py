"""What pairs ask of the record and of their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.pairs.model import Pair, PairRequest
from core.people.model import Person


class PairStore(Protocol):
    """The pairs, and who waits for a partner. Only what is for ticks looks over everybody."""

    async def of(self, person: Person) -> Pair | None:
        """The pair that the person is in, or None."""
        ...

    async def parted(self, person: Person) -> Sequence[Pair]:
        """The pairs that the person was in lately."""
        ...

    async def of_organization(self, person: Person) -> Sequence[Pair]:
        """The pairs of the organization of the person, who coaches it."""
        ...

    async def add(self, person: Person, pair: Pair) -> Pair | None:
        """Keep a new pair that the person is in; None where either of the two is in a pair already."""
        ...

    async def part(self, person: Person, pair: Pair, at: datetime) -> Pair | None:
        """End the pair, for the person who is in it; None where it had ended."""
        ...

    async def to_tell(self, at: datetime, limit: int) -> Sequence[Pair]:
        """Those of which somebody is still to be told. For the tick."""
        ...

    async def told(self, pair: Pair) -> None:
        """Everybody was told that it began, or ended, as `pair` has it. For the tick."""
        ...

    async def ask(self, person: Person, request: PairRequest) -> PairRequest:
        """Keep that the person waits; returns what is kept, which may be from before."""
        ...

    async def request(self, person: Person) -> PairRequest | None:
        """What the person asked, or None where they do not wait."""
        ...

    async def withdraw(self, person: Person) -> None:
        """The person waits no more."""
        ...

    async def requests(self, person: Person) -> Sequence[PairRequest]:
        """All who wait in the person's organization, the longest first."""
        ...

    async def to_look(self, at: datetime, limit: int) -> Sequence[PairRequest]:
        """The requests whose time has come. For the tick."""
        ...

    async def looked(self, request: PairRequest, look_at: datetime) -> None:
        """Look at it again at that time. For the tick."""
        ...
