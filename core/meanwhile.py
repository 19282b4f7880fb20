"""Whoever asks also hears the answer in plain words, unless it may be for somebody else who wrote, or was talked with, since."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

from core.people.model import Person
from core.request import Address, Said

ASKED_ABOUT = timedelta(days=7)
"""For so long the question for whom words are may be answered."""
TALKING = timedelta(minutes=30)
"""Whoever wrote to an agent within that is in a talk, and what they type is for the agent."""
Calls: TypeAlias = Callable[[Person, str], Awaitable[bool]]
"""Whether the words call one of the person's agents by name."""
Since: TypeAlias = Callable[[Person, datetime], Awaitable[Sequence[object]]]
"""What happened to the person from that time on."""


class Spoken(Protocol):
    """What somebody typed in direct messages to the agents, or to nobody yet."""

    @property
    def event(self) -> str:
        """The platform's message."""
        ...

    @property
    def words(self) -> str:
        """As they read now."""
        ...

    @property
    def little(self) -> bool:
        """It greets, thanks or agrees, and says no more."""
        ...

    @property
    def meant(self) -> Sequence[str]:
        """For whom they may be, where the person was asked that."""
        ...


class Talk(Protocol):
    """What the agents may have answered."""

    async def since(self, person: Person, at: datetime) -> Sequence[Spoken]:
        """What the person typed in direct messages from that time on."""
        ...

    async def talk_at(self, person: Person, address: Address) -> str:
        """The conversation at this address, or "" where there is none."""
        ...


class Meanwhile:
    """What happened between a person and others since a question of ours: decision 30."""

    def __init__(self, calls: Calls, letters: Since, talk: Talk, *, practice: bool) -> None:
        """`letters`: what people wrote to them, or they to people. `practice`: the practice model answers for agents: it asks
        nothing, so that nobody is in a talk with one.
        """
        self.calls = calls
        self._letters = letters
        self._talk = talk
        self.practice = practice

    async def is_for_others(
        self,
        said: Said,
        person: Person,
        since: datetime,
        *,
        talking: timedelta | None = None,
        ours: Callable[[str], object] | None = None,
        letters: bool = True,
    ) -> bool:
        """Whether words that fit our question of that time may be for an agent or for a person.

        `talking`: how long a talk with an agent goes on at most; without it, since we asked. `ours`: which words were for us too,
        though an agent answered them. `letters`: they may answer what people wrote.
        """
        if await (self.calls_or_answers(said, person, since) if letters else self.calls(person, said.text)):
            return True
        if self.practice:
            return False
        if await self._is_below_a_talk(said, person, since):
            return True
        return await self.talked(said, person, since if talking is None else max(since, said.at - talking), ours)

    async def calls_or_answers(self, said: Said, person: Person, since: datetime) -> bool:
        """Whether the words call an agent by name, or may answer what somebody wrote from that time on."""
        if await self.calls(person, said.text):
            return True
        return await self.wrote(person, since) and not await self.are_said_again(said, person)

    async def are_said_again(self, said: Said, person: Person) -> bool:
        """Whether they were asked for whom the words are, and said that they are for us: decision 29."""
        typed = await self._talk.since(person, said.at - ASKED_ABOUT)
        return any(each.event == said.id and each.meant for each in typed)

    async def wrote(self, person: Person, since: datetime) -> bool:
        """Whether people wrote to them, or they to people, from that time on."""
        return bool(await self._letters(person, since))

    async def talked(self, said: Said, person: Person, since: datetime, ours: Callable[[str], object] | None = None) -> bool:
        """Whether they said more than a courtesy to the agents from that time on, beside these words."""
        typed = await self._talk.since(person, since)
        return any(each.event != said.id and not each.little and not (ours and ours(each.words)) for each in typed)

    async def _is_below_a_talk(self, said: Said, person: Person, since: datetime) -> bool:
        """Whether the words reply to a talk with agents, and not to what came from us since."""
        if not said.replies_to or not await self._talk.talk_at(person, said.address):
            return False
        # Where a conversation has no threads, a reply names the very message that it is for.
        return bool(said.address.thread) or said.replies_to_at is None or said.replies_to_at < since
