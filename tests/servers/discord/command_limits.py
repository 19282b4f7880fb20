"""What Discord asks of registered commands beyond its published description.

https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tests.servers.discord.components import Wrong
from tests.servers.discord.shapes import Json, Refused, malformed

NAME = re.compile(r"^[-_'\w]{1,32}$")
CHAT, USER, MESSAGE = 1, 2, 3
SUB, GROUP, STRING, INTEGER, NUMBER = 1, 2, 3, 4, 10
AT_MOST = {CHAT: 100, USER: 5, MESSAGE: 5}
CHARACTERS_AT_MOST = 8000
OPTIONS_AT_MOST = CHOICES_AT_MOST = 25


def check_commands(commands: Sequence[Json]) -> None:
    """Raise Refused where these commands cannot be registered together."""
    kinds = Counter(each.get("type") or CHAT for each in commands)
    for kind, most in AT_MOST.items():
        if kinds[kind] > most:
            raise Refused(400, 30032, f"Maximum number of application commands reached ({most})")
    names = Counter((each.get("type") or CHAT, each["name"]) for each in commands)
    wrong: list[Wrong] = []
    for number, each in enumerate(commands):
        if names[each.get("type") or CHAT, each["name"]] > 1:
            text = "Application command names must be unique"
            wrong.append((f"{number}.name", "APPLICATION_COMMANDS_DUPLICATE_NAME", text))
        wrong += _command(str(number), each)
    if wrong:
        raise malformed(*wrong)


def _command(place: str, command: Json) -> Iterator[Wrong]:
    if (command.get("type") or CHAT) != CHAT:
        if not 1 <= len(command["name"].strip()) <= 32:
            yield f"{place}.name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 32 in length."
        if command.get("description"):
            text = "Context menu commands cannot have description"
            yield f"{place}.description", "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED", text
        if command.get("options"):
            yield f"{place}.options", "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_NOT_ALLOWED", "Nor options"
        return
    yield from _named(place, command)
    yield from _options(place, command.get("options") or [], depth=0)
    if _length(command) > CHARACTERS_AT_MOST:
        yield place, "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({CHARACTERS_AT_MOST})"


def _named(place: str, thing: Json) -> Iterator[Wrong]:
    name = thing["name"]
    if not NAME.match(name) or name != name.lower():
        yield f"{place}.name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid"
    if not 1 <= len(thing.get("description") or "") <= 100:
        yield f"{place}.description", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."


def _options(place: str, options: Sequence[Json], depth: int) -> Iterator[Wrong]:
    if len(options) > OPTIONS_AT_MOST:
        yield f"{place}.options", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length."
    names = Counter(each["name"] for each in options)
    nested = {each["type"] in {SUB, GROUP} for each in options}
    if len(nested) > 1:
        yield f"{place}.options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Subcommands and options cannot be mixed"
    optional = False
    for number, each in enumerate(options):
        where = f"{place}.options.{number}"
        yield from _named(where, each)
        if names[each["name"]] > 1:
            yield f"{where}.name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists"
        if each["type"] == GROUP and depth > 0:
            yield where, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "A group stands within a command alone"
        if each["type"] in {SUB, GROUP}:
            yield from _options(where, each.get("options") or [], depth + 1)
            continue
        if each.get("required") and optional:
            text = "Required options must be placed before non-required options"
            yield f"{where}.required", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text
        optional = optional or not each.get("required")
        yield from _choices(where, each)


def _choices(place: str, option: Json) -> Iterator[Wrong]:
    choices = option.get("choices") or []
    if choices and option.get("autocomplete"):
        yield (
            f"{place}.choices",
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
            "Autocomplete and choices exclude each other",
        )
    if option.get("autocomplete") and option["type"] not in {STRING, INTEGER, NUMBER}:
        yield f"{place}.autocomplete", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Only text and numbers are completed"
    if len(choices) > CHOICES_AT_MOST:
        yield f"{place}.choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length."
    names = Counter(each["name"] for each in choices)
    for number, each in enumerate(choices):
        if names[each["name"]] > 1:
            where = f"{place}.choices.{number}.name"
            yield where, "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS", "Choice name already exists"


def _length(thing: Json) -> int:
    """The characters of names, descriptions and values, all levels together."""
    own = len(thing["name"]) + len(thing.get("description") or "")
    choices = sum(len(each["name"]) + len(str(each["value"])) for each in thing.get("choices") or [])
    return own + choices + sum(_length(each) for each in thing.get("options") or [])


def check_choices(choices: Sequence[Json]) -> None:
    """Raise Refused where suggestions cannot be shown."""
    wrong: list[Wrong] = []
    if len(choices) > CHOICES_AT_MOST:
        wrong.append(("data.choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length."))
    for number, each in enumerate(choices):
        if not 1 <= len(each["name"]) <= 100:
            wrong.append((f"data.choices.{number}.name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."))
        if len(str(each["value"])) > 100:
            wrong.append((f"data.choices.{number}.value", "BASE_TYPE_BAD_LENGTH", "Must be 100 or fewer in length."))
    if wrong:
        raise malformed(*wrong)
