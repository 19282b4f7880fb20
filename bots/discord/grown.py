"""The text of a speaker while it grows, in parts of which each fits into a message: all but the last are sealed."""

from __future__ import annotations

from bots.seams import boundary, cut, ready, seam

FULL = 3_500
"""Characters of a part. Discord takes 4,000 of a message, which also holds the speaker's name and the steps."""
OPENS_AT_MOST = 500
"""Characters that begin a part over again, such as a table's head; a longer beginning is not repeated."""


class Grown:
    """`text` is all that was said."""

    def __init__(self) -> None:
        self.text = ""
        self.sealed: list[str] = []
        self._opens = ""
        self._open = ""

    def grow(self, text: str) -> None:
        """The words go on."""
        self.text += text
        self._open += text
        while len(self._opens) + len(self._open) > FULL:
            self._seal()

    def open(self) -> str:
        """The last part as far as it can be shown: up to a whole word, with its fences closed; "" where there is nothing yet."""
        there = self._open[: ready(self._opens, self._open)]
        if not there.strip():
            return ""
        part = self._opens + there
        return part + seam(part).closes

    def whole(self, words: str = "") -> str:
        """All that was said, with its fences closed, and then these words."""
        said = self.text + seam(self.text).closes
        return "\n\n".join(each for each in (said, words) if each.strip())

    def _seal(self) -> None:
        """Part it after a whole block, or where that would leave too little, after a line or a word."""
        room = FULL - len(self._opens)
        at = boundary(self._opens, self._open[:room])
        if at < room // 3:
            at = cut(self._open, room)
        part = self._opens + self._open[:at]
        joint = seam(part)
        self.sealed.append(part + joint.closes)
        sign = joint.closes.strip()
        self._opens = joint.opens if len(joint.opens) <= OPENS_AT_MOST else f"{sign}\n" if sign else ""
        self._open = self._open[at:]
