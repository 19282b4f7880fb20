"""What people write in Slack, in plain words: mentions, links and escapes taken out of Slack's own writing."""

from __future__ import annotations

import re
from collections.abc import Callable

CALLS = ("@", "＠")
"""What stands before an agent's name."""

_MARK = re.compile(r"<([^<>\n]*)>|&(amp|lt|gt);")
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>\n]*)?>")
_ESCAPES = {"amp": "&", "lt": "<", "gt": ">"}


def plain(text: str, bot: str = "") -> str:
    """The text as its writer saw it: `@name`, `#channel`, links with their address; the bot's own mention is left out.

    https://docs.slack.dev/messaging/formatting-message-text
    """
    if bot:
        text = _own(bot).sub(_gap, text)
        text = re.sub(r"\A\s*[,:]\s*", "", text) if text.lstrip().startswith((",", ":")) else text
    return _MARK.sub(_unmarked, text).strip()


def names(text: str, bot: str) -> bool:
    """Whether the text names the bot."""
    return bool(bot) and _own(bot).search(text) is not None


def calls_someone(text: str) -> bool:
    """Whether an agent may be called: a sign stands in it that is not Slack's own mention or link."""
    return any(sign in _MARK.sub("", text) for sign in CALLS)


def mentioned(text: str) -> list[str]:
    """The accounts that the text mentions."""
    return _MENTION.findall(text)


def _own(bot: str) -> re.Pattern[str]:
    return re.compile(rf"[ \t]*<@{re.escape(bot)}(?:\|[^<>\n]*)?>[ \t]*")


def _gap(found: re.Match[str]) -> str:
    """What is left where the bot's name stood: a space between words, nothing at the ends of a line."""
    before, after = found.string[: found.start()], found.string[found.end() :]
    inside = before and after and before[-1] != "\n" and after[0] not in "\n,.:;!?"
    return " " if inside else ""


def _unmarked(found: re.Match[str]) -> str:
    mark, escape = found.groups()
    if escape:
        return _ESCAPES[escape]
    target, bar, label = mark.partition("|")
    shown = label.strip() if bar else ""
    sign, read = next(((sign, read) for sign, read in _READERS.items() if target.startswith(sign)), ("", _link))
    return _unescaped(read(target[len(sign) :], shown))


def _unescaped(text: str) -> str:
    return re.sub(r"&(amp|lt|gt);", lambda each: _ESCAPES[each[1]], text)


def _person(target: str, shown: str) -> str:
    return f"@{(shown or target).removeprefix('@')}"


def _channel(target: str, shown: str) -> str:
    return f"#{(shown or target).removeprefix('#')}"


def _special(target: str, shown: str) -> str:
    """`<!here>`, `<!subteam^S1|@group>`, `<!date^…|fallback>`."""
    return shown or f"@{target.partition('^')[0]}"


def _link(target: str, shown: str) -> str:
    """`<https://…|label>`; a label that is the address itself is not said twice."""
    if not target:
        return shown
    address = target.removeprefix("mailto:").removeprefix("tel:")
    bare = re.sub(r"\Ahttps?://", "", address).rstrip("/")
    if not shown or re.sub(r"\Ahttps?://", "", shown).rstrip("/") == bare:
        return address
    return f"{shown} ({address})"


_READERS: dict[str, Callable[[str, str], str]] = {"@": _person, "#": _channel, "!": _special}
