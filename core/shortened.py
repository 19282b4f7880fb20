"""Somebody's words in one line of a list: cut between words, and seen to be cut."""

from __future__ import annotations


def shortened(text: str, at_most: int) -> str:
    """The text in one line of at most so many characters, with an ellipsis where there was more of it."""
    line = " ".join(text.split())
    if len(line) <= at_most:
        return line
    head = line[:at_most].rpartition(" ")[0] or line[: at_most - 1]
    return f"{head.rstrip(' ,;:.–-')[: at_most - 1]}…"
