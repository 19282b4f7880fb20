"""The agents as they are kept: those that come with the course, and those that people make."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, TypeAdapter

from core.record import Kept


class _AgentOfAnyKind(Kept):
    name: str
    description: str
    personality: str
    avatar_url: str
    tools: tuple[str, ...] = ()
    configuration: Mapping[str, str] = Field(default_factory=dict)
    last_active_time: datetime | None = None


class UserAgent(_AgentOfAnyKind):
    """An agent that a person made; `created_by` is their account."""

    kind: Literal["user_agent"] = "user_agent"
    created_by: str


class SystemAgent(_AgentOfAnyKind):
    """One of the twelve. Ours: `aliases`."""

    kind: Literal["system_agent"] = "system_agent"
    system_role: str
    base_instructions: str = ""
    aliases: tuple[str, ...] = ()


KeptAgent: TypeAlias = Annotated[UserAgent | SystemAgent, Field(discriminator="kind")]

_ANY_AGENT: TypeAdapter[KeptAgent] = TypeAdapter(KeptAgent)


def kept_agent(document: Mapping[str, object]) -> KeptAgent:
    """The agent that a document of the collection `agents` stands for."""
    return _ANY_AGENT.validate_python(document)
