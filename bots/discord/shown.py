"""One speaker's messages, shown in the first of several ways that can be gone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager

from bots.discord.homes import homed
from bots.discord.marks import Mark
from bots.discord.posts import Post
from bots.discord.remedies import CLOSED, Remedy, remedy
from bots.discord.replies import Spent
from bots.discord.troubles import DiscordRefused, DiscordUnreachable
from bots.discord.ways import ByReply, InPlace, Way, quietly
from core.ids import new_id


class Shown:
    """The messages, numbered from 0. Implements `bots.discord.screen.Screen`. `ways` are tried in their order; `home` is the
    guild that direct messages belong to.
    """

    def __init__(self, ways: Sequence[Way], lane: Callable[[], AbstractAsyncContextManager[None]], home: str = "") -> None:
        self.lane = lane
        self._home = home
        self._ways = list(ways)
        self._there: dict[int, tuple[Way, str]] = {}
        self._unsure: dict[int, tuple[Way, Mark]] = {}

    @property
    def opening(self) -> str:
        """The line that names the speaker, where the way that is gone now shows no face."""
        return self._ways[0].opening if self._ways else ""

    async def put(self, number: int, post: Post, mark: Mark | None) -> str:
        """Post the message of this number, or change it to this (`bots.discord.screen.Screen.put`)."""
        async with self.lane():
            return await self.placed(number, post, mark)

    async def placed(self, number: int, post: Post, mark: Mark | None) -> str:
        """The same, for who has the lane."""
        post = homed(post, self._home)
        await self._look(number)
        if number in self._there:
            way, message = self._there[number]
            try:
                await way.change(message, post, mark)
            except Spent:
                if await self._taken_over(way, message, post, mark):
                    self._there[number] = (self._ways[0], message)
                    return message
                del self._there[number]
            else:
                return message
        return await self._posted(number, post, mark or Mark(new_id("msg")))

    async def drop(self, number: int) -> None:
        """Take the message of this number away, and forget it (`bots.discord.screen.Screen.drop`)."""
        await self._look(number)
        way, message = self._there.get(number, (None, ""))
        if way is None:
            return
        async with self.lane():
            try:
                await way.delete(message)
            except (DiscordRefused, Spent) as refused:
                del self._there[number]
                if isinstance(refused, Spent) or remedy(refused) is not Remedy.MISSING:
                    raise
            else:
                del self._there[number]

    async def typing(self) -> None:
        """Show that somebody is at work."""
        if self._ways:
            await quietly(self._ways[0].typing())

    async def _look(self, number: int) -> None:
        """Look for what was posted without Discord's answer."""
        if number in self._unsure:
            way, mark = self._unsure[number]
            found = await way.seen(mark)
            del self._unsure[number]
            if found is not None:
                self._there[number] = (way, found)

    async def _posted(self, number: int, post: Post, mark: Mark) -> str:
        while self._ways:
            way = self._ways[0]
            try:
                message = await way.post(post, mark)
            except DiscordUnreachable as trouble:
                if trouble.perhaps_done:
                    self._unsure[number] = (way, mark)
                raise
            except DiscordRefused as refused:
                if remedy(refused) not in CLOSED or len(self._ways) == 1:
                    raise
                del self._ways[0]
            except Spent:
                if len(self._ways) == 1:
                    raise
                del self._ways[0]
            else:
                self._there[number] = (way, message)
                return message
        raise Spent

    async def _taken_over(self, spent: Way, message: str, post: Post, mark: Mark | None) -> bool:
        """Whether what a reply has shown to everybody could be changed as an ordinary message, now that its token is spent."""
        if self._ways and self._ways[0] is spent:
            if len(self._ways) == 1:
                raise Spent
            del self._ways[0]
        way = self._ways[0] if self._ways else None
        if not (isinstance(spent, ByReply) and not spent.hidden and isinstance(way, InPlace)):
            return False
        try:
            await way.change(message, post, mark)
        except DiscordRefused:
            return False
        return True
