"""What figures that other programs send ask of the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.kpis.webhook_model import Delivery, Webhook
from core.people.model import Person


class WebhookStore(Protocol):
    """The addresses, one a person, and what was delivered to them."""

    async def of(self, person: Person) -> Webhook | None:
        """The person's address, or None."""
        ...

    async def by_id(self, webhook_id: str) -> Webhook | None:
        """The address with this id, or None: it says whose it is."""
        ...

    async def make(self, person: Person, fresh: Webhook) -> Webhook:
        """Keep an address; returns the one that is kept, which may be there already."""
        ...

    async def renew(self, person: Person, at: datetime) -> Webhook | None:
        """One version on; None where there is no address."""
        ...

    async def drop(self, person: Person) -> bool:
        """Remove the address and its deliveries; False where there was none."""
        ...

    async def note(self, person: Person, status: int, problems: Sequence[str], at: datetime) -> None:
        """Note what came of a delivery."""
        ...

    async def begin(self, person: Person, delivery: Delivery) -> Delivery | None:
        """Keep that this delivery is at work; the one that is kept under its id already, or None."""
        ...

    async def end(self, person: Person, delivery_id: str, status: int, answer: str) -> None:
        """Keep what it was answered."""
        ...
