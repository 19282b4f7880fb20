"""The agents in the record."""

from __future__ import annotations

from collections.abc import Sequence

from core.agents.model import SystemAgent
from persistence.documents import Database, Document


class AgentsRecord:
    """Implements `core.agents.ports.AgentStore`. System agents belong to everybody, hence no person in these methods."""

    def __init__(self, database: Database) -> None:
        self._agents = database.collection("agents")

    async def publish(self, agents: Sequence[SystemAgent]) -> int:
        """Keep those that changed as they are now; returns how many. Repeatable, and safe beside another."""
        kept = {str(each["_id"]): each for each in await self._agents.find({"_id": {"$in": [each.id for each in agents]}})}
        changed = [each for each in agents if not _is_so(each, kept.get(each.id, {}))]
        for agent in changed:
            fields = {name: value for name, value in agent.document().items() if name != "_id"}
            await self._agents.update({"_id": agent.id}, {"$set": fields}, upsert=True)
        return len(changed)

    async def by_system_role(self, role: str) -> SystemAgent | None:
        """The agent of that role, or None."""
        found = await self._agents.find_one({"systemRole": role, "kind": "system_agent"})
        return SystemAgent.of(found) if found else None


def _is_so(agent: SystemAgent, kept: Document) -> bool:
    """Whether the record says the same; what else it holds, such as when the agent last spoke, is no change."""
    wanted = agent.document()
    return all(kept.get(name) == (list(value) if isinstance(value, tuple) else value) for name, value in wanted.items())
