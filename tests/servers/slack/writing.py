"""What people type, as Slack hands it to apps: escaped, with mentions and links marked, and as rich text.

https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape

from tests.servers.slack.shapes import Json
from tests.servers.slack.things import User

MARKED = re.compile(r"(<[@#h][^>]*>)")


def encoded(text: str, people: Iterable[User]) -> str:
    """The text of a message: `&`, `<` and `>` escaped, `@Name` and links in angle brackets."""
    text = escape(text, quote=False)
    text = re.sub(r"https?://[^\s<>]+", lambda found: f"<{found[0]}>", text)
    for user in people:
        text = re.sub(rf"@{re.escape(user.name)}\b", f"<@{user.id}>", text)
    return text


def in_command(text: str, people: Iterable[User], *, escaped: bool) -> str:
    """The text after a slash command; people are marked where the command asks for it."""
    if escaped:
        for user in people:
            text = re.sub(rf"@{re.escape(user.name)}\b", f"<@{user.id}|{user.handle}>", text)
    return text


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
