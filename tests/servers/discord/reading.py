"""What a person reads: messages and components as plain text, in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.servers.discord.shapes import Json, made_at
from tests.servers.discord.things import Message
from tests.servers.discord.world import World

ROW, BUTTON, SECTION, PLAIN, THUMBNAIL, GALLERY, FILE, LINE, CONTAINER = 1, 2, 9, 10, 11, 12, 13, 14, 17
MENUS = frozenset({3, 5, 6, 7, 8})
LINK = 5
"""A button's style: it leads out, and tells the app nothing."""

USER = re.compile(r"<@!?(\d+)>")
CHANNEL = re.compile(r"<#(\d+)>")
COMMAND = re.compile(r"<(/[^:>]+):\d+>")
EMOJI = re.compile(r"<a?(:\w+:)\d+>")
THINKING_SECONDS = 900.0
"""So long the token of an interaction holds, with which its answer could come."""
SPOKEN = frozenset({0, 19, 20, 23})
"""Types of messages that somebody said: words, a reply, the answers to a slash command and to one on a message."""
NO_ANSWER = "The application did not respond"


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as a person sees it; `place` is the id of the channel or thread it is in, `reply_to` of the message answered."""

    author: str
    face: str
    text: str
    id: str
    place: str
    reply_to: str | None
    ephemeral: bool
    thinking: bool
    by_bot: bool
    edited: bool
    files: tuple[str, ...]
    alts: tuple[str, ...]
    buttons: tuple[str, ...]
    menus: tuple[str, ...]
    message: Message


def seen(world: World, message: Message) -> Seen:
    """The message, as it reads."""
    parts = list(every(message.components))
    return Seen(
        author(world, message),
        message.face or "",
        message_text(world, message),
        message.id,
        message.channel,
        (message.reference or {}).get("message_id"),
        message.only_for is not None,
        message.thinking and world.clock.now() - made_at(message.id) < THINKING_SECONDS,
        message.author == world.application.bot or message.webhook is not None,
        message.edited_at is not None,
        tuple(each.name for each in message.attachments),
        tuple(each.description or "" for each in message.attachments),
        tuple(label(each) for each in parts if each["type"] == BUTTON),
        tuple(each.get("placeholder") or "" for each in parts if each["type"] in MENUS),
        message,
    )


def author(world: World, message: Message) -> str:
    """Under which name it stands."""
    if message.name:
        return message.name
    if message.webhook is not None and message.webhook in world.webhooks:
        return world.webhooks[message.webhook].name
    return world.users[message.author].name if message.author in world.users else ""


def message_text(world: World, message: Message) -> str:
    """What is read of a message: its words, embeds, components, and the files that no component shows."""
    if message.thinking:
        waiting = world.clock.now() - made_at(message.id) < THINKING_SECONDS
        return f"{author(world, message)} is thinking…" if waiting else NO_ANSWER
    lines = [message.content, *(embed_text(each) for each in message.embeds), components_text(message.components)]
    lines += [f"File: {each.name}" for each in message.attachments] if not message.v2 else []
    return read(world, "\n".join(each for each in lines if each))


def read(world: World, text: str) -> str:
    """Text as it is shown: mentions by name."""
    text = USER.sub(lambda found: f"@{_name(world, found[1])}", text)
    text = CHANNEL.sub(lambda found: f"#{world.channels[found[1]].name if found[1] in world.channels else 'unknown'}", text)
    return EMOJI.sub(r"\1", COMMAND.sub(r"\1", text))


def _name(world: World, id: str) -> str:
    return world.users[id].name if id in world.users else "unknown-user"


def embed_text(embed: Json) -> str:
    """An embed: title, words and fields."""
    fields = [f"{each['name']}: {each['value']}" for each in embed.get("fields", [])]
    return "\n".join(each for each in (embed.get("title"), embed.get("description"), *fields) if each)


def components_text(components: Iterable[Json]) -> str:
    """The components, one below the other."""
    return "\n".join(each for each in map(component_text, components) if each)


def component_text(component: Json) -> str:
    """A button as [Label], a menu as [what it shows ▾], text as it is written, pictures by what is said of them."""
    match component["type"]:
        case 1:
            return " ".join(component_text(each) for each in component["components"])
        case 2:
            return f"[{label(component)}]"
        case 3 | 5 | 6 | 7 | 8:
            chosen = [each["label"] for each in component.get("options", []) if each.get("default")]
            return f"[{', '.join(chosen) or component.get('placeholder') or ''} ▾]"
        case 9:
            return components_text([*component["components"], component["accessory"]])
        case 10:
            return str(component["content"])
        case 11:
            return f"Image: {component.get('description') or ''}"
        case 12:
            return "\n".join(f"Image: {each.get('description') or ''}" for each in component["items"])
        case 13:
            return f"File: {component.get('name') or component['file']['url'].rpartition('/')[2]}"
        case 14:
            return "———" if component.get("divider", True) else ""
        case 17:
            return components_text(component["components"])
        case other:
            raise AssertionError(f"a component that nobody can read: {other}")


def label(button: Json) -> str:
    """What stands on a button: its words, or its emoji where it has none."""
    return str(button.get("label") or (button.get("emoji") or {}).get("name") or "")


def every(components: Iterable[Json]) -> Iterator[Json]:
    """Every component, those within others too."""
    for each in components:
        yield each
        yield from every([*each.get("components", []), *([each["accessory"]] if "accessory" in each else [])])
