"""Links to the dashboard and the sessions of browsers, in the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.home.dashboard_model import DashboardLink, DashboardSession
from core.people.model import Person
from persistence.documents import Database


class DashboardRecord:
    """Implements `core.home.dashboard_ports.DashboardStore`."""

    def __init__(self, database: Database) -> None:
        self._links = database.collection("dashboardLinks")
        self._sessions = database.collection("dashboardSessions")

    async def recent(self, person: Person, since: datetime) -> int:
        """How many links the person was given since then."""
        return await self._links.count({"personId": person.id, "createdAt": {"$gte": since}})

    async def give(self, person: Person, link: DashboardLink) -> None:
        """Keep a link."""
        await self._links.insert(link.model_copy(update={"person_id": person.id}).document())

    async def link(self, link_id: str) -> DashboardLink | None:
        """The link, or None."""
        found = await self._links.find_one({"_id": link_id})
        return DashboardLink.of(found) if found else None

    async def use(self, link: DashboardLink, at: datetime) -> bool:
        """Let the link be used, once; False where it was used before."""
        return await self._links.update({"_id": link.id, "usedAt": None}, {"$set": {"usedAt": at}}) is not None

    async def open(self, person: Person, session: DashboardSession) -> None:
        """Keep a session."""
        await self._sessions.insert(session.model_copy(update={"person_id": person.id}).document())

    async def session(self, session_id: str) -> DashboardSession | None:
        """The session, or None."""
        found = await self._sessions.find_one({"_id": session_id})
        return DashboardSession.of(found) if found else None

    async def seen(self, session: DashboardSession, at: datetime, expires_at: datetime) -> None:
        """The session was used."""
        await self._sessions.update({"_id": session.id}, {"$max": {"seenAt": at, "expiresAt": expires_at}})

    async def of(self, people: Sequence[Person]) -> Sequence[DashboardSession]:
        """Every session of these persons."""
        found = await self._sessions.find({"personId": {"$in": [each.id for each in people]}})
        return [DashboardSession.of(each) for each in found]

    async def close(self, session: DashboardSession) -> None:
        """End the session."""
        await self._sessions.delete({"_id": session.id})

    async def close_all(self, people: Sequence[Person]) -> int:
        """End every session of these persons; returns how many there were."""
        return await self._sessions.delete({"personId": {"$in": [each.id for each in people]}})
