"""What the gateway knows of each client: its session, what it asked to hear, and what was sent, to be sent again after a gap.

https://discord.com/developers/docs/events/gateway
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag

from tests.servers.discord.shapes import Json


class Op(IntEnum):
    """What a frame is. https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-opcodes"""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    VOICE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Close(IntEnum):
    """Why a socket is closed. .../opcodes-and-status-codes#gateway-gateway-close-event-codes"""

    UNKNOWN_ERROR = 4000
    UNKNOWN_OPCODE = 4001
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SEQ = 4007
    RATE_LIMITED = 4008
    SESSION_TIMED_OUT = 4009
    INVALID_SHARD = 4010
    SHARDING_REQUIRED = 4011
    INVALID_INTENTS = 4013
    DISALLOWED_INTENTS = 4014


class Intent(IntFlag):
    """What a client asks to hear. .../events/gateway#list-of-intents"""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_EXPRESSIONS = 1 << 3
    GUILD_WEBHOOKS = 1 << 5
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    GUILD_MESSAGE_TYPING = 1 << 11
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    DIRECT_MESSAGE_TYPING = 1 << 14
    MESSAGE_CONTENT = 1 << 15


KNOWN_INTENTS = sum(1 << bit for bit in (*range(17), 20, 21, 24, 25))

PRIVILEGED: Mapping[Intent, int] = {
    Intent.GUILD_PRESENCES: 1 << 12 | 1 << 13,
    Intent.GUILD_MEMBERS: 1 << 14 | 1 << 15,
    Intent.MESSAGE_CONTENT: 1 << 18 | 1 << 19,
}
"""The flags of an application, either of which allows the intent: of a verified one, of one in few guilds."""

IN_GUILDS: Mapping[str, Intent] = {
    "GUILD_MEMBER_": Intent.GUILD_MEMBERS,
    "GUILD_EMOJIS_": Intent.GUILD_EXPRESSIONS,
    "GUILD_": Intent.GUILDS,
    "CHANNEL_": Intent.GUILDS,
    "THREAD_": Intent.GUILDS,
    "WEBHOOKS_": Intent.GUILD_WEBHOOKS,
    "MESSAGE_REACTION_": Intent.GUILD_MESSAGE_REACTIONS,
    "MESSAGE_": Intent.GUILD_MESSAGES,
    "TYPING_": Intent.GUILD_MESSAGE_TYPING,
}
"""By the beginning of an event's name, the longer first. What is not here comes to everybody."""

IN_DIRECT_MESSAGES: Mapping[str, Intent] = {
    "MESSAGE_REACTION_": Intent.DIRECT_MESSAGE_REACTIONS,
    "MESSAGE_": Intent.DIRECT_MESSAGES,
    "CHANNEL_PINS_": Intent.DIRECT_MESSAGES,
    "TYPING_": Intent.DIRECT_MESSAGE_TYPING,
}

CONTENT = {"content": "", "embeds": [], "attachments": [], "components": []}
"""What is empty in a message for whom may not read it."""


@dataclass(frozen=True, slots=True)
class Identified:
    """An identify that came: `at` in seconds since 1970; `code` is what it was refused with."""

    at: float
    shard: int
    of: int
    intents: Intent
    code: int = 0


@dataclass(frozen=True, slots=True)
class Dispatch:
    """An event on its way; `guild` is None in direct messages."""

    name: str
    data: Json
    guild: str | None


@dataclass(slots=True, eq=False)
class Session:
    """A client's session; it outlives its socket. `sent` is all that it was told, the number of each being its place from 1."""

    id: str
    shard: int
    of: int
    intents: Intent
    bot: str
    application: str
    sent: list[tuple[str, Json]] = field(default_factory=list)

    def frame(self, number: int) -> Json:
        """What was sent with this number."""
        name, data = self.sent[number - 1]
        return {"op": Op.DISPATCH, "t": name, "s": number, "d": data}

    def told(self, dispatch: Dispatch) -> Json:
        """The frame that tells it, from now on among what was sent."""
        self.sent.append((dispatch.name, self._readable(dispatch)))
        return self.frame(len(self.sent))

    def wants(self, dispatch: Dispatch) -> bool:
        """Whether the event is of its shard and it asked for such."""
        return self.here(dispatch.guild) and self._asked(dispatch)

    def here(self, guild: str | None) -> bool:
        return self.shard == (0 if guild is None else (int(guild) >> 22) % self.of)

    def _asked(self, dispatch: Dispatch) -> bool:
        by_name = IN_DIRECT_MESSAGES if dispatch.guild is None else IN_GUILDS
        needed = next((by_name[each] for each in by_name if dispatch.name.startswith(each)), None)
        return needed is None or needed in self.intents

    def _readable(self, dispatch: Dispatch) -> Json:
        """The event's data, a message's words only where the session may read them.

        https://discord.com/developers/docs/events/gateway#message-content-intent
        """
        data = dispatch.data
        may = Intent.MESSAGE_CONTENT in self.intents or dispatch.guild is None
        if may or dispatch.name not in {"MESSAGE_CREATE", "MESSAGE_UPDATE"}:
            return data
        ours = data["author"]["id"] == self.bot or data.get("application_id") == self.application
        named = any(each["id"] == self.bot for each in data.get("mentions", []))
        return data if ours or named else {**data, **CONTENT}
