"""The model of Slack that everything acts on: who is there, what was said, and what each person sees."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from tests.servers.clock import Clock
from tests.servers.slack.shapes import Json, Refused
from tests.servers.slack.things import (
    Channel,
    ChannelKind,
    File,
    Message,
    ResponseUrl,
    Session,
    Status,
    Team,
    Token,
    Trigger,
    User,
    View,
)

TRIGGER_SECONDS = 3.0
STATUS_SECONDS = 120.0
"""https://docs.slack.dev/reference/methods/assistant.threads.setStatus: cleared after two minutes without a message."""

ALL_SCOPES = (
    "app_mentions:read assistant:write channels:history channels:read channels:join chat:write chat:write.customize commands "
    "dnd:read files:read files:write groups:history groups:read im:history im:read im:write reactions:read reactions:write "
    "team:read users:read users:read.email"
)


class Workspace:
    """Slack's record: every team that the app stands in. Actions on it tell `tell` the events that they lead to."""

    def __init__(self, clock: Clock, manifest: Json | None) -> None:
        self.clock = clock
        self.manifest = manifest
        self.app_id = "A0ELEVATE01"
        self.client_id, self.client_secret = "111.222", secrets.token_hex(16)
        self.signing_secret = secrets.token_hex(16)
        self.verification_token = secrets.token_hex(12)
        self.url = ""
        self.stream_seconds = 300.0
        self.file_seconds = 0.0
        self.tell: Callable[[Team, Json], None] = lambda team, event: None
        self.teams: dict[str, Team] = {}
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: list[Message] = []
        self._said: dict[tuple[str, str], Message] = {}
        self._direct: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.tokens: dict[str, Token] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.sessions: dict[tuple[str, str], Session] = {}
        self.statuses: dict[tuple[str, str], Status] = {}
        self.prompts: dict[str, tuple[str, list[Json]]] = {}
        self.codes: dict[str, tuple[str, str]] = {}
        self._numbers = count(1)
        self._last_ts = 0

    def id(self, prefix: str) -> str:
        """A new id, such as U00000007QX."""
        number = f"{next(self._numbers):05}"
        return f"{prefix}0{number}{hashlib.sha256(number.encode()).hexdigest()[:4].upper()}"

    def ts(self) -> str:
        """The time now as a message's id; no two are the same."""
        self._last_ts = max(self._last_ts + 1, int(self.clock.now() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06}"

    @property
    def app_home(self) -> Json:
        """What the manifest says of the app's tabs; without one, both are there."""
        whole = {"home_tab_enabled": True, "messages_tab_enabled": True}
        tabs: Json = whole if self.manifest is None else self.manifest.get("features", {}).get("app_home", {})
        return tabs

    # -- who is there

    def team(self, name: str, scopes: str | None = None) -> Team:
        """A workspace in which the app is installed."""
        team = Team(self.id("T"), name, name.lower().replace(" ", "-"))
        self.teams[team.id] = team
        team.bot_id = self.id("B")
        display = (self.manifest or {}).get("features", {}).get("bot_user", {}).get("display_name", "Elevate")
        bot = self.user(team, display, bot_id=team.bot_id)
        team.bot_user = bot.id
        self.grant(team, scopes)
        return team

    def grant(self, team: Team, scopes: str | None = None) -> Token:
        """A bot token for the team, with these scopes, or those that the manifest asks for."""
        asked = (self.manifest or {}).get("oauth_config", {}).get("scopes", {}).get("bot")
        given = tuple(scopes.split()) if scopes is not None else tuple(asked or ALL_SCOPES.split())
        return self.token("bot", team.id, given)

    def token(self, kind: str, team: str, scopes: tuple[str, ...]) -> Token:
        """Give out a token."""
        prefix = {"bot": "xoxb", "app": "xapp-1", "config": "xoxe.xoxp-1"}[kind]
        value = f"{prefix}-{next(self._numbers)}-{secrets.token_hex(12)}"
        self.tokens[value] = Token(value, "bot" if kind == "bot" else "app" if kind == "app" else "config", team, scopes)
        return self.tokens[value]

    def bot_token(self, team: Team) -> Token:
        """The newest that holds."""
        return [each for each in self.tokens.values() if each.team == team.id and each.kind == "bot" and not each.revoked][-1]

    def user(self, team: Team, name: str, tz: str = "Europe/London", bot_id: str = "") -> User:
        """Someone new in a team; everybody is in a direct conversation with the bot."""
        offset = datetime.fromtimestamp(self.clock.now(), ZoneInfo(tz)).utcoffset()
        user = User(self.id("U"), team.id, name, tz, int(offset.total_seconds()) if offset else 0, bot_id=bot_id)
        self.users[user.id] = user
        return user

    def channel(self, team: Team, name: str, kind: ChannelKind = "public", members: set[str] | None = None) -> Channel:
        """A new conversation."""
        channel = Channel(self.id("D" if kind == "im" else "C"), team.id, name, kind, set(members or ()))
        self.channels[channel.id] = channel
        return channel

    def direct(self, user: User) -> Channel:
        """The conversation of a person with the bot."""
        team = self.teams[user.team]
        if user.id not in self._direct:
            self._direct[user.id] = self.channel(team, "directmessage", "im", {user.id, team.bot_user})
        return self._direct[user.id]

    # -- what was said

    def visible(self, user: str, channel: str | None = None) -> Iterator[Message]:
        """The messages that a person can see, oldest first."""
        for each in self.messages:
            there = channel is None or each.channel == channel
            if there and not each.deleted and user in self.channels[each.channel].members and each.only_for in {None, user}:
                yield each

    def message(self, channel: str, ts: str) -> Message | None:
        """A message that everybody there sees, by its id."""
        found = self._said.get((channel, ts))
        return found if found and not found.deleted and found.only_for is None else None

    def any_message(self, channel: str, ts: str | None) -> Message | None:
        """A message by its id, an ephemeral one too."""
        found = self._said.get((channel, ts or ""))
        return found if found and not found.deleted else None

    def add(self, message: Message) -> None:
        """It was said."""
        self.messages.append(message)
        self._said[message.channel, message.ts] = message

    def streaming(self, message: Message) -> bool:
        """Whether it grows still."""
        stream = message.stream
        return stream is not None and stream.state == "in_progress" and self.clock.now() - stream.opened_at <= self.stream_seconds

    def status(self, channel: str, thread: str) -> Status | None:
        """What the thread shows while the agent thinks."""
        shown = self.statuses.get((channel, thread))
        return shown if shown and shown.text and self.clock.now() - shown.at < STATUS_SECONDS else None

    def file_shown(self, named: Json) -> bool:
        """Whether a `slack_file` is an image that can be shown by now."""
        for each in self.files.values():
            if named in ({"id": each.id}, {"url": self.private_url(each)}):
                return each.complete and each.mimetype.startswith("image/") and self.clock.now() >= each.ready_at
        return False

    def private_url(self, file: File) -> str:
        """Where a file's content lies, for whoever brings a token."""
        return f"{self.url}/files-pri/{file.team}-{file.id}/{file.name}"

    # -- what interactions carry

    def trigger(self, user: User, view: str | None = None) -> str:
        """A new trigger id."""
        trigger = f"{next(self._numbers)}.{int(self.clock.now())}.{secrets.token_hex(16)}"
        self.triggers[trigger] = Trigger(trigger, user.id, user.team, self.clock.now(), view)
        return trigger

    def exchange(self, trigger_id: str, team: str) -> Trigger:
        """Use a trigger, once and in time."""
        trigger = self.triggers.get(trigger_id)
        if trigger is None or trigger.team != team:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self.clock.now() - trigger.made_at > TRIGGER_SECONDS:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger

    def response_url(self, user: User, channel: str, message: Message | None, thread: str | None) -> str:
        """A new response URL."""
        secret = base64.urlsafe_b64encode(secrets.token_bytes(12)).decode()
        shown = message.ts if message else None
        self.response_urls[secret] = ResponseUrl(secret, user.team, channel, user.id, self.clock.now(), shown, thread)
        return f"{self.url}/actions/{user.team}/{next(self._numbers)}/{secret}"

    def new_hash(self) -> str:
        """A view's new version."""
        return f"{int(self.clock.now())}.{secrets.token_hex(4)}"
