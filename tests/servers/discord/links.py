"""One socket of a client of the gateway: frames go out in order, and it can be cut, broken off in a frame, or frozen."""

from __future__ import annotations

import asyncio
import json
import struct
from collections import deque

from aiohttp import web

from tests.servers.activity import Activity
from tests.servers.discord.sessions import Close, Op, Session
from tests.servers.discord.shapes import Json

SENT_AT_MOST, SENT_WITHIN_SECONDS = 120, 60.0
"""What a client may send on one socket. https://discord.com/developers/docs/events/gateway#rate-limiting"""


class Closed(Exception):
    """The socket is to be closed with this code; `resumes` where the session can go on afterwards."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


class Link:
    """A socket. `frozen`: nothing comes through to the client any more, although it stands."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request, activity: Activity) -> None:
        self.socket = socket
        self.session: Session | None = None
        self.frozen = False
        self.break_next = False
        self._request = request
        self._activity = activity
        self._outgoing: asyncio.Queue[Json] = asyncio.Queue()
        self._came: deque[float] = deque()

    def say(self, op: Op, data: object = None) -> None:
        """Send a frame that is no event."""
        self.put({"op": op, "d": data, "s": None, "t": None})

    def put(self, frame: Json) -> None:
        """Send a frame, after those before it."""
        if not self.frozen:
            self._outgoing.put_nowait(frame)

    async def write(self) -> None:
        """Send what is put, until the socket is gone."""
        while not self.socket.closed:
            frame = await self._outgoing.get()
            with self._activity.doing(f"a frame of the gateway: {frame['t'] or frame['op']}"):
                try:
                    await self._write(json.dumps(frame), event=frame["op"] == Op.DISPATCH)
                except ConnectionError:
                    return
            self._outgoing.task_done()

    async def _write(self, text: str, *, event: bool) -> None:
        if not (event and self.break_next):
            await self.socket.send_str(text)
            return
        frame = _text_frame(text.encode())
        transport = self._request.transport
        if transport is not None:
            transport.write(frame[: len(frame) // 2])
            transport.close()
        raise ConnectionResetError

    async def drained(self) -> None:
        """Wait until what was put is sent."""
        await self._outgoing.join()

    def cut(self) -> None:
        """Let it fall, as a network does."""
        if self._request.transport is not None:
            self._request.transport.abort()

    def count(self) -> None:
        """The client has sent a frame. Raises Closed where it sends too many."""
        now = asyncio.get_running_loop().time()
        while self._came and now - self._came[0] > SENT_WITHIN_SECONDS:
            self._came.popleft()
        self._came.append(now)
        if len(self._came) > SENT_AT_MOST:
            raise Closed(Close.RATE_LIMITED, "Rate limited.")


def _text_frame(payload: bytes) -> bytes:
    """One unmasked text frame. RFC 6455, section 5.2"""
    size = len(payload)
    if size < 126:
        return struct.pack("!BB", 0x81, size) + payload
    if size < 65_536:
        return struct.pack("!BBH", 0x81, 126, size) + payload
    return struct.pack("!BBQ", 0x81, 127, size) + payload
