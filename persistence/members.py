"""Where the members of a cohort stand, rolled up: one document a person, under the person's id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.members.model import Member
from core.people.model import Person
from persistence.documents import Change, Database

FORWARD = ("seenAt", "workedAt")
"""What was seen once was seen: two that roll up the same person at once may end in either order."""


class MemberRecord:
    """Implements `core.members.ports.MemberStore`."""

    def __init__(self, database: Database) -> None:
        self._members = database.collection("members")

    async def keep(self, member: Member) -> None:
        """Keep where somebody stands, in place of what was kept before; but a last sign of life, or of work, never goes back."""
        document = member.document()
        names = {each.alias or name for name, each in Member.model_fields.items()}
        latest = {name: document[name] for name in FORWARD if name in document}
        change: Change = {"$set": {name: value for name, value in document.items() if name not in ("_id", *FORWARD)}}
        gone = dict.fromkeys(sorted(names - document.keys() - {*FORWARD}), "")
        more: Change = {**({"$max": latest} if latest else {}), **({"$unset": gone} if gone else {})}
        await self._members.update({"_id": member.id}, {**change, **more}, upsert=True)

    async def forget(self, member: Member) -> None:
        """The person is gone."""
        await self._members.delete({"_id": member.id})

    async def of_organization(self, person: Person) -> Sequence[Member]:
        """Everybody in the organization of the person, who coaches it."""
        return [Member.of(each) for each in await self._members.find({"organizationId": person.organization_id})]

    async def stale(self, before: datetime, limit: int) -> Sequence[Member]:
        """Those who were rolled up before then, the longest ago first."""
        found = await self._members.find({"rolledAt": {"$lt": before}}, sort=[("rolledAt", 1)], limit=limit)
        return [Member.of(each) for each in found]
