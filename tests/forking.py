"""Programs that begin in a fork of a process which has taken in all modules already: that takes a tenth of the time.

What comes before the first line of the program is not that of a start of its own, and at its end there is no `atexit`. So each
kind of start is made for real somewhere too, by `elevate` of `tests/bots/test_main.py` and `begun` of `tests/stories/process.py`.
"""

from __future__ import annotations

import asyncio
import faulthandler
import gc
import io
import multiprocessing
import os
import runpy
import signal
import sys
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from subprocess import CompletedProcess

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(
    [
        *(
            "bots.lean",
            "tests.forking",
            "bots.apps",
            "bots.coaches",
            "bots.nudging",
            "bots.operators",
            "bots.wiring",
            "bots.run",
            "bots.check",
        ),
        *("bots.terminal.adapter", "bots.slack.service", "bots.discord.service", "bots.web.server", "core.llm.claude"),
        # What is taken in only by whoever uses it: Claude's SDK, without which a first question waits two seconds, and pages.
        *("core.llm.troubles", "anthropic.resources", "bots.web.frame"),
        *("persistence.mongo", "persistence.embedded", "persistence.models"),
    ]
)
PATIENCE_SECONDS = 60
WHERE = signal.SIGUSR1
"""Has a fork show where it is."""
ALL = "\n(these are all its tasks)\n"
TELLING_SECONDS = 5


def ran(module: str, *words: str, folder: Path, environment: Mapping[str, str], typed: bytes) -> CompletedProcess[bytes]:
    """Run `python -m module words` in the folder to its end, with this on its standard input."""
    (its_in, our_in), (our_out, its_out), (our_err, its_err) = (FORKS.Pipe(duplex=False) for _ in range(3))
    process = FORKS.Process(target=_become, args=(module, words, folder, dict(environment), (its_in, its_out, its_err)))
    process.start()
    for each in (its_in, its_out, its_err):
        each.close()
    with ThreadPoolExecutor(3) as pipes:
        reading = [pipes.submit(_read, each) for each in (our_out, our_err)]
        pipes.submit(_write, our_in, typed)
        process.join(PATIENCE_SECONDS)
        late = process.exitcode is None
        process.kill()
        out, err = (each.result() for each in reading)
    assert not late, f"it did not end: {out!r} {err!r}"
    return CompletedProcess((module, *words), process.exitcode or 0, out, err)


class Forked:
    """A program that runs. As `asyncio.subprocess.Process`, as far as the tests go."""

    def __init__(self, module: str, *words: str, folder: Path, environment: Mapping[str, str]) -> None:
        (its_in, self._in), (self._out, its_out) = (FORKS.Pipe(duplex=False) for _ in range(2))
        self._process = FORKS.Process(target=_become, args=(module, words, folder, dict(environment), (its_in, its_out)))
        self._process.start()
        its_in.close()
        its_out.close()
        self.returncode: int | None = None

    async def begun(self) -> Forked:
        """Itself, when its pipes can be used."""
        loop = asyncio.get_running_loop()
        self.stdout = asyncio.StreamReader()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(self.stdout), _file(self._out, "rb"))
        sending, protocol = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, _file(self._in, "wb"))
        self.stdin = asyncio.StreamWriter(sending, protocol, None, loop)
        return self

    def kill(self) -> None:
        """Kill it (SIGKILL)."""
        self._process.kill()

    def send_signal(self, sign: signal.Signals) -> None:
        """Send it a signal."""
        assert self._process.pid is not None
        os.kill(self._process.pid, sign)

    async def where(self) -> str:
        """Where it stands still."""
        self.send_signal(WHERE)
        told = b""
        with suppress(TimeoutError):  # it may stand where it cannot even say that
            async with asyncio.timeout(TELLING_SECONDS):
                while ALL.encode() not in told and (more := await self.stdout.read(65_536)):
                    told += more
        return told.decode(errors="replace")

    async def wait(self) -> int:
        """Its exit status, when it has ended."""
        if self.returncode is None:
            await asyncio.to_thread(self._process.join)
            self.returncode = self._process.exitcode
            self.stdin.close()
        return self.returncode or 0


def _tell_where(*_: object) -> None:
    """Show on what each task of this program waits: for whoever waited for it in vain."""
    lines = []
    for task in asyncio.all_tasks():
        lines.append(f"\n{task.get_name()}:")
        waits: object = task.get_coro()
        while (frame := getattr(waits, "cr_frame", None) or getattr(waits, "ag_frame", None)) is not None:
            lines.append(f"  {frame.f_code.co_filename}:{frame.f_lineno} {frame.f_code.co_qualname}")
            waits = getattr(waits, "cr_await", None) or getattr(waits, "ag_await", None)
            waits = next((each for each in gc.get_referents(waits) if isinstance(each, AsyncGenerator)), waits)
        lines.append(f"  {waits!r}")
    sys.stdout.write("\n".join([*lines, ALL]))
    sys.stdout.flush()


def _become(module: str, words: Sequence[str], folder: Path, environment: dict[str, str], streams: Sequence[Connection]) -> None:
    """In the fork: be what `python -m module words` is."""
    for number, each in enumerate(streams):
        os.dup2(each.fileno(), number)
        each.close()
    sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False)), encoding="utf-8")
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), "utf-8", "backslashreplace", write_through=True)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    sys.argv = [module, *words]
    signal.signal(WHERE, _tell_where)
    faulthandler.register(WHERE, sys.stdout, chain=True)  # where its threads are, which stand still with it
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _file(pipe: Connection, mode: str) -> io.FileIO:
    """The pipe, as asyncio wants it."""
    descriptor = os.dup(pipe.fileno())
    pipe.close()
    return io.FileIO(descriptor, mode.rstrip("b"))


def _read(pipe: Connection) -> bytes:
    with _file(pipe, "rb") as file:
        return file.readall()


def _write(pipe: Connection, typed: bytes) -> None:
    with suppress(BrokenPipeError), io.BufferedWriter(_file(pipe, "wb")) as file:
        file.write(typed)
