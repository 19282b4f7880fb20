"""What a student does in a story, whatever surface they are on.

A story is a function that takes a `Student` and is told once:

    async def asks_for_help(student: Student) -> None:
        await student.types("/help")
        student.sees("The commands", "/foundation")
        await student.presses("Change")
        await student.fills({"Your name": "Maria"})
        student.sees("Thank you, Maria")

Each surface has a player that implements `Student`, and every story is played on every player.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Student(Protocol):
    """Someone who uses Elevate. After each step, everything that it leads to has been shown."""

    async def types(self, words: str) -> None:
        """Write free words, or a command with a slash before it."""
        ...

    async def presses(self, label: str) -> None:
        """Press the button with this label in the last answer."""
        ...

    async def fills(self, answers: Mapping[str, str]) -> None:
        """Fill in the open form, by the labels of its fields, and send it; what is not named stays as it is."""
        ...

    async def leaves(self) -> None:
        """Go away, in the middle of whatever it is."""
        ...

    async def comes_back(self) -> None:
        """Start again where things were left."""
        ...

    def sees(self, *texts: str) -> None:
        """Each of the texts is in the last answer."""
        ...

    def sees_no(self, *texts: str) -> None:
        """None of the texts is in the last answer."""
        ...

    @property
    def shown(self) -> str:
        """The last answer as plain text."""
        ...
