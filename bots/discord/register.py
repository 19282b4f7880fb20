"""The slash commands and the commands on messages as Discord registers them: made from the catalog, sent only when they changed.

https://docs.discord.com/developers/interactions/application-commands
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

import discord
import structlog

from bots.payload import Payload, items, words
from core.catalog import Catalog
from core.command import Command, Pace, Parameter, parameters
from core.errors import Trouble
from core.ui import Kind

log = structlog.get_logger()

Registered: TypeAlias = dict[str, Any]
"""A command or an option of one, as JSON has it."""

CHAT, MESSAGE = 1, 3
"""Types of commands."""
SUBCOMMAND, STRING, INTEGER, BOOLEAN, NUMBER = 1, 3, 4, 5, 10
"""Types of options."""
EVERYWHERE: Registered = {"contexts": [0, 1, 2], "integration_types": [0, 1]}
"""In guilds, in direct messages with the bot and in others'; for guilds and for people who bring the app along."""
DESCRIPTION, LONGEST = 100, 6000
"""At most so many characters in a description, and in what is typed into an option."""
IN_A_FORM = frozenset({Kind.LONG, Kind.LIST})
"""What has lines: an option has only one, so that it may be left out, and a form asks for it."""
KEPT = ("name", "type", "description", "required", "autocomplete", "choices", "max_length", "contexts", "integration_types")
UNSAID: Registered = {"type": CHAT, "description": "", "required": False, "autocomplete": False, "choices": []}
"""What Discord adds, or leaves out, where it was not said."""


class NotRegistered(Trouble):
    """Discord did not take the commands."""


def commands(catalog: Catalog) -> list[Registered]:
    """Every command of the catalog as `PUT /applications/{id}/commands` takes it."""
    made = [_chat(group, parts) for group, parts in catalog.groups.items()]
    return made + [{"type": MESSAGE, "name": label, **EVERYWHERE} for label in on_message(catalog)]


def on_message(catalog: Catalog) -> Mapping[str, tuple[str, str]]:
    """The command, and its field for a message's text, by the label that it has on messages."""
    offered = ((each.name, each.on_message) for each in catalog.commands.values())
    return {on.label: (name, on.field) for name, on in offered if on}


def differs(registered: Sequence[Payload], wanted: Sequence[Payload]) -> bool:
    """Whether what Discord has is not what is wanted; in which order the commands stand does not count."""
    return _by_name(registered) != _by_name(wanted)


async def register(client: discord.Client, catalog: Catalog) -> None:
    """Have Discord know the commands; the client is logged in.

    Raises:
        NotRegistered: Discord refused them, or was away.
    """
    application, wanted = client.application_id, commands(catalog)
    if application is None:
        raise NotRegistered("Discord was not asked yet who we are, so the commands could not be registered.")
    try:
        there: Sequence[Mapping[str, Any]] = await client.http.get_global_commands(application)
        if not differs(there, wanted):
            log.info("discord commands unchanged", commands=len(wanted))
            return
        await client.http.bulk_upsert_global_commands(application, wanted)
    except discord.HTTPException as trouble:
        raise NotRegistered(f"Discord did not take the commands (status {trouble.status}, code {trouble.code}).") from None
    except OSError as trouble:
        raise NotRegistered(f"Discord could not be reached to register the commands ({type(trouble).__name__}).") from None
    old, new = _by_name(there), _by_name(wanted)
    log.info(
        "discord commands registered",
        added=[name for _, name in new.keys() - old.keys()],
        removed=[name for _, name in old.keys() - new.keys()],
        changed=[key[1] for key in new.keys() & old.keys() if new[key] != old[key]],
    )


def _chat(group: str, parts: Sequence[Command]) -> Registered:
    command = {"type": CHAT, "name": group, "description": parts[0].summary[:DESCRIPTION], **EVERYWHERE}
    if len(parts) == 1 and parts[0].name == group:
        return command | {"options": _options(parts[0])}
    return command | {"options": [_part(each) for each in parts]}


def _part(command: Command) -> Registered:
    name = command.name.partition(" ")[2]
    return {"type": SUBCOMMAND, "name": name, "description": command.summary[:DESCRIPTION], "options": _options(command)}


def _options(command: Command) -> list[Registered]:
    shown = [_option(each, command) for each in parameters(command.args) if not each.arg.hidden]
    return sorted(shown, key=lambda option: not option["required"])


def _option(parameter: Parameter, command: Command) -> Registered:
    """What is needed must be given only where no form would ask for it."""
    asked_later = command.pace is Pace.FORM or parameter.kind in IN_A_FORM
    option: Registered = {
        "type": _type(parameter),
        "name": parameter.name,
        "description": (parameter.arg.hint or parameter.arg.label)[:DESCRIPTION],
        "required": parameter.required and not asked_later,
    }
    if parameter.arg.suggest:
        option["autocomplete"] = True
    elif parameter.options():
        option["choices"] = [{"name": each.label, "value": each.value} for each in parameter.options()]
    if option["type"] == STRING and "choices" not in option:
        option["max_length"] = min(parameter.arg.max_length, LONGEST)
    return option


def _type(parameter: Parameter) -> int:
    if parameter.options():
        return STRING
    return {bool: BOOLEAN, int: INTEGER, Decimal: NUMBER}.get(parameter.reads, STRING)


def _by_name(of: Sequence[Payload]) -> dict[tuple[int, str], Registered]:
    told = [_told(each) for each in of]
    return {(each["type"], each["name"]): each for each in told}


def _told(of: Payload) -> Registered:
    """What counts of a command or an option; lists without an order of their own in order."""
    told: Registered = {name: of.get(name, UNSAID.get(name)) for name in KEPT}
    told |= {name: UNSAID[name] for name in UNSAID if told[name] is None}
    told |= {name: sorted(told[name]) for name in EVERYWHERE if isinstance(told[name], list)}
    told["choices"] = [(words(each, "name"), each.get("value")) for each in told["choices"]]
    return told | {"options": [_told(each) for each in items(of, "options")]}
