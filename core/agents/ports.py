"""What the agents feature asks of the record."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from core.agents.model import Sharing, SystemAgent, UserAgent
from core.people.model import Person


class AgentStore(Protocol):
    """The agents that every organization has."""

    async def publish(self, agents: Sequence[SystemAgent]) -> int:
        """Keep those that changed as they are now; returns how many. Repeatable."""
        ...

    async def by_system_role(self, role: str) -> SystemAgent | None:
        """The agent of that role, or None."""
        ...


class OwnAgentStore(Protocol):
    """The agents that people make. A maker has them wherever their account is; others only what their organization shares."""

    async def add(self, person: Person, agent: UserAgent) -> None:
        """Keep a new agent of the person's.

        Raises:
            AlreadyThere: they have one of that name.
        """
        ...

    async def named(self, person: Person, name_key: str) -> UserAgent | None:
        """The person's own agent with this key of its name, or None."""
        ...

    async def callable_by(self, person: Person) -> Sequence[UserAgent]:
        """The person's own agents and those that their organization shares, oldest first; without what they are told."""
        ...

    async def find(self, person: Person, agent_id: str) -> UserAgent | None:
        """The agent, if it is the person's own or their organization shares it, or None."""
        ...

    async def own(self, person: Person, agent_id: str) -> UserAgent | None:
        """The person's own agent, or None."""
        ...

    async def change(self, person: Person, agent: UserAgent, seen: int) -> UserAgent | None:
        """Keep the person's own agent as it is now, if nobody changed it since version `seen`; None where somebody did.

        Raises:
            AlreadyThere: its name is taken, among the person's own or among what the organization shares.
        """
        ...

    async def delete(self, person: Person, agent_id: str) -> bool:
        """Remove the person's own agent; False where there is none."""
        ...

    async def for_review(self, organization_id: str) -> Sequence[UserAgent]:
        """What the organization shares, is asked to share, or has switched off, oldest first."""
        ...

    async def judge(
        self, organization_id: str, agent_id: str, *, version: int, out_of: Collection[Sharing], to: Sharing
    ) -> UserAgent | None:
        """Share, refuse or switch off an agent that is in one of these states at this version; None where it is not."""
        ...


class Coaches(Protocol):
    """Who coaches, and who somebody is."""

    async def by_id(self, person_id: str) -> Person | None:
        """The person with this id of ours, or None."""
        ...

    async def coaches(self, organization_id: str) -> Sequence[Person]:
        """Those who coach in the organization."""
        ...
