"""The screen of a person: Rich output, and a small live region below for what is not finished yet."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager
from typing import assert_never

from rich.console import Console, RenderableType
from rich.text import Text as Words

from bots.terminal import render
from bots.terminal.elements import Framed
from bots.terminal.forms import EMPTY, goes_again
from bots.terminal.growing import Growing
from bots.terminal.prose import prose
from bots.terminal.quiet import no_echo
from core import plain
from core.plans import Step
from core.ui import Began, Ended, Field, Form, Grew, Message, Page, Planned, Update

WIDEST = 100
PATIENCE = 0.25
"""Seconds that an answer may take before someone is said to be at work on it."""


class Screen:
    """Shows answers to a person at a terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def show(self, answer: Message | Page) -> None:
        match answer:
            case Message():
                self._print(render.message(answer))
            case Page():
                self._print(render.page(answer))
            case _:
                assert_never(answer)
        self._print(Words(""))

    async def follow(self, updates: AsyncGenerator[Update, None]) -> None:
        self._fit()
        growing = Growing(self._console)
        with no_echo():
            growing.start()
            try:
                async with aclosing(updates):
                    async for update in updates:
                        self._follow(update, growing)
            finally:
                growing.finish()
                growing.stop()
                self._print(Words(""))

    def _follow(self, update: Update, growing: Growing) -> None:
        match update:
            case Began(speaker):
                growing.begin(speaker)
            case Grew(text):
                growing.grow(text)
            case Step():
                growing.step(update)
            case Planned(plan):
                growing.plan(plan)
            case Ended(message):
                growing.end(message)
            case _:
                assert_never(update)

    def begin(self, form: Form) -> None:
        body = prose(form.intro) if form.intro else Words("Ctrl-C leaves the form.", style="dim")
        self._print(Framed(body, Words(form.title, style="bold"), "dim"))

    def question(self, field: Field, present: str, problem: str, way: str) -> None:
        self._print(Words(""))
        self._print(Words(plain.question(field), style="bold"))
        if field.hint:
            self._print(Words(field.hint, style="dim"))
        for number, option in enumerate(field.options, start=1):
            self._print(Words.assemble((f"{number:>3} ", "bold cyan"), option.label))
        if way:
            self._print(Words(way, style="dim"))
        if problem:
            self._print(Words(problem, style="red"))
        if present:
            keeping = "Enter sends again" if problem and goes_again(field) else "Enter keeps"
            keeping += "" if field.required else f", {EMPTY} empties"
            self._print(Words.assemble((f"{keeping}: ", "dim"), present))
        elif not field.required:
            self._print(Words("Enter skips", style="dim"))

    def note(self, words: str) -> None:
        self._print(Words(words, style="dim"))

    def heard(self) -> None:
        self._print(Words(""))

    @contextmanager
    def waiting(self) -> Iterator[None]:
        self._fit()
        growing = Growing(self._console)
        starting = asyncio.get_running_loop().call_later(PATIENCE, growing.start)
        with no_echo():
            try:
                yield
            finally:
                starting.cancel()
                growing.stop()

    def _fit(self) -> None:
        try:
            columns = os.get_terminal_size(self._console.file.fileno()).columns
        except OSError:
            return
        self._console.width = max(20, min(WIDEST, columns))

    def _print(self, shown: RenderableType) -> None:
        self._fit()
        self._console.print(shown, markup=False, highlight=False, emoji=False)
