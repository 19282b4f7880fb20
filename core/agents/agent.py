"""An agent, as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args
from urllib.parse import quote_plus

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Somebody who answers: one of the twelve, or one that a person made.

    `avatar` is the name of a file beside the course's agents, `emoji` what stands for it where no picture can be shown.
    `hands_over` says to whom, and when.
    """

    id: str
    name: str
    description: str
    personality: str = field(default="", repr=False)
    instructions: str = field(default="", repr=False)
    aliases: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    hands_over: Mapping[Role, str] = field(default_factory=dict)
    avatar: str = ""
    emoji: str = ""
    small: bool = False
    """Whether the small model answers for it."""
    own: bool = False
    """Whether a person made it: its words stand below ours."""

    @property
    def speaker(self) -> Speaker:
        """Name and face."""
        return Speaker(self.name, self.avatar, self.emoji)

    @property
    def reference(self) -> str:
        """What a button names it by: short enough to be carried, whatever letters its name has."""
        return self.id if self.own and len(quote_plus(self.name)) > len(self.id) else self.name

    @property
    def names(self) -> tuple[Called[Agent], ...]:
        """Whatever it answers to. Aliases are ordinary words, so that near misses of them are not guessed at."""
        return (*(Called(each, self) for each in self.titles), *(Called(each, self, guessed=False) for each in self.aliases))

    @property
    def titles(self) -> tuple[str, ...]:
        """The names that are its own."""
        return (self.name,)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseAgent(Agent):
    """One of the twelve."""

    role: Role

    @property
    def titles(self) -> tuple[str, ...]:
        """Its role too."""
        return (self.name, self.role)

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


def id_of(role: Role) -> str:
    """The id of a role's agent in the record: always the same, so that publishing it twice keeps one."""
    return f"agt_{role.lower()}"
