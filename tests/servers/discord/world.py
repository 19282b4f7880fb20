"""Discord's record: who is there, what was said where, what the app has made, and what each may do."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator

from tests.servers.clock import Clock
from tests.servers.discord.permissions import EVERYTHING, FOR_EVERYBODY, FOR_THE_BOT, IN_DIRECT_MESSAGES, Permission
from tests.servers.discord.shapes import EPOCH, Json
from tests.servers.discord.things import (
    Application,
    Asks,
    Attachment,
    Channel,
    Emoji,
    Guild,
    Installed,
    Interaction,
    Kind,
    Message,
    Overwrite,
    Role,
    User,
    Webhook,
)

GUILD_STEP_MS = 1
DAY_SECONDS = 86_400


def _untold(kind: str, payload: Json, guild: str | None) -> None:
    """Nobody is told."""


class World:
    """Everything that stands in Discord. `tell` takes what the gateway sends: the event's name, its data, and its guild.

    `slow_directs`: from so many new direct messages on, opening another is refused with 40003, until it is raised.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.url = ""
        self.tell: Callable[[str, Json, str | None], None] = _untold
        self.slow_directs: int | None = None
        self.opened_directs = 0
        self.users: dict[str, User] = {}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: list[Message] = []
        self.uploads: dict[str, Attachment] = {}
        self.webhooks: dict[str, Webhook] = {}
        self.emojis: dict[str, Emoji] = {}
        self.commands: dict[str | None, list[Json]] = {None: []}
        """The registered commands, by guild; global ones under None."""
        self.interactions: dict[str, Interaction] = {}
        """By token."""
        self.typing: list[tuple[str, float]] = []
        """Where the bot was shown typing, and when."""
        self._said: dict[str, Message] = {}
        self._in: dict[str, list[Message]] = {}
        self._direct: dict[str, Channel] = {}
        self._last_id = 0
        self._first_guild = (int(clock.now() * 1000) - EPOCH - DAY_SECONDS * 1000) // 720_720 * 720_720
        bot, owner = self.user("Elevate", bot=True), self.user("Olive Owner")
        id = self.id()
        self.application = Application(id, "Elevate", bot.id, owner.id, f"{id}.{secrets.token_hex(3)}.{secrets.token_hex(16)}")

    def id(self) -> str:
        """A new snowflake, of the time now; no two are the same, and later ones are greater."""
        self._last_id = max(self._last_id + 1, int(self.clock.now() * 1000) - EPOCH << 22)
        return str(self._last_id)

    # -- who is there

    @property
    def bot(self) -> User:
        """The app's bot."""
        return self.users[self.application.bot]

    def user(self, name: str, *, bot: bool = False, locale: str = "en-GB") -> User:
        """Somebody new, who is in no guild."""
        user = User(self.id(), name, bot, locale)
        self.users[user.id] = user
        return user

    def guild(self, name: str, *, joined: bool = True) -> Guild:
        """A new guild with the bot in it, and a channel `general`. The n-th, from 0, is of shard n % number of shards."""
        number = len(self.guilds)
        guild = Guild(str(self._first_guild + number * GUILD_STEP_MS << 22), name, self.application.owner, joined=joined)
        guild.joined_at = self.clock.now()
        role = self.id()
        guild.roles = {
            guild.id: Role(guild.id, "@everyone", FOR_EVERYBODY),
            role: Role(role, self.application.name, FOR_THE_BOT, of_bot=self.application.bot),
        }
        guild.members[self.application.owner] = []
        if joined:
            guild.members[self.application.bot] = [role]
        self.guilds[guild.id] = guild
        self.channel(guild, "general")
        return guild

    def channel(self, guild: Guild, name: str, kind: Kind = Kind.TEXT) -> Channel:
        """A new channel, which everybody in the guild sees."""
        return self.place(Channel(self.id(), kind, name, guild.id))

    def place(self, channel: Channel) -> Channel:
        """Keep a channel, a thread or direct messages."""
        self.channels[channel.id] = channel
        return channel

    def direct(self, user: User) -> Channel:
        """The direct messages of a person with the bot."""
        if user.id not in self._direct:
            channel = Channel(self.id(), Kind.DIRECT, "", members={user.id: self.clock.now()})
            self._direct[user.id] = self.place(channel)
        return self._direct[user.id]

    def has_direct(self, user: User) -> bool:
        """Whether they were opened."""
        return user.id in self._direct

    def shares_guild(self, user: User) -> bool:
        """Whether the bot is in a guild with this person."""
        return any(user.id in each.members for each in self.guilds.values() if each.joined)

    # -- what may be done

    def may(self, user: str, channel: Channel) -> Permission:
        """What somebody may do in a channel; in a thread, what they may in the channel that it is in."""
        if channel.guild is None:
            return IN_DIRECT_MESSAGES if user in channel.members or user == self.application.bot else Permission(0)
        guild = self.guilds[channel.guild]
        if user not in guild.members:
            return Permission(0)
        if user == guild.owner:
            return EVERYTHING
        roles = [guild.id, *guild.members[user]]
        allowed = Permission(0)
        for each in roles:
            allowed |= guild.roles[each].allows
        if Permission.ADMINISTRATOR in allowed:
            return EVERYTHING
        around = self.channels[channel.parent] if channel.thread and channel.parent else channel
        for group in ([guild.id], guild.members[user], [user]):
            found = [around.overwrites[each] for each in group if each in around.overwrites]
            for overwrite in found:
                allowed &= ~overwrite.deny
            for overwrite in found:
                allowed |= overwrite.allow
        return allowed if Permission.VIEW_CHANNEL in allowed else Permission(0)

    def sees(self, user: str, channel: Channel) -> bool:
        """Whether somebody can look into it: a private thread only who is in it, or who manages threads."""
        allowed = self.may(user, channel)
        if Permission.VIEW_CHANNEL not in allowed:
            return False
        return channel.kind != Kind.PRIVATE_THREAD or user in channel.members or Permission.MANAGE_THREADS in allowed

    def forbid(self, guild: Guild, what: Permission, channel: Channel | None = None, user: str | None = None) -> None:
        """Somebody, by default the bot, may no longer do this: in the whole guild, or in one channel."""
        user = user or self.application.bot
        if channel is not None:
            now = channel.overwrites.get(user, Overwrite(of_member=True))
            channel.overwrites[user] = Overwrite(now.allow & ~what, now.deny | what, of_member=True)
            return
        for each in [guild.id, *guild.members.get(user, [])]:
            guild.roles[each].allows &= ~what

    def allow(self, guild: Guild, what: Permission, channel: Channel | None = None, user: str | None = None) -> None:
        """Somebody, by default the bot, may do this: in the whole guild, or in one channel."""
        user = user or self.application.bot
        if channel is not None:
            now = channel.overwrites.get(user, Overwrite(of_member=True))
            channel.overwrites[user] = Overwrite(now.allow | what, now.deny & ~what, of_member=True)
            return
        guild.roles[(guild.members.get(user) or [guild.id])[-1]].allows |= what

    # -- what was said

    def add(self, message: Message) -> None:
        """It was said; an ephemeral one stands in no history."""
        self.messages.append(message)
        self._said[message.id] = message
        self._in.setdefault(message.channel, []).append(message)
        if message.only_for is None:
            channel = self.channels[message.channel]
            channel.last = message.id
            channel.said += 1

    def message(self, channel: str, id: str) -> Message | None:
        """A message that everybody there sees, by its id."""
        found = self.any_message(id)
        return found if found and found.channel == channel and found.only_for is None else None

    def any_message(self, id: str | None) -> Message | None:
        """A message by its id, an ephemeral one too."""
        found = self._said.get(id or "")
        return found if found and not found.deleted else None

    def history(self, channel: str) -> list[Message]:
        """What is said in a channel, oldest first."""
        return [each for each in self._in.get(channel, []) if not each.deleted and each.only_for is None]

    def visible(self, user: str, channel: str | None = None) -> Iterator[Message]:
        """The messages that a person can see, oldest first."""
        for each in self.messages if channel is None else self._in.get(channel, []):
            if not each.deleted and each.only_for in {None, user} and self.sees(user, self.channels[each.channel]):
                yield each

    def threads(self, channel: str) -> list[Channel]:
        """Those in a channel."""
        return [each for each in self.channels.values() if each.thread and each.parent == channel]

    # -- what people ask

    def interaction(
        self,
        asks: Asks,
        user: User,
        channel: Channel,
        data: Json,
        *,
        message: str | None = None,
        installed: Installed = "guild",
        triggered_by: str | None = None,
    ) -> Interaction:
        """Something that a person asks of the app; it is to be answered within three seconds."""
        id, now = self.id(), self.clock.now()
        token = secrets.token_urlsafe(48)
        made = Interaction(id, token, asks, user.id, channel.id, channel.guild, now, data, message, installed, triggered_by)
        self.interactions[token] = made
        return made
