"""What Discord is shown: letters, answers in public, and answers to one person's eyes alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar
from unicodedata import lookup

import structlog

from bots.discord.arrived import Origin, Where
from bots.discord.homes import homed
from bots.discord.marks import Mark, Seen
from bots.discord.means import Means
from bots.discord.posts import Post
from bots.discord.remedies import CLOSED, Remedy, remedy
from bots.discord.replies import Reply, Spent
from bots.discord.shown import Shown
from bots.discord.threads import Spot
from bots.discord.troubles import DiscordRefused, DiscordTrouble
from bots.discord.ways import NO_FACE, ByReply, Directly, InPlace, Way, quietly
from core.ids import new_id
from core.outbox import Undeliverable
from core.request import Address
from core.ui import Message, Page, Reaction, Speaker

log = structlog.get_logger()

REMEMBERED_AT_MOST = 10_000
SIGNS: Mapping[Reaction, str] = {
    "heart": lookup("HEAVY BLACK HEART") + lookup("VARIATION SELECTOR-16"),
    "white_check_mark": lookup("WHITE HEAVY CHECK MARK"),
}
TYPED = (Where.MESSAGE, Where.COMMAND)
"""What says of itself for which of several guilds it is meant in no way, unless it is a reply."""
ANSWERED_DIRECTLY = "I have answered you directly, <@{user}>: look into our direct messages."
ANSWERED_ASIDE = "I have answered you, <@{user}>, in a thread of our own: <#{thread}>"
CLOSED_TO_US = (
    "I wanted to answer you alone, <@{user}>, and cannot write to you directly. In this server's menu, under Privacy Settings, "
    "switch on Direct Messages, then ask me again."
)
Found = TypeVar("Found")


class DiscordMessenger:
    """Posts, changes and finds messages. Implements `core.ports.Messenger`; the adapter also gives its answers here."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._half: dict[str, Seen] = {}

    async def post(self, to: Address, message: Message, key: str = "") -> str:
        """Send a message; returns the id of its first post.

        Raises:
            Undeliverable: the person cannot be written to, or the place is closed to us.
            DiscordTrouble: it could not be sent just now.
        """
        key = key or new_id("msg")
        if to.recipient:
            face = await self._means.courses.over(await self._means.faces.of(message.speaker), to.recipient, to.workspace)
            way: Way = Directly(self._means.posting, self._means.directs, to.recipient, to.workspace, face)
        else:
            way = await self._in_place(to, message.speaker)
        seen = self._half.pop(key, Seen({})).parts
        try:
            home = to.workspace if to.recipient else ""
            return await self._all(self._screen_of([way], to.workspace, to.channel, home), message, key, seen)
        except DiscordRefused as refused:
            if remedy(refused) in CLOSED:
                raise Undeliverable() from None
            raise

    async def find(self, to: Address, key: str) -> str | None:
        """The id of what was posted there with the key, if all of it was; of what was in part, `post` sends the rest.

        Raises:
            DiscordTrouble: Discord does not answer.
        """
        for spot in await self._places(to):
            seen = await self._means.posting.found(spot, key)
            if seen.whole:
                return seen.parts[min(seen.parts)]
            if seen.parts:
                while len(self._half) >= REMEMBERED_AT_MOST:
                    del self._half[next(iter(self._half))]
                self._half[key] = seen
                return None
        return None

    async def edit(self, to: Address, posted: str, message: Message) -> None:
        """Change a message that was sent. What was deleted stays so."""
        webhook = bool(message.speaker) and not to.recipient and await self._has_webhook(to)
        face = await self._means.faces.of(message.speaker)
        if to.recipient:
            face = await self._means.courses.over(face, to.recipient, to.workspace)
        drawn = await self._means.draw.posts(message, "" if webhook else face.opening)
        first, *others = (homed(each, to.workspace if to.recipient else "") for each in drawn)
        async with self._means.lanes.lane(to.workspace, to.channel):
            for spot in await self._places(to):
                try:
                    await self._means.posting.change(spot, posted, first, None, face if webhook else NO_FACE)
                except DiscordRefused as refused:
                    if remedy(refused) not in (Remedy.MISSING, Remedy.ELSEWHERE):
                        raise
                    continue
                for number, each in enumerate(others, start=1):
                    mark = Mark(new_id("msg"), number)
                    await self._means.posting.post(spot, each, mark, face if webhook else NO_FACE)
                return
        log.info("discord message lost", guild=to.workspace)

    async def answer(self, origin: Origin, shown: Message | Page, key: str, reply: Reply | None) -> str:
        """Show an answer where it was asked for: what is private, in a guild, to that person alone.

        Returns the id of the first post, or `bots.discord.replies.ORIGINAL` where the reply alone can name it; "" where the
        person cannot be shown anything at all.

        Raises:
            DiscordTrouble: it could not be shown just now.
        """
        private = isinstance(shown, Page) or shown.private
        speaker = shown.speaker if isinstance(shown, Message) else None
        screen = await self._screen(origin, speaker, private, reply, last=True)
        try:
            return await self._all(screen, shown, key, {})
        except Spent:
            log.warning("discord answer not delivered", reason="the interaction is over")
        except DiscordRefused as refused:
            if remedy(refused) not in CLOSED:
                raise
            log.warning("discord answer not delivered", code=refused.code)
            if private and not origin.direct and origin.present:
                await self._say_at(origin, CLOSED_TO_US, f"{key}:closed")
        return ""

    async def react(self, origin: Origin, sign: Reaction) -> bool:
        """Put the sign on the message that is answered; False where that cannot be done."""
        if not origin.message or not origin.present:
            return False
        try:
            await self._means.posting.react(origin.spot, origin.message, SIGNS[sign], guild=origin.guild)
        except DiscordTrouble as trouble:
            log.info("discord reaction not added", trouble=type(trouble).__name__)
            return False
        return True

    async def screen(self, origin: Origin, speaker: Speaker | None, private: bool, reply: Reply | None) -> Shown:
        """Where this speaker's words are shown, with the ways in which they can be (`bots.discord.screen.Screens.screen`)."""
        return await self._screen(origin, speaker, private, reply)

    async def _screen(
        self, origin: Origin, speaker: Speaker | None, private: bool, reply: Reply | None, *, last: bool = False
    ) -> Shown:
        means = self._means
        face = await means.faces.of(speaker)
        if origin.direct and not origin.aside:
            face = await means.courses.over(face, origin.user, origin.home, typed=origin.where in TYPED)
        hidden = private and not origin.direct
        # What others do not see waits for nobody else's answers in the channel.
        lane = f"@{origin.user}" if hidden or origin.direct or not origin.present else origin.spot
        ways: list[Way] = []
        if reply is not None and not reply.expired:
            ways.append(ByReply(reply, face, hidden=hidden, last=last))
        if not origin.present:
            return self._screen_of(ways, origin.home, lane)
        if origin.aside:
            spot = Spot(origin.guild, int(origin.channel), int(origin.thread))
            ways.append(Directly(means.posting, means.directs, origin.user, origin.home, face, spot=spot))
            return self._screen_of(ways, origin.home, lane, origin.home)
        if origin.direct:
            await means.directs.heard(origin.home, origin.user, origin.channel)
            ways.append(Directly(means.posting, means.directs, origin.user, origin.home, face))
            return self._screen_of(ways, origin.home, lane, origin.home)
        await means.directs.met(origin.user, origin.guild, origin.channel)
        if hidden:
            ways.append(Directly(means.posting, means.directs, origin.user, origin.home, face, notice=self._notice(origin)))
        else:
            ways.append(await self._in_place(origin.address, speaker))
            ways.append(Directly(means.posting, means.directs, origin.user, origin.home, face, before=_why(origin)))
        return self._screen_of(ways, origin.home, lane)

    def _screen_of(self, ways: Sequence[Way], workspace: str, channel: str, home: str = "") -> Shown:
        return Shown(ways, lambda: self._means.lanes.lane(workspace, channel), home)

    async def _all(self, screen: Shown, shown: Message | Page, key: str, seen: dict[int, str]) -> str:
        """Everything in as many posts as it takes; those that `find` has seen are not posted again."""
        posts: Sequence[Post] = await self._means.draw.posts(shown, screen.opening)
        sent: list[str] = []
        async with screen.lane():
            for number, post in enumerate(posts, start=1):
                mark = Mark(key, number, len(posts))
                sent.append(seen.get(number) or await screen.placed(number - 1, post, mark))
        return sent[0] if sent else ""

    async def _in_place(self, to: Address, speaker: Speaker | None) -> InPlace:
        face = await self._means.faces.of(speaker)
        by_webhook = speaker is not None and await self._has_webhook(to)
        return InPlace(self._means.posting, self._means.threads, to, face, by_webhook=by_webhook)

    async def _has_webhook(self, to: Address) -> bool:
        channel = int(to.channel)
        return await self._means.webhooks.of(Spot(to.workspace, channel, channel)) is not None

    async def _places(self, to: Address) -> Sequence[Spot]:
        if to.recipient:
            return await self._means.directs.places(to.recipient, to.workspace)
        return await self._means.threads.places(to)

    def _notice(self, origin: Origin) -> Callable[[Mark, Spot], Awaitable[object]]:
        def told(mark: Mark, spot: Spot) -> Awaitable[object]:
            words = ANSWERED_ASIDE if spot.thread else ANSWERED_DIRECTLY
            return self._say_at(origin, words, f"{mark.key}:where", thread=spot.id)

        return told

    async def _say_at(self, origin: Origin, words: str, key: str, thread: int = 0) -> None:
        """A word to the person at the place; where that is closed too, none."""
        way = InPlace(self._means.posting, self._means.threads, origin.address, NO_FACE, by_webhook=False)
        post = Post(({"type": 10, "content": words.format(user=origin.user, thread=thread)},))
        await quietly(way.post(post, Mark(key)))


def _why(origin: Origin) -> str:
    return f"You asked me something in <#{origin.spot}>, where I may not write. Here is the answer."
