"""Runs of prompts in the record."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from core.people.model import Person
from core.playbook.model import Execution, Order, Status
from persistence.documents import Database, Filter, Sort, Value

LISTED = ("userId", "organizationId", "promptCode", "elevateStep", "aiRequestTimestamp", "status")
SORTS: Mapping[Order, Sort] = {
    Order.NEWEST: [("aiRequestTimestamp", -1)],
    Order.OLDEST: [("aiRequestTimestamp", 1)],
    Order.PROMPT: [("promptCode", 1), ("aiRequestTimestamp", -1)],
}


class ExecutionRecord:
    """Implements `core.playbook.ports.ExecutionStore`."""

    def __init__(self, database: Database) -> None:
        self._runs = database.collection("userPromptExecutions")

    async def add(self, person: Person, execution: Execution) -> None:
        """Keep a new run."""
        await self._runs.insert({**execution.document(), "userId": person.user_id})

    async def find(self, person: Person, execution_id: str) -> Execution | None:
        """The person's run with this id, or None."""
        found = await self._runs.find_one({"_id": execution_id, "userId": person.user_id})
        return Execution.of(found) if found else None

    async def listed(
        self, person: Person, until: int, codes: Collection[str] | None = None, order: Order = Order.NEWEST
    ) -> Sequence[Execution]:
        """The first of the person's runs in this order, without their texts; with `codes`, of these prompts alone."""
        found = await self._runs.find(_theirs(person, codes), sort=SORTS[order], limit=until, fields=LISTED)
        return [Execution.of({**each, "inputContextSnapshot": {}}) for each in found]

    async def count(self, person: Person, codes: Collection[str] | None = None) -> int:
        """How many runs the person has; with `codes`, of these prompts alone."""
        return await self._runs.count(_theirs(person, codes))

    async def note_progress(self, person: Person, execution_id: str, response: str) -> None:
        """Keep what has come so far of a pending run, so that a crash does not lose it."""
        await self._runs.update(_pending(person, execution_id), {"$set": {"aiResponse": response}})

    async def finish(
        self,
        person: Person,
        execution_id: str,
        *,
        status: Status,
        response: str,
        at: datetime,
        error: str | None = None,
        tokens: tuple[int, int] = (0, 0),
        cost_micros: int | None = None,
        model: str = "",
    ) -> None:
        """Record the outcome of a pending run; one that is finished already stays as it is."""
        outcome: dict[str, Value] = {
            "status": status.value,
            "aiResponse": response,
            "aiResponseTimestamp": at,
            "inputTokens": tokens[0],
            "outputTokens": tokens[1],
        }
        if error:
            outcome["error"] = error
        if cost_micros is not None:
            outcome["costMicros"] = cost_micros
        if model:
            outcome["model"] = model
        await self._runs.update(_pending(person, execution_id), {"$set": outcome})

    async def link(self, person: Person, execution_id: str, asset_id: str) -> None:
        """Name the asset that was made of the run."""
        await self._runs.update({"_id": execution_id, "userId": person.user_id}, {"$set": {"refinedOutputAssetId": asset_id}})


def _pending(person: Person, execution_id: str) -> dict[str, Value]:
    return {"_id": execution_id, "userId": person.user_id, "status": Status.PENDING.value}


def _theirs(person: Person, codes: Collection[str] | None) -> Filter:
    return {"userId": person.user_id, **({} if codes is None else {"promptCode": {"$in": sorted(codes)}})}
