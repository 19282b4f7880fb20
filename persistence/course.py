"""The course's modules in the record, published from their files."""

from __future__ import annotations

from collections.abc import Sequence

from core.course.model import CourseModule
from core.course.modules import Module
from persistence.documents import Database


class CourseRecord:
    """The files are the source; what is in the record follows them."""

    def __init__(self, database: Database) -> None:
        self._modules = database.collection("courseModules")

    async def publish(self, modules: Sequence[Module]) -> int:
        """Write those that changed since they were last published; returns how many. Repeatable, and safe beside another."""
        kept = await self._modules.find({}, fields=("digest",))
        known = {each["_id"]: each.get("digest") for each in kept}
        made = [CourseModule.from_file(each) for each in modules]
        changed = [each for each in made if known.get(each.id) != each.digest]
        for each in changed:
            fields = {name: value for name, value in each.document().items() if name != "_id"}
            await self._modules.update({"_id": each.id}, {"$set": fields}, upsert=True)
        return len(changed)
