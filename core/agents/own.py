"""The agents that people make: made, changed, copied and deleted by their makers, and called like the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

from core.agents.agent import Agent
from core.agents.cast import Cast
from core.agents.faces import face
from core.agents.listed import Order, found_by, in_order
from core.agents.model import ModelSize, UserAgent
from core.agents.naming import check, skeleton
from core.agents.ports import OwnAgentStore
from core.agents.reading import allowed
from core.agents.roster import Roster
from core.errors import AlreadyThere, Changed, NotFound, Refusal
from core.ids import new_id
from core.people.model import Person

log = structlog.get_logger()

OWN_AT_MOST = 20
DESCRIPTION_AT_MOST = 200
PERSONALITY_AT_MOST = 500
INSTRUCTIONS_AT_MOST = 3_000


class NameTaken(Refusal):
    """You have an agent of that name already. Choose another name."""


class TooMany(Refusal):
    """You have as many agents as one person may have. Delete one that you do not need: /agents shows them."""


class NotYourAgent(NotFound):
    """That is not an agent of yours. /agents shows those that are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person wants an agent to be."""

    name: str
    description: str = field(repr=False)
    personality: str = field(repr=False)
    instructions: str = field(repr=False)
    face: str
    model: ModelSize
    tools: tuple[str, ...]


class OwnAgents:
    """The agents that people make. Implements `core.agents.cast.Casting`."""

    def __init__(self, roster: Roster, store: OwnAgentStore) -> None:
        self.roster = roster
        self._store = store

    @property
    def alone(self) -> Cast:
        """The twelve, who answer everybody."""
        return self.roster.alone

    async def cast(self, person: Person) -> Cast:
        """The twelve, then the person's own agents, then what their cohort shares; without what is told to them."""
        others = [each for each in await self.all(person) if each.sharing != "off"]
        if not others:
            return self.roster.alone
        own, roster = [as_agent(each) for each in others], self.roster
        return Cast(roster.agents, own, house=roster.house, links=roster.links)

    async def whole(self, person: Person, agent: Agent) -> Agent | None:
        """The agent with all that it is told, or None where it answers this person no more."""
        if not agent.own:
            return agent
        kept = await self._store.find(person, agent.id)
        return as_agent(kept) if kept and kept.sharing != "off" else None

    async def all(self, person: Person) -> Sequence[UserAgent]:
        """The person's own agents, then those that their cohort shares, without personality and instructions."""
        return sorted(await self._store.callable_by(person), key=lambda each: each.created_by != person.user_id)

    async def listed(self, person: Person, search: str = "", order: Order = Order.MINE) -> Sequence[UserAgent]:
        """The same that hold the searched words in their name or what they are for; in memory, as all are read to be called."""
        return in_order(found_by(await self.all(person), search), order)

    async def show(self, person: Person, which: str) -> UserAgent:
        """The agent whole, by its name or id: the person's own, or one that their cohort shares.

        Raises:
            NotYourAgent: there is none.
        """
        found = await self._store.find(person, await self._id(person, which))
        if found is None:
            raise NotYourAgent()
        return found

    async def own(self, person: Person, which: str) -> UserAgent:
        """The person's own agent whole, by its name or id.

        Raises:
            NotYourAgent: there is none.
        """
        found = await self._store.own(person, await self._id(person, which))
        if found is None:
            raise NotYourAgent()
        return found

    async def calls(self, person: Person, words: str) -> bool:
        """Whether the words call an agent that answers this person."""
        return bool((await self.cast(person)).find(words).mentions)

    async def create(self, person: Person, wanted: Wanted) -> UserAgent:
        """Keep a new agent. The same one sent twice is one.

        Raises:
            NotAName: it cannot be called so.
            NameTaken: the person has one of that name.
            TooMany: they have as many as they may.
        """
        mine = [each for each in await self._store.callable_by(person) if each.created_by == person.user_id]
        made = self._as_wanted(
            UserAgent(id=new_id("agt"), name="", description="", personality="", avatar_url="", created_by=person.user_id),
            person,
            wanted,
        )
        if len(mine) >= OWN_AT_MOST:
            raise TooMany()
        try:
            await self._store.add(person, made)
        except AlreadyThere:
            there = await self._store.named(person, made.name_key or "")
            if there is None or _told(there) != _told(made):
                raise NameTaken() from None
            return there
        log.info("agent created", agent=made.id)
        return made

    async def edit(self, person: Person, agent_id: str, wanted: Wanted, seen: int) -> UserAgent:
        """Keep it as it is wanted now. What others could call goes back to its maker: a coach approves what they have read.

        Raises:
            NotAName, NameTaken: as in `create`.
            Changed: it was changed since version `seen`.
            NotYourAgent: it is not the person's, or gone.
        """
        agent = await self.own(person, agent_id)
        changed = self._as_wanted(agent, person, wanted).model_copy(update={"version": seen + 1})
        if agent.sharing != "off":
            changed = changed.model_copy(update={"sharing": "private", "shared_key": None})
        try:
            kept = await self._store.change(person, changed, seen)
        except AlreadyThere:
            raise NameTaken() from None
        if kept is None:
            raise Changed()
        log.info("agent changed", agent=agent.id)
        return kept

    async def delete(self, person: Person, agent_id: str) -> None:
        """Remove it; what it said stays where it was said, under its name.

        Raises:
            NotYourAgent: it is not the person's, or gone.
        """
        if not await self._store.delete(person, agent_id):
            raise NotYourAgent()
        log.info("agent deleted", agent=agent_id)

    def _as_wanted(self, agent: UserAgent, person: Person, wanted: Wanted) -> UserAgent:
        name = check(wanted.name, (each.name for agent in self.roster.agents for each in agent.names))
        chosen = face(wanted.face)
        return agent.model_copy(
            update={
                "name": name,
                "name_key": f"{person.user_id}:{skeleton(name)}",
                "description": " ".join(wanted.description.split()),
                "personality": wanted.personality.strip(),
                "base_instructions": wanted.instructions.strip(),
                "avatar_url": chosen.avatar,
                "configuration": {**agent.configuration, "emoji": chosen.emoji, "model": wanted.model},
                "tools": allowed(wanted.tools),
                "organization_id": agent.organization_id or person.organization_id,
            }
        )

    async def _id(self, person: Person, which: str) -> str:
        """The id that a name or an id stands for; those that are switched off are found too."""
        wanted = skeleton(which)
        return next((each.id for each in await self.all(person) if skeleton(each.name) == wanted), which)


def as_agent(kept: UserAgent) -> Agent:
    """The agent as the conversation knows it: with no other tool than such an agent may have, whatever is kept."""
    return Agent(
        id=kept.id,
        name=kept.name,
        description=kept.description,
        personality=kept.personality,
        instructions=kept.base_instructions,
        tools=allowed(kept.tools),
        avatar=kept.avatar_url,
        emoji=kept.emoji,
        small=kept.model == "small",
        own=True,
    )


def _told(agent: UserAgent) -> tuple[str, ...]:
    return (agent.name, agent.description, agent.personality, agent.base_instructions, agent.emoji, agent.model, *agent.tools)
