"""What Discord is made of here: users, guilds, channels and threads, messages, webhooks, emojis and interactions."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from typing import Literal, TypeAlias

from tests.servers.discord.permissions import NOTHING, Permission
from tests.servers.discord.shapes import Json

Installed: TypeAlias = Literal["guild", "user"]


class Kind(IntEnum):
    """A channel's. https://discord.com/developers/docs/resources/channel#channel-object-channel-types"""

    TEXT = 0
    DIRECT = 1
    VOICE = 2
    CATEGORY = 4
    NEWS = 5
    NEWS_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15


THREADS = frozenset({Kind.NEWS_THREAD, Kind.PUBLIC_THREAD, Kind.PRIVATE_THREAD})


class Flag(IntFlag):
    """A message's. https://discord.com/developers/docs/resources/message#message-object-message-flags"""

    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    IS_COMPONENTS_V2 = 1 << 15


NO_FLAG = Flag(0)


class Asks(IntEnum):
    """An interaction's. https://discord.com/developers/docs/interactions/receiving-and-responding"""

    PING = 1
    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Does(IntEnum):
    """What an interaction is answered with."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    SUGGESTIONS = 8
    MODAL = 9


@dataclass(slots=True)
class User:
    """Somebody. `closed`: takes no direct messages from apps. `installed`: has the app for themselves."""

    id: str
    name: str
    bot: bool = False
    locale: str = "en-GB"
    closed: bool = False
    installed: bool = False

    @property
    def handle(self) -> str:
        """The unique name."""
        return self.name.lower().replace(" ", ".")


@dataclass(slots=True)
class Role:
    """A role in a guild; the one of @everyone has the guild's id."""

    id: str
    name: str
    allows: Permission
    of_bot: str | None = None


@dataclass(slots=True)
class Guild:
    """A server. `joined` says whether the app's bot is in it; `unavailable` that Discord cannot show it now."""

    id: str
    name: str
    owner: str
    locale: str = "en-GB"
    members: dict[str, list[str]] = field(default_factory=dict)
    """Who is in it, with the ids of their roles."""
    roles: dict[str, Role] = field(default_factory=dict)
    joined: bool = True
    unavailable: bool = False
    joined_at: float = 0.0

    @property
    def everyone(self) -> Role:
        """The role that everybody has."""
        return self.roles[self.id]

    @property
    def of_bot(self) -> Role:
        """The role that the bot got when it was let in."""
        return next(each for each in self.roles.values() if each.of_bot)


@dataclass(slots=True)
class Overwrite:
    """What a role or a member may in a channel otherwise than in its guild."""

    allow: Permission = NOTHING
    deny: Permission = NOTHING
    of_member: bool = False


@dataclass(slots=True)
class Channel:
    """A channel, a thread or the direct messages of a person with the bot.

    `members` are those in a thread, with when they came, and the person of direct messages.
    """

    id: str
    kind: Kind
    name: str
    guild: str | None = None
    parent: str | None = None
    owner: str | None = None
    overwrites: dict[str, Overwrite] = field(default_factory=dict)
    members: dict[str, float] = field(default_factory=dict)
    archived: bool = False
    locked: bool = False
    archive_minutes: int = 1440
    archived_at: float = 0.0
    said: int = 0
    last: str | None = None
    topic: str | None = None

    @property
    def thread(self) -> bool:
        """Whether it is one."""
        return self.kind in THREADS


@dataclass(slots=True)
class Attachment:
    """A file that came with a message."""

    id: str
    name: str
    content: bytes
    content_type: str
    description: str | None = None
    size_in_pixels: tuple[int, int] | None = None


@dataclass(slots=True)
class Message:
    """A message. `author` is a user's id, or the webhook's; `only_for` the one person who sees an ephemeral one.

    `token` is the interaction's whose answer it is, `asks` that interaction; `name` and `face` what a webhook showed.
    """

    id: str
    channel: str
    author: str
    content: str = ""
    components: list[Json] = field(default_factory=list)
    embeds: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: Flag = NO_FLAG
    kind: int = 0
    webhook: str | None = None
    name: str | None = None
    face: str | None = None
    nonce: str | int | None = None
    reference: Json | None = None
    mentions: list[str] = field(default_factory=list)
    mention_roles: list[str] = field(default_factory=list)
    edited_at: float | None = None
    only_for: str | None = None
    token: str | None = None
    interaction: str | None = None
    reactions: list[tuple[str, str]] = field(default_factory=list)
    thread: str | None = None
    deleted: bool = False

    @property
    def v2(self) -> bool:
        """Whether it is made of components alone."""
        return Flag.IS_COMPONENTS_V2 in self.flags

    @property
    def thinking(self) -> bool:
        """Whether it stands for an answer that is to come."""
        return Flag.LOADING in self.flags


@dataclass(slots=True)
class Webhook:
    """A webhook that the app made in a channel."""

    id: str
    token: str
    channel: str
    guild: str
    name: str
    owner: str
    avatar: str | None = None


@dataclass(slots=True)
class Emoji:
    """An emoji of the application."""

    id: str
    name: str
    image: bytes
    content_type: str


@dataclass(slots=True)
class Interaction:
    """Something that a person asked of the app, and what came of it.

    `data` is what the payload carries as such; `message` the one whose component was used, or on which a form was opened.
    `did` is how it was answered, `original` the message of that answer, `modal` and `choices` what else was shown.
    """

    id: str
    token: str
    asks: Asks
    user: str
    channel: str
    guild: str | None
    made_at: float
    data: Json
    message: str | None = None
    installed: Installed = "guild"
    triggered_by: str | None = None
    did: Does | None = None
    did_at: float | None = None
    original: str | None = None
    modal: Json | None = None
    choices: list[Json] | None = None
    followed: int = 0
    done: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Application:
    """The app under test, with its bot."""

    id: str
    name: str
    bot: str
    owner: str
    token: str
    flags: int = 0
    public: bool = True
    requires_code_grant: bool = False
    icon: str | None = None
    description: str = ""
    endpoint: str | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """A call of the REST API that came; where it was refused, with what code and why."""

    method: str
    path: str
    body: Json = field(repr=False)
    at: float
    status: int = 200
    code: int = 0
    why: str = ""
    route: str = ""
    query: Json = field(default_factory=dict)
    refused: bool = False
