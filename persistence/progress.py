"""How far students are in the course, in the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.course.model import ModuleProgress, ModuleStatus
from core.errors import AlreadyThere, Changed, NotFound
from core.ids import new_id
from core.people.model import Person
from persistence.documents import Change, Database, Value

NOT_STARTED, IN_PROGRESS, COMPLETED = (each.value for each in ModuleStatus)

ROUNDS = 10
"""More writers who make one document in one moment there are not."""


class ProgressRecord:
    """Implements `core.course.ports.ProgressStore`.

    A module's status only changes by an update whose filter names the status it has, so that two processes agree.
    """

    def __init__(self, database: Database) -> None:
        self._progress = database.collection("userModuleProgress")

    async def of(self, person: Person) -> Sequence[ModuleProgress]:
        """The person's progress in every module that they have touched."""
        return [ModuleProgress.of(each) for each in await self._progress.find({"userId": person.user_id})]

    async def start(self, person: Person, module_id: str, at: datetime) -> ModuleProgress:
        """In Progress from now on, if it was Not Started."""
        await self._touch(person, module_id, {"$set": {"changedAt": at}})
        return await self._begin(person, module_id, at)

    async def tick(self, person: Person, module_id: str, item: int, at: datetime) -> ModuleProgress:
        """Tick an item; the first tick starts the module."""
        await self._touch(person, module_id, {"$set": {"changedAt": at}, "$addToSet": {"tickedItems": item}})
        return await self._begin(person, module_id, at)

    async def untick(self, person: Person, module_id: str, item: int, at: datetime) -> ModuleProgress:
        """Take a tick back; a completed module is In Progress again."""
        await self._touch(person, module_id, {"$set": {"changedAt": at}, "$pull": {"tickedItems": item}})
        reopened: Change = {"$set": {"status": IN_PROGRESS}, "$unset": {"completedAt": ""}}
        return await self._move(person, module_id, COMPLETED, reopened)

    async def complete(self, person: Person, module_id: str, at: datetime) -> ModuleProgress:
        """Completed from now on, if it was not before."""
        await self.start(person, module_id, at)
        return await self._move(person, module_id, IN_PROGRESS, {"$set": {"status": COMPLETED, "completedAt": at}})

    async def note(self, person: Person, module_id: str, text: str, at: datetime) -> ModuleProgress:
        """Keep these notes in place of the ones before."""
        return await self._touch(person, module_id, {"$set": {"changedAt": at, "notes": text}})

    async def answer(self, person: Person, module_id: str, answers: Mapping[str, str], at: datetime) -> ModuleProgress:
        """Keep the worksheet's answers in place of the ones before."""
        return await self._touch(person, module_id, {"$set": {"changedAt": at, "worksheet": dict(answers)}})

    async def _begin(self, person: Person, module_id: str, at: datetime) -> ModuleProgress:
        return await self._move(person, module_id, NOT_STARTED, {"$set": {"status": IN_PROGRESS, "startedAt": at}})

    async def _touch(self, person: Person, module_id: str, change: Change) -> ModuleProgress:
        """Change the document, which is made where there is none."""
        where: Mapping[str, Value] = {"userId": person.user_id, "moduleId": module_id}
        fresh: Change = {
            "$setOnInsert": {
                "_id": new_id("prg"),
                "organizationId": person.organization_id,
                "status": NOT_STARTED,
            }
        }
        for _ in range(ROUNDS):
            try:
                kept = await self._progress.update(where, {**change, **fresh}, upsert=True)
            except AlreadyThere:  # another process made it at the same moment
                continue
            if kept is not None:
                return ModuleProgress.of(kept)
        raise Changed()

    async def _move(self, person: Person, module_id: str, out_of: str, change: Change) -> ModuleProgress:
        """Change the document if it has this status; returns it as it is afterwards in any case."""
        where: Mapping[str, Value] = {"userId": person.user_id, "moduleId": module_id}
        kept = await self._progress.update({**where, "status": out_of}, change)
        kept = kept or await self._progress.find_one(where)
        if kept is None:
            raise NotFound()
        return ModuleProgress.of(kept)
