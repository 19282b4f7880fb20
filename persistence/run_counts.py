"""How often somebody ran each prompt, counted from their runs in the record, whose texts are left out."""

from __future__ import annotations

from collections.abc import Mapping

from core.members.model import Tried
from core.people.model import Person
from core.playbook.model import Status
from persistence.documents import Database

COUNTED = ("promptCode", "status", "refinedOutputAssetId")


class RunCountRecord:
    """Implements `core.members.ports.RunCounts`."""

    def __init__(self, database: Database) -> None:
        self._runs = database.collection("userPromptExecutions")

    async def of(self, person: Person) -> Mapping[str, Tried]:
        """What the person ran in this organization, by the prompts' codes."""
        mine = {"userId": person.user_id, "organizationId": person.organization_id}
        counts: dict[str, Tried] = {}
        for each in await self._runs.find(mine, fields=COUNTED):
            code = str(each["promptCode"])
            runs, answered, kept = counts.get(code, (0, 0, 0))
            succeeded, saved = each.get("status") == Status.SUCCESS.value, each.get("refinedOutputAssetId") is not None
            counts[code] = (runs + 1, answered + succeeded, kept + saved)
        return dict(sorted(counts.items()))
