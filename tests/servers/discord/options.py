"""A slash command as a person puts it together: its options in order, each of its own type.

https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-structure
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn, TypeAlias

from tests.servers.discord.shapes import Impossible, Json

CHAT, ON_USER, ON_MESSAGE = 1, 2, 3
SUB, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(1, 12)
WORDS_AT_MOST = 6000
SAFE = 2**53

Given: TypeAlias = str | int | float | bool
"""What a person puts into an option: words, a number, yes or no, the id of a user, channel, role or uploaded file."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A command that was chosen: as registered, its group and subcommand, and what was typed behind it."""

    command: Json
    path: tuple[Json, ...]
    rest: str

    @property
    def options(self) -> list[Json]:
        """What it can be given."""
        return list((self.path[-1] if self.path else self.command).get("options") or [])

    @property
    def name(self) -> str:
        """As it is typed."""
        return " ".join(["/" + self.command["name"], *(each["name"] for each in self.path)])

    def data(self, options: Sequence[Json]) -> Json:
        """The command's data in an interaction."""
        inner = list(options)
        for each in reversed(self.path):
            inner = [{"type": each["type"], "name": each["name"], "options": inner}]
        found: Json = {"id": self.command["id"], "name": self.command["name"], "type": CHAT, "options": inner}
        return found | ({"guild_id": self.command["guild_id"]} if self.command.get("guild_id") else {})


def choose(commands: Sequence[Json], line: str) -> Chosen:
    """The command that a line begins with. Raises Impossible where there is none."""
    words = line.removeprefix("/").split(" ")
    named = [each for each in commands if each.get("type", CHAT) == CHAT and each["name"] == words[0]]
    if not named:
        there = sorted(each["name"] for each in commands if each.get("type", CHAT) == CHAT)
        raise Impossible(f"Discord's client does not let you: there is no command /{words[0]} here, only {there}")
    path, level, rest = [], named[-1], words[1:]
    while any(each["type"] in {SUB, GROUP} for each in level.get("options") or []):
        inner = [each for each in level["options"] if rest and each["name"] == rest[0]]
        if not inner:
            there = [each["name"] for each in level["options"]]
            raise Impossible(f"Discord's client does not let you: {line!r} goes on with one of {there}")
        level = inner[0]
        path.append(level)
        rest = rest[1:]
    return Chosen(named[-1], tuple(path), " ".join(rest).strip())


def in_order(options: Sequence[Json], typed: str) -> dict[str, Given]:
    """What somebody types behind a command, put into its options in order; the last one takes all that is left.

    `name: words` names an option, as the client shows it. Raises Impossible where words are left over.
    """
    found: dict[str, Given] = {}
    waiting, left = list(options), typed.strip()
    while left and waiting:
        named = next((each for each in waiting if left.startswith(f"{each['name']}:")), None)
        option = named or waiting[0]
        waiting.remove(option)
        if named:
            left = left.removeprefix(f"{option['name']}:").strip()
        word, left = _first(option, left, waiting)
        found[option["name"]] = word
    if left:
        raise Impossible(f"Discord's client does not let you: nothing takes {left!r}")
    return found


def _first(option: Json, left: str, others: Sequence[Json]) -> tuple[str, str]:
    """What goes into this option, and what is left for others."""
    for name in sorted((str(each["name"]) for each in option.get("choices") or []), key=len, reverse=True):
        if left == name or left.startswith(f"{name} "):
            return name, left.removeprefix(name).strip()
    if left.startswith('"') and '"' in left[1:]:
        word, _, left = left[1:].partition('"')
        return word, left.strip()
    named = min((left.find(f" {each['name']}:") for each in others if f" {each['name']}:" in left), default=-1)
    if named >= 0:
        return left[:named], left[named:].strip()
    if option["type"] == STRING and not others:
        return left, ""
    word, _, left = left.partition(" ")
    return word, left.strip()


def typed(options: Sequence[Json], given: Mapping[str, Given]) -> Iterator[Json]:
    """The options with their values, in the order in which they were given.

    Raises Impossible where there is no such option, a required one is missing, or a value is none of its type, limits or choices.
    """
    by_name = {each["name"]: each for each in options}
    for name in given:
        if name not in by_name:
            raise Impossible(f"Discord's client does not let you: no option {name!r}; there are {list(by_name)}")
    missing = [name for name, each in by_name.items() if each.get("required") and given.get(name, "") == ""]
    if missing:
        raise Impossible(f"Discord's client does not let you: {missing} is required")
    for name, value in given.items():
        if value != "":
            yield {"type": by_name[name]["type"], "name": name, "value": value_of(by_name[name], value)}


def value_of(option: Json, given: Given) -> Given:
    """The value as it is sent."""
    choices = option.get("choices") or []
    if choices:
        found = [each["value"] for each in choices if given in (each["name"], each["value"])]
        if not found:
            _no(option, f"{given!r} is none of {[each['name'] for each in choices]}")
        value: Given = found[0]
        return value
    match option["type"]:
        case 3:
            return _words(option, given)
        case 4:
            return _number(option, given, whole=True)
        case 10:
            return _number(option, given, whole=False)
        case 5:
            if isinstance(given, bool):
                return given
            if given not in {"True", "False"}:
                _no(option, f"{given!r} is neither True nor False")
            return given == "True"
        case _:
            return str(given)


def _words(option: Json, given: Given) -> str:
    text = str(given)
    least, most = option.get("min_length") or 0, option.get("max_length") or WORDS_AT_MOST
    if not least <= len(text) <= most:
        _no(option, f"it takes {least} to {most} characters")
    if "\n" in text:
        _no(option, "it has one line")
    return text


def _number(option: Json, given: Given, *, whole: bool) -> Given:
    try:
        value = int(str(given)) if whole else float(str(given))
    except ValueError:
        _no(option, f"{given!r} is no {'integer' if whole else 'number'}")
    least, most = option.get("min_value"), option.get("max_value")
    if abs(value) > SAFE or (least is not None and value < least) or (most is not None and value > most):
        _no(option, f"{given!r} is not within {least} and {most}")
    return value


def _no(option: Json, why: str) -> NoReturn:
    raise Impossible(f"Discord's client does not let you: {option['name']}: {why}")
