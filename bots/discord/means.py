"""What everything that is shown in Discord is sent with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

import aiohttp
import discord

from bots.discord.calling import Calling
from bots.discord.courses import Courses
from bots.discord.directs import Directs
from bots.discord.faces import Faces
from bots.discord.owners import Owners
from bots.discord.posting import Posting
from bots.discord.posts import Post
from bots.discord.responses import Responses
from bots.discord.threads import Threads
from bots.discord.webhooks import Webhooks
from bots.lanes import Lanes
from core.holding import Clock, Wait
from core.reach import ReachStore, Unreached
from core.ui import Message, Page


class Drawing(Protocol):
    """Makes posts of what is to be shown."""

    async def posts(self, shown: Message | Page, opening: str = "") -> tuple[Post, ...]:
        """All of it, with the line that names the speaker first."""
        ...


@dataclass(frozen=True, slots=True)
class Means:
    """One of each, for the whole process."""

    draw: Drawing
    faces: Faces
    threads: Threads
    webhooks: Webhooks
    posting: Posting
    directs: Directs
    courses: Courses
    lanes: Lanes
    responses: Responses
    owners: Owners

    @classmethod
    def over(
        cls,
        client: discord.Client,
        posting: aiohttp.ClientSession,
        responses: Responses,
        draw: Drawing,
        *,
        faces: Callable[[], Path],
        reach: ReachStore,
        unreached: Unreached,
        now: Clock,
        wait: Wait,
    ) -> Self:
        """The means to show things by a client; until it is logged in, nothing can be sent.

        `posting` are the connections of `bots.discord.webhooks.session`, and `responses` those of
        `bots.discord.responses.responding`; `faces` says in which folder the agents' pictures lie.
        """
        calling = Calling(now, lambda: client.user is not None)
        threads = Threads(client, calling)
        webhooks = Webhooks(client, calling, threads, posting)
        directs = Directs(client, calling, threads, reach, unreached, now=now, wait=wait)
        return cls(
            draw=draw,
            faces=Faces(client, calling, faces),
            threads=threads,
            webhooks=webhooks,
            posting=Posting(client, calling, threads, webhooks, wait),
            directs=directs,
            courses=Courses(client, calling, directs),
            lanes=Lanes(),
            responses=responses,
            owners=Owners(),
        )
