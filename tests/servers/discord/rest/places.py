"""Channels, guilds, users and the gateway's address.

https://discord.com/developers/docs/resources/channel, .../guild, .../user
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.servers.discord.acts import delete_channel, throw_out, told_of
from tests.servers.discord.limits import check_thread_name
from tests.servers.discord.objects import (
    channel_json,
    guild_json,
    member_json,
    myself_json,
    permissions_json,
    role_json,
    user_json,
)
from tests.servers.discord.permissions import Permission
from tests.servers.discord.rest.call import Answer, Call, Does, lacks
from tests.servers.discord.shapes import Refused
from tests.servers.discord.things import Channel, Kind


def _channel(call: Call) -> Answer:
    return channel_json(call.world, call.channel())


def _update_channel(call: Call) -> Answer:
    channel = call.channel()
    if channel.guild is None:
        raise Refused(403, 50003, "Cannot execute action on a DM channel")
    if channel.thread:
        _update_thread(call, channel)
    else:
        _needs(call, channel, Permission.MANAGE_CHANNELS)
        channel.name = call.body.get("name") or channel.name
        told_of(call.world, "CHANNEL_UPDATE", channel)
    return channel_json(call.world, channel)


def _update_thread(call: Call, thread: Channel) -> None:
    """Whoever made a thread may name, archive and open it; to lock it is for who manages threads."""
    if thread.owner != call.bot.id or call.body.get("locked") is not None:
        _needs(call, thread, Permission.MANAGE_THREADS)
    archived = call.body.get("archived")
    if thread.archived and archived is not False:
        raise Refused(400, 50083, "Thread is archived")
    if call.body.get("name") is not None:
        check_thread_name(call.body["name"])
        thread.name = call.body["name"]
    if archived is not None and archived != thread.archived:
        thread.archived, thread.archived_at = archived, call.world.clock.now()
    thread.locked = bool(call.body.get("locked", thread.locked))
    thread.archive_minutes = call.body.get("auto_archive_duration") or thread.archive_minutes
    told_of(call.world, "THREAD_UPDATE", thread)


def _needs(call: Call, channel: Channel, what: Permission) -> None:
    if what not in call.world.may(call.bot.id, channel):
        raise lacks(what)


def _delete_channel(call: Call) -> Answer:
    channel = call.channel()
    shown = channel_json(call.world, channel)
    if channel.kind != Kind.DIRECT:
        _needs(call, channel, Permission.MANAGE_THREADS if channel.thread else Permission.MANAGE_CHANNELS)
        delete_channel(call.world, channel)
    return shown


def _guild(call: Call) -> Answer:
    return guild_json(call.guild())


def _channels(call: Call) -> Answer:
    guild = call.guild()
    return [channel_json(call.world, each) for each in call.world.channels.values() if each.guild == guild.id and not each.thread]


def _roles(call: Call) -> Answer:
    return [role_json(each) for each in call.guild().roles.values()]


def _member(call: Call) -> Answer:
    guild = call.guild()
    if call.params["user_id"] not in call.world.users:
        raise Refused(404, 10013, "Unknown User")
    if call.params["user_id"] not in guild.members:
        raise Refused(404, 10007, "Unknown Member")
    return member_json(guild, call.world.users[call.params["user_id"]])


def _me(call: Call) -> Answer:
    return myself_json(call.bot)


def _user(call: Call) -> Answer:
    user = call.world.users.get(call.params["user_id"])
    if user is None:
        raise Refused(404, 10013, "Unknown User")
    return user_json(user)


def _my_guilds(call: Call) -> Answer:
    joined = sorted((each for each in call.world.guilds.values() if each.joined), key=lambda each: int(each.id))
    after, before = int(call.query.get("after", 0)), call.query.get("before")
    kept = [each for each in joined if int(each.id) > after and (before is None or int(each.id) < int(before))]
    return [
        {
            "id": each.id,
            "name": each.name,
            "icon": None,
            "banner": None,
            "owner": False,
            "permissions": permissions_json(each.everyone.allows | each.of_bot.allows),
            "features": [],
        }
        for each in kept[: call.query.get("limit", 200)]
    ]


def _leave_guild(call: Call) -> Answer:
    throw_out(call.world, call.guild())
    return None


def _open_direct(call: Call) -> Answer:
    world = call.world
    user = world.users.get(str(call.body.get("recipient_id")))
    if user is None or user.bot:
        raise Refused(400, 50033, "Invalid Recipient(s)")
    if not world.has_direct(user):
        if world.slow_directs is not None and world.opened_directs >= world.slow_directs:
            raise Refused(400, 40003, "You are opening direct messages too fast")
        world.opened_directs += 1
    return channel_json(world, world.direct(user))


OPERATIONS: Mapping[str, Does] = {
    "get_channel": _channel,
    "update_channel": _update_channel,
    "delete_channel": _delete_channel,
    "get_guild": _guild,
    "list_guild_channels": _channels,
    "list_guild_roles": _roles,
    "get_guild_member": _member,
    "get_my_user": _me,
    "get_user": _user,
    "list_my_guilds": _my_guilds,
    "leave_guild": _leave_guild,
    "create_dm": _open_direct,
}
