"""What would go out at a time, and why nothing else would: for operators, from the record as it stands, and changing nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.errors import NotFound
from core.nudges.decision import Decision
from core.nudges.dispatch import Decide, afterwards
from core.nudges.model import Nudge, NudgePreferences
from core.nudges.ports import Accounts, Learners, PreferencesStore
from core.nudges.reaching import address_of
from core.people.model import Person
from core.request import Address

AHEAD = timedelta(days=7)
"""How far a plan looks."""
PEOPLE_AT_MOST = 10_000
"""In a plan, and among those who are looked for by name."""
LOOKS_AT_MOST = 50
"""Of one person in a plan."""


@dataclass(frozen=True, slots=True)
class Previewed:
    """What would be decided for somebody. `to` is where it would go, None where nobody can be written to. `sent`: what was
    decided for them in the last 60 days, latest first.
    """

    person: Person
    wishes: NudgePreferences
    to: Address | None
    at: datetime
    decision: Decision
    sent: Sequence[Nudge] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A time at which somebody will be looked at, and what they would get then if they did nothing until then."""

    person: Person
    at: datetime
    nudge: Nudge | None


class Previews:
    """Looks ahead."""

    def __init__(self, wishes: PreferencesStore, people: Accounts, learners: Learners, decide: Decide) -> None:
        self._wishes = wishes
        self._people = people
        self._learners = learners
        self._decide = decide

    async def preview(self, person: Person, at: datetime) -> Previewed:
        """What would be decided for the person then, as they and the course stand now.

        Raises:
            NotFound: they were never asked how they want to be reminded.
        """
        wishes = await self._wishes.of(person)
        owner = await self._people.by_id(wishes.person_id) if wishes else None
        if wishes is None or owner is None:
            raise NotFound(f"{person.name} was never asked about reminders: they are when they next turn to the bot.")
        known = await self._learners.known(owner, wishes, at)
        to = address_of(wishes, await self._people.of_account(owner))
        return Previewed(owner, wishes, to, at, self._decide(known, at), known.sent)

    async def plan(self, at: datetime) -> Sequence[Planned]:
        """The week from then on for everybody who is looked at in it, in order of time."""
        found = [each async for person, wishes in self._looked_at(at + AHEAD) async for each in self._week(person, wishes, at)]
        return sorted(found, key=lambda each: (each.at, each.person.name, each.person.id))

    async def called(self, name: str, at: datetime) -> Sequence[Person]:
        """Those of this name, whatever its case, among everybody who is ever looked at again; else those in whose
        name it stands.
        """
        wanted = name.strip().casefold()
        everybody = self._looked_at(at + timedelta(days=3660))
        near = [person async for person, _ in everybody if wanted and wanted in person.name.casefold()]
        return [each for each in near if each.name.casefold() == wanted] or near

    async def _looked_at(self, until: datetime) -> AsyncIterator[tuple[Person, NudgePreferences]]:
        for wishes in await self._wishes.due(until, PEOPLE_AT_MOST):
            person = await self._people.by_id(wishes.person_id)
            if person is not None:
                yield person, wishes

    async def _week(self, person: Person, wishes: NudgePreferences, at: datetime) -> AsyncIterator[Planned]:
        """What goes out is taken to have gone out when it is looked at the next time."""
        known, when = await self._learners.known(person, wishes, at), wishes.next_check_at
        for _ in range(LOOKS_AT_MOST):
            if when is None or when >= at + AHEAD:
                return
            when = max(when, at)
            decision = self._decide(known, when)
            yield Planned(person, when, decision.nudge)
            known = afterwards(known, decision, when)
            when = decision.next_check_at if decision.next_check_at is None or decision.next_check_at > when else None
