"""Conversations and people: reading what was said, and who is who."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.servers.slack.messages import as_json
from tests.servers.slack.method import Call, Method, method
from tests.servers.slack.shapes import Json, Refused
from tests.servers.slack.things import Channel, Message, User

READ_SCOPES = {"public": "channels:read", "private": "groups:read", "im": "im:read"}
HISTORY_SCOPES = {"public": "channels:history", "private": "groups:history", "im": "im:history"}


def _open(call: Call) -> Json:
    if call.text("channel"):
        return {"channel": {"id": call.channel().id}}
    named = [each for each in call.text("users").split(",") if each]
    if len(named) != 1:
        raise Refused("users_list_not_supplied" if not named else "invalid_user_combination")
    user = call.world.users.get(named[0])
    if user is None or user.team != call.token.team:
        raise Refused("user_not_found")
    if user.bot_id or user.deleted:
        raise Refused("cannot_dm_bot" if user.bot_id else "user_disabled")
    before = set(call.world.channels)
    channel = call.world.direct(user)
    shown = _channel(call, channel) if call.flag("return_im") else {"id": channel.id}
    known = {"no_op": True, "already_open": True} if channel.id in before else {}
    return {"channel": shown, **known}


def _info(call: Call) -> Json:
    channel = call.channel()
    _need(call, READ_SCOPES[channel.kind])
    shown = _channel(call, channel)
    return {"channel": shown | ({"num_members": len(channel.members)} if call.flag("include_num_members") else {})}


def _channel(call: Call, channel: Channel) -> Json:
    about = {
        "id": channel.id,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_im": channel.kind == "im",
        "is_private": channel.kind != "public",
        "is_archived": channel.archived,
        "is_member": call.team.bot_user in channel.members,
        "context_team_id": channel.team,
    }
    if channel.kind == "im":
        return {**about, "user": next(iter(channel.members - {call.team.bot_user}))}
    return {**about, "name": channel.name, "name_normalized": channel.name}


def _members(call: Call) -> Json:
    channel = call.channel()
    _need(call, READ_SCOPES[channel.kind])
    return _cut(call, "members", sorted(channel.members), default=100)


def _cut(call: Call, name: str, found: list[Any], default: int) -> Json:
    """A page of a list. Cursors are opaque: the number of the next one, in base64."""
    given = call.text("cursor")
    try:
        limit = int(call.text("limit") or default)
        start = int(base64.b64decode(given, validate=True)) if given else 0
    except ValueError:
        raise Refused("invalid_cursor" if given else "invalid_limit") from None
    if not 1 <= limit <= 1000:
        raise Refused("invalid_limit")
    more = base64.b64encode(str(start + limit).encode()).decode() if len(found) > start + limit else ""
    return {name: found[start : start + limit], "response_metadata": {"next_cursor": more}}


def _join(call: Call) -> Json:
    channel = call.channel()
    if channel.kind != "public":
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    channel.members.add(call.team.bot_user)
    return {"channel": _channel(call, channel)}


def _history(call: Call) -> Json:
    channel = _readable(call)
    return _page(call, [each for each in _said(call, channel) if each.thread_ts is None][::-1])


def _replies(call: Call) -> Json:
    channel, root = _readable(call), call.text("ts")
    thread = [each for each in _said(call, channel) if each.root == root]
    if not thread:
        raise Refused("thread_not_found")
    return _page(call, thread)


def _readable(call: Call) -> Channel:
    channel = call.channel()
    _need(call, HISTORY_SCOPES[channel.kind])
    if call.team.bot_user not in channel.members:
        raise Refused("not_in_channel")
    return channel


def _said(call: Call, channel: Channel) -> list[Message]:
    oldest, latest = call.text("oldest") or "0", call.text("latest") or "9" * 10
    edges = call.flag("inclusive")
    said = [each for each in call.world.messages if each.channel == channel.id and not each.deleted and each.only_for is None]
    within = [each for each in said if float(oldest) < float(each.ts) < float(latest)]
    return [each for each in said if each in within or (edges and each.ts in {oldest, latest})]


def _page(call: Call, messages: list[Message]) -> Json:
    try:
        limit, start = int(call.text("limit") or 100), int(call.text("cursor") or 0)
    except ValueError:
        raise Refused("invalid_cursor" if call.text("cursor") else "invalid_limit") from None
    if not 1 <= limit <= 1000:
        raise Refused("invalid_limit")
    page, more = messages[start : start + limit], len(messages) > start + limit
    metadata = call.flag("include_all_metadata")
    shown = [as_json(call.world, each, metadata=metadata) | _thread(call, each) for each in page]
    return {"messages": shown, "has_more": more, "response_metadata": {"next_cursor": str(start + limit) if more else ""}}


def _thread(call: Call, message: Message) -> Json:
    """What a message that has answers says of them."""
    here = [each for each in call.world.messages if each.channel == message.channel and not each.deleted and not each.only_for]
    replies = sum(each.thread_ts == message.ts for each in here)
    return {"thread_ts": message.ts, "reply_count": replies} if replies else {}


def _user(call: Call) -> Json:
    user = _seen(call)
    shown = user_json(call, user)
    return {"user": shown | ({"locale": user.locale} if call.flag("include_locale") else {})}


def _seen(call: Call) -> User:
    """The person whom an argument names: of the workspace, or of another one with which it shares a channel of the bot's."""
    user, bot = call.world.users.get(call.text("user")), call.team.bot_user
    here = [each.members for each in call.world.channels.values() if each.team == call.token.team and bot in each.members]
    return user if user is not None and any(user.id in each for each in here) else call.user()


def _by_email(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/users.lookupByEmail"""
    for each in call.world.users.values():
        known = each.team == call.token.team and not each.bot_id and not each.deleted
        if known and call.text("email").casefold() == f"{each.handle}@example.com":
            return {"user": user_json(call, each)}
    raise Refused("users_not_found")


def user_json(call: Call, user: User) -> Json:
    """A person, as the user object's page has them."""
    profile = {"real_name": user.name, "display_name": user.name, "team": user.team}
    if user.bot_id:
        profile |= {"bot_id": user.bot_id, "api_app_id": call.world.app_id}
    if "users:read.email" in call.token.scopes and not user.bot_id:
        profile["email"] = f"{user.handle}@example.com"
    label = datetime.fromtimestamp(call.world.clock.now(), ZoneInfo(user.tz)).tzname()
    return {
        "id": user.id,
        "team_id": user.team,
        "name": user.handle,
        "deleted": user.deleted,
        "real_name": user.name,
        "tz": user.tz,
        "tz_label": label,
        "tz_offset": user.tz_offset,
        "profile": profile,
        "is_admin": user.owner,
        "is_owner": user.owner,
        "is_primary_owner": user.owner,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": bool(user.bot_id),
        "is_app_user": False,
        "is_stranger": user.team != call.token.team,
        "updated": 1,
    }


def _users(call: Call) -> Json:
    """Everybody, Slackbot too, who counts as no bot there. Many need a limit: from 10,000 on in truth, from 1,000 on here."""
    members = [user_json(call, each) for each in call.world.users.values() if each.team == call.token.team]
    if len(members) > 1000 and not call.text("limit"):
        raise Refused("limit_required")
    slackbot = {
        "id": "USLACKBOT",
        "team_id": call.token.team,
        "name": "slackbot",
        "deleted": False,
        "is_bot": False,
        "profile": {},
    }
    return _cut(call, "members", [slackbot, *members], default=1000)


def _bot(call: Call) -> Json:
    if call.text("bot") not in {"", call.team.bot_id}:
        raise Refused("bot_not_found")
    bot = call.world.users[call.team.bot_user]
    about = {"id": bot.bot_id, "app_id": call.world.app_id, "user_id": bot.id, "name": bot.name}
    return {"bot": {**about, "deleted": False, "updated": 1, "icons": {}}}


def _dnd(call: Call) -> Json:
    user = call.world.users[call.team.bot_user] if not call.text("user") else call.user()
    if user.rests is None:
        return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    return {"dnd_enabled": True, "next_dnd_start_ts": user.rests[0], "next_dnd_end_ts": user.rests[1]}


def _need(call: Call, scope: str) -> None:
    if scope not in call.token.scopes:
        raise Refused("missing_scope", needed=scope, provided=",".join(call.token.scopes))


PAGES = "cursor limit oldest latest inclusive include_all_metadata"
METHODS: Mapping[str, Method] = {
    "conversations.open": method(_open, "users channel return_im prevent_creation", "im:write mpim:write", tier=3),
    "conversations.info": method(_info, "channel* include_locale include_num_members", tier=3),
    "conversations.members": method(_members, "channel* cursor limit", tier=4),
    "conversations.join": method(_join, "channel*", "channels:join", tier=3),
    "conversations.history": method(_history, f"channel* {PAGES}", tier=3),
    "conversations.replies": method(_replies, f"channel* ts* {PAGES}", tier=3),
    "users.info": method(_user, "user* include_locale", "users:read", tier=4),
    "users.lookupByEmail": method(_by_email, "email*", "users:read.email", tier=3),
    "users.list": method(_users, "cursor limit include_locale", "users:read", tier=2),
    "bots.info": method(_bot, "bot", "users:read", tier=3),
    "dnd.info": method(_dnd, "user", "dnd:read", tier=3),
}
