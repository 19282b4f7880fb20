"""What the members' list asks of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.members.model import Member, Tried
from core.nudges.model import NudgePreferences
from core.people.model import Person


class MemberStore(Protocol):
    """Where everybody stands, rolled up. Only `stale` looks over all organizations, as workers do."""

    async def keep(self, member: Member) -> None:
        """Keep where somebody stands, in place of what was kept before; but a last sign of life, or of work, never goes back."""
        ...

    async def forget(self, member: Member) -> None:
        """The person is gone."""
        ...

    async def of_organization(self, person: Person) -> Sequence[Member]:
        """Everybody in the organization of the person, who coaches it."""
        ...

    async def stale(self, before: datetime, limit: int) -> Sequence[Member]:
        """Those who were rolled up before then, the longest ago first."""
        ...


class Waits(Protocol):
    """Who waits for a person's answer."""

    async def since(self, coach: Person) -> Mapping[str, datetime]:
        """Since when, by the students' ids, for those of the coach's organization who wait."""
        ...


class Wishes(Protocol):
    """How people want to be reminded."""

    async def of(self, person: Person) -> NudgePreferences | None:
        """The person's contract, or None where they were never asked."""
        ...


class Persons(Protocol):
    """Who somebody is."""

    async def by_id(self, person_id: str) -> Person | None:
        """The person with this id of ours, or None."""
        ...

    async def of_user(self, user_id: str) -> Sequence[Person]:
        """All the persons of this account."""
        ...


class Counting(Protocol):
    """Whoever counts something else of people whenever they are rolled up. It may be told of the same again."""

    async def count(self, person: Person, at: datetime) -> None:
        """Count it anew for this person."""
        ...


class RunCounts(Protocol):
    """How often prompts were run."""

    async def of(self, person: Person) -> Mapping[str, Tried]:
        """What the person ran in this organization, by the prompts' codes."""
        ...


class Efforts(Protocol):
    """When people last did something for the course that no tick tells of."""

    async def ran(self, person: Person) -> datetime | None:
        """When the person last ran a prompt."""
        ...

    async def logged(self, person: Person) -> datetime | None:
        """When the person last logged figures or put them right; what a program sends for them is no effort."""
        ...
