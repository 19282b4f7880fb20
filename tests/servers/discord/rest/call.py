"""A call that was let in: what it names, brings and asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tests.servers.discord.limits import Upload
from tests.servers.discord.permissions import Permission
from tests.servers.discord.shapes import Json, Refused
from tests.servers.discord.things import Channel, Guild, Kind, Message, User, Webhook
from tests.servers.discord.world import World

Answer: TypeAlias = Json | list[Json] | None
"""The body of an answer; None is 204, no content."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call: what stands in the places of its path, its query, its body and its files."""

    world: World
    params: dict[str, str]
    query: Json = field(default_factory=dict)
    body: Any = None
    uploads: Sequence[Upload] = ()

    @property
    def bot(self) -> User:
        """Who calls."""
        return self.world.bot

    def own_application(self) -> None:
        """Raise Refused where the path names another application."""
        if self.params["application_id"] != self.world.application.id:
            raise Refused(403, 20012, "You are not authorized to perform this action on this application")

    def channel(self, *needed: Permission, name: str = "channel_id") -> Channel:
        """The channel of the path. Raises Refused where there is none, or the bot may not look into it or do what is needed."""
        return self.channel_named(self.params[name], *needed)

    def channel_named(self, id: str, *needed: Permission) -> Channel:
        """A channel that the bot sees, and where it may do this."""
        channel = self.world.channels.get(id)
        if channel is None:
            raise Refused(404, 10003, "Unknown Channel")
        if not self.world.sees(self.bot.id, channel):
            raise Refused(403, 50001, "Missing Access")
        allowed = self.world.may(self.bot.id, channel)
        for each in needed:
            if each not in allowed:
                raise lacks(each)
        return channel

    def room(self, *needed: Permission) -> Channel:
        """A channel of a guild that is no thread."""
        channel = self.channel(*needed)
        if channel.guild is None or channel.thread or channel.kind not in {Kind.TEXT, Kind.NEWS}:
            raise Refused(400, 50024, "Cannot execute action on this channel type")
        return channel

    def thread(self) -> Channel:
        """The thread of the path."""
        channel = self.channel()
        if not channel.thread:
            raise Refused(400, 50024, "Cannot execute action on this channel type")
        return channel

    def message(self, channel: Channel) -> Message:
        """The message of the path."""
        found = self.world.message(channel.id, self.params["message_id"])
        if found is None:
            raise Refused(404, 10008, "Unknown Message")
        return found

    def guild(self) -> Guild:
        """The guild of the path, with the bot in it."""
        guild = self.world.guilds.get(self.params["guild_id"])
        if guild is None:
            raise Refused(404, 10004, "Unknown Guild")
        if not guild.joined:
            raise Refused(403, 50001, "Missing Access")
        return guild

    def webhook(self) -> Webhook:
        """The webhook of the path; by its token, where that is there."""
        webhook = self.world.webhooks.get(self.params["webhook_id"])
        if webhook is None:
            raise Refused(404, 10015, "Unknown Webhook")
        token = self.params.get("webhook_token")
        if token is not None and token != webhook.token:
            raise Refused(401, 50027, "Invalid Webhook Token")
        return webhook


Does: TypeAlias = Callable[[Call], Answer]


def lacks(what: Permission) -> Refused:
    """A permission that the bot has not; Discord does not say which, the stand-in's record does."""
    return Lacks(what)


class Lacks(Refused):
    """50013 Missing Permissions."""

    def __init__(self, what: Permission) -> None:
        super().__init__(403, 50013, "Missing Permissions")
        self.what = what

    @property
    def why(self) -> str:
        """With its name."""
        return f"{self.message}: {self.what.name}"
