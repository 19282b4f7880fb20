"""How people are reached on Discord, where a bot may not write to everybody, and who is told when somebody cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from pydantic import Field

from core.outbox import Outbox, new_letter
from core.people.model import Person
from core.record import Kept
from core.request import Actor, Address, Platform
from core.ui import Card, Message, Text, Tone

TOLD_AFTER = 3
"""Refused direct messages in a row, after which the coaches are told."""

HOMES_AT_MOST = 20


class Reach(Kept):
    """One account; `_id` is `discord:<user>`, over all guilds.

    `identity` is the platform account in the guild in which they were met last, and `workspace` that guild. `channels` say of
    each guild where in it they were met last. `homes` are all the guilds in which they were met, with the one last with which
    they talk directly: they were met there, or answered what came from there. `direct` is the id of their direct messages,
    which were opened at `opened_at`. `heard_at` is when they wrote there or pressed something, to the day. `refused` counts
    direct messages that Discord did not take, in a row; `asides` are then the private threads in which they are written to,
    one a guild: what concerns one guild's course is read by those who moderate that guild, and by no others.
    """

    identity: str
    workspace: str = ""
    channels: Mapping[str, str] = Field(default_factory=dict)
    homes: tuple[str, ...] = ()
    direct: str = ""
    opened_at: datetime | None = None
    heard_at: datetime | None = None
    refused: int = 0
    asides: Mapping[str, str] = Field(default_factory=dict)

    @property
    def home(self) -> str:
        """The guild with which they talk directly, or "" where there is none."""
        return self.homes[-1] if self.homes else self.workspace

    def homes_with(self, guild: str) -> tuple[str, ...]:
        """The guilds, with this one last."""
        known = self.homes or ((self.workspace,) if self.workspace else ())
        return (*(each for each in known if each != guild), guild)[-HOMES_AT_MOST:]


def reach_id(user: str) -> str:
    """What the row of an account goes by."""
    return f"{Platform.DISCORD}:{user}"


class ReachStore(Protocol):
    """How each account is reached."""

    async def find(self, reach_id: str) -> Reach | None:
        """The account's row, or None where it was never met."""
        ...

    async def met(self, reach: Reach) -> None:
        """Keep in which guild somebody was met last, and where in it; all else stays as it is kept."""
        ...

    async def talks(self, reach_id: str, homes: Sequence[str]) -> None:
        """Keep with which guild they talk directly, the last of these."""
        ...

    async def opened(self, reach_id: str, direct: str, at: datetime | None) -> None:
        """Keep the id of the direct messages; `at` is None where the person opened them."""
        ...

    async def heard(self, reach_id: str, at: datetime) -> None:
        """Keep when they turned to us directly."""
        ...

    async def lately(self, since: datetime, limit: int) -> Sequence[Reach]:
        """Those who turned to us directly since then, the last first."""
        ...

    async def set_aside(self, reach_id: str, asides: Mapping[str, str]) -> None:
        """Keep the private threads in which they are written to, by guild."""
        ...

    async def refused(self, reach_id: str) -> int:
        """Count one more refusal; returns how many there were in a row."""
        ...

    async def reached(self, reach_id: str) -> None:
        """Forget the refusals: a direct message was taken, or came from them."""
        ...


class PeopleWhoCare(Protocol):
    """Who somebody is, and who coaches them."""

    async def by_identity(self, identity: str) -> Person | None:
        """The person with this platform account, or None."""
        ...

    async def coaches(self, organization_id: str) -> Sequence[Person]:
        """Those who coach in the organization."""
        ...


class Unreached:
    """Tells coaches of somebody who cannot be reached."""

    def __init__(self, people: PeopleWhoCare, outbox: Outbox) -> None:
        self._people = people
        self._outbox = outbox

    async def tell(self, reach: Reach, identity: str, at: datetime, *, aside: bool) -> None:
        """A letter to each who coaches where the account has this identity, once in thirty days. `aside`: they are written to in
        a private thread there.
        """
        person = await self._people.by_identity(identity)
        if person is None:
            return
        for coach in await self._people.coaches(person.organization_id):
            to = direct_of(coach)
            if coach.id != person.id and to is not None:
                key = f"unreached:{reach.id}:{coach.id}"
                letter = new_letter(
                    key,
                    to,
                    _words(person.name, aside=aside),
                    organization_id=coach.organization_id,
                    at=at,
                    person_id=coach.id,
                )
                await self._outbox.add(letter)


def direct_of(person: Person) -> Address | None:
    """The direct messages of a person; None where no platform account of theirs is known."""
    for identity in person.identities:
        platform, workspace, user = identity.split(":", 2)
        return Actor(Platform(platform), workspace, user, person.name).direct
    return None


def _words(name: str, *, aside: bool) -> Message:
    refused = f"Discord refused my direct messages to {name} {TOLD_AFTER} times in a row"
    so = (
        f"{refused}. I write to {name} in a private thread instead, which those who moderate the server can read."
        if aside
        else f"{refused}, so reminders and results may not arrive."
    )
    ask = "Please ask them to open the server's menu, choose Privacy Settings, and switch on Direct Messages."
    title = "Direct messages are closed" if aside else "Someone cannot be reached"
    return Message(cards=(Card(title, (Text(f"{so} {ask}"),), Tone.CAREFUL),), private=True)
