"""The events that Slack tells apps, in the shape of their pages; each is held to the published types before it goes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.servers.slack.messages import as_json
from tests.servers.slack.shapes import Json, faults
from tests.servers.slack.things import Channel, Message, Team, User
from tests.servers.slack.workspace import Workspace

DEFINITIONS: Mapping[tuple[str, str], str] = {
    ("message", ""): "GenericMessageEvent",
    ("message", "bot_message"): "BotMessageEvent",
    ("message", "file_share"): "FileShareMessageEvent",
    ("message", "message_changed"): "MessageChangedEvent",
    ("message", "message_deleted"): "MessageDeletedEvent",
    ("app_mention", ""): "AppMentionEvent",
    ("app_home_opened", ""): "AppHomeOpenedEvent",
    ("app_context_changed", ""): "AppContextChangedEvent",
    ("agent_session_stopped", ""): "AgentSessionStoppedEvent",
    ("reaction_added", ""): "ReactionAddedEvent",
    ("member_joined_channel", ""): "MemberJoinedChannelEvent",
    ("tokens_revoked", ""): "TokensRevokedEvent",
    ("app_uninstalled", ""): "AppUninstalledEvent",
}
WRAPPED_BY_MESSAGE = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}
SCOPES: Mapping[str, str] = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
}
"""What the bot's token must be allowed for the event to come."""


def check_event(event: Json) -> None:
    """Raise AssertionError where an event of the stand-in is not in Slack's shape."""
    definition = DEFINITIONS[event["type"], event.get("subtype", "")]
    wrong = faults("slack-events", definition, event)
    assert not wrong, f"the stand-in made a wrong {definition}: {wrong}"


def subscription(event: Json) -> str:
    """The name under which an app subscribes to an event."""
    return WRAPPED_BY_MESSAGE[event["channel_type"]] if event["type"] == "message" else str(event["type"])


def message_event(world: Workspace, message: Message) -> Json:
    """Somebody, or the bot itself, said something."""
    channel = world.channels[message.channel]
    shown = as_json(world, message)
    event = {**shown, "channel": channel.id, "channel_type": channel.type, "event_ts": message.ts}
    if message.files:
        event |= {"subtype": "file_share", "upload": False, "display_as_bot": bool(message.bot_id)}
    if message.thread_ts:
        root = world.message(channel.id, message.thread_ts)
        event |= {"parent_user_id": root.user} if root and root.user and not root.username else {}
    return event


def mention_event(world: Workspace, message: Message) -> Json:
    """Somebody named the bot."""
    event = message_event(world, message)
    kept = {
        name: value
        for name, value in event.items()
        if name not in {"channel_type", "parent_user_id", "subtype", "display_as_bot"}
    }
    if "files" in kept:
        user = {"user": message.user, "user_team": world.channels[message.channel].team}
        kept["files"] = [{**each, **user, **MENTIONED_FILE, "timestamp": each["created"]} for each in kept["files"]]
    return {**kept, "type": "app_mention"}


MENTIONED_FILE: Mapping[str, Any] = {
    "external_type": "",
    "media_display_type": "unknown",
    "permalink_public": "",
    "is_starred": False,
    "has_rich_preview": False,
    "file_access": "visible",
}


def edited_event(world: Workspace, message: Message, before: Json) -> Json:
    """A message reads otherwise now."""
    return {
        **_hidden(world, message, "message_changed"),
        "message": _within(world, message),
        "previous_message": _whole(world, message, before),
    }


def deleted_event(world: Workspace, message: Message, before: Json) -> Json:
    """A message is gone."""
    event = _hidden(world, message, "message_deleted")
    return {**event, "deleted_ts": message.ts, "previous_message": _whole(world, message, before)}


def _hidden(world: Workspace, message: Message, subtype: str) -> Json:
    channel, ts = world.channels[message.channel], world.ts()
    about = {"channel": channel.id, "channel_type": channel.type, "ts": ts, "event_ts": ts}
    return {"type": "message", "subtype": subtype, "hidden": True, **about}


def _within(world: Workspace, message: Message) -> Json:
    return _whole(world, message, as_json(world, message))


def _whole(world: Workspace, message: Message, shown: Json) -> Json:
    """A message within an event, with what the published types ask of one."""
    channel = world.channels[message.channel]
    return {**shown, "channel": channel.id, "channel_type": channel.type, "event_ts": message.ts}


def home_event(world: Workspace, user: str, channel: str, tab: str, view: Json | None, context: Json | None) -> Json:
    """Somebody opened the app's home or its messages."""
    event: Json = {"type": "app_home_opened", "user": user, "channel": channel, "tab": tab, "event_ts": world.ts()}
    if tab == "home" and view is not None:
        event["view"] = view
    if tab == "messages":
        event["context"] = context or {"entities": []}
    return event


def stopped_event(world: Workspace, user: str, channel: str, thread: str, streams: list[str]) -> Json:
    """Somebody pressed Stop."""
    about = {"channel": channel, "thread_ts": thread, "user": user, "streaming_message_ts": streams}
    return {"type": "agent_session_stopped", **about, "event_ts": world.ts()}


def reaction_event(world: Workspace, message: Message, user: str, name: str) -> Json:
    """Somebody reacted to a message."""
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    about = {"user": user, "reaction": name, "item_user": message.user, "item": item}
    return {"type": "reaction_added", **about, "event_ts": world.ts()}


def joined_event(world: Workspace, user: User, channel: Channel) -> Json:
    """Somebody came into a channel; `team` is theirs, which in a shared channel need not be the channel's."""
    kind = "G" if channel.kind == "private" else "C"
    about = {"user": user.id, "channel": channel.id, "channel_type": kind, "team": user.team}
    return {"type": "member_joined_channel", **about, "event_ts": world.ts()}


def context_event(world: Workspace, user: str, channel: str, looked_at: Channel) -> Json:
    """Somebody turned to a channel while they have the app open."""
    entity = {"type": "slack#/types/channel_id", "value": looked_at.id, "team_id": looked_at.team}
    about = {"user": user, "channel": channel, "context": {"entities": [entity]}}
    return {"type": "app_context_changed", **about, "event_ts": world.ts()}


def callback(world: Workspace, team: Team, event: Json) -> Json:
    """The event in its wrapping. https://docs.slack.dev/apis/events-api"""
    bot = {"enterprise_id": None, "team_id": team.id, "user_id": team.bot_user, "is_bot": True, "is_enterprise_install": False}
    return {
        "token": world.verification_token,
        "team_id": team.id,
        "context_team_id": team.id,
        "context_enterprise_id": None,
        "api_app_id": world.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": world.id("Ev"),
        "event_time": int(world.clock.now()),
        "authorizations": [bot],
        "is_ext_shared_channel": False,
        "event_context": f"4-{world.id('ec')}",
    }
