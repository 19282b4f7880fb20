"""The methods that post, change and delete messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.servers.slack.events import deleted_event, edited_event, message_event
from tests.servers.slack.messages import (
    EDITED_TEXT_AT_MOST,
    as_json,
    check_metadata,
    check_thread,
    content,
    face,
    may_post,
)
from tests.servers.slack.method import Call, Method, method
from tests.servers.slack.shapes import Json, Refused
from tests.servers.slack.things import Channel, Message, Team
from tests.servers.slack.workspace import Workspace

BODY = "text blocks attachments markdown_text"
STYLE = "username icon_emoji icon_url parse link_names as_user"


def put(world: Workspace, team: Team, message: Message) -> Message:
    """The bot's message into the record: what it answers is shown as thinking no longer, and apps are told."""
    world.add(message)
    if message.thread_ts:
        world.statuses.pop((message.channel, message.thread_ts), None)
    if message.only_for is None:
        world.tell(team, message_event(world, message))
    return message


def where(call: Call) -> Channel:
    """The conversation to post in; a person's id stands for the direct one with them."""
    named = call.text("channel")
    user = call.world.users.get(named)
    if user is not None and user.team == call.token.team:
        return call.world.direct(user)
    return call.channel()


def _post(call: Call) -> Json:
    channel = where(call)
    may_post(call, channel)
    text, blocks = content(call.world, call.args)
    thread, metadata = check_thread(call, channel), check_metadata(call)
    username, icon = face(call)
    message = Message(
        channel.id,
        call.world.ts(),
        call.team.bot_user,
        text,
        blocks,
        thread,
        call.team.bot_id,
        username,
        icon,
        metadata,
    )
    put(call.world, call.team, message)
    return {"channel": channel.id, "ts": message.ts, "message": as_json(call.world, message, metadata=True)}


def _post_ephemeral(call: Call) -> Json:
    channel = call.channel()
    may_post(call, channel)
    user = call.user()
    if user.id not in channel.members:
        raise Refused("user_not_in_channel")
    text, blocks = content(call.world, call.args)
    thread = check_thread(call, channel)
    username, icon = face(call)
    ts = call.world.ts()
    shown = Message(channel.id, ts, call.team.bot_user, text, blocks, thread, call.team.bot_id, username, icon, only_for=user.id)
    put(call.world, call.team, shown)
    return {"message_ts": ts}


def own(call: Call, name: str, refusal: str) -> Message:
    """The bot's message that an argument names."""
    channel = call.channel()
    message = call.world.message(channel.id, call.text(name))
    if message is None:
        raise Refused("message_not_found")
    if message.bot_id != call.team.bot_id:
        raise Refused(refusal)
    return message


def _update(call: Call) -> Json:
    message = own(call, "ts", "cant_update_message")
    if call.world.streaming(message):
        raise Refused("streaming_state_conflict")
    if call.world.channels[message.channel].archived:
        raise Refused("is_archived")
    before = as_json(call.world, message)
    brought = {name: call.args[name] for name in BODY.split() if call.args.get(name) is not None}
    kept = not {"blocks", "attachments", "markdown_text"} & set(brought)
    text, blocks = content(call.world, brought, EDITED_TEXT_AT_MOST)
    metadata = check_metadata(call)
    message.text, message.stream = text, None
    if not kept:  # blocks that the update does not name stay, as its page says; an empty list takes them away
        message.blocks = blocks
    message.metadata = metadata if metadata is not None else message.metadata
    message.edited_by = (call.team.bot_user, call.world.ts())
    call.world.tell(call.team, edited_event(call.world, message, before))
    return {"channel": message.channel, "ts": message.ts, "text": text, "message": as_json(call.world, message, metadata=True)}


def _delete(call: Call) -> Json:
    message = own(call, "ts", "cant_delete_message")
    if call.world.streaming(message):
        raise Refused("cant_delete_message")
    before = as_json(call.world, message)
    message.deleted = True
    call.world.tell(call.team, deleted_event(call.world, message, before))
    return {"channel": message.channel, "ts": message.ts}


def _permalink(call: Call) -> Json:
    channel = call.channel()
    message = call.world.message(channel.id, call.text("message_ts"))
    if message is None:
        raise Refused("message_not_found")
    link = f"https://{call.team.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


def _react(call: Call) -> Json:
    channel = call.channel()
    message = call.world.message(channel.id, call.text("timestamp"))
    if message is None:
        raise Refused("message_not_found")
    name = call.text("name")
    if not name or ":" in name or " " in name:
        raise Refused("invalid_name")
    given = (name, call.team.bot_user)
    if given in message.reactions:
        raise Refused("already_reacted")
    message.reactions.append(given)
    return {}


def _unreact(call: Call) -> Json:
    message = call.world.message(call.channel().id, call.text("timestamp"))
    given: Any = (call.text("name"), call.team.bot_user)
    if message is None or given not in message.reactions:
        raise Refused("no_reaction")
    message.reactions.remove(given)
    return {}


METHODS: Mapping[str, Method] = {
    "chat.postMessage": method(
        _post,
        f"channel* {BODY} {STYLE} thread_ts reply_broadcast unfurl_links unfurl_media mrkdwn metadata container_id",
        "chat:write",
        tier=0,
    ),
    "chat.postEphemeral": method(_post_ephemeral, f"channel* user* {BODY} {STYLE} thread_ts", "chat:write", tier=4),
    "chat.update": method(
        _update, f"channel* ts* {BODY} parse link_names as_user reply_broadcast metadata file_ids", "chat:write", tier=3
    ),
    "chat.delete": method(_delete, "channel* ts* as_user", "chat:write", tier=3),
    "chat.getPermalink": method(_permalink, "channel* message_ts*", tier=0),
    "reactions.add": method(_react, "channel* name* timestamp*", "reactions:write", tier=3),
    "reactions.remove": method(_unreact, "channel name* timestamp file file_comment", "reactions:write", tier=2),
}
