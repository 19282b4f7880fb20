"""What the ways into the dashboard ask of the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.home.dashboard_model import DashboardLink, DashboardSession
from core.people.model import Person


class DashboardStore(Protocol):
    """Links and sessions. A link or a session is found by its id alone by whoever holds its token, and by nobody else."""

    async def recent(self, person: Person, since: datetime) -> int:
        """How many links the person was given since then."""
        ...

    async def give(self, person: Person, link: DashboardLink) -> None:
        """Keep a link."""
        ...

    async def link(self, link_id: str) -> DashboardLink | None:
        """The link, or None."""
        ...

    async def use(self, link: DashboardLink, at: datetime) -> bool:
        """Let the link be used, once; False where it was used before."""
        ...

    async def open(self, person: Person, session: DashboardSession) -> None:
        """Keep a session."""
        ...

    async def session(self, session_id: str) -> DashboardSession | None:
        """The session, or None."""
        ...

    async def seen(self, session: DashboardSession, at: datetime, expires_at: datetime) -> None:
        """The session was used."""
        ...

    async def of(self, people: Sequence[Person]) -> Sequence[DashboardSession]:
        """Every session of these persons."""
        ...

    async def close(self, session: DashboardSession) -> None:
        """End the session."""
        ...

    async def close_all(self, people: Sequence[Person]) -> int:
        """End every session of these persons; returns how many there were."""
        ...
