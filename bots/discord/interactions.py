"""Interactions as requests: the commands, buttons, menus and forms that people use, and what they are typing.

https://docs.discord.com/developers/interactions/receiving-and-responding
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypedDict

import discord

from bots.discord import calls
from bots.discord.arrived import NO_GUILD, Arrived, Origin, Stopped, Submitted, Turned, Where, actor
from bots.discord.fulltext import told
from bots.discord.payload import Junk, ident, needed, number, texts
from bots.payload import Payload, inner, items, words
from core.request import Actor, Address, Asked, Suggesting, Typed

STOP, PAGE, FORM, SEND = "stop:", "page:", "form:", "send:"
"""What stands before an arrival's id behind a Stop button, and before a form's id and page (`form:<id>:<page>`)."""

CHAT, MESSAGE = 1, 3
"""Types of commands. https://docs.discord.com/developers/interactions/application-commands#application-command-object"""
GROUPS = frozenset({1, 2})
ATTACHMENT = 11
"""Types of options: subcommands and their groups, and a file."""
SELECT = 3
"""A component's type: a menu, whose options carry the calls."""


class _Event(TypedDict):
    """What every request carries."""

    id: str
    actor: Actor
    address: Address
    at: datetime
    direct: bool


def interaction(
    came: discord.Interaction, *, home: str, on_message: Mapping[str, tuple[str, str]], at: datetime
) -> Arrived | None:
    """What somebody wants; None for what is nothing for us.

    `home` is the guild in which the person was met last: the workspace wherever the bot itself is not in the guild.
    `on_message` has the command and its field for a message's text, by the label that the command has on messages
    (`bots.discord.register.on_message`). `at` is the time now (aware, UTC): nothing happened later than that.

    Raises:
        Junk: it says not what was used, where or by whom. The message may be logged.
    """
    data: Payload = came.data or {}
    match came.type:
        case discord.InteractionType.application_command:
            origin, event = _from(came, Where.COMMAND, home, at)
            if number(data, "type") == MESSAGE:
                return _on_message(data, origin, event, on_message)
            return _command(data, origin, event) if number(data, "type") in (CHAT, 0) else None
        case discord.InteractionType.autocomplete:
            return _typing(data, *_from(came, Where.COMMAND, home, at))
        case discord.InteractionType.component:
            return _pressed(data, *_from(came, Where.PRESSED, home, at))
        case discord.InteractionType.modal_submit:
            return _sent(data, *_from(came, Where.MODAL, home, at))
        case _:
            return None


def _from(came: discord.Interaction, where: Where, home: str, at: datetime) -> tuple[Origin, _Event]:
    """Where it came from, and what every request made of it carries."""
    channel = came.channel
    if channel is None or not isinstance(came.user, discord.User | discord.Member):
        raise Junk("an interaction without a channel or a user")
    present = came.is_guild_integration() if came.guild_id else not came.context.private_channel
    thread = channel if isinstance(channel, discord.Thread) else None
    origin = Origin(
        home=str(came.guild_id) if came.guild_id and present else home or NO_GUILD,
        user=str(came.user.id),
        channel=str(thread.parent_id if thread else channel.id),
        where=where,
        guild=str(came.guild_id or ""),
        thread=str(thread.id) if thread else "",
        message=str(came.message.id) if came.message else ident(inner(came.data or {}), "target_id"),
        hidden=came.message is not None and came.message.flags.ephemeral,
        present=present,
    )
    who = actor(origin.home, origin.user, came.user.display_name, str(came.locale.value))
    place, direct = origin.address, origin.direct
    return origin, _Event(id=str(came.id), actor=who, address=place, at=min(came.created_at, at), direct=direct)


def _command(data: Payload, origin: Origin, event: _Event) -> Arrived:
    name, options = _named(data)
    given = ((words(each, "name"), _typed(each, data)) for each in options)
    values: dict[str, Typed] = {name: value for name, value in given if name and value is not None}
    return Arrived(Asked(**event, command=name, values=values), origin)


def _typing(data: Payload, origin: Origin, event: _Event) -> Arrived:
    name, options = _named(data)
    focused = next((each for each in options if each.get("focused") is True), None)
    if focused is None:
        raise Junk("suggestions for no option")
    field, typed = needed(focused, "name", "option"), _typed(focused, data) or ""
    return Arrived(Suggesting(**event, command=name, field=field, typed=typed), origin)


def _on_message(data: Payload, origin: Origin, event: _Event, on_message: Mapping[str, tuple[str, str]]) -> Arrived | None:
    """A command on a message: its form is wanted, with the message's text in it."""
    found = on_message.get(words(data, "name"))
    if found is None:
        return None
    target = inner(data, "resolved", "messages", needed(data, "target_id", "a command on a message"))
    if not target:
        raise Junk("a command on a message without the message")
    command, field = found
    return Arrived(Asked(**event, command=command, values={field: told(target)}, form=True), origin)


def _pressed(data: Payload, origin: Origin, event: _Event) -> Arrived:
    pressed = needed(data, "custom_id", "component")
    if number(data, "component_type") == SELECT:
        pressed = next(iter(texts(data, "values")), "")
    elif pressed.startswith(STOP):
        return Arrived(Stopped(**event, arrival=pressed.removeprefix(STOP)), origin)
    elif pressed.startswith(PAGE):
        form, page = _page(pressed)
        return Arrived(Turned(**event, form=form, page=page), origin)
    elif pressed.startswith(SEND):
        form, page = _page(pressed)
        return Arrived(Submitted(**event, form=form, page=page, whole=True), origin)
    try:
        call = calls.read(pressed)
    except calls.NotACall:
        raise Junk("a button that is none of ours") from None
    asked = Asked(**event, command=call.command, words=call.words, values=call.values, form=call.form)
    return Arrived(asked, origin)


def _sent(data: Payload, origin: Origin, event: _Event) -> Arrived:
    custom_id = needed(data, "custom_id", "modal")
    if not custom_id.startswith(FORM):
        raise Junk("a modal that is none of ours")
    form, page = _page(custom_id)
    return Arrived(Submitted(**event, form=form, page=page, components=tuple(items(data, "components"))), origin)


def _page(custom_id: str) -> tuple[str, int]:
    """The form's id and the page, from 0."""
    form, _, page = custom_id.partition(":")[2].rpartition(":")
    if not form or not (page.isascii() and page.isdigit() and len(page) < 4):
        raise Junk("no page of a form")
    return form, int(page)


def _named(data: Payload) -> tuple[str, Sequence[Payload]]:
    """The command's whole name, and what was given to it."""
    names, options = [needed(data, "name", "command")], items(data, "options")
    while options and number(options[0], "type") in GROUPS:
        names.append(needed(options[0], "name", "subcommand"))
        options = items(options[0], "options")
    return " ".join(names), options


def _typed(option: Payload, data: Payload) -> str | None:
    """What was given, as the core reads it: a file by its address."""
    match option.get("value"):
        case bool() as is_so:
            return "yes" if is_so else "no"
        case int() as whole:
            return str(whole)
        case float() as value:
            return _plain(value)
        case str() as text if number(option, "type") == ATTACHMENT:
            return words(inner(data, "resolved", "attachments", text), "url")
        case str() as text:
            return text
        case _:
            return None


def _plain(value: float) -> str:
    """The number without an exponent, and without a fraction that says nothing."""
    text = f"{Decimal(repr(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
