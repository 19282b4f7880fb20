"""Saying to whoever joined by being in a channel, or on a list, which cohort they are in: once, with their first answer."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace

from core.cohort import first_views as views
from core.cohort.service import Cohorts
from core.people.model import Person
from core.people.service import People
from core.ports import Listener
from core.request import Said
from core.roles import COACHING, Role
from core.ui import Answer, Card, Ended, Live, Message, Update


class Telling:
    """Implements `core.ports.Listener` with those who answer: a card goes below the first answer in direct messages, so that
    nobody is written to for it.
    """

    def __init__(self, cohorts: Cohorts, people: People, listeners: Sequence[Listener]) -> None:
        """`listeners`: who may answer, the first of them first."""
        self._cohorts = cohorts
        self._people = people
        self._listeners = tuple(listeners)

    async def hear(self, said: Said, person: Person) -> Answer:
        """The first answer that there is, with the card where it was not shown yet."""
        for each in self._listeners:
            answer = await each.hear(said, person)
            if answer is not None:
                return await self._added(answer, said, person)
        return None

    async def _added(self, answer: Answer, said: Said, person: Person) -> Answer:
        """A form and a sign on words have no room for it: the next answer has."""
        if not person.untold or person.role in COACHING or not said.direct:
            return answer
        if not isinstance(answer, Message | Live) or (isinstance(answer, Message) and answer.reaction):
            return answer
        now = await self._people.by_id(person.id)
        own = await self._cohorts.of(now) if now else None
        if now is None or own is None or own.archived_at is not None or not now.untold:
            return answer  # they joined by the code meanwhile, which was answered with the same
        card = views.told_first(own, said.at.astimezone(now.zone).date(), await self._coaches(now, own.id))
        if isinstance(answer, Live):
            return replace(answer, updates=self._growing(answer, card, now))
        await self._people.told_of_cohort(now)
        return replace(answer, cards=(*answer.cards, card))

    async def _growing(self, answer: Live, card: Card, person: Person) -> AsyncGenerator[Update, None]:
        """The same with the card behind what the first who speaks says; one that breaks off before has told nothing."""
        told = False
        try:
            async for update in answer.updates:
                if isinstance(update, Ended) and not told:
                    told = True
                    await self._people.told_of_cohort(person)
                    yield Ended(replace(update.message, cards=(*update.message.cards, card)))
                else:
                    yield update
        finally:
            await answer.updates.aclose()

    async def _coaches(self, person: Person, cohort_id: str) -> list[str]:
        """Who looks after the cohort, by name; where nobody does, all who coach and are no Admins."""
        there = await self._people.coaches(person)
        own = [each for each in there if each.cohort_id == cohort_id] or [each for each in there if each.role is Role.COACH]
        return [each.name for each in own]
