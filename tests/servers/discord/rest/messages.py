"""Messages in channels, threads and direct messages.

https://discord.com/developers/docs/resources/message
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

from tests.servers.discord.acts import change, remove, say
from tests.servers.discord.limits import CHANNEL_FLAGS, check_change, check_new
from tests.servers.discord.message_objects import message_json
from tests.servers.discord.permissions import Permission
from tests.servers.discord.posting import fill
from tests.servers.discord.rest.call import Answer, Call, Does, lacks
from tests.servers.discord.shapes import Json, Refused, malformed
from tests.servers.discord.things import Channel, Kind, Message
from tests.servers.discord.world import World

REPLY = 19


def may_write(call: Call, channel: Channel) -> None:
    """Raise Refused where the bot may not post here."""
    if channel.kind in {Kind.CATEGORY, Kind.FORUM}:
        raise Refused(400, 50008, "Cannot send messages in a non-text channel")
    if channel.guild is None:
        _may_reach(call.world, channel)
        return
    needed = [Permission.SEND_MESSAGES_IN_THREADS if channel.thread else Permission.SEND_MESSAGES]
    needed += [Permission.ATTACH_FILES] if call.uploads else []
    needed += [Permission.EMBED_LINKS] if call.body.get("embeds") else []
    allowed = call.world.may(call.bot.id, channel)
    for each in needed:
        if each not in allowed:
            raise lacks(each)
    check_open(call.world, channel)


def _may_reach(world: World, channel: Channel) -> None:
    user = world.users[next(iter(channel.members))]
    if user.closed:
        raise Refused(403, 50007, "Cannot send messages to this user")
    if not world.shares_guild(user) and not user.installed:
        raise Refused(403, 50278, "Cannot send messages to this user due to having no mutual guilds")


def check_open(world: World, channel: Channel) -> None:
    """Raise Refused where a thread is locked, for who does not manage threads."""
    if channel.locked and Permission.MANAGE_THREADS not in world.may(world.application.bot, channel):
        raise Refused(403, 160005, "This thread is locked")


def _list(call: Call) -> Answer:
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    said = call.world.history(channel.id)
    limit = call.query.get("limit", 50)
    named = [name for name in ("before", "after", "around") if name in call.query]
    if len(named) > 1:
        raise malformed((named[1], "MUTUALLY_EXCLUSIVE", "Only one of before, after and around"))
    at = int(call.query[named[0]]) if named else 0
    match named:
        case ["after"]:
            found = [each for each in said if int(each.id) > at][:limit]
        case ["around"]:
            before = [each for each in said if int(each.id) < at][-(limit // 2) :]
            found = [*before, *[each for each in said if int(each.id) >= at][: limit - len(before)]]
        case ["before"]:
            found = [each for each in said if int(each.id) < at][-limit:]
        case _:
            found = said[-limit:]
    return [message_json(call.world, each) for each in reversed(found)]


def _get(call: Call) -> Answer:
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    return message_json(call.world, call.message(channel))


def _create(call: Call) -> Answer:
    channel = call.channel()
    check_new(call.body, call.uploads, may=CHANNEL_FLAGS)
    may_write(call, channel)
    nonce = call.body.get("nonce")
    if call.body.get("enforce_nonce") and nonce is not None:
        for each in call.world.history(channel.id):
            if each.author == call.bot.id and str(each.nonce) == str(nonce):
                return message_json(call.world, each)
    message = Message(call.world.id(), channel.id, call.bot.id, nonce=nonce)
    _refer(call, channel, message)
    fill(call.world, message, call.body, call.uploads)
    say(call.world, message)
    return message_json(call.world, message)


def _refer(call: Call, channel: Channel, message: Message) -> None:
    reference: Json | None = call.body.get("message_reference")
    if not reference:
        return
    known = call.world.message(channel.id, str(reference["message_id"]))
    if known is None:
        if reference.get("fail_if_not_exists", True):
            raise malformed(("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message"))
        return
    guild = {"guild_id": channel.guild} if channel.guild else {}
    message.reference = {"type": 0, "channel_id": channel.id, "message_id": known.id, **guild}
    message.kind = REPLY


def _update(call: Call) -> Answer:
    channel = call.channel()
    message = call.message(channel)
    if message.author != call.bot.id or message.webhook is not None:
        raise Refused(403, 50005, "Cannot edit a message authored by another user")
    rewrite(call, message)
    return message_json(call.world, message)


def rewrite(call: Call, message: Message) -> None:
    """Change a message as the body says."""
    channel = call.world.channels[message.channel]
    if channel.archived:
        raise Refused(400, 50083, "Thread is archived")
    check_change(call.body, call.uploads, message)
    if call.uploads and channel.guild and message.token is None and message.webhook is None:
        may_write(call, channel)
    fill(call.world, message, call.body, call.uploads)
    change(call.world, message)


def _delete(call: Call) -> Answer:
    channel = call.channel()
    message = call.message(channel)
    if message.author != call.bot.id:
        if channel.guild is None:
            raise Refused(403, 50003, "Cannot execute action on a DM channel")
        if Permission.MANAGE_MESSAGES not in call.world.may(call.bot.id, channel):
            raise lacks(Permission.MANAGE_MESSAGES)
    if channel.archived:
        raise Refused(400, 50083, "Thread is archived")
    remove(call.world, message)
    return None


def _type(call: Call) -> Answer:
    channel = call.channel()
    if channel.guild is not None:
        may_write(Call(call.world, call.params, {}, {}), channel)
    call.world.typing.append((channel.id, call.world.clock.now()))
    return None


def _react(call: Call) -> Answer:
    channel = call.channel()
    message = call.message(channel)
    if channel.guild is not None and Permission.ADD_REACTIONS not in call.world.may(call.bot.id, channel):
        raise lacks(Permission.ADD_REACTIONS)
    given = (unquote(call.params["emoji_name"]), call.bot.id)
    if given not in message.reactions:
        message.reactions.append(given)
    return None


OPERATIONS: Mapping[str, Does] = {
    "add_my_message_reaction": _react,
    "list_messages": _list,
    "get_message": _get,
    "create_message": _create,
    "update_message": _update,
    "delete_message": _delete,
    "trigger_typing_indicator": _type,
}
