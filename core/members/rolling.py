"""Rolling up where people stand, soon after something of theirs was written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from core.errors import StoreTrouble
from core.members.model import Member
from core.members.ports import Counting, Efforts, MemberStore, Persons, RunCounts, Wishes
from core.nudges.model import NudgePreferences
from core.nudges.ports import Learners
from core.people.model import Person

log = structlog.get_logger()

AT_ONCE = 200
"""People who are rolled up by one tick: some ten short queries each."""
ANEW = timedelta(hours=24)
"""After which everybody is rolled up anew: a process that died may have kept what it wrote to itself."""
ANEW_AT_ONCE = 50


class Touched:
    """Of whom something was written in this process, by the ids that stand in what is written."""

    def __init__(self) -> None:
        self._ids: dict[str, None] = {}

    def note(self, written: Mapping[str, object]) -> None:
        """Something is written: this document, or whatever this filter finds."""
        for name in ("personId", "userId"):
            found = written.get(name)
            if isinstance(found, str):
                self._ids[found] = None
        whose = written.get("_id")
        if isinstance(whose, str) and whose.startswith("per_"):
            self._ids[whose] = None

    def take(self, limit: int) -> list[str]:
        """So many of the ids, the first noted first; they are forgotten here."""
        taken = list(self._ids)[:limit]
        for each in taken:
            del self._ids[each]
        return taken


class Rolling:
    """Keeps the members' list."""

    def __init__(
        self,
        store: MemberStore,
        people: Persons,
        wishes: Wishes,
        learners: Learners,
        runs: RunCounts,
        efforts: Efforts,
        touched: Touched,
        *,
        counting: Sequence[Counting] = (),
    ) -> None:
        self._store = store
        self._people = people
        self._wishes = wishes
        self._learners = learners
        self._runs = runs
        self._efforts = efforts
        self._touched = touched
        self._counting = counting

    async def tick(self, at: datetime) -> int:
        """Roll up whoever was touched since, and some of those whose turn comes by time; returns how many that were."""
        persons: dict[str, Person] = {}
        taken = self._touched.take(AT_ONCE)
        try:
            for each in taken:
                found = await self._who(each)
                persons |= {person.id: person for person in found}
            for member in await self._store.stale(at - ANEW, ANEW_AT_ONCE):
                known = await self._people.by_id(member.id)
                if known is None:
                    await self._store.forget(member)
                else:
                    persons.setdefault(known.id, known)
            for person in persons.values():
                await self._roll(person, at)
        except StoreTrouble:
            for each in taken:
                self._touched.note({"_id" if re.match("per_", each) else "userId": each})
            raise
        return len(persons)

    async def _who(self, touched: str) -> tuple[Person, ...]:
        if touched.startswith("per_"):
            person = await self._people.by_id(touched)
            return (person,) if person else ()
        return tuple(await self._people.of_user(touched))

    async def _roll(self, person: Person, at: datetime) -> None:
        asked = await self._wishes.of(person)
        wishes = asked or NudgePreferences(
            id="", person_id=person.id, organization_id=person.organization_id, changed_at=person.created_at
        )
        known = await self._learners.known(person, wishes, at)
        prompts, ran, logged = await self._runs.of(person), await self._efforts.ran(person), await self._efforts.logged(person)
        await self._store.keep(Member.rolled_up(known, at, prompts, ran=ran, logged=logged))
        for each in self._counting:
            await each.count(person, at)
