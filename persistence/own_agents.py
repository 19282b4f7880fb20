"""The agents that people make, in the record."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from core.agents.model import Sharing, UserAgent, kept_agent
from core.people.model import Person
from persistence.documents import Change, Database, Document, Filter

KIND = "user_agent"
HEAD = ("kind", "name", "description", "avatarUrl", "tools", "configuration", "createdBy", "organizationId", "sharing", "version")
"""What is needed to show and to call them."""
OWN_AT_MOST, SHARED_AT_MOST, REVIEWED_AT_MOST = 50, 100, 200
REVIEWED: tuple[Sharing, ...] = ("asked", "shared", "off")


class OwnAgentsRecord:
    """Implements `core.agents.ports.OwnAgentStore`."""

    def __init__(self, database: Database) -> None:
        self._agents = database.collection("agents")

    async def add(self, person: Person, agent: UserAgent) -> None:
        """Keep a new agent of the person's."""
        mine = agent.model_copy(update={"created_by": person.user_id, "organization_id": person.organization_id})
        await self._agents.insert(mine.document())

    async def named(self, person: Person, name_key: str) -> UserAgent | None:
        """The person's own agent with this key of its name, or None."""
        return _user_agent(await self._agents.find_one({"nameKey": name_key, "createdBy": person.user_id}))

    async def callable_by(self, person: Person) -> Sequence[UserAgent]:
        """The person's own agents and those that their organization shares, oldest first: their heads alone."""
        own: Filter = {"createdBy": person.user_id, "kind": KIND}
        shared: Filter = {"organizationId": person.organization_id, "sharing": "shared"}
        found = await self._agents.find(own, limit=OWN_AT_MOST, fields=HEAD)
        found += await self._agents.find(shared, limit=SHARED_AT_MOST, fields=HEAD)
        return _oldest_first([{"personality": "", **each} for each in found])

    async def find(self, person: Person, agent_id: str) -> UserAgent | None:
        """The agent, if it is the person's own or their organization shares it, or None."""
        shared: Filter = {"organizationId": person.organization_id, "sharing": "shared"}
        mine: Filter = {"_id": agent_id, "$or": [{"createdBy": person.user_id}, shared]}
        return _user_agent(await self._agents.find_one(mine))

    async def own(self, person: Person, agent_id: str) -> UserAgent | None:
        """The person's own agent, or None."""
        return _user_agent(await self._agents.find_one(_own(person, agent_id)))

    async def change(self, person: Person, agent: UserAgent, seen: int) -> UserAgent | None:
        """Keep the person's own agent as it is now, if nobody changed it since version `seen`; None where somebody did."""
        document = {name: value for name, value in agent.document().items() if name not in ("_id", "createdBy", "kind")}
        change: Change = {"$set": document, **({} if agent.shared_key else {"$unset": {"sharedKey": ""}})}
        kept = _user_agent(await self._agents.update({**_own(person, agent.id), "version": seen}, change))
        return kept or await self._same(person, agent)

    async def _same(self, person: Person, agent: UserAgent) -> UserAgent | None:
        """The agent as it is kept, if it is so already: an earlier try of this change may have had no answer."""
        kept = await self.own(person, agent.id)
        return kept if kept and kept == agent.model_copy(update={"created_by": person.user_id}) else None

    async def delete(self, person: Person, agent_id: str) -> bool:
        """Remove the person's own agent; False where there is none."""
        return await self._agents.delete(_own(person, agent_id)) > 0

    async def for_review(self, organization_id: str) -> Sequence[UserAgent]:
        """What the organization shares, is asked to share, or has switched off, oldest first."""
        where: Filter = {"organizationId": organization_id, "sharing": {"$in": list(REVIEWED)}}
        return _oldest_first(await self._agents.find(where, limit=REVIEWED_AT_MOST))

    async def judge(
        self, organization_id: str, agent_id: str, *, version: int, out_of: Collection[Sharing], to: Sharing
    ) -> UserAgent | None:
        """Share, refuse or switch off an agent that is in one of these states at this version; None where it is not."""
        states = [each for each in REVIEWED if each in out_of]
        asked: Filter = {"_id": agent_id, "organizationId": organization_id, "version": version, "sharing": {"$in": states}}
        change: Change = {"$set": {"sharing": to}, **({"$unset": {"sharedKey": ""}} if to == "private" else {})}
        return _user_agent(await self._agents.update(asked, change))


def _own(person: Person, agent_id: str) -> dict[str, str]:
    return {"_id": agent_id, "createdBy": person.user_id, "kind": KIND}


def _user_agent(found: Document | None) -> UserAgent | None:
    agent = kept_agent(found) if found else None
    return agent if isinstance(agent, UserAgent) else None


def _oldest_first(found: Sequence[Document]) -> Sequence[UserAgent]:
    """Each once; ids begin with the time at which they were made."""
    each = {str(document["_id"]): UserAgent.of(document) for document in found}
    return [each[key] for key in sorted(each)]
