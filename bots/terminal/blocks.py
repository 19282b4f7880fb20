"""Which part of a growing text is finished."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

PART = 8
"""A text is looked at again when it has grown by one part in so many: looking at all of a long one at every line is slow."""


class Blocks:
    """Markdown that grows, and is taken away block by block: what was taken, nothing that follows can change."""

    def __init__(self) -> None:
        self.said = ""
        self._taken = 0
        self._looked = 0

    @property
    def rest(self) -> str:
        """What has not been taken yet."""
        return self.said[self._taken :]

    def grow(self, text: str) -> str:
        """Add the text; returns the blocks that are finished by now, "" where none is."""
        self.said += text
        fresh = self.said[self._looked :]
        if "\n" not in fresh or len(fresh) < len(self.rest) // PART:
            return ""
        self._looked = len(self.said)
        return self._take(finished(self.rest))

    def end(self, whole: str = "") -> str:
        """The last blocks; `whole` is all that was said, where more of it is known than came."""
        if whole.startswith(self.said):
            self.said = whole
        return self._take(len(self.rest))

    def _take(self, length: int) -> str:
        taken = self.rest[:length]
        self._taken += length
        return taken.strip("\n")


def finished(markdown: str) -> int:
    """How many characters of the text are whole blocks: all but the last, which may still go on."""
    starts = [token.map[0] for token in reader().parse(markdown) if token.level == 0 and token.map]
    if len(starts) < 2:
        return 0
    lines = markdown.split("\n")
    return sum(len(line) + 1 for line in lines[: max(starts)])


@cache
def reader() -> MarkdownIt:
    """The Markdown that agents write: CommonMark with tables, and no HTML, which would be left out."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - a pipe without agents needs none

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
