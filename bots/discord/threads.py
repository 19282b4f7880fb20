"""Where something is said: in a channel, or in the thread of a message, which is made when something is first said in it."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import Final, TypeVar

import discord
import structlog

from bots.discord.calling import Act, Calling
from bots.discord.remedies import CLOSED, Remedy, remedy
from bots.discord.troubles import DiscordRefused
from core.markdown import plain
from core.request import Address

log = structlog.get_logger()

NAME_AT_MOST = 100
"""Characters of a thread's name. https://docs.discord.com/developers/resources/channel#start-thread-from-message"""
UNNAMED = "A question"
KEPT_OPEN: Final = 1440
"""Minutes after which Discord folds a thread away in which nothing is said."""
REMEMBERED_AT_MOST = 10_000
MENTION = re.compile(r"<(?:@[!&]?|#|/[^:>]+:)\d+>|<t:[^>]+>|<id:\w+>|@(?:everyone|here)\b")
EMOJI = re.compile(r"<a?:(\w+):\d+>")
SIGNS = " \t>•-#`*_~|"
Named = TypeVar("Named")
Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class Spot:
    """The channel or thread that is written to. `parent` is the channel that a thread belongs to; else the channel itself.

    `answering` is the message that is answered, where that can be said only by a reply.
    """

    guild: str
    parent: int
    id: int
    answering: int | None = None

    @property
    def thread(self) -> bool:
        """Whether it is one."""
        return self.id != self.parent

    @property
    def after(self) -> int | None:
        """What everything that answers there came after, where that is known."""
        return self.answering or (self.id if self.thread else None)


class Threads:
    """The threads that are known to be there, and the questions from which new ones will be made."""

    def __init__(self, client: discord.Client, calling: Calling) -> None:
        self._client = client
        self._calling = calling
        self._there: dict[str, None] = {}
        self._without: dict[str, None] = {}
        self._asked: dict[str, str] = {}
        self._channels: dict[int, discord.TextChannel] = {}
        self._finding: dict[str, asyncio.Task[Spot]] = {}

    def asked(self, message: str, text: str) -> None:
        """Remember what was asked in a channel until its thread is made."""
        _bounded(self._asked)[message] = named(text)

    async def spot(self, to: Address) -> Spot:
        """Where to write, with the thread made if need be. Where none can be made, the answer stands in the channel.

        Raises:
            DiscordTrouble: Discord does not say, or the channel is closed to us.
        """
        channel = Spot(to.workspace, int(to.channel), int(to.channel))
        if not to.thread:
            return channel
        if to.thread in self._there:
            return self._known(to)
        return await self._one(to)

    async def places(self, to: Address) -> tuple[Spot, ...]:
        """Where something that was said to this address can stand; nothing is made for it."""
        channel = Spot(to.workspace, int(to.channel), int(to.channel))
        if not to.thread:
            return (channel,)
        return (self._known(to), channel) if to.thread in self._there or await self._exists(to) else (channel,)

    async def open_again(self, spot: Spot) -> None:
        """Take the thread out of the archive."""
        thread = await self._calling(Act.SEE, self._client.fetch_channel(spot.id), guild=spot.guild)
        if isinstance(thread, discord.Thread):
            await self._calling(Act.MANAGE_THREAD, thread.edit(archived=False), guild=spot.guild, channel=str(spot.id))

    async def channel(self, id: int, guild: str) -> discord.TextChannel | None:
        """The channel, or that of the thread, where it is one in which threads and webhooks can be made."""
        if id in self._channels:
            return self._channels[id]
        found = await self._calling(Act.SEE, self._client.fetch_channel(id), guild=guild)
        if isinstance(found, discord.Thread):
            return await self.channel(found.parent_id, guild)
        if not isinstance(found, discord.TextChannel):
            return None
        _bounded(self._channels)[id] = found
        return found

    async def aside(self, guild: str, channel: int, user: int, name: str) -> Spot | None:
        """A new private thread in the channel, with one person in it; None where there can be none."""
        if not self._calling.may(Act.BEGIN_ASIDE, str(channel)):
            return None
        try:
            found = await self.channel(channel, guild)
            if found is None:
                return None
            making = found.create_thread(name=name[:NAME_AT_MOST], type=discord.ChannelType.private_thread, invitable=False)
            thread = await self._calling(Act.BEGIN_ASIDE, making, guild=guild, channel=str(channel))
            adding = thread.add_user(discord.Object(user))
            await self._calling(Act.SEND_IN_THREAD, adding, guild=guild, channel=str(thread.id))
        except DiscordRefused as refused:
            log.info("discord thread not created", code=refused.code)
            if remedy(refused) is Remedy.PERMISSION:
                self._calling.shall_not(Act.BEGIN_ASIDE, str(channel))
            return None
        return Spot(guild, found.id, thread.id)

    async def _one(self, to: Address) -> Spot:
        """The same spot for all who ask for it at the same time, as the typing and the first words do.

        Where one of them asks no more, it is found or made all the same: a second call for a thread would be refused.
        """
        finding = self._finding.get(to.thread)
        if finding is None:
            finding = self._finding[to.thread] = asyncio.create_task(self._found(to))
            finding.add_done_callback(lambda done: self._over(to.thread, done))
        return await asyncio.shield(finding)

    def _over(self, thread: str, finding: asyncio.Task[Spot]) -> None:
        del self._finding[thread]
        if not finding.cancelled():
            finding.exception()  # whoever asks still is told

    async def _found(self, to: Address) -> Spot:
        if to.thread not in self._asked and await self._exists(to):
            return self._known(to)
        if to.thread in self._without:
            return Spot(to.workspace, int(to.channel), int(to.channel), int(to.thread))
        return await self._made(to)

    def _known(self, to: Address) -> Spot:
        _bounded(self._there)[to.thread] = None
        return Spot(to.workspace, int(to.channel), int(to.thread))

    async def _exists(self, to: Address) -> bool:
        try:
            await self._calling(Act.SEE, self._client.fetch_channel(int(to.thread)), guild=to.workspace)
        except DiscordRefused as refused:
            if refused.code == 10003:
                return False
            raise
        _bounded(self._there)[to.thread] = None
        return True

    async def _made(self, to: Address) -> Spot:
        id = int(to.channel)
        in_channel = Spot(to.workspace, id, id, int(to.thread))
        if not self._calling.may(Act.BEGIN_THREAD, to.channel):
            return in_channel
        try:
            channel = await self.channel(id, to.workspace)
            if channel is not None:
                asked = discord.Object(int(to.thread))
                making = channel.create_thread(name=await self._name(to), message=asked, auto_archive_duration=KEPT_OPEN)
                await self._calling(Act.BEGIN_THREAD, making, guild=to.workspace, channel=to.channel)
                self._asked.pop(to.thread, None)
                return self._known(to)
        except DiscordRefused as refused:
            match remedy(refused):
                case Remedy.THERE:
                    return self._known(to)
                case Remedy.MISSING:  # the question is deleted: what was thought about it is said all the same
                    in_channel = Spot(to.workspace, id, id)
                case Remedy.PERMISSION:
                    self._calling.shall_not(Act.BEGIN_THREAD, to.channel)
                case Remedy.NO_THREAD:
                    log.info("discord thread not created", code=refused.code)
                case _:
                    raise
        self._asked.pop(to.thread, None)
        _bounded(self._without)[to.thread] = None
        return in_channel

    async def _name(self, to: Address) -> str:
        if to.thread in self._asked:
            return self._asked[to.thread]
        place = self._client.get_partial_messageable(int(to.channel))
        try:
            question = await self._calling(Act.READ, place.fetch_message(int(to.thread)), guild=to.workspace)
        except DiscordRefused as refused:
            if remedy(refused) not in CLOSED:
                raise
            return UNNAMED
        return named(question.content)


def named(question: str) -> str:
    """The name of a question's thread: its first line in plain words, to the end of a word."""
    bare = EMOJI.sub(r":\1:", MENTION.sub(" ", question))
    line = next((words for each in plain(bare).splitlines() if (words := " ".join(each.strip(SIGNS).split()))), "")
    if len(line) > NAME_AT_MOST:
        head = line[: NAME_AT_MOST - 1]
        line = (head[: head.rfind(" ")] if " " in head else head).rstrip(" ,;:-") + "…"
    return line or UNNAMED


def _bounded(known: dict[Named, Known]) -> dict[Named, Known]:
    """The same, with room for one more: the oldest makes it."""
    while len(known) >= REMEMBERED_AT_MOST:
        del known[next(iter(known))]
    return known
