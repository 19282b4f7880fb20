"""Students' addresses for figures in the record, and the deliveries to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.errors import AlreadyThere
from core.kpis.webhook_model import Delivery, Webhook
from core.people.model import Person
from persistence.documents import Database, Value


class WebhookRecord:
    """Implements `core.kpis.webhook_ports.WebhookStore`. One address a person, by the unique key of `personId`."""

    def __init__(self, database: Database) -> None:
        self._webhooks = database.collection("webhooks")
        self._deliveries = database.collection("deliveries")

    async def of(self, person: Person) -> Webhook | None:
        """The person's address, or None."""
        found = await self._webhooks.find_one({"personId": person.id})
        return Webhook.of(found) if found else None

    async def by_id(self, webhook_id: str) -> Webhook | None:
        """The address with this id, or None."""
        found = await self._webhooks.find_one({"_id": webhook_id})
        return Webhook.of(found) if found else None

    async def make(self, person: Person, fresh: Webhook) -> Webhook:
        """Keep an address; returns the one that is kept."""
        there = await self.of(person)
        if there is None:
            try:
                await self._webhooks.insert(fresh.document())
                return fresh
            except AlreadyThere:  # asked for twice at the same moment
                there = await self.of(person)
        return there or fresh

    async def renew(self, person: Person, at: datetime) -> Webhook | None:
        """One version on; None where there is no address."""
        found = await self._webhooks.update({"personId": person.id}, {"$inc": {"version": 1}, "$set": {"changedAt": at}})
        return Webhook.of(found) if found else None

    async def drop(self, person: Person) -> bool:
        """Remove the address and its deliveries; False where there was none."""
        await self._deliveries.delete({"personId": person.id})
        return await self._webhooks.delete({"personId": person.id}) > 0

    async def note(self, person: Person, status: int, problems: Sequence[str], at: datetime) -> None:
        """Note what came of a delivery."""
        told: dict[str, Value] = {"lastStatus": status, "lastProblems": list(problems), "lastAt": at}
        await self._webhooks.update({"personId": person.id}, {"$set": told, "$inc": {"received": 1}})

    async def begin(self, person: Person, delivery: Delivery) -> Delivery | None:
        """Keep that this delivery is at work; the one that is kept under its id already, or None."""
        try:
            await self._deliveries.insert(delivery.document())
        except AlreadyThere:
            found = await self._deliveries.find_one({"_id": delivery.id, "personId": person.id})
            return Delivery.of(found) if found else None
        return None

    async def end(self, person: Person, delivery_id: str, status: int, answer: str) -> None:
        """Keep what it was answered."""
        await self._deliveries.update({"_id": delivery_id, "personId": person.id}, {"$set": {"status": status, "answer": answer}})
