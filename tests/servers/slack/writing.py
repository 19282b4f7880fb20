"""What people type, as Slack hands it to apps: escaped, with mentions and links marked, and as rich text.

https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from tests.servers.slack.shapes import Json
from tests.servers.slack.things import User

MARKED = re.compile(r"(<[@#h][^>]*>)")
MARKUP = re.compile(r"(<(?:[@#!]|https?:|mailto:)[^<>]*>)")
BARE = re.compile(r"&(?!(?:amp|lt|gt);)")


def encoded(text: str, people: Iterable[User]) -> str:
    """The text of a message: `&`, `<` and `>` escaped, `@Name` and links in angle brackets."""
    text = escape(text.replace("&", "&amp;"))
    text = re.sub(r"https?://[^\s<>]+", lambda found: f"<{found[0]}>", text)
    for user in people:
        text = re.sub(rf"@{re.escape(user.name)}\b", f"<@{user.id}>", text)
    return text


def stored(text: str) -> str:
    """A text as Slack gives it back: `&`, `<` and `>` escaped where they are no markup and not escaped already."""
    pieces = MARKUP.split(text)
    return "".join(piece if number % 2 else escape(BARE.sub("&amp;", piece)) for number, piece in enumerate(pieces))


def stored_blocks(value: Any) -> Any:
    """Blocks as Slack gives them back, text objects escaped."""
    match value:
        case {"type": "plain_text" | "mrkdwn", "text": str(text)}:
            return {**value, "text": stored(text)}
        case dict():
            return {name: stored_blocks(part) for name, part in value.items()}
        case list():
            return [stored_blocks(part) for part in value]
        case _:
            return value


def read(text: str) -> str:
    """A text as a person reads it: nothing is escaped."""
    return unescape(text)


def in_command(text: str, people: Iterable[User], *, escaped: bool) -> str:
    """The text after a slash command; people are marked where the command asks for it."""
    if escaped:
        for user in people:
            text = re.sub(rf"@{re.escape(user.name)}\b", f"<@{user.id}|{user.handle}>", text)
    return text


def escape(text: str) -> str:
    """Angle brackets escaped."""
    return text.replace("<", "&lt;").replace(">", "&gt;")


def rich(text: str, block_id: str) -> Json:
    """The same as a rich_text block, in which nothing is escaped."""
    parts: list[Json] = []
    for piece in MARKED.split(text):
        if piece.startswith("<@"):
            parts.append({"type": "user", "user_id": piece[2:-1]})
        elif piece.startswith("<h"):
            parts.append({"type": "link", "url": unescape(piece[1:-1])})
        elif piece:
            parts.append({"type": "text", "text": unescape(piece)})
    return {"type": "rich_text", "block_id": block_id, "elements": [{"type": "rich_text_section", "elements": parts}]}
