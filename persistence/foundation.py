"""Foundations and their history in the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.errors import AlreadyThere, Unsure
from core.foundation.cells import Value
from core.foundation.history import Edit, FoundationChange, slug
from core.foundation.model import Foundation, OpenInterview
from core.ids import new_id
from core.people.model import Person
from persistence.documents import Change, Database
from persistence.documents import Value as Kept


class FoundationRecord:
    """Implements `core.foundation.ports.FoundationStore`.

    A save is one update, which holds only for the version that it was made on, and carries its history with it; the history is
    filed in its own collection right after. Where a crash comes between, the next save or look at the history files it.
    """

    def __init__(self, database: Database) -> None:
        self._foundations = database.collection("userFoundations")
        self._history = database.collection("foundationHistory")

    async def of(self, person: Person) -> Foundation | None:
        """The person's Foundation, or None where nothing was written yet."""
        found = await self._foundations.find_one({"userId": person.user_id})
        return Foundation.of(found) if found else None

    async def save(self, person: Person, edit: Edit, at: datetime) -> Foundation | None:
        """Make the changes and keep their history, if the Foundation still has the edit's version; None where it has not."""
        mine = [each.model_copy(update=_owned(person)) for each in edit.changes]
        fields: dict[str, Kept] = {each.field: _plain(each.after) for each in mine if each.after}
        fields |= {f"marks.{name}": mark.model_dump(by_alias=True) for name, mark in edit.marks.items()}
        fields |= {f"unfiled.{each.id}": each.document() for each in mine}
        emptied: dict[str, Kept] = {each.field: "" for each in mine if not each.after}
        change: Change = {"$set": {**fields, "lastUpdatedAt": at}, **({"$unset": emptied} if emptied else {})}
        where: dict[str, Kept] = {"userId": person.user_id, "version": edit.version}
        born: Change = {"$setOnInsert": {"_id": new_id("fnd"), "organizationId": person.organization_id}}
        try:
            first = edit.version == 0
            whole = {**change, "$inc": {"version": 1}, **(born if first else {})}
            kept = await self._foundations.update(where, whole, upsert=first)
        except AlreadyThere:  # somebody else's first save came between
            return None
        except Unsure:
            return await self._made(person, mine)
        return await self._file(person, Foundation.of(kept)) if kept else None

    async def skipped(self, person: Person, cell_key: str, at: datetime) -> None:
        """The person skipped the question of a cell of their Foundation."""
        await self._change(person, {"$set": {f"skips.{slug(cell_key)}": at}}, at)

    async def interview(self, person: Person, interview: OpenInterview | None, at: datetime) -> None:
        """Open, move or end the person's interview."""
        if interview is None:
            await self._change(person, {"$unset": {"interview": ""}}, at)
        else:
            await self._change(person, {"$set": {"interview": interview.model_dump(by_alias=True)}}, at)

    async def changes(self, person: Person, limit: int) -> Sequence[FoundationChange]:
        """The newest changes of the person's Foundation, newest first."""
        await self._file_what_is_left(person)
        found = await self._history.find({"userId": person.user_id}, sort=[("at", -1)], limit=limit)
        return [FoundationChange.of(each) for each in found]

    async def changes_since(self, person: Person, version: int) -> Sequence[FoundationChange]:
        """The changes that made later versions, oldest first."""
        await self._file_what_is_left(person)
        found = await self._history.find({"userId": person.user_id, "version": {"$gt": version}}, sort=[("version", 1)])
        return [FoundationChange.of(each) for each in found]

    async def change(self, person: Person, change_id: str) -> FoundationChange | None:
        """The change of the person's Foundation with this id, or None."""
        found = await self._history.find_one({"_id": change_id, "userId": person.user_id})
        return FoundationChange.of(found) if found else None

    async def _made(self, person: Person, changes: Sequence[FoundationChange]) -> Foundation | None:
        """The Foundation, if a save that had no answer was made; None where it was not, so that it is made again.

        Should it be made yet, it holds for its version only, and finds either none or that one already taken.
        """
        foundation = await self.of(person)
        if foundation is None:
            return None
        first = changes[0].id
        if first not in foundation.unfiled and await self.change(person, first) is None:
            return None
        return await self._file(person, foundation)

    async def _file_what_is_left(self, person: Person) -> None:
        foundation = await self.of(person)
        if foundation is not None:
            await self._file(person, foundation)

    async def _file(self, person: Person, foundation: Foundation) -> Foundation:
        """Take the changes that the Foundation still carries over into the history."""
        for each in foundation.unfiled.values():
            try:
                await self._history.insert(each.document())
            except AlreadyThere:  # filed before, and only the mark of it was lost
                continue
        if foundation.unfiled:
            filed: dict[str, Kept] = {f"unfiled.{key}": "" for key in foundation.unfiled}
            await self._foundations.update({"_id": foundation.id, "userId": person.user_id}, {"$unset": filed})
        return foundation.model_copy(update={"unfiled": {}})

    async def _change(self, person: Person, change: Change, at: datetime) -> None:
        born: dict[str, Kept] = {"_id": new_id("fnd"), "organizationId": person.organization_id, "lastUpdatedAt": at}
        whole = {**change, "$setOnInsert": born, "$inc": {"version": 1}}
        await self._foundations.update({"userId": person.user_id}, whole, upsert=True)


def _owned(person: Person) -> dict[str, str]:
    return {"user_id": person.user_id, "organization_id": person.organization_id}


def _plain(value: Value | None) -> Kept:
    if value is None or isinstance(value, str):
        return value
    return [item if isinstance(item, str) else dict(item) for item in value]
