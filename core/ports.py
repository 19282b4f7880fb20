"""What the core as a whole asks of the world around it; each feature's own ports stand in its folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from core.people.model import Person
from core.request import Address, Asked, Entered, Reworded, Said, Typed, Withdrawn
from core.ui import Answer, Message

VIA = "via"
"""The value that says by which letter of ours somebody came to a command; onlookers see it, and no command does."""
NOTHING: Mapping[str, Typed] = MappingProxyType({})


class Messenger(Protocol):
    """The one door out: words that the bot sends by itself, or changes afterwards."""

    async def post(self, to: Address, message: Message, key: str = "") -> str:
        """Send a message; returns the platform's id of it. A `key` goes with it, unseen, so that `find` knows it again."""
        ...

    async def find(self, to: Address, key: str) -> str | None:
        """The platform's id of the message that was posted there with this key, or None where there is none."""
        ...

    async def edit(self, to: Address, posted: str, message: Message) -> None:
        """Change a message that was sent."""
        ...


class Listener(Protocol):
    """A feature that may answer free words: an open interview, then the conversation with the agents."""

    async def hear(self, said: Said, person: Person) -> Answer:
        """An answer, or None where these words are not for this listener."""
        ...


class Question(Protocol):
    """The open question of an interview, for whoever must not take its answer for something else."""

    async def asked_at(self, person: Person) -> datetime | None:
        """When it was put, or None where none is open."""
        ...


class Corrections(Protocol):
    """Whoever keeps what people said, and changes it when they do."""

    async def reworded(self, change: Reworded, person: Person) -> None:
        """The person changed what they had said."""
        ...

    async def withdrawn(self, change: Withdrawn, person: Person) -> None:
        """The person deleted what they had said."""
        ...


class Newcomers(Protocol):
    """A feature that wants to know who comes into a channel. They have said nothing to the bot, so nobody is answered."""

    async def entered(self, event: Entered) -> None:
        """Someone came into a channel where the bot is.

        Raises:
            Trouble: it cannot be looked into just now, and is to be told again.
        """
        ...


class Onlooker(Protocol):
    """A feature that wants to know when someone turns to a command: what it asked may be the last that they read no more."""

    async def passed_by(self, asked: Asked, person: Person) -> None:
        """Someone asked for a command."""
        ...


class FormDrafts(Protocol):
    """What people had typed into forms that they left. `about` are a form's values that are in no field: which form it was."""

    async def keep(
        self, person: Person, command: str, values: Mapping[str, Typed], at: datetime, about: Mapping[str, Typed] = NOTHING
    ) -> None:
        """Keep what was typed into the form, in place of what was kept of it before."""
        ...

    async def find(self, person: Person, command: str, about: Mapping[str, Typed] = NOTHING) -> Mapping[str, Typed]:
        """What was kept of the form, or nothing."""
        ...

    async def drop(self, person: Person, command: str, sent: Mapping[str, Typed] = NOTHING) -> None:
        """Forget what was kept of the command's form that was sent with these values, those that no field shows among them."""
        ...
