"""What the cohorts ask of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.cohort.model import Cohort
from core.errors import Refusal, Trouble
from core.people.invitation import Invitation
from core.people.model import Organization, Person
from core.request import Address


class CannotSee(Refusal):
    """I cannot see who is in this channel."""


class RosterAway(Trouble):
    """Who is in the channel cannot be asked just now. Please try again in a minute."""


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who is in a channel, as the platform has them. `timezone`: an IANA name, where it tells one."""

    user: str
    name: str
    timezone: str | None = None


class Roster(Protocol):
    """Who is where, as one platform tells it: people of the workspace alone, no programs, and nobody who has left it.

    All of it raises `CannotSee` where the platform will not say, with what to do about it, and `RosterAway` where it does not
    say now.
    """

    async def size(self, place: Address) -> int:
        """How many are in the channel, programs among them."""
        ...

    async def people(self, place: Address) -> Sequence[Present]:
        """Everybody who is in the channel."""
        ...

    async def person(self, place: Address, user: str) -> Present | None:
        """The account, or None where it is nobody of the workspace's own people."""
        ...

    async def accounts(self, place: Address, emails: Sequence[str]) -> Mapping[str, Present]:
        """The accounts of the place's workspace that have these addresses (folded), by the address; others are left out."""
        ...


class Rosters(Protocol):
    """The platforms' rosters."""

    def at(self, place: Address) -> Roster | None:
        """The roster of the place's platform; None where the platform tells a bot nothing of the kind, or is not open here."""
        ...


class Known(Protocol):
    """Who is known of those who are in a channel. The surface vouches for the accounts."""

    async def organization(self, platform: str, workspace: str) -> Organization | None:
        """The organization that stands for this workspace, or None."""
        ...

    async def by_identity(self, identity: str) -> Person | None:
        """The person with this platform account, or None."""
        ...

    async def by_id(self, person_id: str) -> Person | None:
        """The person with this id of ours, or None; for work that was begun in their name."""
        ...


class Erased(Protocol):
    """Who had all that was kept of them erased."""

    async def was_erased(self, identity: str) -> bool:
        """Whether this platform account was erased before."""
        ...


class Expecting(Protocol):
    """Those who are expected, by their accounts."""

    async def find(self, identity: str) -> Invitation | None:
        """The invitation of this platform account, or None."""
        ...

    async def expect(self, organization_id: str, invitation: Invitation) -> None:
        """Keep an invitation of the organization, in place of the one before."""
        ...

    async def came(self, identity: str) -> None:
        """They are here: nobody is expected any more."""
        ...


class CohortStore(Protocol):
    """The cohorts of a person's organization."""

    async def of_organization(self, person: Person) -> Sequence[Cohort]:
        """All the cohorts of the person's organization, archived ones too, the newest first."""
        ...

    async def in_organization(self, organization_id: str) -> Sequence[Cohort]:
        """All the cohorts of an organization, the newest first; for those who came into a channel, and are nobody's person."""
        ...

    async def add(self, person: Person, cohort: Cohort) -> Cohort:
        """Keep a new cohort of the person's organization.

        Raises:
            AlreadyThere: the organization has one with this name that is not archived.
        """
        ...

    async def change(self, person: Person, cohort_id: str, change: Mapping[str, object]) -> Cohort:
        """Set fields of a cohort of the person's organization, by their names in the model; None takes a field away.

        Raises:
            NotFound: the organization has no such cohort.
            AlreadyThere: it has another one with this name.
        """
        ...


class Belonging(Protocol):
    """Who belongs to which cohort."""

    async def change(self, person: Person, change: Mapping[str, object]) -> Person:
        """Set fields of the person, by their names in the model; returns the person afterwards."""
        ...
