"""Runs of prompts in the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.people.model import Person
from core.playbook.model import Execution, Status
from persistence.documents import Database, Value


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

    async def latest(self, person: Person, limit: int) -> Sequence[Execution]:
        """The person's newest runs."""
        found = await self._runs.find({"userId": person.user_id}, sort=[("aiRequestTimestamp", -1)], limit=limit)
        return [Execution.of(each) for each in found]

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
