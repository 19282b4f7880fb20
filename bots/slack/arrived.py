"""What a payload of Slack's comes to: a request of the core or something between Slack and us, and where it came from."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from bots.payload import Payload, inner, words
from bots.slack.payload import Junk, ident, installed_in, is_direct, needed
from bots.slack.sheet import Sheet
from core.request import Actor, Address, Asked, Entered, Event, Opened, Platform, Reworded, Said, Suggesting, Withdrawn


class Where(StrEnum):
    """What the person used."""

    MESSAGE = "message"  # they wrote it, or pressed something on one
    EPHEMERAL = "ephemeral"  # a message that only they see: it can be changed by its response_url alone
    COMMAND = "command"  # a slash command or a shortcut
    HOME = "home"
    MODAL = "modal"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where it came from, as far as the answer needs it; "" for what Slack did not tell.

    `team` is the workspace whose token answers. `message` is the time stamp of the message that was used, `view` and `hash` are
    the modal's or the home tab's, `mark` is what we had left in the home tab. `trigger_id` opens one modal within 3 seconds;
    `response_url` takes 5 posts in 30 minutes.
    """

    team: str
    user: str
    channel: str = ""
    thread: str = ""
    where: Where = Where.MESSAGE
    trigger_id: str = ""
    response_url: str = field(default="", repr=False)
    message: str = ""
    view: str = ""
    hash: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun(Event):
    """Someone opened their messages with the bot: a new conversation, for which ways to begin can be suggested."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted(Event):
    """A page of a form was sent; `state` is what stands in its inputs, for `bots.slack.forms` to read."""

    command: str
    sheet: Sheet
    state: Payload = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Event):
    """A page of a form was closed and not sent."""

    command: str
    sheet: Sheet
    state: Payload = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped(Event):
    """Someone wants no more of an answer: of that to the arrival, or of whatever grows at the address."""

    arrival: str = ""


Wish: TypeAlias = Said | Asked | Suggesting | Opened | Reworded | Withdrawn | Entered | Begun | Submitted | Closed | Stopped


@dataclass(frozen=True, slots=True)
class Arrived:
    """What somebody wants, and where from."""

    wish: Wish
    origin: Origin


@dataclass(frozen=True, slots=True)
class Known:
    """What has to be known to read a payload: our bot's account in that workspace, and the field that takes a message's text, by
    the name of each command that can be asked for on a message. `coaches`: the accounts (`Actor.identity`) that are heard where
    they do not turn to us."""

    bot: str
    on_message: Mapping[str, str] = field(default_factory=dict)
    coaches: Container[str] = frozenset()


def actor(team: str, user: str, name: str = "") -> Actor:
    """Who did it; events do not tell the name."""
    return Actor(Platform.SLACK, team, user, name)


def address(team: str, channel: str, thread: str = "") -> Address:
    """A place in Slack."""
    return Address(Platform.SLACK, team, channel, thread)


def by(came: Payload, *, where: Where, channel: str = "", thread: str = "") -> tuple[Origin, Actor]:
    """Where an interaction came from, and whose it is.

    Raises:
        Junk: it says no team or no user.
    """
    team, who = installed_in(came), inner(came, "user")
    user = needed(who, "id", "user")
    if user == "USLACKBOT":
        raise Junk("an interaction of Slackbot's")
    origin = Origin(
        team=team,
        user=user,
        channel=channel,
        thread=thread,
        where=where,
        trigger_id=ident(came, "trigger_id"),
        response_url=ident(came, "response_url"),
        view=ident(inner(came, "view"), "id"),
        hash=ident(inner(came, "view"), "hash"),
    )
    return origin, actor(team, user, words(who, "name") or words(who, "username"))


def home(user: str) -> str:
    """The channel that stands for an account's own place with the bot."""
    return f"@{user}"


def direct(place: Address) -> bool:
    """Whether nobody else is there."""
    return is_direct(place.channel)
