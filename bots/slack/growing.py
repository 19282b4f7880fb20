"""An answer that grows, shown in Slack: a stream for each speaker where there are streams, else messages that are changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import structlog

from bots.feed import Feed, reading
from bots.slack.arrived import Origin
from bots.slack.delivery import Part, delivered
from bots.slack.edited import Edited
from bots.slack.marks import Mark
from bots.slack.means import Means
from bots.slack.payload import is_direct
from bots.slack.planned import PlanShown
from bots.slack.posts import Feature, Post
from bots.slack.remedies import REMEDIES, Remedy
from bots.slack.sender import SlackMessenger, address_of
from bots.slack.speech import Speech
from bots.slack.stream import NoStreams, Over, StoppedThere, Stream, Thread
from bots.slack.thinking import Thinking
from bots.slack.troubles import SlackRefused
from bots.unbroken import at_last, whole
from core.ids import new_id
from core.plans import Step
from core.ui import Began, Ended, Grew, Live, Message, Planned, Speaker, Update

log = structlog.get_logger()

STOPPED = "Stopped. What came until then is kept."


class Growing:
    """Shows answers that grow. `leaving`: what is broken off now is broken off by the end of this process, not by the person."""

    def __init__(self, means: Means, messenger: SlackMessenger, leaving: Callable[[], bool] = lambda: False) -> None:
        self._means = means
        self._messenger = messenger
        self._leaving = leaving

    async def grow(self, origin: Origin, live: Live, key: str) -> list[str]:
        """Show it to its end; returns the time stamps of what was posted. The n-th message goes by the key `<key>:<n>`.

        Cancelling it stops the work behind it at once; what came until then stays, with a word that it was stopped. The value of
        the button that stops it is `key`.

        Raises:
            SlackTrouble: Slack stayed away, and not all was shown.
        """
        if live.private and not is_direct(address_of(origin).channel):
            return await self._quietly(origin, live, key)
        to = address_of(origin)
        channel = await self._messenger.channel(to)
        showing = _Showing(self._means, self._messenger, origin, Thread(origin.team, channel, to.thread, origin.user), key)
        async with reading(live.updates, self._means.wait) as feed:
            try:
                await showing.all(feed)
            except StoppedThere:
                await feed.close()
                await showing.break_off(STOPPED)
            except asyncio.CancelledError:
                await feed.close()
                await at_last(showing.break_off("" if self._leaving() else STOPPED))
                raise
        return showing.posted

    async def _quietly(self, origin: Origin, live: Live, key: str) -> list[str]:
        """To one person's eyes alone, where nothing can grow: that somebody is at work, then each message when it is finished."""
        number, speaker, said, told = 0, None, "", False
        async with reading(live.updates, self._means.wait) as feed:
            try:
                while not feed.over:
                    update = await feed.next(None)
                    if isinstance(update, Began):
                        speaker, said = update.speaker, ""
                    if not told and isinstance(update, Began | Grew | Step):
                        told = True
                        name = speaker.name if speaker else "Elevate"
                        work = Message(f"{name} is at work…", private=True, speaker=speaker)
                        await self._messenger.answer(origin, work, f"{key}:0")
                    if isinstance(update, Grew):
                        said += update.text
                    if isinstance(update, Ended):
                        number += 1
                        await self._messenger.answer(origin, replace(update.message, private=True), f"{key}:{number}")
                        said = ""
            except asyncio.CancelledError:
                await feed.close()
                words = "\n\n".join(each for each in (said, STOPPED) if each)
                if not self._leaving():
                    last = Message(words, private=True, speaker=speaker)
                    await at_last(self._messenger.answer(origin, last, f"{key}:{number + 1}"))
                raise
        return []


class _Showing:
    """One answer on its way."""

    def __init__(self, means: Means, messenger: SlackMessenger, origin: Origin, where: Thread, key: str) -> None:
        self.posted: list[str] = []
        self._means = means
        self._messenger = messenger
        self._origin = origin
        self._where = where
        self._key = key
        self._number = 1
        self._speaker: Speaker | None = None
        self._said = ""
        self._screen: Speech | Edited | None = None
        self._elsewhere = False
        self._plan = PlanShown(messenger, origin, key)
        self._thinking = Thinking(
            means.api, means.abilities, team=where.team, channel=where.channel, thread=where.ts, user=where.user
        )

    async def all(self, feed: Feed) -> None:
        """Show every update until the end."""
        await self._thinking.begin({})
        while not feed.over:
            update = await feed.next(self._due())
            if update is not None:
                await whole(self._take(update))
            if self._due() == 0:
                await whole(self._show())
        if self._screen is not None:
            await whole(self._end(Message(self._said, speaker=self._speaker)))
        await self._thinking.end()

    def _due(self) -> float | None:
        return self._screen.due() if self._screen and not self._elsewhere else None

    async def break_off(self, words: str) -> None:
        """Keep what came, and say these words after it. Without any it will be answered again, and goes by no key."""
        screen, mark = self._screen, Mark(f"{self._key}:{self._number}") if words else None
        self._screen = None
        try:
            if isinstance(screen, Speech):
                await screen.break_off(words, mark, self._thinking.session)
            elif isinstance(screen, Edited):
                await screen.break_off(words, mark.key if mark else new_id("msg"))
            elif words:
                await self._post(Message(words, speaker=self._speaker))
        except Over:
            text = "\n\n".join(each for each in (screen.untold if isinstance(screen, Speech) else "", words) if each)
            if text and words:
                await self._post(Message(text, speaker=self._speaker))
        self._keep(screen)
        if words:
            await self._plan.break_off()
        await self._thinking.end()

    async def _take(self, update: Update) -> None:
        match update:
            case Began(speaker):
                if self._screen is not None:
                    await self._end(Message(self._said, speaker=self._speaker))
                self._speaker, self._said = speaker, ""
                if self._number > 1:
                    await self._thinking.begin({})
            case Grew(text):
                self._said += text
                self._begun().grow(text)
            case Step():
                self._begun().step(update)
            case Planned():
                await self._plan.show(update)
            case Ended(message):
                await self._end(message)

    def _begun(self) -> Speech | Edited:
        if self._screen is None:
            without = self._means.abilities.without(self._where.team)
            streams = Feature.STREAM not in without and bool(self._where.ts)
            self._screen = self._speech() if streams else self._edited()
        return self._screen

    def _speech(self) -> Speech:
        without = self._means.abilities.without(self._where.team)
        face = self._means.faces.of(self._speaker, without)
        opening = f"**{self._speaker.name}**\n\n" if self._speaker and not face else ""
        return Speech(
            lambda: Stream(self._means, self._where), face, marked=self._means.draw.marked, now=self._means.now, opening=opening
        )

    def _edited(self) -> Edited:
        return Edited(self._means, self._where, speaker=self._speaker, stop=self._key)

    async def _show(self) -> None:
        """Show how far it is; where streams turn out not to be had, in messages that are changed."""
        if self._screen is None:
            return
        try:
            await self._screen.show()
        except NoStreams as none:
            self._without_streams(none)
        except SlackRefused as refused:
            if REMEDIES.get(refused.code) is not Remedy.ELSEWHERE:
                raise
            self._elsewhere = True  # it is gathered, and goes to the person directly

    def _without_streams(self, none: NoStreams) -> None:
        """Go on without the face that was refused, or else without a stream."""
        speech, team, refused = self._screen, self._where.team, none.refused
        if refused is not None and self._means.abilities.refused(team, refused) is Feature.FACE:
            fresh: Speech | Edited = self._speech()
        else:
            if refused is not None and REMEDIES.get(refused.code) in (Remedy.UNSUPPORTED, Remedy.SCOPE):
                self._means.abilities.refuse(team, Feature.STREAM, refused.code)
            log.info("slack stream not opened", team=team, error=str(none) or "ratelimited")
            fresh = self._edited()
        self._keep(speech)
        if isinstance(speech, Speech):
            for step in speech.steps:
                fresh.step(step)
            if speech.untold:
                fresh.grow(speech.untold)
        self._screen = fresh

    async def _end(self, message: Message) -> None:
        """Show the whole message, and go on to the next."""
        if self._screen is not None and message.text.startswith(self._said):
            self._screen.grow(message.text[len(self._said) :])
        message = replace(message, speaker=message.speaker or self._speaker)
        try:
            await self._ended(message, f"{self._key}:{self._number}")
        except SlackRefused as refused:
            if REMEDIES.get(refused.code) is not Remedy.ELSEWHERE:
                raise
            await self._post(message)
        self._thinking.shown_instead(streamed=isinstance(self._screen, Speech))
        self._keep(self._screen)
        self._screen, self._said, self._number = None, "", self._number + 1

    async def _ended(self, message: Message, key: str) -> None:
        while isinstance(self._screen, Speech) and not self._elsewhere:
            try:
                await self._end_stream(self._screen, message, key)
            except NoStreams as none:
                self._without_streams(none)
            else:
                return
        if isinstance(self._screen, Edited) and not self._elsewhere:
            await self._screen.end(replace(message, text=self._screen.text), key)
        else:
            await self._post(message)

    async def _end_stream(self, speech: Speech, message: Message, key: str) -> None:
        """The rest of the text, then its cards: as blocks of the stream, and what does not fit there in posts after it."""
        means, where = self._means, self._where

        async def ending(without: frozenset[Feature]) -> tuple[Post, ...]:
            return await means.draw.ending(message, without) or (Post(""),)

        async def send(part: Part) -> str:
            mark = Mark(key, part.number, part.of)
            placed, missing = await means.uploads.placed(where.team, part.post, pictured=part.pictured)
            if part.number == 1:
                await speech.end(placed.blocks, mark, self._thinking.session)
            if part.number > 1 or (placed.text and not placed.blocks):
                face = means.faces.of(message.speaker, part.without)
                self.posted.append(await means.posting.post(where.team, where.channel, where.ts, placed, face, mark))
            await means.uploads.share(where.team, (*missing, *part.post.files), where.channel, where.ts)
            return ""

        try:
            await delivered(means.abilities, where.team, ending, send)
        except Over:  # Slack has ended the stream: what is not in it stands in a message after it
            if speech.untold or message.cards or message.files:
                await self._post(replace(message, text=speech.untold))

    async def _post(self, message: Message) -> None:
        ts = await self._messenger.answer(self._origin, message, f"{self._key}:{self._number}")
        self.posted += [ts] if ts else []

    def _keep(self, screen: Speech | Edited | None) -> None:
        self.posted += [each for each in (screen.posted if screen else []) if each not in self.posted]
