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


Sharing: TypeAlias = Literal["private", "asked", "shared", "off"]
"""How far others may call an agent that a person made: "asked" waits for a coach, "off" answers nobody, by a coach's word."""


ModelSize: TypeAlias = Literal["large", "small"]


class UserAgent(_AgentOfAnyKind):
    """An agent that a person made; `created_by` is their account.

    Ours: `base_instructions`, as system agents have them; `organization_id`, in which it was made or is shared, and `sharing`;
    `shared_by`, the person who asked for that; `version`, one more with each change, so that a coach approves what they read.
    `name_key` and `shared_key` let a name exist once for each maker, and once among what an organization shares.
    `configuration` has the `emoji`, and the `model` that answers for it: "large" or "small".
    """

    kind: Literal["user_agent"] = "user_agent"
    created_by: str
    base_instructions: str = ""
    organization_id: str | None = None
    sharing: Sharing = "private"
    shared_by: str | None = None
    version: int = 1
    name_key: str | None = None
    shared_key: str | None = None

    @property
    def emoji(self) -> str:
        """Its face where no picture can be shown."""
        return self.configuration.get("emoji", "")

    @property
    def model(self) -> ModelSize:
        """Which of the two models answers for it."""
        return "small" if self.configuration.get("model") == "small" else "large"


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
