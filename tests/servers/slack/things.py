"""What a workspace is made of: teams, people, channels, messages, streams, files, views and tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from tests.servers.slack.shapes import Json

ChannelKind = Literal["public", "private", "im"]


@dataclass(slots=True)
class Team:
    """A workspace, with the app's bot in it."""

    id: str
    name: str
    domain: str
    bot_user: str = ""
    bot_id: str = ""
    installed: bool = True


@dataclass(slots=True)
class User:
    """Someone in a workspace; `rests` is their do-not-disturb window, in seconds since 1970. `owner`: the workspace is theirs."""

    id: str
    team: str
    name: str
    tz: str = "Europe/London"
    tz_offset: int = 0
    locale: str = "en-GB"
    bot_id: str = ""
    deleted: bool = False
    rests: tuple[int, int] | None = None
    owner: bool = False

    @property
    def handle(self) -> str:
        """The name with which Slack fills `username` and `name`."""
        return self.name.lower().replace(" ", ".")


@dataclass(slots=True)
class Channel:
    """A conversation. `restricted`: only some may post, and bots may not."""

    id: str
    team: str
    name: str
    kind: ChannelKind
    members: set[str] = field(default_factory=set)
    archived: bool = False
    restricted: bool = False

    @property
    def type(self) -> str:
        """As events name it in `channel_type`."""
        return {"public": "channel", "private": "group", "im": "im"}[self.kind]

    @property
    def label(self) -> str:
        """As interactions name it."""
        return {"public": self.name, "private": "privategroup", "im": "directmessage"}[self.kind]


@dataclass(slots=True)
class Stream:
    """A message that grows: by text or by chunks, never both."""

    opened_at: float
    display: str
    mode: Literal["text", "chunks"] | None = None
    state: Literal["in_progress", "completed", "errored"] = "in_progress"
    stopped_by_user: bool = False
    text: str = ""
    plan: str = ""
    tasks: dict[str, Json] = field(default_factory=dict)
    blocks: list[Json] = field(default_factory=list)


@dataclass(slots=True)
class Message:
    """A message; `only_for` is the one person who sees an ephemeral one."""

    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    bot_id: str = ""
    username: str = ""
    icon: str = ""
    metadata: Json | None = None
    only_for: str | None = None
    stream: Stream | None = None
    edited_by: tuple[str, str] | None = None
    files: list[str] = field(default_factory=list)
    reactions: list[tuple[str, str]] = field(default_factory=list)
    deleted: bool = False
    state: dict[str, dict[str, Json]] = field(default_factory=dict)
    client_msg_id: str = ""

    @property
    def root(self) -> str:
        """The thread it is in, its own where it is in none."""
        return self.thread_ts or self.ts


@dataclass(slots=True)
class File:
    """A file; Slack works on it until `ready_at`, and it is no image before."""

    id: str
    team: str
    name: str
    title: str
    size: int
    owner: str
    secret: str
    mimetype: str
    alt: str = ""
    content: bytes | None = None
    complete: bool = False
    ready_at: float = 0.0
    channels: list[str] = field(default_factory=list)
    created: int = 0


@dataclass(slots=True)
class View:
    """A modal or a home tab, before a person; `typed` holds what is in its fields: {block_id: {action_id: value}}."""

    id: str
    team: str
    user: str
    hash: str
    shown: Json
    root: str
    previous: str | None
    typed: dict[str, dict[str, Json]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        return list(self.shown["blocks"])


@dataclass(slots=True)
class Token:
    """A token that was given out."""

    value: str
    kind: Literal["bot", "app", "config"]
    team: str
    scopes: tuple[str, ...]
    revoked: bool = False


@dataclass(slots=True)
class Trigger:
    """The right to open a modal once, soon."""

    id: str
    user: str
    team: str
    made_at: float
    view: str | None = None
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """Where an app may answer an interaction: 5 times within 30 minutes."""

    secret: str
    team: str
    channel: str
    user: str
    made_at: float
    message: str | None = None
    thread: str | None = None
    uses: int = 0


@dataclass(slots=True)
class Session:
    """An agent's session in a thread."""

    status: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """What a thread shows while the agent thinks."""

    text: str
    at: float
    loading: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Called:
    """A call of the Web API that came; `error` is what it was refused with."""

    method: str
    args: dict[str, Any]
    at: float
    error: str | None = None
    status: int = 200


@dataclass(frozen=True, slots=True)
class Acked:
    """An envelope that was acknowledged, with how long that took, in seconds."""

    kind: str
    payload: Json
    seconds: float
    attempt: int
    answer: Json | None = None
