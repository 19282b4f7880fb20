"""The agents in the record."""

from __future__ import annotations

from collections.abc import Sequence

from core.agents.model import SystemAgent
from persistence.documents import Database


class AgentsRecord:
    """Implements `core.agents.ports.AgentStore`. System agents belong to everybody, hence no person in these methods."""

    def __init__(self, database: Database) -> None:
        self._agents = database.collection("agents")

    async def publish(self, agents: Sequence[SystemAgent]) -> None:
        """Keep them as they are now, in place of what was kept before. Repeatable."""
        for agent in agents:
            fields = {name: value for name, value in agent.document().items() if name != "_id"}
            await self._agents.update({"_id": agent.id}, {"$set": fields}, upsert=True)

    async def by_system_role(self, role: str) -> SystemAgent | None:
        """The agent of that role, or None."""
        found = await self._agents.find_one({"systemRole": role, "kind": "system_agent"})
        return SystemAgent.of(found) if found else None
