"""A speaker's messages in Discord, posted once and changed as the answer grows, with a button to stop it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Protocol, TypeVar

import structlog

from bots.discord.grown import Grown
from bots.discord.marks import Mark
from bots.discord.posts import Post
from bots.discord.remedies import Remedy, remedy
from bots.discord.replies import Spent
from bots.discord.screen import Screen
from bots.discord.troubles import DiscordBusy, DiscordRefused, DiscordTrouble, DiscordUnreachable
from bots.pace import Pace
from core import plain
from core.holding import Clock, Wait
from core.plans import Plan, Step
from core.ui import Message, Page

log = structlog.get_logger()

CHANGED_AFTER = 1.2
"""Seconds. Discord takes five changes in five seconds for a channel, which several answers may share:
https://docs.discord.com/developers/topics/rate-limits"""
PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0, 30.0, 30.0)
"""Seconds between tries to show the end of an answer: after two minutes it is left for later."""
LINES_AT_MOST, LINE_AT_MOST, WORKED_AT_MOST = 4, 100, 300
"""Of steps: they share a message with 3,500 characters of text."""

Result = TypeVar("Result")


class Drawing(Protocol):
    """Makes posts of what is to be shown. `opening`: a line that names the speaker, where nothing else does."""

    async def posts(self, shown: Message | Page, opening: str = "", working: str = "") -> tuple[Post, ...]:
        """All of it, charts drawn; under a message's text what was done for it, a line."""
        ...

    def text(self, markdown: str, opening: str = "", working: str = "", stop: str = "") -> tuple[Post, ...]:
        """A text that still grows, one post at least: `working` are lines on the steps, `stop` the arrival that the button under
        the last post stops."""
        ...


class Edited:
    """What one speaker says. `posted` are the ids of the messages, by their number.

    `begin` makes the place where it is shown, as soon as there is something to show. `stop` is the arrival that is answered.
    """

    def __init__(self, begin: Callable[[], Awaitable[Screen]], draw: Drawing, *, stop: str, now: Clock, wait: Wait) -> None:
        self.grown = Grown()
        self.posted: list[str] = []
        self._begin = begin
        self._draw = draw
        self._stop = stop
        self._wait = wait
        self._pace = Pace(now, CHANGED_AFTER)
        self._fresh = False
        self._steps: dict[str, Step] = {}
        self._reach = 0  # messages that may be there
        self._moved = False
        self._beginning = asyncio.Lock()
        self._screen: Screen | None = None
        self._settled: list[Post] = []
        self._sealed = 0
        self._shows: list[tuple[Post, Mark | None]] = []
        self._anew: set[int] = set()
        self._gone: set[int] = set()

    @property
    def tried(self) -> bool:
        """Whether something may be shown."""
        return self._reach > 0

    @property
    def begun(self) -> bool:
        """Whether anything was said, or is shown."""
        return bool(self.grown.text) or self.tried

    def grow(self, text: str) -> None:
        """The words go on."""
        self.grown.grow(text)
        self._fresh = True

    def step(self, step: Step) -> None:
        """A piece of work."""
        self._steps[step.key] = step
        self._fresh = True

    def due(self) -> float | None:
        """The seconds until there is something to show; None where there is nothing."""
        return self._pace.due() if self._fresh else None

    async def typing(self) -> None:
        """Show that somebody is at work.

        Raises:
            DiscordTrouble: there is no place to show it.
        """
        screen = await self._place()
        await screen.typing()

    async def show(self) -> None:
        """Show how far it is. Where Discord does not take that just now, the next change shows it, or the end.

        Raises:
            DiscordRefused: it cannot be shown there.
            Spent: it goes on elsewhere (`move`).
        """
        self._fresh = False
        self._pace.begun()
        try:
            screen = await self._place()
            posts = self._so_far(screen.opening)
            if posts:
                await self._put_all(screen, posts, None, ())
            self._pace.made()
        except (DiscordUnreachable, DiscordBusy) as trouble:
            self._pace.failed()
            self._fresh = True
            log.info("discord change delayed", trouble=type(trouble).__name__)

    async def end(self, message: Message, key: str | None, pauses: Sequence[float] = PAUSES) -> None:
        """Show the message as it is in the end, in place of what was shown on the way. Can be repeated.

        Raises:
            DiscordRefused, DiscordUnreachable, DiscordBusy, Spent: not all of it is shown.
        """
        screen = await surely(self._place, self._wait, pauses)
        opening = None
        while opening != screen.opening:  # it may turn out only now that the speaker's face cannot be had
            opening = screen.opening
            await self._put_all(screen, await self._draw.posts(message, opening, self._worked()), key, pauses)

    def move(self) -> None:
        """What was shown stays where it is, as it is: from now on all of it is shown at a place that is made anew."""
        self._screen, self._fresh = None, True
        self.posted, self._shows, self._anew, self._gone, self._moved = [], [], set(), set(), False
        self._settled, self._sealed = [], 0  # the place may need another opening

    async def take_away(self, pauses: Sequence[float] = ()) -> None:
        """Let nothing stand that is half an answer, as far as Discord takes that."""
        if self._screen is not None:
            with suppress(DiscordTrouble):
                await self._drop(self._screen, 0, pauses)

    async def _place(self) -> Screen:
        async with self._beginning:
            if self._screen is None:
                self._screen = await self._begin()
            return self._screen

    def _worked(self) -> str:
        """What was done for the answer, in one line; what was not brought to its end has failed."""
        done = Plan(tuple(self._steps.values())).broken_off
        return "  ".join(dict.fromkeys(plain.step(each) for each in done.steps))[:WORKED_AT_MOST]

    def _so_far(self, opening: str) -> list[Post]:
        sealed, last = self.grown.sealed, self.grown.open()
        working = "\n".join(plain.step(each)[:LINE_AT_MOST] for each in self._steps.values())
        working = "\n".join(working.splitlines()[-LINES_AT_MOST:])
        if not sealed and not last and not working:
            return []
        whole = len(sealed) if last or not sealed else len(sealed) - 1
        for number in range(self._sealed, whole):
            self._settled += self._draw.text(sealed[number], "" if number else opening)
        self._sealed = max(self._sealed, whole)
        part = last or (sealed[-1] if sealed else "")
        return [*self._settled, *self._draw.text(part, "" if whole else opening, working, self._stop)]

    async def _put_all(self, screen: Screen, posts: Sequence[Post], key: str | None, pauses: Sequence[float]) -> None:
        """Have these messages there and no others; what is there already as it should be is left alone."""
        number = 0
        while number < len(posts):
            mark = Mark(key, number + 1, len(posts)) if key else None
            number = await self._put(screen, number, posts[number], mark, pauses)
        await self._drop(screen, len(posts), pauses)

    async def _put(self, screen: Screen, number: int, post: Post, mark: Mark | None, pauses: Sequence[float]) -> int:
        """Post or change one message; returns the number to go on with.

        Where somebody has deleted it, it and those after it are posted again, this once. Where it could only be posted again at
        another place, all are.
        """
        if number in self._gone or (number < len(self._shows) and self._shows[number] == (post, mark)):
            return number + 1
        self._reach = max(self._reach, number + 1)
        try:
            there = await surely(lambda: screen.put(number, post, mark), self._wait, pauses)
        except DiscordRefused as refused:
            if remedy(refused) is not Remedy.MISSING or number >= len(self._shows):
                raise
            if number in self._anew:  # whoever deletes it twice means it
                self._gone.add(number)
                return number + 1
            await self._drop(screen, number, pauses)
            self._anew.add(number)
            return number
        elsewhere = number < len(self.posted) and self.posted[number] != there
        self._shows[number:] = [(post, mark), *self._shows[number + 1 :]]
        self.posted[number:] = [there, *self.posted[number + 1 :]]
        if elsewhere and not self._moved:
            self._moved = True
            if number:  # those before it must stand before it
                await self._drop(screen, number, pauses)
                self._shows = [(Post(()), None) for _ in self._shows]
                return 0
        return number + 1

    async def _drop(self, screen: Screen, kept: int, pauses: Sequence[float]) -> None:
        for number in reversed(range(kept, self._reach)):
            with suppress(DiscordRefused, Spent):
                await surely(partial(screen.drop, number), self._wait, pauses)
            self._reach = number
            del self._shows[number:], self.posted[number:]


async def surely(call: Callable[[], Awaitable[Result]], wait: Wait, pauses: Sequence[float]) -> Result:
    """Make a call that may be repeated, until Discord is there again.

    Raises:
        DiscordUnreachable, DiscordBusy: it stays away.
    """
    for pause in pauses:
        try:
            return await call()
        except (DiscordUnreachable, DiscordBusy):
            await wait(pause)
    return await call()
