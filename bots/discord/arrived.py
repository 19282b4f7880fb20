"""What came from Discord: a request of the core or something between Discord and us, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from bots.discord.posts import Component
from core.request import Actor, Address, Asked, Event, Platform, Reworded, Said, Suggesting, Withdrawn

NO_GUILD = "direct"
"""The workspace of who writes to the bot directly, and was never met in a guild."""


class Where(StrEnum):
    """What the person used."""

    MESSAGE = "message"  # they wrote it
    COMMAND = "command"  # a slash command, or one on a message
    PRESSED = "pressed"  # a button or a menu
    MODAL = "modal"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where it came from, as far as the answer needs it; "" for what there is none of. All ids are snowflakes in decimals.

    `home` is the workspace in the core's sense: the guild, or in direct messages the one in which the person was met last.
    `guild` is "" in direct messages. `channel` is where it happened: of a thread, the channel that it belongs to. `thread` is ""
    outside of threads. `message` is what they wrote, or pressed something on. `hidden`: that message is seen by them alone.
    `present`: we are in that place; otherwise, as an app that a person brought along, only the interaction can be answered.
    `aside`: the thread is the private one that stands for the person's direct messages.
    """

    home: str
    user: str
    channel: str
    where: Where
    guild: str = ""
    thread: str = ""
    message: str = ""
    hidden: bool = False
    present: bool = True
    aside: bool = False

    @property
    def direct(self) -> bool:
        """Whether nobody else is there."""
        return (not self.guild or self.aside) and self.present

    @property
    def address(self) -> Address:
        """The place in the core's terms; a message written in a channel is answered in a thread of its own, which has its id."""
        if self.direct:
            return Address(Platform.DISCORD, self.home, f"@{self.user}")
        begun = self.message if self.where is Where.MESSAGE else ""
        return Address(Platform.DISCORD, self.home, self.channel, self.thread or begun)

    @property
    def spot(self) -> str:
        """The channel or thread that it happened in, as Discord's API wants it."""
        return self.thread or self.channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned(Event):
    """Someone pressed what leads to a page of a form that was kept for them."""

    form: str
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted(Event):
    """A page of a form was sent. `components` is what stands in the modal, for `bots.discord.forms` to read. `whole`: the form is
    sent as it stands, and this page with those after it was not opened."""

    form: str
    page: int
    components: tuple[Component, ...] = field(default=(), repr=False)
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped(Event):
    """Someone wants no more of the answer to the arrival."""

    arrival: str


Wish: TypeAlias = Said | Asked | Suggesting | Reworded | Withdrawn | Turned | Submitted | Stopped


@dataclass(frozen=True, slots=True)
class Arrived:
    """What somebody wants, and where from."""

    wish: Wish
    origin: Origin


def set_aside(came: Arrived) -> Arrived:
    """The same, come from the private thread that stands for the person's direct messages: it counts as if it came from those."""
    origin = replace(came.origin, aside=True)
    return Arrived(replace(came.wish, address=origin.address, direct=True), origin)


def actor(home: str, user: str, name: str, locale: str | None = None) -> Actor:
    """Who did it; Discord tells no time zone."""
    return Actor(Platform.DISCORD, home, user, name, locale=locale)
