"""The parent's side of the drawing process: started when it is wanted, asked one chart at a time, and ended."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from pathlib import Path

from bots.charts.worker import DRAWN_BY_ONE, LENGTH

ROOT = Path(__file__).parents[2]
"""Where the package stands: the process finds it there however this one was started."""


class NotDrawn(Exception):
    """The drawing process ended before it answered."""


class Drawer:
    """One drawing process at most, which is asked by one at a time. `cache` is a folder for what fonts are known by."""

    def __init__(self, cache: Path | None) -> None:
        self._cache = cache
        self._process: Process | None = None
        self._answered = 0

    @property
    def pid(self) -> int | None:
        """The process, while there is one."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def draw(self, question: bytes) -> bytes:
        """The picture of a packed chart.

        Raises:
            NotDrawn: the process ended before.
            OSError: it cannot be started.
        """
        if self.pid is None or self._answered >= DRAWN_BY_ONE:
            await self.end()
            await self._start()
        answered = False
        try:
            picture = await self._answer(question)
            answered = True
        except (asyncio.IncompleteReadError, ConnectionError):
            raise NotDrawn from None
        finally:
            if not answered:  # also where it was given up in the midst: the next one must not get this answer
                await self.end()
        self._answered += 1
        return picture

    async def end(self) -> None:
        """End the process at once. The next question starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    async def _answer(self, question: bytes) -> bytes:
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(LENGTH.pack(len(question)) + question)
        await self._process.stdin.drain()
        size = LENGTH.unpack(await self._process.stdout.readexactly(LENGTH.size))[0]
        return await self._process.stdout.readexactly(size)

    async def _start(self) -> None:
        """In a session of its own, so that Ctrl-C is not for it: it ends with the pipe."""
        folder = str(self._cache.resolve()) if self._cache else ""
        command = (sys.executable, "-m", "bots.charts.worker", folder)
        self._process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, cwd=ROOT, start_new_session=True)
        self._answered = 0
