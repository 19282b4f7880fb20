"""First responses that nobody asks back for: one short call each, over connections of their own.

discord.py has Discord send every message back, and builds it anew from that; for what is shown once and not changed later,
that is a third of the work of an answer.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

import aiohttp
import discord
import orjson
from discord.http import Route
from yarl import URL

from bots.discord.posts import Post

MESSAGE = 4
"""https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object"""
SUPPRESS_EMBEDS, EPHEMERAL, IS_COMPONENTS_V2 = 1 << 2, 1 << 6, 1 << 15
"""https://docs.discord.com/developers/resources/message#message-object-message-flags"""
NOBODY = {"parse": ()}
Heard: TypeAlias = Callable[[aiohttp.ClientResponse], None]
CONNECTED_WITHIN, HEARD_WITHIN = 10.0, 30.0
"""In seconds; a reply's own three seconds are over long before."""


class Responses:
    """Sends them. `heard` is told of each answer: a trace of aiohttp's would take longer than the rest of a call that is ours."""

    def __init__(self, session: aiohttp.ClientSession, heard: Heard) -> None:
        self._session = session
        self._heard = heard

    async def message(self, came: discord.Interaction, post: Post, *, hidden: bool) -> bool:
        """Respond with a message without files; False where Discord would have it tried again.

        Raises:
            discord.HTTPException: Discord refused it.
            aiohttp.ClientError, TimeoutError, OSError: no answer came.
        """
        flags = IS_COMPONENTS_V2 | SUPPRESS_EMBEDS | (EPHEMERAL if hidden else 0)
        data = {"components": post.components, "flags": flags, "allowed_mentions": NOBODY}
        address = URL(f"{Route.BASE}/interactions/{came.id}/{came.token}/callback", encoded=True)
        async with self._session.post(address, data=orjson.dumps({"type": MESSAGE, "data": data})) as answer:
            self._heard(answer)
            if answer.status < 300:
                return True
            if answer.status == 429 or answer.status >= 500:
                return False
            raise await _refusal(answer)


async def _refusal(answer: aiohttp.ClientResponse) -> discord.HTTPException:
    """What discord.py makes of it."""
    said: object = await answer.json() if answer.content_type == "application/json" else None
    kind = {403: discord.Forbidden, 404: discord.NotFound}.get(answer.status, discord.HTTPException)
    return kind(answer, said if isinstance(said, dict) else await answer.text())


@asynccontextmanager
async def responding(user_agent: str, heard: Heard = lambda answer: None) -> AsyncIterator[Responses]:
    """What sends them, until the end of the block. `heard` is told of answers."""
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": user_agent, "Content-Type": "application/json"},
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECTED_WITHIN, sock_read=HEARD_WITHIN),
    ) as session:
        yield Responses(session, heard)
