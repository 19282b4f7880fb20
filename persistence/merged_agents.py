"""The agents that somebody made under one account, brought to another."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from core.errors import AlreadyThere
from persistence.documents import Collection, Database, Document, Value


class AgentsMerge:
    """Moves them one by one: where both accounts have one of the same name, the newcomer gets a number behind it."""

    def __init__(self, database: Database) -> None:
        self._agents = database.collection("agents")

    async def merge(self, other: str, into: str) -> None:
        """Repeatable: what is moved already is not found any more."""
        for agent in await self._agents.find({"createdBy": other}):
            for number in count(1):
                if await _moved(self._agents, agent, other, _renamed(agent, into, number)):
                    break


def _renamed(agent: Document, into: str, number: int) -> Mapping[str, Value]:
    key = agent.get("nameKey")
    if not isinstance(key, str):
        return {"createdBy": into}
    behind = "" if number == 1 else str(number)
    name = f"{agent['name']} {behind}".strip()
    return {"createdBy": into, "name": name, "nameKey": f"{into}:{key.partition(':')[2]}{behind}"}


async def _moved(agents: Collection, agent: Document, other: str, fields: Mapping[str, Value]) -> bool:
    try:
        await agents.update({"_id": agent["_id"], "createdBy": other}, {"$set": fields})
    except AlreadyThere:
        return False
    return True
