"""What exchanges ask of the record and of their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.exchanges.model import Exchange
from core.people.model import Person
from core.ports import Question
from core.request import Address


class ExchangeStore(Protocol):
    """The exchanges. Only `due` looks over everybody, as workers do."""

    async def add(self, person: Person, exchange: Exchange) -> Exchange:
        """Keep a new one of the person's, who is its student; returns the one that is kept under its id."""
        ...

    async def find(self, person: Person, exchange_id: str) -> Exchange | None:
        """The exchange, where the person is its student, or coaches in its organization; or None."""
        ...

    async def replace(self, person: Person, seen: Exchange, exchange: Exchange) -> Exchange | None:
        """Keep it as it is now, where it stands as it was seen; None where it was changed meanwhile."""
        ...

    async def of_student(self, person: Person) -> Sequence[Exchange]:
        """The person's exchanges, as a student, the latest first."""
        ...

    async def of_organization(self, person: Person, limit: int) -> Sequence[Exchange]:
        """Those of the organization of the person, who coaches it, that are not closed, the longest waiting first."""
        ...

    async def due(self, at: datetime, limit: int) -> Sequence[Exchange]:
        """Those that are to be shown again by now."""
        ...


class Letters(Protocol):
    """What was sent to people by itself."""

    async def key_of(self, person: Person, posted: str) -> str | None:
        """What the message was for that the person was sent, by the platform's id of it; None where it was none of ours."""
        ...

    async def latest(self, person: Person, since: datetime) -> tuple[str, datetime] | None:
        """What the latest message was for that the person was sent after that time, and when it went out."""
        ...


class Talks(Protocol):
    """What was said between a student and the agents."""

    async def in_short(self, student: Person, address: Address) -> str:
        """What was said in the conversation at this address, in short, or "" where nothing was."""
        ...


class Steered(Question, Protocol):
    """The open question of an interview, and which words steer it."""

    def is_told(self, words: str) -> bool:
        """Whether the words steer the interview, such as skip, wherever one is open."""
        ...


class Silence(Protocol):
    """Whoever reminds people."""

    async def coached(self, student: Person, at: datetime) -> datetime:
        """A person coaches them now, so that the bot keeps quiet for three days; returns until when."""
        ...
