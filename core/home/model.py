"""What the home page and a new conversation offer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opener:
    """A way to begin a conversation: what the button says, and the words that it says for the person."""

    title: str
    words: str
