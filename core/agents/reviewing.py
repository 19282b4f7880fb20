"""Sharing an agent with the cohort: its maker asks, a coach approves, declines or switches it off, and the maker is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import structlog

from core.agents import own_views as views
from core.agents.model import Sharing, UserAgent
from core.agents.naming import skeleton
from core.agents.own import OwnAgents
from core.agents.ports import Coaches, OwnAgentStore
from core.errors import AlreadyThere, Changed, NotAllowed, NotFound, Refusal
from core.outbox import Outbox, new_letter
from core.people.model import Person
from core.reach import direct_of
from core.roles import COACHING
from core.ui import Message

log = structlog.get_logger()


class NoCoach(Refusal):
    """Nobody coaches here yet, so nobody can approve it. It stays yours alone until somebody does."""


class SharedNameTaken(Refusal):
    """Your cohort shares an agent of that name already. Give yours another name, then share it."""


class NothingToReview(NotFound):
    """That agent is not shared any more, or was changed since you saw it. /agents review shows how things stand."""


class Reviews:
    """What people share, and what coaches say to it."""

    def __init__(self, agents: OwnAgents, store: OwnAgentStore, coaches: Coaches, outbox: Outbox) -> None:
        self._agents = agents
        self._store = store
        self._coaches = coaches
        self._outbox = outbox

    async def ask(self, person: Person, which: str, at: datetime) -> UserAgent:
        """Ask the coaches whether the cohort may call the person's agent; a coach's own is shared at once.

        Raises:
            NotYourAgent: it is not theirs.
            NoCoach: there is nobody to ask.
            SharedNameTaken: the cohort has one of that name.
            Changed: somebody changed it at the same moment.
        """
        agent = await self._agents.own(person, which)
        if agent.sharing in ("asked", "shared"):
            return agent
        coaches = await self._coaches.coaches(person.organization_id)
        if not coaches:
            raise NoCoach()
        kept = await self._become(person, agent, "shared" if person.role in COACHING else "asked")
        log.info("agent offered", agent=agent.id, sharing=kept.sharing)
        if kept.sharing == "asked":
            for coach in coaches:
                await self._write(coach, views.request(kept, person.name), f"agent:{kept.id}:{kept.version}:{coach.id}", at)
        return kept

    async def take_back(self, person: Person, which: str) -> UserAgent:
        """Have it answer nobody but its maker again.

        Raises:
            NotYourAgent, Changed: as in `ask`.
        """
        agent = await self._agents.own(person, which)
        return agent if agent.sharing in ("private", "off") else await self._become(person, agent, "private")

    async def all(self, coach: Person) -> Sequence[UserAgent]:
        """What the coach's organization shares, is asked to share, or has switched off.

        Raises:
            NotAllowed: the person does not coach.
        """
        if coach.role not in COACHING:
            raise NotAllowed()
        return await self._store.for_review(coach.organization_id)

    async def one(self, coach: Person, which: str) -> tuple[UserAgent, str]:
        """One of these by its id or name, and the name of its maker.

        Raises:
            NotAllowed: the person does not coach.
            NothingToReview: it is not among them.
        """
        wanted = skeleton(which)
        for each in await self.all(coach):
            if which == each.id or skeleton(each.name) == wanted:
                maker = await self._coaches.by_id(each.shared_by or "")
                return each, maker.name if maker else "Someone"
        raise NothingToReview()

    async def approve(self, coach: Person, agent_id: str, version: int, at: datetime) -> UserAgent:
        """Let the cohort call it, as it was when the coach read it.

        Raises:
            NotAllowed: the person does not coach.
            NothingToReview: it was changed since, or is not to be shared any more.
        """
        return await self._judge(coach, agent_id, version, ("asked", "off"), "shared", at)

    async def decline(self, coach: Person, agent_id: str, version: int, at: datetime) -> UserAgent:
        """Leave it to its maker alone. Raises what `approve` raises."""
        return await self._judge(coach, agent_id, version, ("asked",), "private", at)

    async def switch_off(self, coach: Person, agent_id: str, at: datetime) -> UserAgent:
        """Have it answer nobody from now on. Raises what `approve` raises."""
        agent, _ = await self.one(coach, agent_id)
        return await self._judge(coach, agent.id, agent.version, ("asked", "shared"), "off", at)

    async def _judge(
        self, coach: Person, agent_id: str, version: int, out_of: tuple[Sharing, ...], to: Sharing, at: datetime
    ) -> UserAgent:
        if coach.role not in COACHING:
            raise NotAllowed()
        there = coach.organization_id
        agent = await self._store.judge(there, agent_id, version=version, out_of=out_of, to=to)
        if agent is None:
            raise NothingToReview()
        log.info("agent judged", agent=agent.id, sharing=to)
        maker = await self._coaches.by_id(agent.shared_by or "")
        if maker is not None and maker.id != coach.id:
            await self._write(maker, views.verdict(agent, to), f"agent:{agent.id}:{to}:{at.isoformat()}", at)
        return agent

    async def _become(self, person: Person, agent: UserAgent, sharing: Sharing) -> UserAgent:
        shared = sharing != "private"
        wanted = agent.model_copy(
            update={
                "sharing": sharing,
                "organization_id": person.organization_id,
                "shared_by": person.id,
                "shared_key": f"{person.organization_id}:{skeleton(agent.name)}" if shared else None,
                "version": agent.version + 1,
            }
        )
        try:
            kept = await self._store.change(person, wanted, agent.version)
        except AlreadyThere:
            raise SharedNameTaken() from None
        if kept is None:
            raise Changed()
        return kept

    async def _write(self, person: Person, message: Message, key: str, at: datetime) -> None:
        to = direct_of(person)
        if to is not None:
            letter = new_letter(key, to, message, organization_id=person.organization_id, at=at, person_id=person.id)
            await self._outbox.add(letter)
