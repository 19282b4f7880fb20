"""Whom coaches expect, under the platform account by which they will be known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.people.invitation import Invitation
from core.people.model import Person
from persistence.documents import Change, Database, Filter


class InvitationRecord:
    """Implements `core.people.ports.Invitations` and `core.cohort.ports.Expecting`."""

    def __init__(self, database: Database) -> None:
        self._invitations = database.collection("invitations")

    async def keep(self, person: Person, invitation: Invitation) -> None:
        """Keep an invitation of the organization of the person, who coaches it, in place of the one before."""
        await self.expect(person.organization_id, invitation)

    async def expect(self, organization_id: str, invitation: Invitation) -> None:
        """Keep an invitation of the organization, in place of the one before; for somebody who was seen in a cohort's channel."""
        document = invitation.model_copy(update={"organization_id": organization_id}).document()
        change: Change = {"$set": {name: value for name, value in document.items() if name not in ("_id", "organizationId")}}
        gone = dict.fromkeys(sorted({"cohortId", "timezone", "channel"} - document.keys()), "")
        where: Filter = {"_id": invitation.id, "organizationId": organization_id}
        await self._invitations.update(where, {**change, **({"$unset": gone} if gone else {})}, upsert=True)

    async def of_organization(self, person: Person) -> Sequence[Invitation]:
        """Those whom the organization of the person, who coaches it, expects."""
        found = await self._invitations.find({"organizationId": person.organization_id})
        return [Invitation.of(each) for each in found]

    async def counted(self, person: Person) -> Mapping[str, int]:
        """How many the organization of the person, who coaches it, expects in each cohort, by its id; "" for those in none."""
        found = await self._invitations.group_count({"organizationId": person.organization_id}, "cohortId")
        return {str(cohort or ""): count for cohort, count in found.items()}

    async def find(self, identity: str) -> Invitation | None:
        """The invitation of this platform account, or None."""
        found = await self._invitations.find_one({"_id": identity})
        return Invitation.of(found) if found else None

    async def came(self, identity: str) -> None:
        """They are here: nobody is expected any more."""
        await self._invitations.delete({"_id": identity})
