"""The webhooks by which agents speak under their own name: one a channel, found again or made when it is needed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import discord
import structlog

from bots.discord.calling import Act, Calling
from bots.discord.remedies import CLOSED, Remedy, remedy
from bots.discord.threads import Spot, Threads
from bots.discord.troubles import DiscordRefused, DiscordUnreachable

log = structlog.get_logger()

NAME = "Elevate"
REMEMBERED_AT_MOST = 10_000


async def once(request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """What people would see twice is not sent twice: Discord keeps no nonce for webhooks, and discord.py repeats whatever failed.

    Raises:
        DiscordUnreachable: trouble on Discord's side, after which the message may be there.
    """
    answer = await send(request)
    if request.method == "POST" and answer.status >= 500:
        answer.release()
        raise DiscordUnreachable(perhaps_done=True)
    return answer


@asynccontextmanager
async def session(heard: aiohttp.TraceConfig | None = None) -> AsyncIterator[aiohttp.ClientSession]:
    """The connections that webhooks post over, until the end of the block. `heard` is told of answers."""
    traces = [heard] if heard else []
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(middlewares=(once,), timeout=timeout, trace_configs=traces) as opened:
        yield opened


class Webhooks:
    """The webhooks that are known."""

    def __init__(self, client: discord.Client, calling: Calling, threads: Threads, posting: aiohttp.ClientSession) -> None:
        self._client = client
        self._calling = calling
        self._threads = threads
        self._posting = posting
        self._known: dict[int, tuple[int, str]] = {}
        self._one = asyncio.Lock()

    async def of(self, spot: Spot) -> discord.Webhook | None:
        """The channel's webhook; None where there can be none.

        Raises:
            DiscordUnreachable, DiscordBusy: Discord does not say.
        """
        if not self._calling.may(Act.WEBHOOK, str(spot.parent)):
            return None
        async with self._one:
            if spot.parent not in self._known:
                try:
                    found = await self._found(spot)
                except DiscordRefused as refused:
                    if remedy(refused) not in CLOSED | {Remedy.NO_WEBHOOK}:
                        raise
                    log.info("discord webhook not created", code=refused.code, guild=spot.guild)
                    found = None
                if found is None or found.token is None:
                    self._calling.shall_not(Act.WEBHOOK, str(spot.parent))
                    return None
                while len(self._known) >= REMEMBERED_AT_MOST:
                    del self._known[next(iter(self._known))]
                self._known[spot.parent] = (found.id, found.token)
        id, token = self._known[spot.parent]
        # With the client, discord.py takes components that can be pressed.
        return discord.Webhook.partial(id, token, session=self._posting, client=self._client)

    def knows(self, spot: Spot) -> bool:
        """Whether there is one that was used before."""
        return spot.parent in self._known

    def forget(self, spot: Spot) -> None:
        """It is gone: the next is looked for, or made."""
        self._known.pop(spot.parent, None)

    async def _found(self, spot: Spot) -> discord.Webhook | None:
        channel = await self._threads.channel(spot.parent, spot.guild)
        if channel is None or self._client.user is None:
            return None
        where = {"guild": spot.guild, "channel": str(spot.parent)}
        for each in await self._calling(Act.WEBHOOK, channel.webhooks(), **where):
            if each.token and each.user and each.user.id == self._client.user.id:
                return each
        return await self._calling(Act.WEBHOOK, channel.create_webhook(name=NAME), **where)
