"""Two accounts' Foundations made into one in the record."""

from __future__ import annotations

from datetime import datetime

from core.errors import AlreadyThere
from core.foundation.merge import merging
from core.foundation.model import Foundation
from core.people.link_model import Link
from core.people.model import Person
from persistence.documents import Database, Filter
from persistence.foundation import FoundationRecord


class FoundationMerge:
    """Repeats until the other account has no Foundation, so that a change that comes between is carried over as well."""

    def __init__(self, database: Database) -> None:
        self._foundations = database.collection("userFoundations")
        self._history = database.collection("foundationHistory")
        self._persons = database.collection("persons")
        self._record = FoundationRecord(database)

    async def merge(self, link: Link, into: str, at: datetime) -> None:
        """Bring the Foundation of the link's other account to this one."""
        other = link.from_user_id
        while found := await self._foundations.find_one({"userId": other}):
            theirs = Foundation.of(found)
            kept = await self._foundations.find_one({"userId": into})
            if kept is None:
                await self._hand_over(theirs, into)
                continue
            ours = Foundation.of(kept)
            person = await self._person(into)
            if person is None:
                return
            edit = merging(ours, theirs, link.id, at)
            if edit and await self._record.save(person, edit, at) is None:
                continue
            if theirs.interview and (ours.interview is None or (ours.interview.quiet and not theirs.interview.quiet)):
                await self._record.interview(person, theirs.interview, at)
            await self._file(theirs, into)
            await self._foundations.delete({"_id": theirs.id, "userId": other, "version": theirs.version})

    async def _hand_over(self, theirs: Foundation, into: str) -> None:
        """Where there is only one, it becomes the account's."""
        await self._file(theirs, theirs.user_id)
        try:
            mine: Filter = {"_id": theirs.id, "userId": theirs.user_id, "version": theirs.version}
            await self._foundations.update(mine, {"$set": {"userId": into}})
        except AlreadyThere:  # the account has written its first cell at this moment
            return

    async def _file(self, theirs: Foundation, into: str) -> None:
        """What the Foundation still carried of its history."""
        for each in theirs.unfiled.values():
            try:
                await self._history.insert(each.model_copy(update={"user_id": into, "version": 0}).document())
            except AlreadyThere:
                continue

    async def _person(self, user_id: str) -> Person | None:
        found = await self._persons.find_one({"userId": user_id})
        return Person.of(found) if found else None
