"""What the reminders ask of the record, and of the platforms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from core.commitments.model import Commitment
from core.nudges.known import Known
from core.nudges.model import CameOf, Nudge, NudgePreferences, Outcome
from core.people.model import Person
from core.request import Address

NO_CHANGES: Mapping[str, object] = MappingProxyType({})


class PreferencesStore(Protocol):
    """The contracts. Only `due` and `claim` look over everybody, as workers do; what they give is one person's each."""

    async def of(self, person: Person) -> NudgePreferences | None:
        """The person's contract, or None where they were never asked."""
        ...

    async def meet(self, person: Person, first: NudgePreferences) -> NudgePreferences:
        """Keep the first, empty contract of somebody new; returns the one that is kept, which may be there already."""
        ...

    async def change(
        self, person: Person, change: Mapping[str, object], at: datetime, seen: NudgePreferences | None = None
    ) -> NudgePreferences:
        """Set fields of the contract by their names in the model; returns it afterwards. `seen`: it was read just now."""
        ...

    async def set_aside(self, person: Person) -> Sequence[NudgePreferences]:
        """Those in the person's organization who ignored three in a row, the longest so first; for those who coach it."""
        ...

    async def due(self, at: datetime, limit: int) -> Sequence[NudgePreferences]:
        """Those whose `next_check_at` has come, the longest waiting first."""
        ...

    async def claim(self, seen: NudgePreferences, until: datetime) -> NudgePreferences | None:
        """Take somebody who is due until then; whoever dies with it is followed at that time.

        Returns the contract as it is now, or None where somebody else has them.
        """
        ...

    async def unchanged(self, claimed: NudgePreferences) -> bool:
        """Whether the contract is still as it was claimed, to the last field."""
        ...

    async def settle(
        self,
        claimed: NudgePreferences,
        claimed_until: datetime,
        next_check_at: datetime | None,
        changes: Mapping[str, object] = NO_CHANGES,
    ) -> bool:
        """Look at them again then, and set these fields in the same write.

        False where the contract was changed meanwhile: its own time stays, and nothing is set.
        """
        ...


class NudgeStore(Protocol):
    """The reminders, each one person's."""

    async def add(self, person: Person, nudge: Nudge) -> Nudge | None:
        """Keep it before it is sent; None where the day has one already (see `find`)."""
        ...

    async def find(self, person: Person, nudge_id: str) -> Nudge | None:
        """The person's reminder with this id, or None."""
        ...

    async def revise(self, person: Person, nudge: Nudge) -> Nudge | None:
        """Keep what it is about now, where it does not stand in the outbox yet; None where it does."""
        ...

    async def since(self, person: Person, at: datetime, limit: int = 100) -> Sequence[Nudge]:
        """The person's reminders since then, latest first."""
        ...

    async def lettered(self, person: Person, nudge_id: str, at: datetime) -> None:
        """Note that it stands in the outbox."""
        ...

    async def opened(self, person: Person, nudge_id: str, at: datetime) -> None:
        """Note that its step was opened; the first time counts."""
        ...

    async def end(self, person: Person, nudge_id: str, outcome: Outcome, at: datetime) -> None:
        """Note what came of it, where nothing is noted yet or only that it was opened."""
        ...

    async def of_organization(self, organization_id: str, since: datetime, limit: int) -> Mapping[CameOf, int]:
        """How many reminders of the organization since then were such, of the latest so many; for those who coach it."""
        ...


class Accounts(Protocol):
    """The people of the record, as those who remind them need them."""

    async def by_id(self, person_id: str) -> Person | None:
        """The person with this id of ours, or None."""
        ...

    async def of_account(self, person: Person) -> Sequence[Person]:
        """All the persons of this person's account, themselves among them: one on each platform that is linked."""
        ...

    async def of_user(self, user_id: str) -> Sequence[Person]:
        """All the persons of this account."""
        ...


class Learners(Protocol):
    """Gathers what is known."""

    async def known(self, person: Person, wishes: NudgePreferences, at: datetime) -> Known:
        """Everything that the rules look at, for one person.

        Raises:
            StoreTrouble: it cannot be gathered now.
        """
        ...


class Quiet(Protocol):
    """Whether the platform says that somebody does not want to be disturbed."""

    async def undisturbed_until(self, to: Address, at: datetime) -> datetime | None:
        """Until when, or None where they may be written to, or the platform does not tell."""
        ...


class Conversing(Protocol):
    """Who takes part in the conversation at a place."""

    async def members_at(self, person: Person, address: Address) -> Sequence[str]:
        """The accounts that take part in the conversation of the person's organization there; none where there is none."""
        ...


class Promises(Protocol):
    """What people said they would do, or want to be reminded of."""

    async def recent(self, person: Person, since: datetime) -> Sequence[Commitment]:
        """What is open, and what was settled since then."""
        ...
