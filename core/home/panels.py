"""The cards of the home page."""

from __future__ import annotations

from datetime import datetime

from core.assets.service import Assets
from core.course.service import Progress
from core.course.steps import Step
from core.course.views import next_card
from core.foundation.service import Foundations
from core.home.model import Opener
from core.people.model import Person
from core.ui import Button, Buttons, Call, Card, Facts, Meter

RECENT = 3


class NextStep:
    """Where I am, and what is next."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    async def card(self, person: Person, at: datetime) -> Card:
        """The current module, its next item and why, with the buttons that lead there."""
        return next_card(await self._progress.place(person))


class Beginning:
    """Ways to begin a conversation."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    async def openers(self, person: Person) -> tuple[Opener, ...]:
        """Where I am, the step that I am in, and what the agents can do."""
        place = await self._progress.place(person)
        step = place.current.module.step if place.current else Step.SHARE
        own = (
            Opener("Help me with my Foundation", "@Teacher which cell of my Foundation comes next, and what makes it good?")
            if place.foundation_first or step is Step.FOUNDATION
            else Opener(f"Draft something for {step}", f"@Writer draft something for {step} that I could use today")
        )
        return (
            Opener("Where am I?", "@Guide where am I, and what comes next?"),
            Opener(f"Explain {step}", f"@Teacher explain {step} with an example from my kind of shop"),
            own,
            Opener("What can you do?", "@Director what can you and the others do for me?"),
        )


class FoundationMeters:
    """How full the Foundation is."""

    def __init__(self, foundations: Foundations) -> None:
        self._foundations = foundations

    async def card(self, person: Person, at: datetime) -> Card:
        """A meter for each grid."""
        shares = self._foundations.shares(await self._foundations.of(person, at))
        meters = tuple(Meter(each.grid.title, len(each.filled), len(each.grid.cells)) for each in shares)
        see = Button("Open it", Call("foundation show"))
        ask = Button("Interview me", Call("foundation interview"), primary=True)
        is_full = all(not each.missing for each in shares)
        return Card("Your Foundation", (*meters, Buttons((see,) if is_full else (ask, see))))


class RecentAssets:
    """What was kept last."""

    def __init__(self, assets: Assets) -> None:
        self._assets = assets

    async def card(self, person: Person, at: datetime) -> Card | None:
        """The newest assets; nothing before the first."""
        entries = await self._assets.of(person)
        if not entries:
            return None
        rows = tuple((f"{each.number}. {each.heading.title}", each.heading.status.value) for each in entries[:RECENT])
        return Card("Kept last", (Facts(rows), Buttons((Button("All my assets", Call("assets list")),))))
