"""Messages that grow: chat.startStream, chat.appendStream and chat.stopStream.

A stream takes text or chunks, whichever comes first, and no longer than five minutes.
https://docs.slack.dev/reference/methods/chat.startStream
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.servers.slack.chat import own, put, where
from tests.servers.slack.events import edited_event
from tests.servers.slack.messages import (
    MARKDOWN_AT_MOST,
    TEXT_AT_MOST,
    as_json,
    check_blocks,
    check_metadata,
    check_thread,
    face,
    may_post,
    with_ids,
)
from tests.servers.slack.method import Call, Method, method
from tests.servers.slack.shapes import Json, Refused
from tests.servers.slack.things import Message, Session, Stream

CHUNKS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "markdown_text": (frozenset({"text"}), frozenset()),
    "task_update": (frozenset({"id", "title", "status"}), frozenset({"details", "output", "sources", "hide_title", "icon"})),
    "plan_update": (frozenset({"title"}), frozenset()),
    "blocks": (frozenset({"blocks"}), frozenset()),
}
"""What a chunk of each type must and may hold."""
TASK_STATES = frozenset({"pending", "in_progress", "complete", "error"})
TASK_TEXT_AT_MOST = 256
SESSION_STATES = frozenset({"active", "processing", "suspended", "closed"})
BODY = "markdown_text chunks"


def _start(call: Call) -> Json:
    channel = where(call)
    may_post(call, channel)
    if not call.text("thread_ts"):
        raise Refused("invalid_arguments", "missing required field: thread_ts")
    thread = check_thread(call, channel)
    if channel.kind != "im":
        _check_recipient(call)
    display = call.text("task_display_mode") or "timeline"
    if display not in {"timeline", "plan"}:
        raise Refused("invalid_arguments", "task_display_mode is timeline or plan")
    stream = Stream(call.world.clock.now(), display)
    _take(call, stream)
    username, icon = face(call)
    team, ts = call.team, call.world.ts()
    message = Message(channel.id, ts, team.bot_user, "", [], thread, team.bot_id, username, icon, stream=stream)
    put(call.world, team, message)
    return {"channel": channel.id, "ts": ts}


def _check_recipient(call: Call) -> None:
    if not call.text("recipient_user_id"):
        raise Refused("missing_recipient_user_id")
    if not call.text("recipient_team_id"):
        raise Refused("missing_recipient_team_id")
    if call.text("recipient_team_id") != call.token.team:
        raise Refused("team_not_found")
    call.user("recipient_user_id")


def _append(call: Call) -> Json:
    message, stream = _open(call)
    if stream.stopped_by_user:
        raise Refused("stopped_by_user")
    if not call.args.get("markdown_text") and not call.args.get("chunks"):
        raise Refused("no_text")
    _take(call, stream)
    return {"channel": message.channel, "ts": message.ts}


def _stop(call: Call) -> Json:
    message, stream = _open(call)
    before = as_json(call.world, message)
    blocks, metadata = call.parsed("blocks") or [], check_metadata(call)
    if blocks:
        check_blocks(call.world, blocks)
    status = call.text("session_status")
    if status and status not in SESSION_STATES:
        raise Refused("invalid_arguments", f"session_status is one of {sorted(SESSION_STATES)}")
    _take(call, stream)
    stream.state = "completed"
    stream.blocks += with_ids(blocks, call.world)
    message.text, message.metadata = stream.text, metadata
    message.blocks = [*([{"type": "markdown", "text": stream.text}] if stream.text else []), *stream.blocks]
    if status:
        call.world.sessions[message.channel, message.root] = Session(status)
    call.world.tell(call.team, edited_event(call.world, message, before))
    return {"channel": message.channel, "ts": message.ts, "message": as_json(call.world, message, metadata=True)}


def _open(call: Call) -> tuple[Message, Stream]:
    """The message that is named, while it streams."""
    message = own(call, "ts", "message_not_owned_by_app")
    stream = message.stream
    if stream is None or not call.world.streaming(message):
        if stream is not None and stream.state == "in_progress":
            stream.state, message.text = "errored", stream.text
        raise Refused("message_not_in_streaming_state")
    return message, stream


def _take(call: Call, stream: Stream) -> None:
    """Put what a call brings into the stream, or nothing of it."""
    text, chunks = call.text("markdown_text"), call.parsed("chunks")
    if text and chunks:
        raise Refused("invalid_arguments", "markdown_text and chunks exclude each other")
    if len(text) > MARKDOWN_AT_MOST or len(stream.text) + len(text) > TEXT_AT_MOST:
        raise Refused("msg_too_long")
    if not text and not chunks:
        return
    mode: Any = "text" if text else "chunks"
    if stream.mode not in {None, mode}:
        raise Refused("streaming_mode_mismatch")
    for each in chunks or []:
        _check_chunk(call, each)
    given = [block for each in chunks or [] if each["type"] == "blocks" for block in each["blocks"]]
    if len(given) + len(stream.blocks) > 50:
        raise Refused("invalid_blocks", "no more than 50 blocks in chunks")
    stream.mode = mode
    stream.text += text
    for each in chunks or []:
        _grow(call, stream, each)


def _check_chunk(call: Call, chunk: Any) -> None:
    kind = str(chunk.get("type")) if isinstance(chunk, dict) else ""
    if kind not in CHUNKS:
        raise Refused("invalid_chunks", f"unsupported type: {kind}")
    must, may = CHUNKS[kind]
    given = {name for name, value in chunk.items() if value is not None} - {"type"}
    if must - given or given - must - may:
        raise Refused("invalid_chunks", f"{kind}: missing {sorted(must - given)}, unknown {sorted(given - must - may)}")
    if kind == "blocks":
        check_blocks(call.world, chunk["blocks"])
    elif kind == "markdown_text" and not 0 < len(chunk["text"]) <= MARKDOWN_AT_MOST:
        raise Refused("msg_too_long" if chunk["text"] else "invalid_chunks")
    elif kind in {"task_update", "plan_update"}:
        if kind == "task_update" and chunk["status"] not in TASK_STATES:
            raise Refused("invalid_chunks", f"task_update: status is one of {sorted(TASK_STATES)}")
        long = [name for name in ("title", "details", "output") if len(chunk.get(name) or "") > TASK_TEXT_AT_MOST]
        if long or not chunk["title"]:
            raise Refused("invalid_chunks", f"{kind}: 1 to {TASK_TEXT_AT_MOST} characters in {long or 'title'}")


def _grow(call: Call, stream: Stream, chunk: Json) -> None:
    match chunk["type"]:
        case "markdown_text":
            stream.text += chunk["text"]
        case "plan_update":
            stream.plan = chunk["title"]
        case "task_update":
            stream.tasks[chunk["id"]] = {**stream.tasks.get(chunk["id"], {}), **chunk}
        case _:
            stream.blocks += with_ids(chunk["blocks"], call.world)


METHODS: Mapping[str, Method] = {
    "chat.startStream": method(
        _start,
        f"channel* thread_ts {BODY} recipient_team_id recipient_user_id task_display_mode icon_emoji icon_url username",
        "chat:write",
        tier=2,
    ),
    "chat.appendStream": method(_append, f"channel* ts* {BODY}", "chat:write", tier=4),
    "chat.stopStream": method(_stop, f"channel* ts* {BODY} blocks metadata session_status", "chat:write", tier=2),
}
