"""A student at the terminal: the real adapter in this process, in the manner of a pipe; lines come when the story says."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bots.reception import Reception
from bots.terminal.adapter import Terminal
from bots.terminal.files import keep
from bots.terminal.interrupts import Interrupts
from bots.terminal.sender import Closed, PlainSender
from bots.terminal.who import place
from core.ids import new_id
from core.request import Actor, Event, File, Platform
from core.ui import Field, Message

MARIA = Actor(Platform.TERMINAL, "terminal", "maria", "Maria", timezone="Europe/London")
Opening = Callable[[], AbstractAsyncContextManager[Reception]]
"""Starts the program on the record that the story goes on with."""
BUTTON = re.compile(r"\[\d+ ([^\]]+)\]")


class Hands:
    """Implements `Keyboard`: a line is typed when the story says so, and the story waits until the next one is wanted."""

    def __init__(self, *, attended: bool) -> None:
        self.attended = attended
        self.asked: tuple[str, Field] | None = None
        """The command of the open form and the field that it asks for."""
        self._typed: asyncio.Queue[str | None] = asyncio.Queue()
        self._idle = asyncio.Event()

    async def line(self) -> str:
        self.asked = None
        return await self._next()

    async def answer(self, command: str, field: Field) -> str:
        self.asked = (command, field)
        return await self._next()

    async def above(self, show: Callable[[], None]) -> None:
        show()

    async def _next(self) -> str:
        self._idle.set()
        typed = await self._typed.get()
        if typed is None:
            raise Closed
        return typed

    def type(self, line: str | None) -> None:
        """Type a line; None is the end of input."""
        self.busy()
        self._typed.put_nowait(line)

    def asks(self, command: str, seen: Collection[str]) -> str | None:
        """The label of the field that the command's form asks for, if it is not among those seen."""
        if self.asked is None or self.asked[0] != command or self.asked[1].label in seen:
            return None
        return self.asked[1].label

    def busy(self) -> None:
        """From now on, wait until a line is wanted again."""
        self._idle.clear()

    async def idle(self) -> None:
        """Return when the next line is wanted."""
        await self._idle.wait()


class TerminalStudent:
    """Implements `Student`."""

    def __init__(self, opening: Opening, folder: Path, *, attended: bool = False, actor: Actor = MARIA) -> None:
        self._opening = opening
        self._folder = folder
        self._attended = attended
        self._actor = actor
        self._visit: _Visit | None = None
        self.output = ""

    @property
    def shown(self) -> str:
        return self.output

    async def comes_back(self) -> None:
        self._visit = _Visit(self._opening, self._folder, self._attended, self._actor)
        await self._visit.settle()
        self.output = self._visit.read()

    async def leaves(self) -> None:
        """The end of input."""
        visit = self._at_it()
        visit.hands.type(None)
        await visit.over()
        self.output = visit.read()
        self._visit = None

    async def types(self, words: str) -> None:
        visit = self._at_it()
        visit.hands.type(words)
        await visit.settle()
        self.output = visit.read()

    async def sends(self, name: str, content: bytes, words: str = "") -> None:
        """They drag it onto the terminal, which types its path."""
        (self._folder / name).write_bytes(content)
        await self.types(f"'{self._folder / name}' {words}".strip())

    async def stops(self, doing: Awaitable[None], *, after: str) -> None:
        """They press Ctrl-C."""
        shown, task = self.showing(after), asyncio.ensure_future(doing)
        await shown.wait()
        self._at_it().interrupts.press()
        await task

    async def breaks_off(self, words: str, *, after: asyncio.Event) -> None:
        """Type, and press Ctrl-C as soon as the event has happened."""
        self._at_it().hands.type(words)
        await after.wait()
        await self.presses_ctrl_c()

    def showing(self, text: str) -> asyncio.Event:
        """Happens as soon as the text is shown, from now on."""
        return self._at_it().paper.showing(text)

    def is_sent(self, message: Message) -> asyncio.Task[str]:
        """The bot sends this by itself; done as soon as it is shown."""
        terminal = self._at_it().terminal
        assert terminal is not None
        return asyncio.create_task(terminal.post(place(self._actor), message))

    async def presses_ctrl_c(self) -> None:
        """Press it now."""
        visit = self._at_it()
        visit.hands.busy()
        visit.interrupts.press()
        await visit.settle()
        self.output = visit.read()

    async def presses(self, label: str) -> None:
        found = re.search(rf"\[(\d+) {re.escape(label)}\]", self.output)
        assert found, f"there is no button “{label}” in:\n{self.output}"
        await self.types(found[1])

    async def fills(self, answers: Mapping[str, str]) -> None:
        hands, left = self._at_it().hands, dict(answers)
        assert hands.asked, f"no form is open in:\n{self.output}"
        command, seen = hands.asked[0], set[str]()
        while label := hands.asks(command, seen):
            seen.add(label)
            await self.types(left.pop(label, ""))
        assert not left, f"the form did not ask for {', '.join(left)}"

    async def begins(self, answers: Mapping[str, str]) -> None:
        """What they type next, if it is a command, is taken for their turning away."""
        for words in answers.values():
            await self.types(words)

    def offers(self, *labels: str) -> None:
        for label in labels:
            assert label in self._labels(), f"there is no “{label}” in:\n{self.output}"

    def offers_no(self, *labels: str) -> None:
        for label in labels:
            assert label not in self._labels(), f"there is “{label}” in:\n{self.output}"

    def choices(self, menu: str) -> tuple[str, ...]:
        line = next((line for line in self.output.splitlines() if line.startswith(menu)), None)
        assert line is not None, f"there is no menu “{menu}” in:\n{self.output}"
        return tuple(BUTTON.findall(line))

    def sees(self, *texts: str) -> None:
        for text in texts:
            assert text in self.output, f"“{text}” is not in:\n{self.output}"

    def sees_no(self, *texts: str) -> None:
        for text in texts:
            assert text not in self.output, f"“{text}” is in:\n{self.output}"

    def _labels(self) -> list[str]:
        return BUTTON.findall(self.output)

    @property
    def here(self) -> bool:
        """Whether the conversation goes on."""
        return self._visit is not None and not self._visit.done

    def _at_it(self) -> _Visit:
        assert self._visit is not None, "the student has not come yet"
        return self._visit


class _Paper(io.StringIO):
    """What is shown, and who waits for a part of it."""

    def __init__(self) -> None:
        super().__init__()
        self._awaited: dict[str, tuple[int, asyncio.Event]] = {}

    def showing(self, text: str) -> asyncio.Event:
        """Happens as soon as the text is shown, from now on."""
        event = asyncio.Event()
        self._awaited[text] = (len(self.getvalue()), event)
        return event

    def write(self, text: str) -> int:
        """Show more."""
        written = super().write(text)
        for awaited, (since, event) in self._awaited.items():
            if awaited in self.getvalue()[since:]:
                event.set()
        return written


class _Visit:
    """One run of the terminal."""

    def __init__(self, opening: Opening, folder: Path, attended: bool, actor: Actor) -> None:
        self.hands = Hands(attended=attended)
        self.interrupts = Interrupts(patient=True, clock=lambda: 0.0)
        self.paper = _Paper()
        self._read = 0
        self.terminal: Terminal | None = None
        self._task = asyncio.create_task(self._run(opening, folder, actor))

    async def _run(self, opening: Opening, folder: Path, actor: Actor) -> None:
        async with opening() as reception:
            terminal = self.terminal = Terminal(
                reception,
                event=lambda: Event(id=new_id("evt"), actor=actor, address=place(actor), at=datetime.now(UTC)),
                keyboard=self.hands,
                sender=PlainSender(self.paper),
                interrupts=self.interrupts,
                keep=lambda file: _kept(file, folder),
            )
            await terminal.run()

    @property
    def done(self) -> bool:
        return self._task.done()

    async def settle(self) -> None:
        """Return when the next line is wanted, or the conversation is over."""
        idle = asyncio.create_task(self.hands.idle())
        await asyncio.wait((idle, self._task), return_when=asyncio.FIRST_COMPLETED)
        idle.cancel()
        if self._task.done():
            self._task.result()

    async def over(self) -> None:
        await self._task

    def read(self) -> str:
        """What was shown since this was last asked."""
        whole = self.paper.getvalue()
        new, self._read = whole[self._read :], len(whole)
        return new


def _kept(file: File, folder: Path) -> File:
    return keep(file, folder / "files")


@asynccontextmanager
async def at_the_terminal(opening: Opening, folder: Path, *, attended: bool = False) -> AsyncGenerator[TerminalStudent, None]:
    """A student who has come to the terminal, and leaves at the end of the block."""
    student = TerminalStudent(opening, folder, attended=attended)
    await student.comes_back()
    try:
        yield student
    finally:
        if student.here:
            await student.leaves()
