"""What the practice model asks of the course."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the course's own text. `place` says where it stands ("Module 1, Hook"); `command` opens it ("/module 1").

    `weight` says how much it explains beside the others: a lesson teaches (1), a prompt's description only tells of itself.
    """

    title: str
    place: str
    text: str = field(repr=False)
    command: str = ""
    weight: float = 1.0


class Passages(Protocol):
    """The course's text, to be searched."""

    async def search(self, question: str, limit: int) -> tuple[Passage, ...]:
        """The passages that fit the question best, best first; none where no word of it occurs."""
        ...
