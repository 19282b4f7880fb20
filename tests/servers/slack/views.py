"""Modals and the home tab: views.open, views.push, views.update and views.publish.

https://docs.slack.dev/surfaces/modals
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.servers.slack.blocks import block_faults, every_block
from tests.servers.slack.messages import with_ids
from tests.servers.slack.method import Call, Method, method
from tests.servers.slack.shapes import Json, Refused, faults
from tests.servers.slack.things import User, View
from tests.servers.slack.workspace import Workspace

STACK_AT_MOST = 3
VIEW_BYTES = 250_000
INITIAL: Mapping[str, str] = {
    "initial_value": "value",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_date": "selected_date",
    "initial_time": "selected_time",
    "initial_date_time": "selected_date_time",
    "initial_user": "selected_user",
    "initial_users": "selected_users",
    "initial_conversation": "selected_conversation",
    "initial_conversations": "selected_conversations",
    "initial_channel": "selected_channel",
    "initial_channels": "selected_channels",
}
EMPTY: Mapping[str, Json] = {
    "plain_text_input": {"value": None},
    "number_input": {"value": None},
    "email_text_input": {"value": None},
    "url_text_input": {"value": None},
    "static_select": {"selected_option": None},
    "external_select": {"selected_option": None},
    "radio_buttons": {"selected_option": None},
    "multi_static_select": {"selected_options": []},
    "multi_external_select": {"selected_options": []},
    "checkboxes": {"selected_options": []},
    "datepicker": {"selected_date": None},
    "timepicker": {"selected_time": None},
    "datetimepicker": {"selected_date_time": None},
    "users_select": {"selected_user": None},
    "conversations_select": {"selected_conversation": None},
    "channels_select": {"selected_channel": None},
    "file_input": {"files": []},
}
"""What an untouched element sends as its value."""


def check_view(world: Workspace, view: Any, kind: str) -> Json:
    """A view that is to be shown; raises what Slack refuses it with."""
    if not isinstance(view, dict):
        raise Refused("invalid_arguments", "must provide an object [json-pointer:/view]")
    if len(json.dumps(view)) > VIEW_BYTES:
        raise Refused("view_too_large")
    if view.get("type") != kind:
        raise Refused("invalid_arguments", f"invalid type: {view.get('type')}, {kind} is wanted [json-pointer:/view/type]")
    definition = "ModalView" if kind == "modal" else "HomeView"
    bare = {**view, "blocks": []}
    wrong = [f"{what} [json-pointer:/view{where}]" for where, what in faults("slack-block-kit", definition, bare)]
    blocks = view.get("blocks")
    wrong += block_faults(blocks, "modal" if kind == "modal" else "home", world.file_shown)
    if len(view.get("callback_id") or "") > 255 or len(view.get("external_id") or "") > 255:
        wrong.append("must be no more than 255 characters [json-pointer:/view]")
    inputs = not wrong and any(block["type"] == "input" for block in every_block(view["blocks"]))
    if kind == "modal" and inputs and "submit" not in view:
        wrong.append("missing required field: submit, for a view with input blocks [json-pointer:/view/submit]")
    if wrong:
        raise Refused("invalid_arguments", *wrong)
    return view


def make(world: Workspace, user: User, view: Json, previous: View | None = None) -> View:
    """A checked view, before the person."""
    external = view.get("external_id")
    if external and any(each.shown.get("external_id") == external and each.team == user.team for each in world.views.values()):
        raise Refused("duplicate_external_id")
    shown = {**view, "blocks": with_ids(view["blocks"], world)}
    id = world.id("V")
    root = previous.root if previous else id
    made = View(id, user.team, user.id, world.new_hash(), shown, root, previous.id if previous else None)
    made.typed = initial(made.blocks)
    world.views[id] = made
    return made


def initial(blocks: list[Json], kept: dict[str, dict[str, Json]] | None = None) -> dict[str, dict[str, Json]]:
    """What stands in the fields: what was typed, where block and action are as before, or what they begin with."""
    typed: dict[str, dict[str, Json]] = {}
    for block in every_block(blocks):
        inside = [block.get("element"), block.get("accessory"), *block.get("elements", [])]
        for element in inside:
            if isinstance(element, dict) and element.get("type") in EMPTY:
                value = (kept or {}).get(block["block_id"], {}).get(element["action_id"]) or _begins(element)
                typed.setdefault(block["block_id"], {})[element["action_id"]] = value
    return typed


def _begins(element: Json) -> Json:
    value = {"type": element["type"], **EMPTY[element["type"]]}
    return value | {INITIAL[name]: given for name, given in element.items() if name in INITIAL}


def change(world: Workspace, view: View, to: Json) -> None:
    """Show a view otherwise; what the person typed into fields that stay is kept."""
    shown = {**to, "blocks": with_ids(to["blocks"], world)}
    view.shown, view.hash = shown, world.new_hash()
    view.typed = initial(view.blocks, view.typed)
    view.errors = {}


def forget(world: Workspace, view: View) -> None:
    """A modal that is closed can be changed no more."""
    world.views.pop(view.id, None)


def view_json(world: Workspace, view: View) -> Json:
    """A view as answers and interactions carry it."""
    team, shown = world.teams[view.team], view.shown
    about: Json = {
        "id": view.id,
        "team_id": view.team,
        "type": shown["type"],
        "blocks": shown["blocks"],
        "private_metadata": shown.get("private_metadata", ""),
        "callback_id": shown.get("callback_id", ""),
        "external_id": shown.get("external_id", ""),
        "state": {"values": view.typed},
        "hash": view.hash,
        "title": shown.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": shown.get("clear_on_close", False),
        "notify_on_close": shown.get("notify_on_close", False),
        "close": shown.get("close"),
        "submit": shown.get("submit"),
        "previous_view_id": view.previous,
        "root_view_id": view.root,
        "app_id": world.app_id,
        "app_installed_team_id": view.team,
        "bot_id": team.bot_id,
    }
    return about


def _triggered(call: Call) -> tuple[User, Json]:
    view = check_view(call.world, call.parsed("view"), "modal")
    trigger = call.text("trigger_id") or call.text("interactivity_pointer")
    if not trigger:
        raise Refused("invalid_arguments", "missing required field: trigger_id")
    return call.world.users[call.world.exchange(trigger, call.token.team).user], view


def _open(call: Call) -> Json:
    user, view = _triggered(call)
    made = make(call.world, user, view)
    for each in call.world.stacks.get(user.id, []):
        forget(call.world, each)
    call.world.stacks[user.id] = [made]
    return {"view": view_json(call.world, made)}


def _push(call: Call) -> Json:
    user, view = _triggered(call)
    return {"view": view_json(call.world, push(call.world, user, view))}


def push(world: Workspace, user: User, view: Json) -> View:
    """Lay a view on top of those that are open."""
    stack = world.stacks.get(user.id, [])
    if not stack:
        raise Refused("not_found")
    if len(stack) >= STACK_AT_MOST:
        raise Refused("push_limit_reached")
    stack.append(make(world, user, view, stack[-1]))
    return stack[-1]


def _update(call: Call) -> Json:
    id, external = call.text("view_id"), call.text("external_id")
    if bool(id) == bool(external):
        raise Refused("invalid_arguments", "either view_id or external_id")
    found = [
        each
        for each in call.world.views.values()
        if each.team == call.token.team and (each.id == id if id else each.shown.get("external_id") == external)
    ]
    if not found:
        raise Refused("not_found")
    view = check_view(call.world, call.parsed("view"), str(found[0].shown["type"]))
    if call.text("hash") and call.text("hash") != found[0].hash:
        raise Refused("hash_conflict")
    change(call.world, found[0], view)
    return {"view": view_json(call.world, found[0])}


def _publish(call: Call) -> Json:
    user = call.user("user_id")
    if not call.world.app_home.get("home_tab_enabled"):
        raise Refused("not_enabled")
    view = check_view(call.world, call.parsed("view"), "home")
    home = call.world.homes.get(user.id)
    if call.text("hash") and (home is None or call.text("hash") != home.hash):
        raise Refused("hash_conflict")
    if home is None:
        home = call.world.homes[user.id] = make(call.world, user, view)
    else:
        change(call.world, home, view)
    return {"view": view_json(call.world, home)}


METHODS: Mapping[str, Method] = {
    "views.open": method(_open, "view* trigger_id interactivity_pointer", tier=4),
    "views.push": method(_push, "view* trigger_id interactivity_pointer", tier=4),
    "views.update": method(_update, "view* view_id external_id hash", tier=4),
    "views.publish": method(_publish, "user_id* view* hash", tier=4),
}
