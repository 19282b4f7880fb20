"""The home page, drawn from the panels of the features."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.cohort.panel import Following
from core.home.model import Opener
from core.home.ports import Beginnings, Panel, Students
from core.people.model import Person
from core.roles import COACHING
from core.ui import Card, Page

OPENERS_AT_MOST = 4
NIGHT, MORNING, AFTERNOON, EVENING = 23, 5, 12, 18
"""The hours, local, from which a greeting is another."""


class Home:
    """Where someone stands, what is next, and the way to each."""

    def __init__(
        self,
        following: Following,
        panels: Sequence[Panel],
        beginnings: Beginnings,
        students: Students | None = None,
        coaching: Sequence[Panel] = (),
    ) -> None:
        """`following` stands first for students, before the `panels`; `students` and `coaching` stand first for those who coach,
        and alone until they begin the course themselves.
        """
        self._following = following
        self._panels = (following, *panels)
        self._beginnings = beginnings
        self._students = students
        self._coaching = tuple(coaching)

    async def page(self, person: Person, at: datetime) -> Page:
        """The person's page."""
        greeting = _greeting(at.astimezone(person.zone).hour)
        cards = [await panel.card(person, at) for panel in await self._for(person, at)]
        return Page(f"{greeting}, {person.name}", tuple(card for card in cards if card))

    async def following(self, person: Person, at: datetime) -> Card:
        """The card that says what comes next for the person."""
        return await self._following.card(person, at)

    async def _for(self, person: Person, at: datetime) -> Sequence[Panel]:
        """Whoever may coach and has nobody to coach yet begins a cohort, or is, as the one person at a terminal, a student."""
        if self._students is None or person.role not in COACHING:
            return self._panels
        if not await self._students.looks_after(person, at):
            return (self._students, *self._panels)
        begun = await self._beginnings.begun(person)
        others = tuple(each for each in self._panels if each not in self._coaching) if begun else ()
        return (self._students, *self._coaching, *others)

    async def openers(self, person: Person) -> tuple[Opener, ...]:
        """Ways to begin a conversation, the best first, at most four: Slack shows no more."""
        return tuple(await self._beginnings.openers(person))[:OPENERS_AT_MOST]

    async def suggested(self, person: Person) -> frozenset[str]:
        """The words of those ways, as they are sent for the person who presses one."""
        return frozenset(each.words for each in await self.openers(person))


def _greeting(hour: int) -> str:
    """What is said at that hour of the person's day. At night it is nobody's morning yet, and good night is no greeting."""
    if not MORNING <= hour < NIGHT:
        return "Hello"
    return "Good morning" if hour < AFTERNOON else "Good afternoon" if hour < EVENING else "Good evening"
