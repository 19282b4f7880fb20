"""Persons, accounts and organizations in the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.errors import AlreadyThere, NotFound
from core.people.model import Organization, Person, User
from core.roles import COACHING, Role
from persistence.documents import Database, Filter


class PeopleRecord:
    """Implements `core.people.ports.PeopleStore`."""

    def __init__(self, database: Database) -> None:
        self._users = database.collection("users")
        self._persons = database.collection("persons")
        self._organizations = database.collection("organizations")

    async def by_identity(self, identity: str) -> Person | None:
        """The person with this platform account, or None."""
        found = await self._persons.find_one({"identities": identity})
        return Person.of(found) if found else None

    async def by_id(self, person_id: str) -> Person | None:
        """The person with this id of ours, or None; for work that was begun in their name."""
        found = await self._persons.find_one({"_id": person_id})
        return Person.of(found) if found else None

    async def of_account(self, person: Person) -> Sequence[Person]:
        """All the persons of this person's account, themselves among them: one on each platform that is linked."""
        return await self.of_user(person.user_id)

    async def of_user(self, user_id: str) -> Sequence[Person]:
        """All the persons of this account; for work that is found by whose it is."""
        return [Person.of(each) for each in await self._persons.find({"userId": user_id})]

    async def coaches(self, organization_id: str) -> Sequence[Person]:
        """Those who coach in the organization."""
        where: Filter = {"organizationId": organization_id, "role": {"$in": [Role.COACH.value, Role.ADMIN.value]}}
        return [Person.of(each) for each in await self._persons.find(where)]

    async def members(self, person: Person) -> Sequence[Person]:
        """Everybody in the person's organization, by name; for those who coach it."""
        found = [Person.of(each) for each in await self._persons.find({"organizationId": person.organization_id})]
        return sorted(found, key=lambda each: (each.name.casefold(), each.id))

    async def coaching(self) -> Sequence[Person]:
        """All who coach, wherever; for an operator."""
        return [Person.of(each) for each in await self._persons.find({"role": {"$in": [each.value for each in COACHING]}})]

    async def organization(self, platform: str, workspace: str) -> Organization | None:
        """The organization that stands for this workspace, or None."""
        found = await self._organizations.find_one({"platform": platform, "workspace": workspace})
        return Organization.of(found) if found else None

    async def add_organization(self, organization: Organization) -> Organization:
        """Keep it; returns the one that is kept, which may be another process's."""
        try:
            await self._organizations.insert(organization.document())
        except AlreadyThere:
            kept = await self.organization(organization.platform, organization.workspace)
            if kept is None:
                raise
            return kept
        return organization

    async def add(self, user: User, person: Person) -> Person:
        """Keep a new person with their account; returns the one that is kept for the identity, which may be another process's."""
        await self._users.insert(user.document())  # first, so that a crash in between leaves no person without an account
        try:
            await self._persons.insert(person.document())
        except AlreadyThere:
            await self._users.delete({"_id": user.id})
            kept = await self.by_identity(person.identities[0])
            if kept is None:
                raise
            return kept
        return person

    async def change(self, person: Person, change: Mapping[str, object]) -> Person:
        """Set fields of the person, by their names in the model; returns the person afterwards."""
        document = person.model_copy(update=dict(change)).document()
        names = {name: Person.model_fields[name].alias or name for name in change}
        fields = {alias: document[alias] for alias in names.values() if alias in document}
        kept = await self._persons.update({"_id": person.id, "organizationId": person.organization_id}, {"$set": fields})
        if kept is None:
            raise NotFound()
        return Person.of(kept)

    async def introduce(self, person: Person, *, name: str, timezone: str, at: datetime) -> Person:
        """Keep what someone said of themselves: the name on person and account, the zone, and when."""
        changed = await self.change(person, {"name": name, "timezone": timezone, "introduced_at": at})
        await self._users.update({"_id": person.user_id}, {"$set": {"name": name}})
        return changed
