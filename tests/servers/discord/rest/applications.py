"""The app: itself, its commands and its emojis.

https://discord.com/developers/docs/resources/application, .../interactions/application-commands, .../resources/emoji
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping

from tests.servers.discord.command_limits import check_commands
from tests.servers.discord.limits import EMOJI_BYTES_AT_MOST, EMOJIS_AT_MOST
from tests.servers.discord.objects import application_json, emoji_json
from tests.servers.discord.rest.call import Answer, Call, Does
from tests.servers.discord.shapes import Json, Refused, malformed
from tests.servers.discord.things import Emoji

DATA = re.compile(r"^data:(image/(?:png|jpeg|gif|webp|avif));base64,(.*)$", re.DOTALL)
EMOJI_NAME = re.compile(r"^\w{2,32}$")


def _application(call: Call) -> Answer:
    if "application_id" in call.params:
        call.own_application()
    return application_json(call.world, call.world.application)


def _update(call: Call) -> Answer:
    application = call.world.application
    application.flags = call.body.get("flags", application.flags) or 0
    return application_json(call.world, application)


# -- commands


def _scope(call: Call) -> str | None:
    call.own_application()
    return call.guild().id if "guild_id" in call.params else None


def _commands(call: Call) -> Answer:
    return list(call.world.commands.get(_scope(call), []))


def _set(call: Call) -> Answer:
    scope = _scope(call)
    wanted: list[Json] = call.body or []
    check_commands(wanted)
    before = {(each["type"], each["name"]): each["id"] for each in call.world.commands.get(scope, [])}
    made = [registered(call, scope, each, before.get((each.get("type") or 1, each["name"]))) for each in wanted]
    call.world.commands[scope] = made
    return list(made)


def registered(call: Call, scope: str | None, command: Json, id: str | None = None) -> Json:
    """A command as it is kept."""
    kept: Json = {name: value for name, value in command.items() if value is not None}
    known: Json = {
        "id": id or call.world.id(),
        "application_id": call.world.application.id,
        "version": call.world.id(),
        "default_member_permissions": None,
        "type": 1,
        "description": "",
        "nsfw": False,
    }
    if scope is None:
        known |= {"dm_permission": True, "contexts": None, "integration_types": [0]}
    else:
        known |= {"guild_id": scope}
    return {**known, **kept, "id": known["id"]}


def _create(call: Call) -> Answer:
    scope = _scope(call)
    there = call.world.commands.setdefault(scope, [])
    kind = call.body.get("type") or 1
    others = [each for each in there if (each["type"], each["name"]) != (kind, call.body["name"])]
    check_commands([*others, call.body])
    known = next((each["id"] for each in there if each not in others), None)
    made = registered(call, scope, call.body, known)
    call.world.commands[scope] = [*others, made]
    return made


def _command(call: Call) -> Json:
    for each in call.world.commands.get(_scope(call), []):
        if each["id"] == call.params["command_id"]:
            return each
    raise Refused(404, 10063, "Unknown application command")


def _update_command(call: Call) -> Answer:
    command, scope = _command(call), _scope(call)
    changed = {**command, **call.body, "version": call.world.id()}
    others = [each for each in call.world.commands[scope] if each is not command]
    check_commands([*others, changed])
    call.world.commands[scope] = [*others, changed]
    return changed


def _delete_command(call: Call) -> Answer:
    call.world.commands[_scope(call)].remove(_command(call))
    return None


# -- emojis


def _emojis(call: Call) -> Answer:
    call.own_application()
    return {"items": [emoji_json(call.world, each) for each in call.world.emojis.values()]}


def _emoji(call: Call) -> Emoji:
    call.own_application()
    found = call.world.emojis.get(call.params["emoji_id"])
    if found is None:
        raise Refused(404, 10014, "Unknown Emoji")
    return found


def _add_emoji(call: Call) -> Answer:
    call.own_application()
    name = call.body["name"]
    _check_emoji_name(call, name)
    if len(call.world.emojis) >= EMOJIS_AT_MOST:
        raise Refused(400, 30008, f"Maximum number of emojis reached ({EMOJIS_AT_MOST})")
    kind, image = read_image(call.body["image"])
    if len(image) > EMOJI_BYTES_AT_MOST:
        raise malformed(("image", "BINARY_TYPE_MAX_SIZE", "File cannot be larger than 256.0 kb."))
    emoji = Emoji(call.world.id(), name, image, kind)
    call.world.emojis[emoji.id] = emoji
    return emoji_json(call.world, emoji)


def _check_emoji_name(call: Call, name: str) -> None:
    if not EMOJI_NAME.match(name):
        raise malformed(("name", "STRING_TYPE_REGEX", "Must be 2 to 32 letters, digits and underscores."))
    if any(each.name == name for each in call.world.emojis.values() if each.id != call.params.get("emoji_id")):
        raise malformed(("name", "APPLICATION_EMOJI_NAME_ALREADY_TAKEN", "Application emoji name is already taken"))


def read_image(text: str) -> tuple[str, bytes]:
    """An image that a body carries as a data URI. Raises Refused where it is none."""
    found = DATA.match(text)
    try:
        image = base64.b64decode(found[2], validate=True) if found else b""
    except binascii.Error:
        image = b""
    if not found or not image:
        raise malformed(("image", "IMAGE_INVALID", "Invalid image data"))
    return found[1], image


def _show_emoji(call: Call) -> Answer:
    return emoji_json(call.world, _emoji(call))


def _rename_emoji(call: Call) -> Answer:
    emoji = _emoji(call)
    if call.body.get("name") is not None:
        _check_emoji_name(call, call.body["name"])
        emoji.name = call.body["name"]
    return emoji_json(call.world, emoji)


def _delete_emoji(call: Call) -> Answer:
    del call.world.emojis[_emoji(call).id]
    return None


OPERATIONS: Mapping[str, Does] = {
    "get_my_application": _application,
    "get_application": _application,
    "get_my_oauth2_application": _application,
    "update_my_application": _update,
    "list_application_commands": _commands,
    "bulk_set_application_commands": _set,
    "create_application_command": _create,
    "get_application_command": _command,
    "update_application_command": _update_command,
    "delete_application_command": _delete_command,
    "list_guild_application_commands": _commands,
    "bulk_set_guild_application_commands": _set,
    "create_guild_application_command": _create,
    "get_guild_application_command": _command,
    "update_guild_application_command": _update_command,
    "delete_guild_application_command": _delete_command,
    "list_application_emojis": _emojis,
    "create_application_emoji": _add_emoji,
    "get_application_emoji": _show_emoji,
    "update_application_emoji": _rename_emoji,
    "delete_application_emoji": _delete_emoji,
}
