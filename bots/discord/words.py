"""What people write in Discord, in plain words: mentions, emojis and times taken out of Discord's own writing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

_MARK = re.compile(
    r"""
      (?P<code>```.*?```|`[^`\n]+`)                # what stands in code is shown as it is
    | <@!?(?P<person>\d{1,20})>
    | <@&(?P<role>\d{1,20})>
    | <\#(?P<channel>\d{1,20})>
    | <a?:(?P<emoji>\w{1,64}):\d{1,20}>
    | <t:(?P<seconds>-?\d{1,13})(?::(?P<style>[a-zA-Z]))?>
    | </(?P<command>[^:<>\n]{1,100}):\d{1,20}>
    | <id:(?P<place>[a-z-]{1,32})(?::\d{1,20})?>
    | <(?P<link>https?://[^<>\s]+)>                # without a preview
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
"""https://docs.discord.com/developers/reference#message-formatting"""

_STYLES = {"d": "{0.day} {0:%B %Y}", "D": "{0.day} {0:%B %Y}", "t": "{0:%H:%M} UTC", "T": "{0:%H:%M:%S} UTC"}
_DAY_AND_HOUR = "{0.day} {0:%B %Y, %H:%M} UTC"


@dataclass(frozen=True, slots=True)
class Names:
    """What the ids in a text are called, without `@` and `#`. `ours`: our own account and roles, which are left out."""

    ours: frozenset[int] = frozenset()
    people: Mapping[int, str] = field(default_factory=dict)
    roles: Mapping[int, str] = field(default_factory=dict)
    channels: Mapping[int, str] = field(default_factory=dict)


NOBODY = Names()


def plain(text: str, names: Names = NOBODY) -> str:
    """The text as its writer saw it: `@name`, `#channel`, `:emoji:`, times in words; our own mention is left out."""
    for each in names.ours:
        text = _without(text, each)
    return _MARK.sub(lambda found: _unmarked(found, names), text).strip()


def is_command(text: str) -> bool:
    """Whether a plain text is a command that was typed as a message."""
    return text.startswith("/")


def _without(text: str, ours: int) -> str:
    own = re.compile(rf"[ \t]*<@[!&]?{ours}>[ \t]*")
    if own.search(text) is None:
        return text
    text = own.sub(_gap, text)
    return re.sub(r"\A\s*[,:]\s*", "", text)


def _gap(found: re.Match[str]) -> str:
    """What is left where the bot's name stood: a space between words, nothing at the ends of a line."""
    before, after = found.string[: found.start()], found.string[found.end() :]
    inside = before and after and before[-1] != "\n" and after[0] not in "\n,.:;!?"
    return " " if inside else ""


def _unmarked(found: re.Match[str], names: Names) -> str:
    match found.lastgroup, found[found.lastgroup or 0]:
        case "person", person:
            return f"@{names.people.get(int(person), person)}"
        case "role", role:
            return f"@{names.roles.get(int(role), role)}"
        case "channel", channel:
            return f"#{names.channels.get(int(channel), channel)}"
        case "emoji", emoji:
            return f":{emoji}:"
        case (("seconds" | "style"), _):
            return _time(found)
        case "command", command:
            return f"/{command}"
        case "place", place:
            return f"#{place}"
        case "link", link:
            return link
        case _:
            return found[0]


def _time(found: re.Match[str]) -> str:
    """A time that every reader sees in their own zone: nobody's is known here."""
    try:
        moment = datetime.fromtimestamp(int(found["seconds"]), UTC)
    except (ValueError, OverflowError, OSError):
        return found[0]
    return _STYLES.get(found["style"] or "", _DAY_AND_HOUR).format(moment)
