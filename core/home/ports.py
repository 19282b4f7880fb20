"""What the home page asks of the features that it shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.home.model import Opener
from core.people.model import Person
from core.ui import Card


class Panel(Protocol):
    """One card of the page."""

    async def card(self, person: Person, at: datetime) -> Card | None:
        """The card for this person, or None where there is nothing to show yet."""
        ...


class Beginnings(Protocol):
    """Ways to begin a conversation."""

    async def openers(self, person: Person) -> Sequence[Opener]:
        """Those that fit where the person is, the best first."""
        ...

    async def begun(self, person: Person) -> bool:
        """Whether the person has done anything of the course."""
        ...


class Students(Panel, Protocol):
    """The card that says how a coach's students are."""

    async def looks_after(self, person: Person, at: datetime) -> bool:
        """Whether the person has a cohort or students."""
        ...
