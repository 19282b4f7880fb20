"""A model that says what it is given."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from core.llm.model import Brief, Chunk, Finish, Words


class Clerk:
    """Implements `core.llm.model.Model`: says what it is given, one answer after the other; of an error it dies, and of None it
    never comes to an end.
    """

    name = "clerk"

    def __init__(self, *answers: str | Exception | None, practice: bool = False) -> None:
        self.practice = practice
        self.briefs: list[Brief] = []
        self.answers = list(answers)

    async def answer(self, brief: Brief) -> AsyncGenerator[Chunk, None]:
        """Say the next."""
        self.briefs.append(brief)
        match self.answers.pop(0):
            case str(said):
                yield Words(said)
                yield Finish("end_turn")
            case None:
                await asyncio.Event().wait()
            case trouble:
                raise trouble

    async def check(self) -> str:
        """It is there."""
        return "a clerk"
