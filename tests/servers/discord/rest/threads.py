"""Threads, and who is in them.

https://discord.com/developers/docs/topics/threads
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.servers.discord.acts import join, start_thread
from tests.servers.discord.limits import check_thread_name
from tests.servers.discord.objects import channel_json, member_json, thread_member_json
from tests.servers.discord.permissions import Permission
from tests.servers.discord.rest.call import Answer, Call, Does
from tests.servers.discord.rest.messages import check_open
from tests.servers.discord.shapes import Json, Refused
from tests.servers.discord.things import Channel, Kind, Message


def _from_message(call: Call) -> Answer:
    channel = call.room(Permission.CREATE_PUBLIC_THREADS)
    root: Message = call.message(channel)
    check_thread_name(call.body["name"])
    if root.thread is not None and root.thread in call.world.channels:
        raise Refused(400, 160004, "A thread has already been created for this message")
    minutes = call.body.get("auto_archive_duration") or 1440
    thread = start_thread(call.world, channel, call.body["name"], call.bot.id, root=root, minutes=minutes)
    return channel_json(call.world, thread)


def _create(call: Call) -> Answer:
    private = (call.body.get("type") or Kind.PRIVATE_THREAD) == Kind.PRIVATE_THREAD
    channel = call.room(Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS)
    check_thread_name(call.body["name"])
    minutes = call.body.get("auto_archive_duration") or 1440
    thread = start_thread(call.world, channel, call.body["name"], call.bot.id, private=private, minutes=minutes)
    return channel_json(call.world, thread)


def _add(call: Call) -> Answer:
    thread = _open(call)
    check_open(call.world, thread)
    user = call.world.users.get(call.params["user_id"])
    if user is None:
        raise Refused(404, 10013, "Unknown User")
    around = call.world.channels[thread.parent or ""]
    if Permission.VIEW_CHANNEL not in call.world.may(user.id, around):
        raise Refused(403, 50001, "Missing Access")
    join(call.world, thread, user.id)
    return None


def _remove(call: Call) -> Answer:
    thread = _open(call)
    if call.params["user_id"] not in thread.members:
        raise Refused(404, 10007, "Unknown Member")
    del thread.members[call.params["user_id"]]
    return None


def _open(call: Call) -> Channel:
    thread = call.thread()
    if thread.archived:
        raise Refused(400, 50083, "Thread is archived")
    return thread


def _join(call: Call) -> Answer:
    join(call.world, _open(call), call.bot.id)
    return None


def _leave(call: Call) -> Answer:
    _open(call).members.pop(call.bot.id, None)
    return None


def _members(call: Call) -> Answer:
    thread = call.thread()
    return [thread_member_json(thread, each) for each in thread.members]


def _member(call: Call) -> Answer:
    thread = call.thread()
    user = call.params["user_id"]
    if user not in thread.members:
        raise Refused(404, 10007, "Unknown Member")
    shown = thread_member_json(thread, user)
    if call.query.get("with_member"):
        shown["member"] = member_json(call.world.guilds[thread.guild or ""], call.world.users[user])
    return shown


def _active(call: Call) -> Answer:
    guild = call.guild()
    threads = [each for each in call.world.channels.values() if each.thread and each.guild == guild.id and not each.archived]
    return listed(call, [each for each in threads if call.world.sees(call.bot.id, each)])


def listed(call: Call, threads: list[Channel]) -> Json:
    """A list of threads, with the bot's own membership."""
    mine = [thread_member_json(each, call.bot.id) for each in threads if call.bot.id in each.members]
    return {"threads": [channel_json(call.world, each) for each in threads], "members": mine, "has_more": False}


def _archived(call: Call, kind: Kind) -> Answer:
    channel = call.room(Permission.READ_MESSAGE_HISTORY)
    found = [each for each in call.world.threads(channel.id) if each.archived and each.kind == kind]
    return listed(call, [each for each in found if call.world.sees(call.bot.id, each)])


def _archived_public(call: Call) -> Answer:
    return _archived(call, Kind.PUBLIC_THREAD)


def _archived_private(call: Call) -> Answer:
    return _archived(call, Kind.PRIVATE_THREAD)


OPERATIONS: Mapping[str, Does] = {
    "create_thread_from_message": _from_message,
    "create_thread": _create,
    "add_thread_member": _add,
    "delete_thread_member": _remove,
    "join_thread": _join,
    "leave_thread": _leave,
    "list_thread_members": _members,
    "get_thread_member": _member,
    "get_active_guild_threads": _active,
    "list_public_archived_threads": _archived_public,
    "list_private_archived_threads": _archived_private,
    "list_my_private_archived_threads": _archived_private,
}
