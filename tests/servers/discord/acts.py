"""What happens in Discord, and what apps are told of it: messages, threads, guilds."""

from __future__ import annotations

from tests.servers.discord.message_objects import message_event
from tests.servers.discord.objects import channel_json, guild_create_json, member_json, thread_member_json, user_json
from tests.servers.discord.permissions import Permission
from tests.servers.discord.shapes import Json
from tests.servers.discord.things import Channel, Flag, Guild, Kind, Message, User
from tests.servers.discord.world import World

THREAD_STARTED, THREAD_CREATED = 21, 18


def say(world: World, message: Message) -> Message:
    """Somebody said something; in a thread that is archived, it opens again."""
    channel = world.channels[message.channel]
    if channel.thread and message.only_for is None:
        if channel.archived and not channel.locked:
            channel.archived = False
            told_of(world, "THREAD_UPDATE", channel)
        if message.author in world.users:
            join(world, channel, message.author)
    world.add(message)
    if message.only_for is None:
        world.tell("MESSAGE_CREATE", message_event(world, message), channel.guild)
    return message


def change(world: World, message: Message, *, edited: bool = True) -> None:
    """A message reads otherwise now."""
    if edited:
        message.edited_at = world.clock.now()
    if message.only_for is None:
        world.tell("MESSAGE_UPDATE", message_event(world, message), world.channels[message.channel].guild)


def remove(world: World, message: Message) -> None:
    """A message is gone."""
    message.deleted = True
    channel = world.channels[message.channel]
    if message.only_for is None:
        about: Json = {"id": message.id, "channel_id": message.channel}
        world.tell("MESSAGE_DELETE", about | ({"guild_id": channel.guild} if channel.guild else {}), channel.guild)


def remove_many(world: World, messages: list[Message]) -> None:
    """Messages of one channel are gone at once, as when a moderator takes them away.

    https://discord.com/developers/docs/resources/message#bulk-delete-messages
    """
    for each in messages:
        each.deleted = True
    channel = world.channels[messages[0].channel]
    about: Json = {"ids": [each.id for each in messages], "channel_id": channel.id, "guild_id": channel.guild}
    world.tell("MESSAGE_DELETE_BULK", about, channel.guild)


def start_thread(
    world: World,
    around: Channel,
    name: str,
    owner: str,
    *,
    root: Message | None = None,
    private: bool = False,
    minutes: int = 1440,
) -> Channel:
    """A thread in a channel; one that is made from a message has its id."""
    kind = Kind.PRIVATE_THREAD if private else Kind.PUBLIC_THREAD
    now = world.clock.now()
    thread = Channel(root.id if root else world.id(), kind, name, around.guild, around.id, owner)
    thread.members[owner], thread.archive_minutes, thread.archived_at = now, minutes, now
    world.place(thread)
    told_of(world, "THREAD_CREATE", thread, newly=True)
    if root is not None:
        root.thread = thread.id
        root.flags |= Flag.HAS_THREAD
        change(world, root, edited=False)
        if root.author in world.users:
            join(world, thread, root.author)
        reference = {"type": 0, "channel_id": around.id, "message_id": root.id, "guild_id": around.guild}
        world.add(Message(world.id(), thread.id, owner, kind=THREAD_STARTED, reference=reference))
        thread.said = 0
    elif not private:
        reference = {"type": 0, "channel_id": thread.id, "guild_id": around.guild}
        world.add(Message(world.id(), around.id, owner, name, kind=THREAD_CREATED, reference=reference))
    return thread


def told_of(world: World, event: str, channel: Channel, *, newly: bool = False) -> None:
    """Tell of a channel or thread, if the bot can see it."""
    if world.sees(world.application.bot, channel):
        world.tell(event, channel_json(world, channel) | ({"newly_created": True} if newly else {}), channel.guild)


def join(world: World, thread: Channel, user: str) -> None:
    """Somebody comes into a thread."""
    if user in thread.members:
        return
    thread.members[user] = world.clock.now()
    guild, who = world.guilds[thread.guild or ""], world.users[user]
    member = {**thread_member_json(thread, user), "member": member_json(guild, who), "presence": None}
    about = {"id": thread.id, "guild_id": thread.guild, "member_count": len(thread.members), "added_members": [member]}
    if user == world.application.bot:
        told_of(world, "THREAD_CREATE", thread)
    elif world.sees(world.application.bot, thread):
        world.tell("THREAD_MEMBERS_UPDATE", about, thread.guild)


def delete_channel(world: World, channel: Channel) -> None:
    """A channel or a thread is gone, with what was said in it."""
    for each in world.history(channel.id):
        each.deleted = True
    for thread in world.threads(channel.id):
        del world.channels[thread.id]
    seen = world.sees(world.application.bot, channel)
    shown = channel_json(world, channel)
    del world.channels[channel.id]
    if seen and channel.thread:
        kept = {name: shown[name] for name in ("id", "guild_id", "parent_id", "type")}
        world.tell("THREAD_DELETE", kept, channel.guild)
    elif seen:
        world.tell("CHANNEL_DELETE", shown, channel.guild)


def add_channel(world: World, guild: Guild, name: str, kind: Kind = Kind.TEXT) -> Channel:
    """Somebody makes a channel, and the bot hears of it."""
    channel = world.channel(guild, name, kind)
    told_of(world, "CHANNEL_CREATE", channel)
    return channel


def hide(world: World, channel: Channel) -> None:
    """The bot is no longer let into a channel."""
    world.forbid(world.guilds[channel.guild or ""], Permission.VIEW_CHANNEL, channel)
    world.tell("CHANNEL_UPDATE", channel_json(world, channel), channel.guild)


def come_in(world: World, guild: Guild, user: User) -> None:
    """Somebody joins a guild."""
    guild.members[user.id] = []
    world.tell("GUILD_MEMBER_ADD", {**member_json(guild, user), "guild_id": guild.id}, guild.id)


def leave(world: World, guild: Guild, user: User) -> None:
    """Somebody leaves a guild."""
    guild.members.pop(user.id, None)
    world.tell("GUILD_MEMBER_REMOVE", {"guild_id": guild.id, "user": user_json(user)}, guild.id)


def invite(world: World, guild: Guild) -> None:
    """The bot is let into a guild."""
    guild.joined, guild.joined_at = True, world.clock.now()
    guild.members[world.application.bot] = [guild.of_bot.id]
    world.tell("GUILD_CREATE", guild_create_json(world, guild), guild.id)


def throw_out(world: World, guild: Guild) -> None:
    """The bot is thrown out of a guild."""
    guild.joined = False
    guild.members.pop(world.application.bot, None)
    world.tell("GUILD_DELETE", {"id": guild.id}, guild.id)
