"""An answer that grows, shown in Discord: a speaker's messages after another's, each changed until it is whole."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

import structlog

from bots.discord.arrived import Origin
from bots.discord.edited import PAUSES, Drawing, Edited
from bots.discord.planned import PlanShown
from bots.discord.replies import Reply, Spent
from bots.discord.screen import Screen, Screens
from bots.discord.troubles import DiscordRefused, DiscordTrouble
from bots.feed import Feed, reading
from bots.unbroken import at_last, whole
from core.holding import Clock, Wait
from core.plans import Step
from core.ui import Began, Ended, Grew, Live, Message, Planned, Speaker, Update

log = structlog.get_logger()

STOPPED = "Stopped. What came until then is kept."
TYPING_AGAIN_AFTER = 8.0
"""Seconds. Discord shows it for ten: https://docs.discord.com/developers/resources/channel#trigger-typing-indicator"""
LAST_PAUSES = (1.0, 2.0)
"""Seconds between tries to say the last words, for which there is little time."""


class Growing:
    """Shows answers that grow. `leaving`: what is broken off now is broken off by the end of this process, not by the person."""

    def __init__(
        self, screens: Screens, draw: Drawing, *, now: Clock, wait: Wait, leaving: Callable[[], bool] = lambda: False
    ) -> None:
        self._screens = screens
        self._draw = draw
        self._now = now
        self._wait = wait
        self._leaving = leaving

    async def grow(self, origin: Origin, live: Live, key: str, reply: Reply | None) -> list[str]:
        """Show it to its end; returns the ids of what was posted. The n-th message goes by the key `<key>:<n>`.

        Cancelling it stops the work behind it at once; what came until then stays, with a word that it was stopped. The button
        that stops it names `key`.

        Raises:
            DiscordTrouble: Discord stayed away, or could not be shown all of it.
        """
        private = live.private and not origin.direct
        showing = _Showing(self._screens, self._draw, origin, reply, key, private=private, now=self._now, wait=self._wait)
        async with reading(live.updates, self._wait) as feed:
            try:
                await showing.all(feed)
            except asyncio.CancelledError:
                await feed.close()
                await at_last(showing.break_off("" if self._leaving() else STOPPED))
                raise
            finally:
                await showing.rest()
        return showing.posted


class _Showing:
    """One answer on its way."""

    def __init__(
        self,
        screens: Screens,
        draw: Drawing,
        origin: Origin,
        reply: Reply | None,
        key: str,
        *,
        private: bool,
        now: Clock,
        wait: Wait,
    ) -> None:
        self.posted: list[str] = []
        self._screens = screens
        self._draw = draw
        self._origin = origin
        self._reply = reply
        self._key = key
        self._private = private
        self._now = now
        self._wait = wait
        self._number = 1
        self._speaker: Speaker | None = None
        self._edited: Edited | None = None
        self._elsewhere = False
        self._typing: asyncio.Task[None] | None = None
        self._plan = PlanShown(screens, draw, origin, key, private=private)

    async def all(self, feed: Feed) -> None:
        """Show every update until the end."""
        while not feed.over:
            update = await feed.next(self._due())
            if update is not None:
                await whole(self._take(update))
            if self._due() == 0:
                await whole(self._show())
        if self._edited is not None and self._edited.begun:
            await whole(self._end(self._said()))

    async def break_off(self, words: str) -> None:
        """Keep what came, and say these words after it. Without any it will be answered again, and goes by no key."""
        said = self._edited.grown.whole(words) if self._edited else words
        if words:
            await self._end(Message(said, speaker=self._speaker), LAST_PAUSES)
            await self._plan.break_off(self._reply)
        elif self._edited is not None and self._edited.tried and not self._elsewhere:
            await self._edited.end(Message(said, speaker=self._speaker), None, LAST_PAUSES)
            self._keep(self._edited.posted)

    async def rest(self) -> None:
        """Nobody is typing any more."""
        typing, self._typing = self._typing, None
        if typing is not None:
            typing.cancel()
            await asyncio.wait({typing})
            if not typing.cancelled() and (trouble := typing.exception()) is not None:
                log.error("discord typing failed", exc_info=trouble)

    def _due(self) -> float | None:
        return self._edited.due() if self._edited and not self._elsewhere else None

    async def _take(self, update: Update) -> None:
        match update:
            case Began(speaker):
                if self._edited is not None and self._edited.begun:
                    await self._end(self._said())
                await self.rest()
                self._speaker, self._edited, self._elsewhere = speaker, None, False
                self._begun()
            case Grew(text):
                self._begun().grow(text)
            case Step():
                self._begun().step(update)
            case Planned():
                await self._plan.show(update, self._reply)
            case Ended(message):
                await self._end(message)

    def _begun(self) -> Edited:
        if self._edited is None:
            self._edited = Edited(self._screen, self._draw, stop=self._key, now=self._now, wait=self._wait)
            self._typing = self._typing or asyncio.create_task(self._types(self._edited))
        return self._edited

    async def _screen(self) -> Screen:
        return await self._screens.screen(self._origin, self._speaker, self._private, self._reply)

    async def _types(self, edited: Edited) -> None:
        """Show that somebody is at work, until the first words are there."""
        while not (edited.grown.text and edited.posted):
            try:
                await edited.typing()
            except DiscordTrouble as trouble:
                log.info("discord typing not shown", trouble=type(trouble).__name__)
            await self._wait(TYPING_AGAIN_AFTER)

    def _said(self) -> Message:
        return Message(self._edited.grown.text if self._edited else "", speaker=self._speaker)

    async def _show(self) -> None:
        """Show how far it is; where it cannot be shown there, it is gathered, and shown in the end wherever it can be."""
        edited = self._begun()
        try:
            await edited.show()
        except Spent:
            self._without_reply(edited)
        except DiscordRefused as refused:
            log.info("discord answer deferred", code=refused.code)
            self._elsewhere = True

    def _without_reply(self, edited: Edited) -> None:
        """The reply's time is over: the answer goes on as messages."""
        log.info("discord reply expired", again=self._reply is None)
        self._keep(edited.posted)
        if self._reply is None:  # nothing is left to go on with there
            self._elsewhere = True
        self._reply = None
        edited.move()

    async def _end(self, message: Message, pauses: Sequence[float] = PAUSES) -> None:
        """Show the whole message, and go on to the next."""
        speaker, key = message.speaker or self._speaker, f"{self._key}:{self._number}"
        aside = message.private and not self._private and not self._origin.direct
        message = replace(message, speaker=speaker, private=message.private or self._private)
        edited = self._begun()
        await self.rest()
        if not aside and await self._ended(edited, message, key, pauses):
            self._keep(edited.posted)
        else:
            await edited.take_away(pauses)
            posted = await self._screens.answer(self._origin, message, key, self._reply)
            self._keep([posted] if posted else [])
        self._edited, self._elsewhere, self._number = None, False, self._number + 1

    async def _ended(self, edited: Edited, message: Message, key: str, pauses: Sequence[float]) -> bool:
        """False where it cannot be shown in the messages that grew."""
        while not self._elsewhere:
            try:
                await edited.end(message, key, pauses)
            except Spent:
                self._without_reply(edited)
            except DiscordRefused as refused:
                log.info("discord answer not ended", code=refused.code)
                return False
            else:
                return True
        return False

    def _keep(self, posted: Sequence[str]) -> None:
        self.posted += [each for each in posted if each not in self.posted]
