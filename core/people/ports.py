"""What the people feature asks of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.people.invitation import Invitation
from core.people.model import Organization, Person, User


class PeopleStore(Protocol):
    """Persons, accounts and organizations."""

    async def by_identity(self, identity: str) -> Person | None:
        """The person with this platform account, or None."""
        ...

    async def by_id(self, person_id: str) -> Person | None:
        """The person with this id of ours, or None; for work that was begun in their name."""
        ...

    async def coaches(self, organization_id: str) -> Sequence[Person]:
        """Those who coach in the organization."""
        ...

    async def of_account(self, person: Person) -> Sequence[Person]:
        """All the persons of this person's account, themselves among them: one on each platform that is linked."""
        ...

    async def members(self, person: Person) -> Sequence[Person]:
        """Everybody in the person's organization, by name; for those who coach it."""
        ...

    async def coaching(self) -> Sequence[Person]:
        """All who coach, wherever; for an operator."""
        ...

    async def organization(self, platform: str, workspace: str) -> Organization | None:
        """The organization that stands for this workspace, or None."""
        ...

    async def add_organization(self, organization: Organization) -> Organization:
        """Keep it; returns the one that is kept, which may be another process's."""
        ...

    async def add(self, user: User, person: Person) -> Person:
        """Keep a new person with their account; returns the one that is kept for the identity, which may be another process's."""
        ...

    async def change(self, person: Person, change: Mapping[str, object]) -> Person:
        """Set fields of the person, by their names in the model; returns the person afterwards."""
        ...

    async def introduce(self, person: Person, *, name: str, timezone: str, at: datetime) -> Person:
        """Keep what someone said of themselves: the name on person and account, the zone, and when."""
        ...


class Invitations(Protocol):
    """Whom coaches expect. `find` and `came` are asked for an account that the surface vouches for."""

    async def keep(self, person: Person, invitation: Invitation) -> None:
        """Keep an invitation of the organization of the person, who coaches it, in place of the one before."""
        ...

    async def of_organization(self, person: Person) -> Sequence[Invitation]:
        """Those whom the organization of the person, who coaches it, expects."""
        ...

    async def counted(self, person: Person) -> Mapping[str, int]:
        """How many the organization of the person, who coaches it, expects in each cohort, by its id; "" for those in none."""
        ...

    async def find(self, identity: str) -> Invitation | None:
        """The invitation of this platform account, or None."""
        ...

    async def came(self, identity: str) -> None:
        """They are here: nobody is expected any more."""
        ...
