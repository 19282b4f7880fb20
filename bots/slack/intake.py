"""Where everything of Slack's is taken in before it is acknowledged: behind Bolt's middleware, or straight from a socket.

Bolt finds out whose installation is meant. Where there is one workspace alone there is nothing to find out, and what its socket
brings need not go through Bolt, which would take as long as taking it in.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest

from bots.boundary import sheltered
from bots.slack.adapter import HEARD, NOT_KEPT, Adapter
from bots.slack.alone import Alone
from bots.slack.installed import ended
from core.errors import Trouble

log = structlog.get_logger()


class Intake(AsyncMiddleware):
    """The last of Bolt's middleware, and all that listens."""

    def __init__(self, adapter: Adapter, end: Callable[[AsyncBoltRequest], Awaitable[None]]) -> None:
        self._adapter = adapter
        self._end = end

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        """Take it in; the answer is the acknowledgement. Whatever is raised keeps it unacknowledged, and Slack sends it again."""
        if ended(req.body):
            await self._end(req)
            return HEARD
        return await self._adapter.receive(req.body, req.context.bot_user_id or "")


class Straight:
    """What a socket hands its envelopes to where the bot is in one workspace. `end` is told that it was taken out of it."""

    def __init__(self, adapter: Adapter, alone: Alone, end: Callable[[], object]) -> None:
        self._adapter = adapter
        self._alone = alone
        self._end = end

    async def take(self, came: SocketModeRequest) -> BoltResponse:
        """Take it in, as `Intake` does; what goes wrong keeps it unacknowledged."""
        try:
            return await sheltered(self._taken(came), lambda _: NOT_KEPT)
        except Trouble as trouble:
            log.warning("slack event not accepted", trouble=type(trouble).__name__)
            return NOT_KEPT

    async def _taken(self, came: SocketModeRequest) -> BoltResponse:
        if ended(came.payload):
            self._end()
            return HEARD
        return await self._adapter.receive(came.payload, (await self._alone.known()).bot_user_id or "")
