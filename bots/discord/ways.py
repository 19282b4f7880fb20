"""The ways in which something can be shown: by a reply, in its place, or to one person directly."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

import structlog

from bots.discord.directs import Directs
from bots.discord.faces import Face
from bots.discord.marks import Mark
from bots.discord.posting import Posting
from bots.discord.posts import Post
from bots.discord.remedies import Remedy, remedy
from bots.discord.replies import Reply, Spent
from bots.discord.threads import Spot, Threads
from bots.discord.troubles import DiscordRefused, DiscordTrouble
from core.request import Address

log = structlog.get_logger()

NO_FACE = Face()


class Way(Protocol):
    """One way. `opening` names the speaker where this way shows no face."""

    @property
    def opening(self) -> str:
        """The line over a message."""
        ...

    async def post(self, post: Post, mark: Mark) -> str:
        """Show it; returns its id.

        Raises:
            Spent, DiscordTrouble: not in this way.
        """
        ...

    async def seen(self, mark: Mark) -> str | None:
        """The id of what was shown with this mark, where that can be found."""
        ...

    async def change(self, message: str, post: Post, mark: Mark | None) -> None:
        """Show it in place of that message.

        Raises:
            Spent, DiscordTrouble: it could not be changed.
        """
        ...

    async def delete(self, message: str) -> None:
        """Take it away.

        Raises:
            Spent, DiscordTrouble: it stays.
        """
        ...

    async def typing(self) -> None:
        """Show that somebody is at work."""
        ...


class ByReply:
    """As the reply to an interaction. What is shown in this way is found by nobody who looks for it later where it is hidden.

    `last`: what is shown is not changed later.
    """

    def __init__(self, reply: Reply, face: Face, *, hidden: bool, last: bool = False) -> None:
        self.opening = face.opening
        self.hidden = hidden
        self._reply = reply
        self._last = last

    async def post(self, post: Post, mark: Mark) -> str:
        """Show it as the next message of the reply."""
        return await self._reply.show(mark.on(post), self.hidden, last=self._last)

    async def seen(self, mark: Mark) -> str | None:
        """Not looked for: the reply itself knows what it has shown."""
        return None

    async def change(self, message: str, post: Post, mark: Mark | None) -> None:
        """Change a message of the reply."""
        await self._reply.edit(message, mark.on(post) if mark else post)

    async def delete(self, message: str) -> None:
        """Take a message of the reply away."""
        await self._reply.delete(message)

    async def typing(self) -> None:
        """Discord shows it by itself where an answer was deferred."""


class InPlace:
    """In a channel or its thread, by a webhook where the speaker has a face and there is one."""

    def __init__(self, posting: Posting, threads: Threads, to: Address, face: Face, *, by_webhook: bool) -> None:
        self.opening = "" if by_webhook else face.opening
        self._posting = posting
        self._threads = threads
        self._to = to
        self._face = face if by_webhook else NO_FACE
        self._spot: Spot | None = None

    async def post(self, post: Post, mark: Mark) -> str:
        """Post it; the thread is made with the first."""
        return await self._posting.post(await self._there(), post, mark, self._face)

    async def seen(self, mark: Mark) -> str | None:
        """Look for it."""
        return await self._posting.seen(await self._there(), mark)

    async def change(self, message: str, post: Post, mark: Mark | None) -> None:
        """Change what was posted, by us or as our reply."""
        await self._posting.change(await self._there(), message, post, mark, self._face)

    async def delete(self, message: str) -> None:
        """Take it away."""
        await self._posting.delete(await self._there(), message, self._face)

    async def typing(self) -> None:
        """Show it in the place."""
        await self._posting.typing(await self._there())

    async def _there(self) -> Spot:
        if self._spot is None:
            self._spot = await self._threads.spot(self._to)
        return self._spot


class Directly:
    """In a person's direct messages, or the private thread that stands for them.

    `home` is the guild whose course it concerns. `before` is said ahead of the first message, and `notice` called after it, once,
    with where it stands. `spot` is where it is shown, where that is known.
    """

    def __init__(
        self,
        posting: Posting,
        directs: Directs,
        user: str,
        home: str,
        face: Face,
        *,
        before: str = "",
        notice: Callable[[Mark, Spot], Awaitable[object]] | None = None,
        spot: Spot | None = None,
    ) -> None:
        self.opening = face.opening
        self._posting = posting
        self._directs = directs
        self._user = user
        self._home = home
        self._before = before
        self._notice = notice
        self._spot = spot

    async def post(self, post: Post, mark: Mark) -> str:
        """Post it to them alone."""
        if self._before:
            words: Post = Post(({"type": 10, "content": self._before},))
            await self._sent(words, Mark(f"{mark.key}:where"))
            self._before = ""
        posted = await self._sent(post, mark)
        notice, self._notice = self._notice, None
        if notice is not None:
            await notice(mark, await self._there())
        return posted

    async def seen(self, mark: Mark) -> str | None:
        """Look for it."""
        for spot in await self._directs.places(self._user, self._home):
            found = await self._posting.seen(spot, mark)
            if found is not None:
                self._spot = spot
                return found
        return None

    async def change(self, message: str, post: Post, mark: Mark | None) -> None:
        """Change it where it stands."""
        await self._posting.change(await self._there(), message, post, mark, NO_FACE)

    async def delete(self, message: str) -> None:
        """Take it away."""
        await self._posting.delete(await self._there(), message, NO_FACE)

    async def typing(self) -> None:
        """Show it to them."""
        await self._posting.typing(await self._there())

    async def _there(self) -> Spot:
        if self._spot is None:
            self._spot = await self._directs.spot(self._user, self._home)
        return self._spot

    async def _sent(self, post: Post, mark: Mark) -> str:
        spot = await self._there()
        try:
            posted = await self._posting.post(spot, post, mark, NO_FACE)
        except DiscordRefused as refused:
            gone = remedy(refused) in (Remedy.ELSEWHERE, Remedy.PERMISSION)
            if not gone and remedy(refused) is not Remedy.UNREACHABLE:
                raise
            another = self._directs.aside_gone if spot.thread else self._directs.closed
            self._spot = await another(self._user, self._home)
            return await self._posting.post(self._spot, post, mark, NO_FACE)
        if not spot.thread:
            await self._directs.taken(self._user)
        return posted


async def quietly(act: Awaitable[object]) -> None:
    """Do what is a courtesy: where Discord does not take it, all else goes on."""
    try:
        await act
    except (DiscordTrouble, Spent) as trouble:
        log.info("discord courtesy refused", trouble=type(trouble).__name__)
