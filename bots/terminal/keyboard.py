"""Where lines come from: the port, and lines on a pipe."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from itertools import chain
from typing import Protocol

from bots.terminal.sender import Closed
from core.ui import Field

CHUNK = 65_536


class Stopped(Exception):
    """The person pressed Ctrl-C."""


class Keyboard(Protocol):
    """What people type. Every method raises `Closed` at the end of input and `Stopped` on Ctrl-C."""

    attended: bool
    """Whether someone sits there, who is greeted and shown what can be pressed."""

    async def line(self) -> str:
        """The next line, which may hold several that were pasted as one."""
        ...

    async def answer(self, command: str, field: Field) -> str:
        """What is typed into a field of the command's form."""
        ...

    async def above(self, show: Callable[[], None]) -> None:
        """Have something shown above the line that is being typed."""
        ...


class Pipe:
    """Lines from a file descriptor, each on its own, however long; what is not UTF-8 is replaced by `�`.

    A thread of its own reads, because neither a regular file nor a device can be waited for. It holds no lock of the
    interpreter's streams, so that the program may end while the thread still waits for input.
    """

    attended = False

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lines: asyncio.Queue[str | None] = asyncio.Queue(maxsize=64)
        self._reader: threading.Thread | None = None

    async def line(self) -> str:
        if self._reader is None:
            loop = asyncio.get_running_loop()
            self._reader = threading.Thread(target=self._read, args=(loop,), daemon=True, name="stdin")
            self._reader.start()
        line = await self._lines.get()
        if line is None:
            self._lines.put_nowait(None)
            raise Closed
        return line

    async def answer(self, command: str, field: Field) -> str:
        return await self.line()

    async def above(self, show: Callable[[], None]) -> None:
        show()

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        for line in chain(self._split(), (None,)):
            putting = self._lines.put(line)
            try:
                asyncio.run_coroutine_threadsafe(putting, loop).result()
            except (RuntimeError, CancelledError):
                # The conversation is over, and its loop with it.
                putting.close()
                return

    def _split(self) -> Iterator[str]:
        begun: list[bytes] = []
        while chunk := self._chunk():
            *whole, rest = chunk.split(b"\n")
            for line in whole:
                yield b"".join((*begun, line)).decode("utf-8", errors="replace").rstrip("\r")
                begun = []
            begun.append(rest)
        if last := b"".join(begun):
            yield last.decode("utf-8", errors="replace").rstrip("\r")

    def _chunk(self) -> bytes:
        try:
            return os.read(self._descriptor, CHUNK)
        except OSError:
            return b""
