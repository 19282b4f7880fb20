"""A conversation on the terminal: each line is a request, and each answer is shown before the next line is read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack

from bots.reception import Reception
from bots.terminal.forms import Abandoned, Filled, Filling, unrefused
from bots.terminal.interrupts import Interrupts
from bots.terminal.keyboard import Keyboard, Stopped
from bots.terminal.parse import NoButton, Quit, asked, parse
from bots.terminal.ready import Keep, Readying
from bots.terminal.sender import Closed, OutputLost, Sender
from core.drafts import about
from core.parcels import Keepable
from core.request import Address, Asked, Event, Left, Opened, Said, Typed
from core.ui import Answer, Button, Form, Live, Message, Page

HOW_TO_LEAVE = "To leave, type /quit or press Ctrl-D."
STOPPED = "Stopped. What came until then is kept."
LEFT = "You left the form."
KEPT = f"{LEFT} What you typed into it is kept."


class Terminal:
    """The conversation of one person. `event` makes the frame of a request: a fresh id, who, where, and the time.

    Implements `core.ports.Messenger` for what the bot says by itself.
    """

    def __init__(
        self,
        reception: Reception,
        *,
        event: Callable[[], Event],
        keyboard: Keyboard,
        sender: Sender,
        interrupts: Interrupts,
        keep: Keep,
    ) -> None:
        self._reception = reception
        self._event = event
        self._keyboard = keyboard
        self._sender = sender
        self._interrupts = interrupts
        self._filling = Filling(keyboard, sender, interrupts)
        self._keep = keep
        self._buttons: tuple[Button, ...] = ()
        self._asks, self._question = True, False
        self._screen = asyncio.Lock()
        self._unasked = asyncio.Event()
        self._unasked.set()

    async def post(self, to: Address, message: Message, key: str = "") -> str:
        """Show a message above the line that is being typed, when no answer is being shown and no form is open, in which a number
        would answer the form's question; its buttons can be pressed.
        """
        await self._unasked.wait()
        async with self._screen:
            readying = Readying(self._keep, attended=self._keyboard.attended)
            shown = readying.ready(message)
            await self._keyboard.above(lambda: self._sender.show(shown))
            self._buttons, self._asks, self._question = tuple(readying.buttons), True, message.asks
        return key or self._event().id

    async def edit(self, to: Address, posted: str, message: Message) -> None:
        """Show it again: what stands on a terminal cannot be changed."""
        await self.post(to, message, posted)

    async def find(self, to: Address, key: str) -> str | None:
        """A terminal does not remember what it showed."""
        return None

    async def run(self) -> None:
        """Talk until the person leaves or the input ends.

        Raises:
            OutputLost: what was said could not be written.
        """
        try:
            if self._keyboard.attended:
                await self._greet()
            while True:
                await self._next()
        except OutputLost:
            raise
        except Closed:
            return

    async def _greet(self) -> None:
        line = await self._take(asked(self._event(), "welcome"))
        if line is not None:
            await self._type(line)
            return
        event = self._event()
        await self._take(Opened(id=event.id, actor=event.actor, address=event.address, at=event.at))

    async def _next(self) -> None:
        try:
            typed = await self._interrupts.guard(self._keyboard.line())
        except Stopped:
            self._sender.note(HOW_TO_LEAVE)
            return
        if typed.strip():
            await self._type(typed)

    async def _type(self, typed: str) -> None:
        line: str | None = typed
        while line is not None:
            request = parse(line, self._buttons, self._event(), asks=self._asks, question=self._question)
            if isinstance(request, Quit):
                raise Closed
            if isinstance(request, NoButton):
                self._sender.note(request.words)
                return
            self._sender.heard()
            line = await self._take(request)

    async def _take(self, request: Keepable) -> str | None:
        """Answer a request, with all the forms it leads to; returns the line with which a form was left."""
        form = await self._show(request)
        if form is None:
            return None
        self._unasked.clear()
        try:
            return await self._fill(form)
        finally:
            self._unasked.set()

    async def _fill(self, first: Form) -> str | None:
        opened: Form | None = None
        form: Form | None = first
        while form is not None:
            opened = opened if form.problems else form
            form = unrefused(form, opened)
            match await self._filling.fill(form):
                case Filled(values):
                    self._sender.heard()
                    form = await self._show(asked(self._event(), form.command, values=values, submitted=True), form)
                case Abandoned(values, line, closed):
                    await self._leave(form, values)
                    if closed is not None:
                        raise closed
                    if self._keyboard.attended:
                        self._sender.note(KEPT if values else LEFT)
                    return line
        return None

    async def _show(self, request: Keepable, sent: Form | None = None) -> Form | None:
        """Answer a request, which may send a form, and show what comes; a form is returned, to be filled in."""
        readying = Readying(self._keep, attended=self._keyboard.attended)
        try:
            return await self._interrupts.guard(self._answer(request, readying))
        except Stopped:
            await self._keep_sent(request, sent)
            self._sender.note(STOPPED)
        except Closed:
            await self._keep_sent(request, sent)
            raise
        finally:
            self._buttons = tuple(readying.buttons)
        return None

    async def _answer(self, request: Keepable, readying: Readying) -> Form | None:
        async with AsyncExitStack() as stack:
            with self._sender.waiting():
                answer = await stack.enter_async_context(self._reception.answering(request))
            self._asks = isinstance(request, Said) or not _is_card(answer)
            self._question = isinstance(answer, Message) and answer.asks
            async with self._screen:
                return await self._shown(answer, readying)

    async def _shown(self, answer: Answer, readying: Readying) -> Form | None:
        match answer:
            case Form():
                return readying.ready(answer)
            case Live(updates):
                await self._sender.follow(readying.updates(updates))
            case None:
                pass
            case _:
                self._sender.show(readying.ready(answer))
        return None

    async def _keep_sent(self, request: Keepable, sent: Form | None) -> None:
        """What was sent with a form whose handling was stopped is kept as if the form had been left."""
        if isinstance(request, Asked) and sent is not None:
            await self._leave(sent, request.values)

    async def _leave(self, form: Form, values: Mapping[str, Typed]) -> None:
        if not values:
            return
        event = self._event()
        left = Left(
            id=event.id,
            actor=event.actor,
            address=event.address,
            at=event.at,
            command=form.command,
            values=values,
            about=about(form),
        )
        async with self._reception.answering(left):
            pass


def _is_card(answer: Answer) -> bool:
    """Whether it is what a command showed, and no question of an agent or of the interview: those are answered in words."""
    return isinstance(answer, Page) or (isinstance(answer, Message) and answer.speaker is None and not answer.asks)
