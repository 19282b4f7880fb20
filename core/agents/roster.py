"""The twelve agents of the course, read from its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from pydantic import Field

from core.agents.agent import ROLES, Agent, CourseAgent, Role, id_of
from core.agents.cast import Cast, bare
from core.agents.letters import fold
from core.agents.mentions import Found
from core.agents.ports import AgentStore
from core.contents import Flaw, Flawed, Renewable, Written, read_markdown, shown
from core.links import CourseLinks, links_of
from core.people.model import Person

HOUSE = "_house.md"
"""The rules that all agents keep; files whose name begins with `_` are nobody's."""


class WrittenAgent(Written):
    """An agent's file: its head and its text."""

    role: Role
    name: str = Field(min_length=1, max_length=80)
    aliases: tuple[str, ...] = ()
    emoji: str = Field(default="", pattern=r"^[a-z0-9_+-]{0,40}$")
    description: str = Field(min_length=1)
    personality: str = Field(min_length=1)
    tools: tuple[str, ...] = ()
    hands_over: Mapping[Role, str] = Field(default_factory=dict)
    instructions: str = Field(min_length=1)


class Roster(Renewable):
    """The agents by every name they answer to.

    Raises:
        Flawed: two agents answer to one name, a role of the twelve is missing or there twice.
    """

    def __init__(self, agents: Iterable[CourseAgent], house: str = "", links: CourseLinks = frozenset) -> None:
        """`links` are those of the course, which its agents may show."""
        self.agents = tuple(sorted(agents, key=lambda agent: ROLES.index(agent.role)))
        self.house = house
        self.links = links
        flaws = [*_missing(self.agents), *_collisions(self.agents)]
        if flaws:
            raise Flawed(flaws)
        self._by_name = {fold(each.name): agent for agent in self.agents for each in agent.names}

    @property
    def director(self) -> CourseAgent:
        """Who answers where nobody else is asked."""
        return self.agents[0]

    @cached_property
    def alone(self) -> Cast:
        """The twelve, as those who answer somebody who has no others."""
        return Cast(self.agents, house=self.house, links=self.links)

    async def cast(self, person: Person) -> Cast:
        """Implements `core.agents.cast.Casting`: the twelve answer everybody."""
        return self.alone

    async def whole(self, person: Person, agent: Agent) -> Agent | None:
        """The agent as it is."""
        return agent

    def find(self, text: str) -> Found[Agent]:
        """The agents whom the text calls."""
        return self.alone.find(text)

    def named(self, name: str) -> CourseAgent:
        """The agent who answers to the name, whatever its case, with or without the sign.

        Raises:
            NotFound: nobody does.
        """
        return self._by_name.get(bare(name)) or self.alone.refuse(name)

    async def publish(self, store: AgentStore) -> int:
        """Keep the agents in the record, as they are now; returns how many had changed. Repeatable."""
        return await store.publish([agent.kept() for agent in self.agents])


def read_roster(folder: Path) -> Roster:
    """The agents whose files lie in the folder `agents` of the course.

    Raises:
        Flawed: with every mistake in the files.
    """
    agents = []
    flaws: list[Flaw] = []
    for path in sorted(folder.glob("*.md")):
        if path.name.startswith("_"):
            continue
        try:
            agents.append(_agent(path))
        except Flawed as flawed:
            flaws += flawed.flaws
    if flaws:
        raise Flawed(flaws)
    return Roster(agents, _house(folder / HOUSE), links_of(folder.parent))


def _agent(path: Path) -> CourseAgent:
    written = read_markdown(path, WrittenAgent, "instructions")
    avatar = f"{path.stem}.svg"
    if not path.with_name(avatar).is_file():
        raise Flawed([Flaw(shown(path), 0, f"its face is missing: {avatar}")])
    return CourseAgent(
        id=id_of(written.role),
        role=written.role,
        name=written.name,
        description=written.description,
        personality=written.personality,
        instructions=written.instructions,
        aliases=written.aliases,
        tools=written.tools,
        hands_over=written.hands_over,
        avatar=avatar,
        emoji=written.emoji,
    )


def _house(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as trouble:
        raise Flawed([Flaw(shown(path), 0, f"cannot be read: {trouble}")]) from trouble


def _missing(agents: tuple[CourseAgent, ...]) -> Iterator[Flaw]:
    roles = [agent.role for agent in agents]
    for role in ROLES:
        if roles.count(role) != 1:
            yield Flaw("agents", 0, f"{role} is {'missing' if role not in roles else 'there more than once'}")


def _collisions(agents: tuple[CourseAgent, ...]) -> Iterator[Flaw]:
    owners: dict[str, CourseAgent] = {}
    for agent in agents:
        for each in agent.names:
            key = fold(each.name)
            owner = owners.setdefault(key, agent)
            if not key:
                yield Flaw(f"{agent.role.lower()}.md", 0, "a name or alias is empty")
            elif owner != agent:
                yield Flaw(f"{agent.role.lower()}.md", 0, f"“{each.name}” is a name of {owner.name} already")
