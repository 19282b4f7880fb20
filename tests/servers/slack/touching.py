"""Buttons and menus: finding them on what a person sees, and what Slack sends when they are used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.servers.slack.blocks import elements_of, every_block, options_of
from tests.servers.slack.messages import as_json
from tests.servers.slack.reading import text_of
from tests.servers.slack.shapes import Json
from tests.servers.slack.things import Channel, Message, User, View
from tests.servers.slack.views import initial, view_json
from tests.servers.slack.workspace import Workspace
from tests.servers.slack.writing import stored

COPIED = ("value", "style", "text", "placeholder", "initial_option", "confirm")


@dataclass(frozen=True, slots=True)
class Touched:
    """Something that can be used: the element, its block, and where it stands."""

    element: Json
    block: Json
    on: Message | View
    label: str


def touchable(on: Message | View) -> Iterator[Touched]:
    """Everything that can be used there, by what a person calls it."""
    blocks = on.blocks if isinstance(on, View) else [*on.blocks, *(on.stream.blocks if _streams(on) and on.stream else [])]
    for block in every_block(blocks):
        for element in elements_of(block):
            for label in _labels(element, block):
                yield Touched(element, block, on, label)


def _streams(message: Message) -> bool:
    return message.stream is not None and message.stream.state == "in_progress"


def _labels(element: Json, block: Json) -> Iterator[str]:
    match element["type"]:
        case "button" | "icon_button" | "workflow_button":
            yield text_of(element["text"])
        case "feedback_buttons":
            yield text_of(element["positive_button"]["text"])
            yield text_of(element["negative_button"]["text"])
        case "image":
            return
        case _:
            if "placeholder" in element:
                yield text_of(element["placeholder"])
            if block["type"] == "input":
                yield text_of(block["label"])
            if block["type"] == "section" and "text" in block:
                yield text_of(block["text"])
            if "action_id" in element:
                yield element["action_id"]


def pressed(touched: Touched, ts: str) -> Json:
    """The action of a button that was pressed."""
    element = touched.element
    action = _action(touched, ts)
    if element["type"] == "feedback_buttons":
        positive = text_of(element["positive_button"]["text"]) == touched.label
        given = element["positive_button" if positive else "negative_button"]
        return {**action, "text": _plain(given["text"]), "value": given["value"]}
    return action | {name: _plain(element[name]) if name == "text" else element[name] for name in COPIED if name in element}


def chosen(touched: Touched, value: Json, ts: str) -> Json:
    """The action of a menu or a field that was used: `value` is what stands in it now."""
    placed = {"placeholder": touched.element["placeholder"]} if "placeholder" in touched.element else {}
    return {**_action(touched, ts), **value, **placed}


def _action(touched: Touched, ts: str) -> Json:
    element, block = touched.element, touched.block
    return {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"], "action_ts": ts}


def _plain(text: Json) -> Json:
    return {"type": "plain_text", "text": stored(text["text"]), "emoji": text.get("emoji", True)}


def keep(touched: Touched, value: Json) -> None:
    """What was chosen stays chosen."""
    held = touched.on.typed if isinstance(touched.on, View) else touched.on.state
    held.setdefault(touched.block["block_id"], {})[touched.element["action_id"]] = value


def option_of(element: Json, label: str) -> Json | None:
    """The option of a menu that a person chooses by its text."""
    return next((each for each in options_of(element) if text_of(each["text"]) == label), None)


class Payloads:
    """The interactions of one person, as Slack sends them.

    https://docs.slack.dev/reference/interaction-payloads
    """

    def __init__(self, world: Workspace, user: User) -> None:
        self._world = world
        self._user = user

    def _about(self, kind: str) -> Json:
        team = self._world.teams[self._user.team]
        return {
            "type": kind,
            "user": {"id": self._user.id, "username": self._user.handle, "name": self._user.handle, "team_id": team.id},
            "api_app_id": self._world.app_id,
            "token": self._world.verification_token,
            "team": {"id": team.id, "domain": team.domain},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _place(self, on: Message | View) -> Json:
        """Where something stands: in a view, or in a message, which ephemeral ones do not tell."""
        if isinstance(on, View):
            return {"container": {"type": "view", "view_id": on.id}, "view": view_json(self._world, on)}
        channel = self._world.channels[on.channel]
        ephemeral = on.only_for is not None
        container: Json = {"type": "message", "message_ts": on.ts, "channel_id": channel.id, "is_ephemeral": ephemeral}
        if on.thread_ts:
            container["thread_ts"] = on.thread_ts
        place: Json = {"container": container, "channel": {"id": channel.id, "name": channel.label}}
        return place if ephemeral else {**place, "message": as_json(self._world, on)}

    def actions(self, on: Message | View, action: Json) -> Json:
        """block_actions: a button was pressed, or a menu used."""
        payload = {**self._about("block_actions"), **self._place(on), "actions": [action]}
        if isinstance(on, View):
            return payload | {"trigger_id": self._world.trigger(self._user, on.id)}
        on.state = initial(on.blocks, on.state)
        url = self._world.response_url(self._user, on.channel, on, on.thread_ts)
        return payload | {"trigger_id": self._world.trigger(self._user), "response_url": url, "state": {"values": on.state}}

    def suggestion(self, touched: Touched, typed: str) -> Json:
        """block_suggestion: somebody types into a menu that fetches its options."""
        named = {"action_id": touched.element["action_id"], "block_id": touched.block["block_id"], "value": typed}
        return {**self._about("block_suggestion"), **self._place(touched.on), **named}

    def submission(self, view: View) -> Json:
        """view_submission: a form was sent."""
        payload = {**self._about("view_submission"), "trigger_id": self._world.trigger(self._user, view.id)}
        return payload | {"view": view_json(self._world, view), "response_urls": []}

    def closed(self, view: View, *, cleared: bool) -> Json:
        """view_closed: a form was left."""
        return {**self._about("view_closed"), "view": view_json(self._world, view), "is_cleared": cleared}

    def shortcut(self, callback_id: str, message: Message | None) -> Json:
        """A shortcut from the menu, or from a message's."""
        trigger, ts = self._world.trigger(self._user), self._world.ts()
        named = {"callback_id": callback_id, "trigger_id": trigger, "action_ts": ts}
        if message is None:
            return {**self._about("shortcut"), **named}
        channel = self._world.channels[message.channel]
        place: Json = {"channel": {"id": channel.id, "name": channel.label}, "message_ts": message.ts}
        url = self._world.response_url(self._user, channel.id, message, message.thread_ts)
        shown = {"message": as_json(self._world, message), "response_url": url}
        return {**self._about("message_action"), **named, **place, **shown}

    def command(self, command: str, text: str, channel: Channel) -> Json:
        """A slash command."""
        team = self._world.teams[self._user.team]
        return {
            "token": self._world.verification_token,
            "team_id": team.id,
            "team_domain": team.domain,
            "channel_id": channel.id,
            "channel_name": channel.label,
            "user_id": self._user.id,
            "user_name": self._user.handle,
            "command": command,
            "text": text,
            "api_app_id": self._world.app_id,
            "is_enterprise_install": "false",
            "response_url": self._world.response_url(self._user, channel.id, None, None),
            "trigger_id": self._world.trigger(self._user),
        }
