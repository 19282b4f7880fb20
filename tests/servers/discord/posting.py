"""How the body of a request becomes a message, or changes one: files get addresses, components numbers and defaults.

https://discord.com/developers/docs/resources/message#create-message
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Sequence
from typing import Any

from tests.servers.discord.components import CONTAINER, FILE, GALLERY, SEPARATOR, TEXT, THUMBNAIL, every, media
from tests.servers.discord.limits import Upload
from tests.servers.discord.message_objects import attachment_url
from tests.servers.discord.shapes import Json
from tests.servers.discord.things import Attachment, Flag, Message
from tests.servers.discord.world import World

PEOPLE = re.compile(r"<@!?(\d+)>")
ROLES = re.compile(r"<@&(\d+)>")
KEPT_FLAGS = Flag.EPHEMERAL | Flag.HAS_THREAD


def fill(world: World, message: Message, body: Json, uploads: Sequence[Upload]) -> Message:
    """Put what a checked body says into a message; what it does not name stays."""
    if body.get("flags") is not None:
        message.flags = Flag(body["flags"]) | (message.flags & KEPT_FLAGS)
    message.flags &= ~Flag.LOADING
    if message.only_for is not None:
        message.flags |= Flag.EPHEMERAL
    if "content" in body:
        message.content = body["content"] or ""
    if "embeds" in body:
        message.embeds = [{"type": "rich", **each} for each in body["embeds"] or []]
    if body.get("attachments") is not None:
        named = {str(each["id"]) for each in body["attachments"]}
        message.attachments = [each for each in message.attachments if each.id in named]
    message.attachments = [*message.attachments, *_attachments(world, body, uploads)]
    if "components" in body:
        message.components = _components(world, message, body["components"] or [])
    elif uploads and message.v2:
        message.components = _components(world, message, message.components)
    _name(world, message, body.get("allowed_mentions"))
    return message


def _attachments(world: World, body: Json, uploads: Iterable[Upload]) -> list[Attachment]:
    said = {str(each["id"]): each for each in body.get("attachments") or []}
    found = []
    for each in uploads:
        about = said.get(each.number, {})
        name = about.get("filename") or each.name
        size = _pixels(each.content)
        made = Attachment(world.id(), name, each.content, each.content_type, about.get("description"), size)
        world.uploads[made.id] = made
        found.append(made)
    return found


def _pixels(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG."""
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return int(width), int(height)


def _components(world: World, message: Message, components: Sequence[Json]) -> list[Json]:
    """As they stand in answers: each with a number, what was left out, and the addresses of what they show."""
    made = [_copy(each) for each in components]
    found = [each for _, each in every(made)]
    taken = {each["id"] for each in found if each.get("id")}
    free = (number for number in range(1, 1000) if number not in taken)
    for each in found:
        if not each.get("id"):
            each["id"] = next(free)
        each |= {name: value for name, value in DEFAULTS.get(each["type"], {}).items() if each.get(name) is None}
        _drop_nothing(each)
        for item in each["items"] if each["type"] == GALLERY else ():
            item |= {"description": item.get("description"), "spoiler": bool(item.get("spoiler"))}
        for shown in media(each):
            _address(world, message, each, shown)
    return made


DEFAULTS: dict[int, Json] = {
    **{kind: {"min_values": 1, "max_values": 1} for kind in (3, 5, 6, 7, 8)},
    THUMBNAIL: {"description": None, "spoiler": False},
    FILE: {"spoiler": False},
    SEPARATOR: {"divider": True, "spacing": 1},
    CONTAINER: {"accent_color": None, "spoiler": False},
}
MAY_BE_NOTHING = frozenset({"accent_color", "description"})


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _copy(each) for name, each in value.items()}
    return [_copy(each) for each in value] if isinstance(value, list) else value


def _drop_nothing(component: Json) -> None:
    """What was sent as null stands not in answers."""
    for name in [name for name, value in component.items() if value is None and name not in MAY_BE_NOTHING]:
        del component[name]
    for option in component.get("options", []):
        for name in [name for name, value in option.items() if value is None]:
            del option[name]


def _address(world: World, message: Message, component: Json, shown: Json) -> None:
    name = shown["url"].rpartition("/")[2]
    file = next((each for each in reversed(message.attachments) if each.name == name), None)
    if file is None:
        shown |= {"id": shown.get("id") or world.id(), "proxy_url": shown["url"]}
        return
    url = attachment_url(world, message.channel, file)
    shown |= {"id": file.id, "url": url, "proxy_url": url, "content_type": file.content_type, "attachment_id": file.id}
    if file.size_in_pixels is not None:
        shown |= {"width": file.size_in_pixels[0], "height": file.size_in_pixels[1]}
    if component["type"] == FILE:
        component |= {"name": file.name, "size": len(file.content)}


def _name(world: World, message: Message, allowed: Json | None) -> None:
    """Whom the message names; without `allowed_mentions` everybody who stands in it."""
    texts = [message.content, *(each["content"] for _, each in every(message.components) if each["type"] == TEXT)]
    text = "\n".join(texts)
    people = list(dict.fromkeys(each for each in PEOPLE.findall(text) if each in world.users))
    roles = list(dict.fromkeys(ROLES.findall(text)))
    if allowed is not None:
        parse = allowed.get("parse") or []
        people = [each for each in people if "users" in parse or each in (allowed.get("users") or [])]
        roles = [each for each in roles if "roles" in parse or each in (allowed.get("roles") or [])]
    message.mentions, message.mention_roles = people, roles
