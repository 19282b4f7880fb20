"""Who answers one person: the twelve, and the agents of their own or of their cohort that they may call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn, Protocol

from core.agents.agent import Agent
from core.agents.letters import fold
from core.agents.mentions import CALLS, Found, Names
from core.errors import NotFound
from core.links import CourseLinks
from core.people.model import Person


class Cast:
    """The agents by every name they answer to. Of two who answer to one name the first counts, and the twelve come first."""

    def __init__(
        self, agents: Sequence[Agent], own: Sequence[Agent] = (), house: str = "", links: CourseLinks = frozenset
    ) -> None:
        """`agents` are the twelve, of whom the first leads; `house` are the rules that all of them keep, `links` those of the
        course, which any of them may show.
        """
        self.director = agents[0]
        self.house, self.links = house, links
        taken = {fold(each.name) for agent in agents for each in agent.names}
        self.agents = (*agents, *(agent for agent in own if not taking(agent.name, taken)))
        self._by_id = {agent.id: agent for agent in self.agents}
        self._by_name: dict[str, Agent] = {}
        for agent in self.agents:
            for each in agent.names:
                self._by_name.setdefault(fold(each.name), agent)
        self._names = Names(each for agent in self.agents for each in agent.names)

    def find(self, text: str) -> Found[Agent]:
        """The agents whom the text calls."""
        return self._names.find(text)

    def by_id(self, agent_id: str) -> Agent | None:
        """The agent with this id in the record, or None."""
        return self._by_id.get(agent_id)

    def named(self, name: str) -> Agent:
        """The agent with this id, or who answers to the name, whatever its case, with or without the sign.

        Raises:
            NotFound: nobody does.
        """
        return self._by_id.get(name) or self._by_name.get(bare(name)) or self.refuse(name)

    def refuse(self, name: str) -> NoReturn:
        """Say that nobody answers to the name, and who nearly does."""
        near = self.find(f"@{name.lstrip(f'{CALLS} ')}").near
        hint = f"Did you mean {near[0].name}?" if near else "/agents lists all there are."
        raise NotFound(f"There is no agent called {name.strip()}. {hint}")


class Casting(Protocol):
    """Says who answers somebody."""

    @property
    def alone(self) -> Cast:
        """The twelve, who answer everybody."""
        ...

    async def cast(self, person: Person) -> Cast:
        """Those who answer this person, as they are now; of the agents that people made, only what is needed to call them."""
        ...

    async def whole(self, person: Person, agent: Agent) -> Agent | None:
        """The agent with all that it is told, or None where it answers this person no more."""
        ...


def bare(name: str) -> str:
    """A name as it is compared, without the sign before it."""
    return fold(name.lstrip(f"{CALLS} "))


def taking(name: str, taken: set[str]) -> str:
    """Which of the names that are taken (folded) somebody would not be called by any more, if this name were another's; or ""."""
    words = fold(name).split(" ")
    heads = (" ".join(words[:count]) for count in range(1, len(words) + 1))
    return next((head for head in heads if head in taken), "")
