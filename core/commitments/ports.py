"""What commitments ask of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from typing import Protocol

from core.commitments.model import Commitment
from core.people.model import Person


class Because(Enum):
    """Why a promise is not asked about on its own day: their hour is over, or none comes; the week's number is used up; the last
    message was too short a time ago, or something else came on the day; they want no such questions, their cohort is over, or
    three have no answer.
    """

    LATE = auto()
    WEEKLY = auto()
    CLOSE = auto()
    ANOTHER = auto()
    STOPPED = auto()
    OVER = auto()
    UNANSWERED = auto()


@dataclass(frozen=True, slots=True)
class AskedLater:
    """A promise is asked about on another day than its own: on that `day`, or, where it is None, on none.

    `weekly`: how many reminders a week they want, where these are used up on its own day. `beside`: what is asked about then, so
    that this is only named with it. `because`: why it is not asked about on its own day.
    """

    day: date | None
    weekly: int | None = None
    beside: str = ""
    because: Because = Because.LATE


class CommitmentStore(Protocol):
    """The commitments and reminders, each one account's: linked platforms share them."""

    async def add(self, person: Person, commitment: Commitment) -> Commitment:
        """Keep it; returns the one that is kept under its id, which may be there already.

        Raises:
            NotFound: the id is another account's.
        """
        ...

    async def find(self, person: Person, commitment_id: str) -> Commitment | None:
        """The person's commitment with this id, or None."""
        ...

    async def recent(self, person: Person, since: datetime) -> Sequence[Commitment]:
        """The open ones, and those that were settled since then; the soonest due first."""
        ...

    async def change(self, person: Person, commitment: Commitment, change: Mapping[str, object]) -> Commitment | None:
        """Set fields by their names in the model, if it stands as it was read; None where it was changed meanwhile."""
        ...


class Waking(Protocol):
    """Whoever looks at people when their time comes."""

    async def wake(self, person: Person, at: datetime) -> datetime | None:
        """Something was promised, asked for or settled: look at the person when that is due. Returns when they are next looked
        at, or None where they want no reminders.
        """
        ...

    async def listens(self, person: Person) -> bool:
        """Whether they want to be reminded at all."""
        ...

    async def asked_later(self, person: Person, commitment: Commitment, at: datetime) -> AskedLater | None:
        """The other day on which they are asked about this promise, as things stand; None where that is its own."""
        ...

    async def quiet_until(self, person: Person) -> datetime | None:
        """Until when nothing of ours comes, because they paused or a coach wrote to them; None where nothing holds it."""
        ...
