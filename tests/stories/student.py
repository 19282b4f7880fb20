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

from collections.abc import Awaitable, Mapping
from typing import Protocol


class Student(Protocol):
    """Someone who uses Elevate. After each step, everything that it leads to has been shown."""

    async def types(self, words: str) -> None:
        """Write free words, or a command with a slash before it."""
        ...

    async def sends(self, name: str, content: bytes, words: str = "") -> None:
        """Send a file, by its name, with these words."""
        ...

    async def presses(self, label: str) -> None:
        """Press the first button with this label in the last answer, or choose it in one of its menus."""
        ...

    async def fills(self, answers: Mapping[str, str]) -> None:
        """Fill in the open form, by the labels of its fields, and send it; what is not named stays as it is.

        A choice may be named by its number, several choices are parted by commas.
        """
        ...

    async def begins(self, answers: Mapping[str, str]) -> None:
        """Fill in the first fields of the open form, and turn away from it."""
        ...

    async def stops(self, doing: Awaitable[None], *, after: str) -> None:
        """Do it, and stop the answer as soon as this text of it is shown."""
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

    def offers(self, *labels: str) -> None:
        """Each of these can be pressed, or chosen in a menu, in the last answer."""
        ...

    def offers_no(self, *labels: str) -> None:
        """None of these can."""
        ...

    def choices(self, menu: str) -> tuple[str, ...]:
        """What can be chosen in the last answer's menu with this label, from the top."""
        ...

    @property
    def shown(self) -> str:
        """The last answer as plain text: each message after who says it and a colon."""
        ...
