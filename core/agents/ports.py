"""What the agents feature asks of the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from core.agents.model import SystemAgent


class AgentStore(Protocol):
    """The agents that every organization has."""

    async def publish(self, agents: Sequence[SystemAgent]) -> int:
        """Keep those that changed as they are now; returns how many. Repeatable."""
        ...

    async def by_system_role(self, role: str) -> SystemAgent | None:
        """The agent of that role, or None."""
        ...
