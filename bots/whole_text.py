"""Texts that are too long to be read in a conversation: their beginning is shown, and all of it goes along as a file."""

from __future__ import annotations

from dataclasses import replace

from bots.pieces import pieces
from core.request import File
from core.ui import Message, Text

WHOLE = "answer"


def within_reach(message: Message, readable: int, beginning: int) -> Message:
    """The message; of each text of more than `readable` characters the first `beginning` or fewer, and all of it as a file."""
    whole: list[File] = []

    def shown(markdown: str) -> str:
        if len(markdown) <= readable:
            return markdown
        name = f"{WHOLE}-{len(whole) + 1}.md" if whole else f"{WHOLE}.md"
        whole.append(File(name, "text/markdown", markdown.encode()))
        return f"{pieces(markdown, beginning)[0]}\n\n*It goes on: all of it is in {name}.*"

    text = shown(message.text)
    cards = tuple(
        replace(each, body=tuple(Text(shown(part.markdown)) if isinstance(part, Text) else part for part in each.body))
        for each in message.cards
    )
    return replace(message, text=text, cards=cards, files=(*whole, *message.files)) if whole else message
