"""What Slack is shown outside of streams: letters, answers in public, and answers to one person's eyes alone."""

from __future__ import annotations

from typing import TypeVar

import structlog

from bots.payload import inner
from bots.slack.arrived import Origin
from bots.slack.delivery import Part, delivered
from bots.slack.marks import Mark, Seen, look
from bots.slack.means import Means
from bots.slack.payload import is_direct, needed
from bots.slack.posting import Spent
from bots.slack.posts import Feature, Post
from bots.slack.remedies import REMEDIES, Remedy
from bots.slack.troubles import SlackRefused, SlackTrouble, SlackUnreachable
from core.errors import Trouble
from core.ids import new_id
from core.outbox import Undeliverable
from core.request import Address, File, Platform
from core.ui import Message, Page, Reaction, Speaker

log = structlog.get_logger()

Named = TypeVar("Named")
Known = TypeVar("Known")

REMEMBERED_AT_MOST = 10_000
"""Direct conversations whose ids are known, and messages of which a part was seen."""


class SlackMessenger:
    """Posts, changes and finds messages. Implements `core.ports.Messenger`; the adapter also gives its answers here."""

    def __init__(self, means: Means) -> None:
        self._api = means.api
        self._draw = means.draw
        self._faces = means.faces
        self._abilities = means.abilities
        self._lanes = means.lanes
        self._posting = means.posting
        self._uploads = means.uploads
        self._directs: dict[tuple[str, str], str] = {}
        self._half: dict[str, Seen] = {}

    async def post(self, to: Address, message: Message, key: str = "") -> str:
        """Send a message; returns the time stamp of its first post.

        Raises:
            Undeliverable: the person cannot be written to, or the place is closed to us.
            SlackTrouble: it could not be sent just now.
        """
        try:
            return await self.posted(to, message, key)
        except SlackRefused as refused:
            if REMEDIES.get(refused.code) in (Remedy.ELSEWHERE, Remedy.UNREACHABLE):
                raise Undeliverable() from None
            raise

    async def find(self, to: Address, key: str) -> str | None:
        """The time stamp of what was posted there with the key, if all of it was; of what was in part, `post` sends the rest.

        Raises:
            Undeliverable, SlackTrouble: as with `post`.
        """
        channel = await self.channel(to)
        seen = await look(self._api, to.workspace, channel, to.thread, key)
        if seen.parts and seen.whole:
            return seen.parts[min(seen.parts)]
        if seen.parts:
            _bounded(self._half)[key] = seen
        return None

    async def edit(self, to: Address, posted: str, message: Message) -> None:
        """Change a message that was sent. What cannot be changed any more is sent anew; what was deleted stays so."""
        team, channel = to.workspace, await self.channel(to)

        async def send(part: Part) -> str:
            if part.number > 1:
                return await self._sent(to, channel, part, message.speaker, Mark(new_id("msg"), part.number, part.of))
            placed, missing = await self._uploads.placed(team, part.post, pictured=part.pictured)
            await self._posting.change(team, channel, posted, placed)
            await self._hand_over(team, (*missing, *part.post.files), channel, to.thread)
            return posted

        try:
            async with self._lanes.lane(team, channel):
                await delivered(self._abilities, team, lambda without: self._draw.posts(message, without), send)
        except SlackRefused as refused:
            if REMEDIES.get(refused.code) is Remedy.FROZEN:
                await self.post(to, message)
            elif REMEDIES.get(refused.code) is not Remedy.MISSING:
                raise
            else:
                log.info("slack message gone", team=team)

    async def answer(self, origin: Origin, shown: Message | Page, key: str) -> str:
        """Show an answer where it was asked for: what is private, in a shared place, to that person alone.

        Where we may not write, a response URL shows it to everybody there all the same. Where there is none, it goes to their
        direct messages, with a word on where it was asked.

        Returns the time stamp of the first post; "" where it has none, or the person cannot be written to at all.

        Raises:
            SlackTrouble: it could not be shown just now.
        """
        place = address_of(origin)
        private = isinstance(shown, Page) or shown.private
        try:
            if private and not is_direct(place.channel):
                return await self._alone(origin, shown, key)
            return await self.posted(place, shown, key)
        except SlackRefused as refused:
            if REMEDIES.get(refused.code) not in (Remedy.ELSEWHERE, Remedy.UNSUPPORTED):
                return self._given_up(origin, refused)
        except Undeliverable as undeliverable:
            return self._given_up(origin, undeliverable)
        try:
            if origin.response_url and not private and await self._openly(origin, shown):
                return ""
            return await self._directly(origin, shown, key, private=private)
        except (SlackRefused, Undeliverable) as trouble:
            return self._given_up(origin, trouble)

    async def react(self, origin: Origin, sign: Reaction) -> bool:
        """Put the sign on the message that is answered; False where that cannot be done."""
        if not origin.message or Feature.REACTION in self._abilities.without(origin.team):
            return False
        try:
            await self._api.call(origin.team, "reactions.add", channel=origin.channel, timestamp=origin.message, name=sign)
        except SlackRefused as refused:
            self._abilities.refused(origin.team, refused)
            return refused.code == "already_reacted"
        except SlackTrouble as trouble:
            log.info("slack reaction not added", team=origin.team, trouble=type(trouble).__name__)
            return False
        return True

    async def posted(self, to: Address, shown: Message | Page, key: str = "") -> str:
        """Post it, in as many posts as it takes; those that `find` has seen already are not posted again.

        Raises:
            SlackRefused: there, or in this form, it cannot be posted.
            SlackTrouble: it could not be posted just now.
        """
        channel = await self.channel(to)
        key = key or new_id("msg")
        seen = self._half.pop(key, Seen({})).parts
        speaker = shown.speaker if isinstance(shown, Message) else None

        async def send(part: Part) -> str:
            there = seen.get(part.number)
            return there or await self._sent(to, channel, part, speaker, Mark(key, part.number, part.of))

        async with self._lanes.lane(to.workspace, channel):
            sent = await delivered(self._abilities, to.workspace, lambda without: self._draw.posts(shown, without), send)
        return sent[0] if sent else ""

    async def channel(self, to: Address) -> str:
        """The id of the conversation; that of somebody's direct messages is asked for once.

        Raises:
            Undeliverable: they cannot be written to.
            SlackTrouble: Slack does not say.
        """
        if not to.recipient:
            return to.channel
        named = (to.workspace, to.recipient)
        if named not in self._directs:
            try:
                opened = await self._api.call(to.workspace, "conversations.open", users=to.recipient)
            except SlackRefused as refused:
                if REMEDIES.get(refused.code) in (Remedy.UNREACHABLE, Remedy.ELSEWHERE):
                    raise Undeliverable() from None
                raise
            _bounded(self._directs)[named] = needed(inner(opened, "channel"), "id", "conversation")
        return self._directs[named]

    async def _sent(self, to: Address, channel: str, part: Part, speaker: Speaker | None, mark: Mark) -> str:
        """Post one part, and hand over its files."""
        placed, missing = await self._uploads.placed(to.workspace, part.post, pictured=part.pictured)
        face = self._faces.of(speaker, part.without)
        ts = await self._posting.post(to.workspace, channel, to.thread, placed, face, mark)
        await self._hand_over(to.workspace, (*missing, *part.post.files), channel, to.thread)
        return ts

    async def _hand_over(self, team: str, files: tuple[File, ...], channel: str, thread: str) -> None:
        if not await self._uploads.share(team, files, channel, thread):
            names = ", ".join(each.name for each in files)
            sorry = f"I could not hand over {names}: whoever runs Elevate needs to give it Slack's permission files:write."
            await self._posting.post(team, channel, thread, Post(sorry), {}, Mark(new_id("msg")))

    async def _alone(self, origin: Origin, shown: Message | Page, key: str) -> str:
        """To one person's eyes, in a shared place: by the response URL where there is one, else as an ephemeral message.

        Files go to their direct messages: nothing that only one person sees can carry any.
        """
        speaker = shown.speaker if isinstance(shown, Message) else None
        files: list[File] = []

        async def send(part: Part) -> str:
            placed, missing = await self._uploads.placed(origin.team, part.post, pictured=part.pictured)
            await self._whisper(origin, placed, speaker, part.without)
            files.extend((*missing, *part.post.files))
            return ""

        # A response URL takes no name and no face: the speaker's name then stands in the text.
        never = frozenset({Feature.FACE}) if origin.response_url else frozenset()
        async with self._lanes.lane(origin.team, origin.channel):
            draw = self._draw.posts
            await delivered(self._abilities, origin.team, lambda without: draw(shown, without), send, never)
            if files:
                direct = await self.channel(_direct(origin))
                await self._hand_over(origin.team, tuple(files), direct, "")
                names = ", ".join(each.name for each in files)
                await self._whisper(origin, Post(f"In our direct messages, for you alone: {names}"), None, never)
        return ""

    async def _openly(self, origin: Origin, shown: Message | Page) -> bool:
        """To everybody in a place of which we are no members; False where it does not go there any more."""

        async def send(part: Part) -> str:
            placed, missing = await self._uploads.placed(origin.team, part.post, pictured=part.pictured)
            await self._posting.respond(origin.response_url, origin.thread, placed, to_all=True)
            files = (*missing, *part.post.files)
            if files:
                await self._hand_over(origin.team, files, await self.channel(_direct(origin)), "")
            return ""

        without = frozenset({Feature.FACE})
        try:
            async with self._lanes.lane(origin.team, origin.channel):
                await delivered(self._abilities, origin.team, lambda known: self._draw.posts(shown, known), send, without)
        except (Spent, SlackUnreachable) as trouble:
            log.info("slack response url failed", team=origin.team, trouble=type(trouble).__name__)
            return False
        return True

    async def _whisper(self, origin: Origin, post: Post, speaker: Speaker | None, without: frozenset[Feature]) -> None:
        if origin.response_url:
            try:
                await self._posting.respond(origin.response_url, origin.thread, post)
            except (Spent, SlackUnreachable) as trouble:
                log.info("slack response url failed", team=origin.team, trouble=type(trouble).__name__)
            else:
                return
        face = self._faces.of(speaker, without)
        await self._posting.whisper(origin.team, origin.channel, origin.thread, origin.user, post, face)

    async def _directly(self, origin: Origin, shown: Message | Page, key: str, *, private: bool) -> str:
        """In their direct messages, after a word on where it was asked, unless that was there."""
        to = _direct(origin)
        channel = await self.channel(to)
        why = "where I cannot answer you alone" if private else "where I cannot write"
        words = f"You asked me something in <#{origin.channel}>, {why}. Here is the answer."
        if channel != origin.channel:
            async with self._lanes.lane(origin.team, channel):
                await self._posting.post(origin.team, channel, "", Post(words), {}, Mark(f"{key}:where"))
        return await self.posted(to, shown, key)

    def _given_up(self, origin: Origin, trouble: Trouble) -> str:
        """What nobody can be shown is not tried again; whatever else is wrong is raised."""
        code = trouble.code if isinstance(trouble, SlackRefused) else type(trouble).__name__
        if isinstance(trouble, SlackRefused) and REMEDIES.get(code) not in (Remedy.ELSEWHERE, Remedy.UNREACHABLE):
            raise trouble
        log.warning("slack answer not delivered", team=origin.team, error=code)
        return ""


def address_of(origin: Origin) -> Address:
    """Where something was asked; what was asked in a modal or on the home tab is answered directly."""
    return Address(Platform.SLACK, origin.team, origin.channel or f"@{origin.user}", origin.thread)


def _direct(origin: Origin) -> Address:
    return Address(Platform.SLACK, origin.team, f"@{origin.user}")


def _bounded(known: dict[Named, Known]) -> dict[Named, Known]:
    """The same, with room for one more: the oldest makes it."""
    while len(known) >= REMEMBERED_AT_MOST:
        del known[next(iter(known))]
    return known
