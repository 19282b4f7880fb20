"""An agent of the course, as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from core.agents.mentions import Called
from core.agents.model import SystemAgent
from core.ui import Speaker

Role = Literal[
    "Director",
    "Sage",
    "Teacher",
    "Writer",
    "Marketer",
    "SEO",
    "Researcher",
    "Connector",
    "Seller",
    "MediaBuyer",
    "Advocate",
    "Guide",
]
ROLES: tuple[Role, ...] = get_args(Role)
"""The schema's system roles, in the order in which they are shown; the first leads."""


@dataclass(frozen=True, slots=True)
class Agent:
    """One of the twelve. `avatar` is the name of a file beside its own, `emoji` what stands for it where no picture can be shown;
    `hands_over` says to whom, and when.
    """

    role: Role
    name: str
    description: str
    personality: str = ""
    instructions: str = field(default="", repr=False)
    aliases: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    hands_over: Mapping[Role, str] = field(default_factory=dict)
    avatar: str = ""
    emoji: str = ""

    @property
    def id(self) -> str:
        """Its id in the record: always the same, so that publishing it twice keeps one."""
        return f"agt_{self.role.lower()}"

    @property
    def speaker(self) -> Speaker:
        """Name and face."""
        return Speaker(self.name, self.avatar, self.emoji)

    @property
    def names(self) -> tuple[Called[Agent], ...]:
        """Whatever it answers to. Aliases are ordinary words, so that near misses of them are not guessed at."""
        own = (Called(self.name, self), Called(self.role, self))
        return (*own, *(Called(alias, self, guessed=False) for alias in self.aliases))

    def kept(self) -> SystemAgent:
        """This agent as a document of the record."""
        return SystemAgent(
            id=self.id,
            name=self.name,
            description=self.description,
            personality=self.personality,
            avatar_url=self.avatar,
            tools=self.tools,
            configuration={"emoji": self.emoji} if self.emoji else {},
            system_role=self.role,
            base_instructions=self.instructions,
            aliases=self.aliases,
        )
