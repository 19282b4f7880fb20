"""A stretch of wire to a server that can be cut for a while: what is on it breaks off, and nobody gets through."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress


class Wire:
    """Forwards bytes both ways between `port` on loopback and the server."""

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
        self._listener: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self._talks: set[asyncio.Task[None]] = set()
        self.port = 0

    @asynccontextmanager
    async def up(self) -> AsyncGenerator[None, None]:
        """It stands until the end of the block."""
        await self.mend()
        try:
            yield
        finally:
            await self.cut()

    async def mend(self) -> None:
        """Let everybody through."""
        self._listener = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = self._listener.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Break off what is on it, in whatever middle, and refuse whoever comes."""
        if self._listener is None:
            return
        self._listener.close()
        self._listener = None
        for end in self._ends:
            end.transport.abort()
        await asyncio.gather(*self._talks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection(*self._server)
        self._ends |= {writer, to_server}
        pumps = [asyncio.create_task(_pump(reader, to_server)), asyncio.create_task(_pump(from_server, writer))]
        self._talks |= {*pumps}
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        for end in (writer, to_server):
            end.transport.abort()
        await asyncio.gather(*pumps)
        self._ends -= {writer, to_server}
        self._talks -= {*pumps}


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while came := await reader.read(65_536):
            writer.write(came)
            await writer.drain()
