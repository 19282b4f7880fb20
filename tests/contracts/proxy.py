"""A stretch of wire between a client and a server that can be cut at the worst moment: after the server has done its work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PATIENCE_SECONDS = 5.0


class Wire:
    """Forwards messages both ways, and loses the replies that it is told to lose."""

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
        self._word = b""
        self._times = 0
        self._connections: set[asyncio.Task[None]] = set()
        self.lost = 0

    def lose_replies_to(self, word: str, times: int) -> None:
        """Of so many requests with this word in them, forward the request and drop the connection on its reply."""
        self._word, self._times = word.encode() + b"\0", times

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[int]:
        """The port that it listens on, on loopback."""
        listener = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        try:
            yield listener.sockets[0].getsockname()[1]
        finally:
            listener.close()
            if self._connections:  # whose client has gone: one that is cancelled while it connects would leave a socket open
                await asyncio.wait(self._connections, timeout=PATIENCE_SECONDS)
            for task in self._connections:
                task.cancel()
            await asyncio.gather(*self._connections, return_exceptions=True)
            await listener.wait_closed()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection(*self._server)
        doomed = asyncio.Event()
        pumps = [
            asyncio.create_task(self._requests(reader, to_server, doomed)),
            asyncio.create_task(self._replies(from_server, writer, doomed)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            for each in (to_server, writer):
                each.close()
            await asyncio.gather(*(each.wait_closed() for each in (to_server, writer)), return_exceptions=True)

    async def _requests(self, reader: asyncio.StreamReader, to: asyncio.StreamWriter, doomed: asyncio.Event) -> None:
        while request := await _message(reader):
            if self._times and self._word in request:
                self._times -= 1
                self.lost += 1
                doomed.set()
            to.write(request)

    async def _replies(self, reader: asyncio.StreamReader, to: asyncio.StreamWriter, doomed: asyncio.Event) -> None:
        while (reply := await _message(reader)) and not doomed.is_set():
            to.write(reply)


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One message of MongoDB's wire protocol, which begins with its length; nothing at the end."""
    try:
        length = await reader.readexactly(4)
        return length + await reader.readexactly(int.from_bytes(length, "little") - 4)
    except (asyncio.IncompleteReadError, ConnectionError):
        return b""
