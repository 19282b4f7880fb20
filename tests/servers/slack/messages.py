"""What Slack refuses in a message, and what it makes of one: chat.postMessage's page and its errors.

https://docs.slack.dev/reference/methods/chat.postMessage
"""

from __future__ import annotations

import json
from typing import Any

from tests.servers.slack.blocks import block_faults, every_block
from tests.servers.slack.charts import characters
from tests.servers.slack.file_object import file_json
from tests.servers.slack.method import Call
from tests.servers.slack.shapes import Json, Refused, faults
from tests.servers.slack.things import Channel, Message, Team
from tests.servers.slack.workspace import Workspace
from tests.servers.slack.writing import stored, stored_blocks

TEXT_AT_MOST = 40_000
EDITED_TEXT_AT_MOST = 4_000
MARKDOWN_AT_MOST = 12_000
"""In one argument, and over all markdown blocks of a message."""
BLOCKS_TEXT_AT_MOST = 13_200
METADATA_BYTES = 16_384
TABLES = frozenset({"table", "data_table"})


def content(world: Workspace, args: Json, text_at_most: int = TEXT_AT_MOST) -> tuple[str, list[Json]]:
    """The text and the blocks of a message that is to be posted; raises what Slack refuses it with."""
    text, markdown = str(args.get("text") or ""), args.get("markdown_text")
    blocks = _parsed(args, "blocks")
    attachments = _parsed(args, "attachments")
    if markdown is not None and (text or blocks):
        raise Refused("markdown_text_conflict")
    if len(text) > text_at_most or len(markdown or "") > MARKDOWN_AT_MOST:
        raise Refused("msg_too_long")
    if attachments:
        blocks = [*(blocks or []), *_attached(world, attachments)]
    if blocks:
        check_blocks(world, blocks)
    if markdown:
        blocks = [{"type": "markdown", "text": markdown}]
    if not text and not blocks:
        raise Refused("no_text")
    return text, with_ids(blocks or [], world)


def check_blocks(world: Workspace, blocks: Any) -> None:
    """Raise what Slack refuses a message's blocks with."""
    wrong = block_faults(blocks, "message", world.file_shown)
    if wrong:
        raise Refused("invalid_blocks", *wrong, errors=wrong)
    everything = list(every_block(blocks))
    if sum(block["type"] in TABLES for block in everything) > 1:
        raise Refused("invalid_attachments", "only_one_table_allowed", errors=["only_one_table_allowed"])
    markdown = sum(len(block["text"]) for block in everything if block["type"] == "markdown")
    if markdown > MARKDOWN_AT_MOST or sum(map(_length, blocks)) > BLOCKS_TEXT_AT_MOST:
        raise Refused("msg_blocks_too_long")


def check_metadata(call: Call) -> Json | None:
    """The metadata of a message that is to be posted."""
    metadata = call.parsed("metadata")
    if metadata is None:
        return None
    if not isinstance(metadata, dict):
        raise Refused("invalid_metadata_format")
    named = isinstance(metadata.get("event_type"), str) and metadata["event_type"]
    if not named or not isinstance(metadata.get("event_payload"), dict) or set(metadata) - {"event_type", "event_payload"}:
        raise Refused("invalid_metadata_schema")
    if len(json.dumps(metadata)) > METADATA_BYTES:
        raise Refused("metadata_too_large")
    return metadata


def may_post(call: Call, channel: Channel) -> None:
    """Raise why the bot may not post there."""
    public = channel.kind == "public" and "chat:write.public" in call.token.scopes
    if call.team.bot_user not in channel.members and not public:
        raise Refused("not_in_channel")
    if channel.archived:
        raise Refused("is_archived")
    if channel.kind == "im" and not call.world.app_home.get("messages_tab_enabled"):
        raise Refused("messages_tab_disabled")
    if channel.restricted:
        raise Refused("restricted_action")


def check_thread(call: Call, channel: Channel) -> str | None:
    """The thread that a message is to be posted in."""
    thread = call.args.get("thread_ts")
    if thread is None:
        return None
    seconds, dot, micros = str(thread).partition(".")
    if not (dot and seconds.isdigit() and micros.isdigit()):
        raise Refused("invalid_thread_ts")
    root = call.world.message(channel.id, str(thread))
    if root is None:
        raise Refused("thread_not_found")
    return root.root


def face(call: Call) -> tuple[str, str]:
    """The name and the icon that a call asks for; Slack ignores them without the scope."""
    if "chat:write.customize" not in call.token.scopes:
        return "", ""
    return call.text("username"), call.text("icon_emoji") or call.text("icon_url")


def with_ids(blocks: list[Json], world: Workspace) -> list[Json]:
    """The blocks with an id each, as Slack gives them; actions too."""
    named = []
    for block in blocks:
        one = {**block, "block_id": block.get("block_id") or world.id("b")}
        for key in ("elements", "child_blocks"):
            if key in one and one["type"] in {"actions", "context_actions", "container", "carousel"}:
                parts = one[key]
                one[key] = (
                    with_ids(parts, world) if one["type"] in {"container", "carousel"} else [_acts(each, world) for each in parts]
                )
        for key in ("accessory", "element"):
            if key in one:
                one[key] = _acts(one[key], world)
        if one["type"] == "card" and "actions" in one:
            one["actions"] = [_acts(each, world) for each in one["actions"]]
        named.append(one)
    return named


def as_json(world: Workspace, message: Message, *, metadata: bool = False) -> Json:
    """A message as answers and events carry it."""
    team = world.channels[message.channel].team
    shown: Json = {"type": "message", "ts": message.ts, "text": stored(message.text or _instead(message))}
    if message.user and not message.username:
        shown |= {"user": message.user, "team": team}
    if message.bot_id:
        shown |= {"bot_id": message.bot_id}
        shown |= _bot_face(world, world.teams[team], message)
    if message.client_msg_id:
        shown["client_msg_id"] = message.client_msg_id
    if message.blocks:
        shown["blocks"] = stored_blocks(message.blocks)
    if message.files:
        shown["files"] = [file_json(world, world.files[each]) for each in message.files if each in world.files]
    if message.thread_ts:
        shown["thread_ts"] = message.thread_ts
    if message.edited_by:
        shown["edited"] = {"user": message.edited_by[0], "ts": message.edited_by[1]}
    if message.stream:
        shown["streaming_state"] = message.stream.state
    if message.metadata and metadata:
        shown["metadata"] = message.metadata
    if message.reactions:
        names = dict.fromkeys(name for name, _ in message.reactions)
        given = {name: [who for each, who in message.reactions if each == name] for name in names}
        shown["reactions"] = [{"name": name, "users": users, "count": len(users)} for name, users in given.items()]
    return shown


def _instead(message: Message) -> str:
    """What Slack puts into the text of a message that has none."""
    if message.stream is not None:
        return message.stream.text
    markdown = [block["text"] for block in message.blocks if block["type"] == "markdown"]
    return "\n".join(markdown) or ("This content can't be displayed." if message.blocks else "")


def _bot_face(world: Workspace, team: Team, message: Message) -> Json:
    if message.username:
        icons = {"emoji" if message.icon.startswith(":") else "image_48": message.icon} if message.icon else {}
        return {"subtype": "bot_message", "username": message.username, "icons": icons, "app_id": world.app_id}
    own = message.bot_id == team.bot_id
    app, name = (world.app_id, world.users[team.bot_user].name) if own else ("A0ANOTHER01", "Another")
    profile = {"id": message.bot_id, "name": name, "app_id": app, "team_id": team.id}
    return {"app_id": app, "bot_profile": {**profile, "icons": {}, "updated": 1, "deleted": False}}


def _acts(element: Json, world: Workspace) -> Json:
    return element if element["type"] == "image" else {**element, "action_id": element.get("action_id") or world.id("a")}


def _parsed(args: Json, name: str) -> Any:
    value = args.get(name)
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refused(f"invalid_{name}_format") from None


def _attached(world: Workspace, attachments: Any) -> list[Json]:
    """The blocks of attachments, checked."""
    if not isinstance(attachments, list):
        raise Refused("invalid_attachments")
    for each in attachments:
        wrong = faults("slack-block-kit", "MessageAttachment", each)
        if wrong:
            raise Refused("invalid_attachments", *(what for _, what in wrong))
        if each.get("blocks"):
            check_blocks(world, each["blocks"])
    plain = [{"type": "section", "text": {"type": "mrkdwn", "text": each["text"]}} for each in attachments if each.get("text")]
    return [*plain, *(block for each in attachments for block in each.get("blocks", []))]


def _length(value: Any) -> int:
    """The characters that a person reads in a block."""
    match value:
        case {"type": "rich_text"}:
            return len(characters(value))
        case dict():
            return sum(_length(part) if not isinstance(part, str) else len(part) for key, part in value.items() if key in READ)
        case list():
            return sum(map(_length, value))
        case _:
            return 0


READ = frozenset({"text", "fields", "elements", "accessory", "title", "rows", "child_blocks", "caption", "options"})
