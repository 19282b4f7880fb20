"""What the terminal is shown: the port, and plain text for pipes."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from contextlib import AbstractContextManager, aclosing, contextmanager
from typing import Protocol, TextIO, assert_never

from bots.terminal.blocks import Blocks
from core import plain
from core.plans import Plan, Step
from core.ui import Began, Ended, Field, Form, Grew, Message, Page, Planned, Update


class Closed(Exception):
    """Nobody types or reads any more."""


class OutputLost(Closed):
    """What was said could not be written."""


class Sender(Protocol):
    """Shows what is ready to be shown. Every method may raise `Closed` where nobody reads any more."""

    def show(self, answer: Message | Page) -> None:
        """An answer."""
        ...

    async def follow(self, updates: AsyncGenerator[Update, None]) -> None:
        """An answer that grows, until its end; cancelling this closes it."""
        ...

    def begin(self, form: Form) -> None:
        """A form's title and introduction."""
        ...

    def question(self, field: Field, present: str, problem: str, way: str) -> None:
        """One of its questions: the value that Enter keeps, what was wrong with it, and how it is answered here."""
        ...

    def note(self, words: str) -> None:
        """A word from the surface itself."""
        ...

    def heard(self) -> None:
        """What was typed has been taken: its answer follows."""
        ...

    def waiting(self) -> AbstractContextManager[None]:
        """Shows that an answer is on its way."""
        ...


class PlainSender:
    """Plain text, an empty line after each answer; words that grow are written block by block."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._blocks = Blocks()
        self._plan = Plan(())

    def show(self, answer: Message | Page) -> None:
        match answer:
            case Message():
                text = plain.message(answer)
            case Page():
                text = plain.page(answer)
            case _:
                assert_never(answer)
        if text:
            self._write(f"{text}\n\n")

    async def follow(self, updates: AsyncGenerator[Update, None]) -> None:
        async with aclosing(updates):
            try:
                async for update in updates:
                    self._follow(update)
            finally:
                self._paragraphs(self._blocks.end())
                self._blocks, self._plan = Blocks(), Plan(())

    def _follow(self, update: Update) -> None:
        match update:
            case Began(speaker):
                self._paragraphs(self._blocks.end())
                self._blocks = Blocks()
                self._paragraphs(f"{speaker.name}:" if speaker else "")
            case Grew(text):
                self._paragraphs(self._blocks.grow(text))
            case Step(title=title, state=state):
                if state in ("done", "failed"):
                    self._write(f"- {title}: {state}\n\n")
            case Planned(plan):
                self._write(self._told(plan))
            case Ended(message):
                self._paragraphs(self._blocks.end(message.text))
                self._blocks = Blocks()
                self.show(Message(cards=message.cards, files=message.files))
            case _:
                assert_never(update)

    def _told(self, plan: Plan) -> str:
        """The plan whole when it first comes, then what is done of it."""
        known, self._plan = self._plan.steps, plan
        if not known:
            return f"{plain.element(plan)}\n\n"
        over = [each for each in plan.steps if each.state in ("done", "failed") and each not in known]
        return "".join(f"{plain.step(each)}\n\n" for each in over)

    def _paragraphs(self, markdown: str) -> None:
        self.show(Message(markdown))

    def begin(self, form: Form) -> None:
        self._write("\n\n".join(part for part in (form.title, form.intro) if part) + "\n\n")

    def question(self, field: Field, present: str, problem: str, way: str) -> None:
        lines = [f"! {problem}"] if problem else []
        lines.append(plain.question(field) + (f": {field.hint}" if field.hint else ""))
        lines += [f"  {number} {option.label}" for number, option in enumerate(field.options, start=1)]
        lines += [f"  {words}" for words in (way, f"Now: {present}" if present else "") if words]
        self._write("\n".join(lines) + "\n\n")

    def note(self, words: str) -> None:
        self._write(f"{words}\n\n")

    def heard(self) -> None:
        """Nothing to show: nobody typed here."""

    @contextmanager
    def waiting(self) -> Iterator[None]:
        yield

    def _write(self, text: str) -> None:
        if not text:
            return
        try:
            self._out.write(text)
            self._out.flush()
        except BrokenPipeError:
            raise Closed from None
        except OSError as trouble:
            raise OutputLost(f"The output could not be written: {trouble.strerror}.") from None
