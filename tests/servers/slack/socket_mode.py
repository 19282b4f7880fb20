"""Socket Mode: the app connects, and is sent envelopes that it acknowledges by their id.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

from __future__ import annotations

import asyncio
import json
import secrets
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.servers.activity import Activity
from tests.servers.slack.delivery import Ack, Envelope, Missed
from tests.servers.slack.method import Call, Method, method
from tests.servers.slack.shapes import Json
from tests.servers.slack.workspace import Workspace

CONNECTIONS_AT_MOST = 10


@dataclass(slots=True, eq=False)
class Connection:
    """One socket of the app; what was sent on it and is not acknowledged."""

    socket: web.WebSocketResponse
    request: web.Request
    pending: dict[str, asyncio.Future[Ack | Missed]] = field(default_factory=dict)
    sent: int = 0
    leaving: bool = False

    def cut(self) -> None:
        """Let it fall, as a network does."""
        if self.request.transport is not None:
            self.request.transport.abort()


class Sockets:
    """The sockets that are open; each envelope goes to one of them, in turn.

    `silent`: pings are not answered. `cut_in_envelope`: the next envelopes, this many, are broken off with their socket.
    """

    def __init__(self, world: Workspace, activity: Activity) -> None:
        self.connections: list[Connection] = []
        self.opened = 0
        self.silent = False
        self.cut_in_envelope = 0
        self._world = world
        self._activity = activity
        self._tickets: set[str] = set()
        self._turn = 0
        self._arrival = asyncio.Event()

    @property
    def methods(self) -> Mapping[str, Method]:
        """apps.connections.open, which gives the address of a socket."""
        return {"apps.connections.open": method(self._open, scopes="connections:write", tier=1, kind="app")}

    def _open(self, call: Call) -> Json:
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        address = self._world.url.replace("http://", "ws://", 1)
        return {"url": f"{address}/link/?ticket={ticket}&app_id={self._world.app_id}"}

    async def join(self, request: web.Request) -> web.WebSocketResponse:
        """A socket, until it closes."""
        socket = web.WebSocketResponse(autoping=False, compress=False)
        await socket.prepare(request)
        ticket = request.query.get("ticket", "")
        known = ticket in self._tickets
        self._tickets.discard(ticket)
        if not known or len(self.connections) >= CONNECTIONS_AT_MOST:
            reason = "too_many_websockets" if known else "link_disabled"
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "stand-in"}})
            await socket.close()
            return socket
        connection = Connection(socket, request)
        self.opened += 1
        await socket.send_json(self._hello())
        self.connections.append(connection)
        self._arrival.set()
        self._activity.stir()
        try:
            await self._listen(connection)
        finally:
            self._leave(connection)
        return socket

    def _hello(self) -> Json:
        debug = {
            "host": "stand-in",
            "started": "2026-01-01 00:00:00.000",
            "build_number": 1,
            "approximate_connection_time": 18060,
        }
        about = {"app_id": self._world.app_id}
        return {"type": "hello", "num_connections": len(self.connections) + 1, "debug_info": debug, "connection_info": about}

    async def _listen(self, connection: Connection) -> None:
        async for came in connection.socket:
            if came.type == WSMsgType.PING:
                if not self.silent:
                    await connection.socket.pong(came.data)
            elif came.type == WSMsgType.TEXT:
                said = json.loads(came.data)
                waiting = connection.pending.pop(said.get("envelope_id", ""), None)
                if waiting is not None and not waiting.done():
                    waiting.set_result(Ack(said.get("payload")))

    def _leave(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)
        for each in connection.pending.values():
            if not each.done():
                each.set_result(Missed("connection_failed"))
        self._activity.stir()

    async def carry(self, envelope: Envelope, attempt: int, reason: str, patience: float) -> Ack | Missed:
        """Send it on the next socket in turn; wait for one where there is none."""
        connection = await self._next(patience)
        if connection is None:
            return Missed("connection_failed")
        id = secrets.token_hex(8)
        waiting: asyncio.Future[Ack | Missed] = asyncio.get_running_loop().create_future()
        connection.pending[id] = waiting
        connection.sent += 1
        body: Json = {"envelope_id": id, "payload": envelope.payload, "type": envelope.kind}
        body["accepts_response_payload"] = envelope.answerable
        if envelope.kind == "events_api":
            body |= {"retry_attempt": attempt, "retry_reason": reason}
        try:
            await self._send(connection, body)
            return await asyncio.wait_for(waiting, patience)
        except TimeoutError:
            connection.pending.pop(id, None)
            return Missed("timeout")
        except ConnectionError:
            return Missed("connection_failed")

    async def _send(self, connection: Connection, body: Json) -> None:
        if self.cut_in_envelope <= 0:
            await connection.socket.send_json(body)
            return
        self.cut_in_envelope -= 1
        frame = _text_frame(json.dumps(body).encode())
        assert connection.request.transport is not None
        connection.request.transport.write(frame[: len(frame) // 2])
        connection.request.transport.close()
        self._leave(connection)

    async def _next(self, patience: float) -> Connection | None:
        while True:
            open_ones = [each for each in self.connections if not each.leaving and not each.socket.closed]
            if open_ones:
                self._turn += 1
                return open_ones[self._turn % len(open_ones)]
            self._arrival.clear()
            try:
                await asyncio.wait_for(self._arrival.wait(), patience)
            except TimeoutError:
                return None

    async def connected(self, number: int = 1) -> None:
        """Wait until so many sockets are open."""
        while len([each for each in self.connections if not each.leaving]) < number:
            self._arrival.clear()
            await self._arrival.wait()

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app to connect anew, as Slack does every few hours: nothing is sent there, acknowledgements still count."""
        for each in list(self.connections):
            each.leaving = True
            await each.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "stand-in"}})

    async def ping(self) -> None:
        """Ping every socket."""
        for each in self.connections:
            await each.socket.ping(b"stand-in")

    def cut(self) -> None:
        """Let every socket fall."""
        for each in list(self.connections):
            each.cut()
            self._leave(each)

    async def close(self) -> None:
        """Close every socket."""
        for each in list(self.connections):
            await each.socket.close()


def _text_frame(payload: bytes) -> bytes:
    """One unmasked text frame. RFC 6455, section 5.2"""
    size = len(payload)
    if size < 126:
        return struct.pack("!BB", 0x81, size) + payload
    if size < 65_536:
        return struct.pack("!BBH", 0x81, 126, size) + payload
    return struct.pack("!BBQ", 0x81, 127, size) + payload
