"""Files: the upload in three steps, reading, and taking away.

https://docs.slack.dev/messaging/working-with-files
"""

from __future__ import annotations

import mimetypes
import secrets
from collections.abc import Mapping

from tests.servers.slack.chat import put
from tests.servers.slack.file_object import file_json
from tests.servers.slack.messages import check_thread, may_post
from tests.servers.slack.method import Call, Method, method
from tests.servers.slack.shapes import Json, Refused
from tests.servers.slack.things import File, Message
from tests.servers.slack.workspace import Workspace


def new_file(world: Workspace, team: str, owner: str, name: str, size: int) -> File:
    """A file that has no content as yet."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = File(world.id("F"), team, name, name, size, owner, secrets.token_urlsafe(16), kind, created=int(world.clock.now()))
    world.files[file.id] = file
    return file


def receive(world: Workspace, secret: str, content: bytes) -> str | None:
    """What came to an upload's address: an error, or None."""
    for file in world.files.values():
        if file.secret == secret and file.content is None:
            if len(content) != file.size:
                return "length mismatch"
            file.content = content
            return None
    return "no such upload"


def _address(call: Call) -> Json:
    try:
        length = int(call.text("length"))
    except ValueError:
        raise Refused("invalid_arguments", "length must be a number") from None
    if length <= 0 or not call.text("filename"):
        raise Refused("invalid_arguments", "filename and a length above 0")
    file = new_file(call.world, call.token.team, call.team.bot_user, call.text("filename"), length)
    file.alt = call.text("alt_txt")
    return {"upload_url": f"{call.world.url}/upload/v1/{file.secret}", "file_id": file.id}


def _complete(call: Call) -> Json:
    named = call.parsed("files")
    if not isinstance(named, list) or not named or not all(isinstance(each, dict) and each.get("id") for each in named):
        raise Refused("invalid_arguments", "files: a list of {id, title}")
    files = []
    for each in named:
        file = call.world.files.get(each["id"])
        if file is None or file.team != call.token.team or file.content is None or file.complete:
            raise Refused("file_not_found")
        file.title = each.get("title") or file.name
        files.append(file)
    to = [each for each in (call.text("channel_id"), *call.text("channels").split(",")) if each]
    channels = []
    for each in to:
        one = Call(call.world, call.method, {**call.args, "channel": each}, call.token)
        channel = one.channel()
        may_post(one, channel)
        channels.append((channel, check_thread(one, channel)))
    for file in files:
        file.complete, file.ready_at = True, call.world.clock.now() + call.world.file_seconds
        file.channels = [channel.id for channel, _ in channels]
    for channel, thread in channels:
        team, ids = call.team, [file.id for file in files]
        text = call.text("initial_comment")
        put(call.world, team, Message(channel.id, call.world.ts(), team.bot_user, text, [], thread, team.bot_id, files=ids))
    return {"files": [_shown(call, file) for file in files]}


def _shown(call: Call, file: File) -> Json:
    """A file; what it is shows when Slack has worked on it."""
    shown = file_json(call.world, file)
    return shown if call.world.clock.now() >= file.ready_at else {**shown, "mimetype": "", "filetype": "", "pretty_type": ""}


def _find(call: Call) -> File:
    file = call.world.files.get(call.text("file"))
    if file is None or file.team != call.token.team or not file.complete:
        raise Refused("file_not_found")
    return file


def _info(call: Call) -> Json:
    return {"file": _shown(call, _find(call)), "comments": [], "response_metadata": {"next_cursor": ""}}


def _delete(call: Call) -> Json:
    file = _find(call)
    if file.owner != call.team.bot_user:
        raise Refused("cant_delete_file")
    del call.world.files[file.id]
    return {}


METHODS: Mapping[str, Method] = {
    "files.getUploadURLExternal": method(_address, "filename* length* alt_txt snippet_type", "files:write", tier=4),
    "files.completeUploadExternal": method(
        _complete, "files* channel_id channels initial_comment thread_ts blocks", "files:write", tier=4
    ),
    "files.info": method(_info, "file* count cursor limit page", "files:read", tier=4),
    "files.delete": method(_delete, "file*", "files:write", tier=3),
}
