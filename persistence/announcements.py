"""Announcements in the record: each change holds only where the announcement stands as it was seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.community.model import Announcement, State
from core.errors import AlreadyThere, NotFound
from core.people.model import Person
from core.roles import COACHING
from persistence.documents import Change, Database, Filter


class AnnouncementRecord:
    """Implements `core.community.ports.AnnouncementStore`."""

    def __init__(self, database: Database) -> None:
        self._announcements = database.collection("announcements")

    async def add(self, person: Person, announcement: Announcement) -> Announcement:
        """Keep a new one of the person's; returns the one that is kept under its id, which may be there already.

        Raises:
            NotFound: the id is somebody else's.
        """
        fresh = announcement.model_copy(update={"person_id": person.id, "organization_id": person.organization_id})
        try:
            await self._announcements.insert(fresh.document())
        except AlreadyThere:
            found = await self._announcements.find_one({"_id": announcement.id, "personId": person.id})
            if found is None:
                raise NotFound() from None
            return Announcement.of(found)
        return fresh

    async def find(self, person: Person, announcement_id: str) -> Announcement | None:
        """The announcement, where the person wrote it, or coaches in its organization; or None."""
        found = await self._announcements.find_one({**_theirs(person), "_id": announcement_id})
        return Announcement.of(found) if found else None

    async def writer(self, person: Person, announcement_id: str) -> str | None:
        """Who wrote the announcement to the organization of the person, a reader, by id; None where it is not there."""
        theirs: Filter = {"_id": announcement_id, "organizationId": person.organization_id}
        found = await self._announcements.find_one(theirs)
        return str(found["personId"]) if found else None

    async def replace(self, person: Person, seen: Announcement, announcement: Announcement) -> Announcement | None:
        """Keep it as it is now, where it stands as it was seen; None where it was changed meanwhile."""
        document = announcement.model_copy(update={"version": seen.version + 1}).document()
        names = {each.alias or name for name, each in Announcement.model_fields.items()} - {"_id", "personId", "organizationId"}
        fields = {name: document[name] for name in names if name in document}
        gone = dict.fromkeys(sorted(names - document.keys()), "")
        change: Change = {"$set": fields, **({"$unset": gone} if gone else {})}
        stands: Filter = {**_theirs(person), "_id": seen.id, "version": seen.version}
        kept = await self._announcements.update(stands, change)
        return Announcement.of(kept) if kept else None

    async def of_cohort(self, person: Person, cohort_id: str, limit: int) -> Sequence[Announcement]:
        """Those of a cohort of the person's organization, who coaches it, the latest first."""
        theirs: Filter = {"organizationId": person.organization_id, "cohortId": cohort_id}
        found = await self._announcements.find(theirs, sort=[("createdAt", -1)], limit=limit)
        return [Announcement.of(each) for each in found]

    async def under_way(self, person: Person, cohort_id: str, soon: datetime, since: datetime) -> Sequence[Announcement]:
        """Those of a cohort of the person's organization, who coaches it, that are looked at by `soon`, and those that have
        ended after `since`."""
        going: Filter = {"state": State.PLANNED.value, "nextAt": {"$lte": soon}}
        over: Filter = {"state": {"$in": [State.SENT.value, State.CANCELLED.value]}, "changedAt": {"$gt": since}}
        theirs: Filter = {"organizationId": person.organization_id, "cohortId": cohort_id, "$or": [going, over]}
        return [Announcement.of(each) for each in await self._announcements.find(theirs, sort=[("createdAt", -1)])]

    async def due(self, at: datetime, limit: int) -> Sequence[Announcement]:
        """Those that are to be looked at by now, the longest waiting first."""
        found = await self._announcements.find({"nextAt": {"$lte": at}}, sort=[("nextAt", 1)], limit=limit)
        return [Announcement.of(each) for each in found]


def _theirs(person: Person) -> Filter:
    """What the person may see: their own, and for those who coach whatever is their organization's."""
    if person.role in COACHING:
        return {"organizationId": person.organization_id}
    return {"personId": person.id}
