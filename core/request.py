"""What people do, as it reaches the core from any surface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias


class Platform(StrEnum):
    """Where a request came from and its answer goes."""

    SLACK = "slack"
    DISCORD = "discord"
    TERMINAL = "terminal"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class Address:
    """A place where people talk; one conversation belongs to each. `thread` is "" outside a thread.

    A channel of `@` and an account's id is that account's direct messages with the bot, whichever id the platform gives these.
    """

    platform: Platform
    workspace: str
    channel: str
    thread: str = ""

    @property
    def surface(self) -> str:
        """Who can speak there: every process of the platform; on a terminal only one that this very account has started."""
        alone = self.platform is Platform.TERMINAL
        return f"{self.platform}:{self.workspace}:{self.channel.removeprefix('@')}" if alone else self.platform.value

    @property
    def recipient(self) -> str:
        """The account whose direct messages this is, where it is named by the account; else ""."""
        return self.channel[1:] if self.channel.startswith("@") else ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it, as the platform knows them. `timezone` is an IANA name where the platform tells it.

    `installer`: the platform says that they installed the bot there, or own the place: the first Admin.
    """

    platform: Platform
    workspace: str
    user: str
    name: str
    timezone: str | None = None
    locale: str | None = None
    installer: bool = False

    @property
    def identity(self) -> str:
        """The platform's account as one string, unique over all platforms."""
        return f"{self.platform}:{self.workspace}:{self.user}"

    @property
    def direct(self) -> Address:
        """Their direct messages with the bot."""
        return Address(self.platform, self.workspace, f"@{self.user}")


@dataclass(frozen=True, slots=True)
class File:
    """A file that a person sent or is given.

    `source`: the content is still where the platform has it, under this address or id; `size` is then its size in bytes.
    """

    name: str
    media_type: str
    content: bytes = field(default=b"", repr=False)
    source: str = field(default="", repr=False)
    size: int = 0


Typed: TypeAlias = "str | tuple[str, ...]"
"""What a person put into one field: words, or several choices. Meaning is given to it in the core, never by a surface."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What every request carries: the platform's own id of the event, who, where, and when (aware, UTC).

    `direct`: nobody else is there.
    """

    id: str
    actor: Actor
    address: Address
    at: datetime
    direct: bool = True

    @property
    def aside(self) -> Address:
        """Where nobody but the actor reads along: here, or in their direct messages."""
        return self.address if self.direct else self.actor.direct


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Event):
    """Free words. `addressed`: the bot was named or the place is its own.

    `replies_to`: the platform's id of the message in whose thread they stand, in direct messages alone, and `replies_to_at`
    when that was posted.
    """

    text: str = field(repr=False)
    files: tuple[File, ...] = ()
    addressed: bool = True
    replies_to: str = ""
    replies_to_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Event):
    """A command by name: a slash command, a button, a submitted form, a terminal line and a web form are the same thing.

    `words` is what was typed after the command's name and still has to be read; `values` is what is known by field.
    `submitted`: a form was filled in, so what is wrong comes back as that form. `form`: the form is wanted, with the values
    in it, before anything is done. `page`: it was asked on a page of the web, which takes files itself and has no messages.
    """

    command: str
    words: str = field(default="", repr=False)
    values: Mapping[str, Typed] = field(default_factory=dict, repr=False)
    submitted: bool = False
    form: bool = False
    page: bool = False


def as_command(said: Said, command: str) -> Asked:
    """The command that stands for the words: whoever heard them calls its handler with this."""
    return Asked(id=said.id, actor=said.actor, address=said.address, at=said.at, direct=said.direct, command=command)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggesting(Event):
    """Someone is typing into a field that completes: which one, and what so far."""

    command: str
    field: str
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Event):
    """Someone opened their home page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Event):
    """Someone left a form before sending it: what they had typed is kept until they open it again.

    `about` is what the form was about (`core.drafts.about`).
    """

    command: str
    values: Mapping[str, Typed] = field(default_factory=dict, repr=False)
    about: Mapping[str, Typed] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded(Event):
    """Someone changed what they had said: `of` is the id of the event by which it came."""

    of: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Event):
    """Someone deleted what they had said: `of` is the id of the event by which it came."""

    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered(Event):
    """Someone came into a channel where the bot is, and has said nothing to it."""


Request: TypeAlias = Said | Asked | Suggesting | Opened | Left | Reworded | Withdrawn | Entered
