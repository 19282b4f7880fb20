"""An asset as something to be copied: plain text or Markdown, to the letter."""

from __future__ import annotations

import re
from enum import StrEnum

from core import markdown
from core.assets.model import Opened
from core.request import File
from core.ui import Button, Buttons, Call, Card, Message, Text

IN_A_BLOCK_AT_MOST = 2_500
"""Characters that are shown as they are; a longer text comes as a file too, since no platform shows it in one piece."""

_UNFIT = re.compile(r"[^\w-]+")


class Format(StrEnum):
    """What the copy is written in."""

    PLAIN = "Plain text"
    MARKDOWN = "Markdown"


def copy(shown: Opened, wanted: Format) -> Message:
    """The asset's text in one block, with nothing beside it; a long one as a file."""
    asset = shown.asset
    text = asset.content if wanted is Format.MARKDOWN else markdown.plain(asset.content)
    other = Format.MARKDOWN if wanted is Format.PLAIN else Format.PLAIN
    here = {"asset": asset.id}
    ways = Buttons(
        (
            Button(f"As {other.value}", Call("assets copy", {**here, "wanted": other.value})),
            Button("Back to it", Call("assets show", here)),
        )
    )
    if len(text) <= IN_A_BLOCK_AT_MOST:
        return Message(cards=(Card(f"{shown.number}. {asset.title}", (Text(_fenced(text)), ways)),), private=True)
    name, kind = (".md", "text/markdown") if wanted is Format.MARKDOWN else (".txt", "text/plain")
    file = File(f"{_file_name(asset.title)}{name}", kind, text.encode())
    words = Text("It is too long for one block, so here it is as a file.")
    return Message(cards=(Card(f"{shown.number}. {asset.title}", (words, ways)),), files=(file,), private=True)


def _fenced(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _file_name(title: str) -> str:
    return _UNFIT.sub("-", title).strip("-").lower()[:60] or "asset"
