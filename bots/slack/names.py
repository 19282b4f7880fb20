"""The names of commands as Slack has them: some it keeps for itself."""

from __future__ import annotations

APP = "elevate"
"""The command that takes any other as its words."""

KEPT = frozenset(
    {
        *("active", "apps", "archive", "away", "call", "canvas", "close", "collapse", "dm", "dnd", "expand", "feed", "feedback"),
        *("giphy", "huddle", "invite", "join", "keys", "kick", "leave", "list", "me", "msg", "mute", "open", "part", "prefs"),
        *("pro", "remind", "remove", "rename", "search", "shortcuts", "shrug", "star", "status", "topic", "unarchive", "who"),
    }
)
"""Slack answers these itself and refuses a manifest that names one, with all its other commands.

https://slack.com/help/articles/201259356-Slash-commands-in-Slack, and those that maintainers met besides
(https://github.com/NousResearch/hermes-agent/pull/18456).
"""


def slash(name: str) -> str:
    """What is typed in Slack for a command of the catalog, without the slash: `kpi log`, `elevate-me show`."""
    group, space, rest = name.partition(" ")
    return f"{APP}-{group}{space}{rest}" if group in KEPT else name


def command(typed: str, words: str) -> tuple[str, str]:
    """The command's name, as far as the catalog has to look for it, and the words after it; `/elevate` alone asks for help."""
    name = typed.strip().removeprefix("/").casefold()
    if name == APP:
        first, *rest = [*words.split(maxsplit=1), ""] if words.strip() else ["help", ""]
        name, words = first.removeprefix("/").casefold(), rest[0]
    prefix, _, kept = name.partition("-")
    return (kept if prefix == APP and kept in KEPT else name), words.strip()
