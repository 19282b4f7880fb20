"""What a thread shows while an agent works, the prompts of a new conversation, and sessions.

https://docs.slack.dev/ai/agent-sessions, https://docs.slack.dev/ai/migrating-to-agent-messaging
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.servers.slack.method import Call, Method, method
from tests.servers.slack.shapes import Json, Refused
from tests.servers.slack.streams import SESSION_STATES
from tests.servers.slack.things import Session, Status

PROMPTS_AT_MOST = 4
LOADING_AT_MOST = 10
TITLE_AT_MOST = 200


def _status(call: Call) -> Json:
    channel = call.channel("channel_id")
    if call.world.message(channel.id, call.text("thread_ts")) is None:
        raise Refused("thread_not_found")
    loading = call.parsed("loading_messages") or []
    if not isinstance(loading, list) or len(loading) > LOADING_AT_MOST or not all(isinstance(each, str) for each in loading):
        raise Refused("invalid_arguments", f"loading_messages: at most {LOADING_AT_MOST} texts")
    status = Status(call.text("status"), call.world.clock.now(), tuple(loading))
    call.world.statuses[channel.id, call.text("thread_ts")] = status
    return {}


def _prompts(call: Call) -> Json:
    channel = call.channel("channel_id")
    prompts = call.parsed("prompts")
    right = isinstance(prompts, list) and all(
        isinstance(each, dict)
        and set(each) == {"title", "message"}
        and all(isinstance(one, str) and one for one in each.values())
        for each in prompts
    )
    if not right or not 1 <= len(prompts) <= PROMPTS_AT_MOST:
        raise Refused("invalid_arguments", f"prompts: 1 to {PROMPTS_AT_MOST}, each with a title and a message")
    if channel.kind != "im":
        raise Refused("invalid_arguments", "prompts are shown in direct conversations")
    if not call.text("thread_ts"):  # under agent_view a call that names a thread answers ok, and shows nothing
        call.world.prompts[channel.id] = (call.text("title"), prompts)
    return {}


def _title(call: Call) -> Json:
    channel = call.channel("channel_id")
    if call.world.message(channel.id, call.text("thread_ts")) is None:
        raise Refused("thread_not_found")
    return {}


def _session(call: Call) -> Json:
    channel, thread, status = call.channel("channel_id"), call.text("thread_ts"), call.text("status")
    if status not in SESSION_STATES:
        raise Refused("invalid_arguments", f"status is one of {sorted(SESSION_STATES)}")
    if call.world.message(channel.id, thread) is None:
        raise Refused("thread_not_found")
    if len(call.text("title")) > TITLE_AT_MOST:
        raise Refused("invalid_arguments", f"title is longer than {TITLE_AT_MOST} characters")
    initiator = call.text("initiator_user_id")
    if initiator and initiator not in channel.members:
        raise Refused("user_not_in_channel")
    session = call.world.sessions.setdefault((channel.id, thread), Session(status, call.text("title")))
    session.status = status
    return {"status": status, "agent_status": status, "title": session.title}


def _rename(call: Call) -> Json:
    channel, title = call.channel("channel_id"), call.text("title")
    session = call.world.sessions.get((channel.id, call.text("thread_ts")))
    if session is None:
        raise Refused("session_not_found")
    if not 1 <= len(title) <= TITLE_AT_MOST:
        raise Refused("invalid_arguments", f"title is 1 to {TITLE_AT_MOST} characters")
    session.title = title
    return {"title": title}


FACE = "icon_emoji icon_url username"
METHODS: Mapping[str, Method] = {
    "assistant.threads.setStatus": method(
        _status, f"channel_id* thread_ts* status* loading_messages {FACE}", "chat:write assistant:write", tier=0
    ),
    "assistant.threads.setSuggestedPrompts": method(
        _prompts, "channel_id* prompts* thread_ts title", "assistant:write chat:write", tier=0
    ),
    "assistant.threads.setTitle": method(_title, "channel_id* thread_ts* title*", "assistant:write", tier=0),
    "agents.sessions.setStatus": method(
        _session, f"channel_id* status* thread_ts title initiator_user_id {FACE}", "chat:write", tier=3
    ),
    "agents.sessions.rename": method(_rename, "channel_id* title* thread_ts", "chat:write", tier=3),
}
