"""The program as a process of its own, on a pipe: what is typed, what it shows, and how it ends."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bots.settings import described
from tests.forking import Forked
from tests.servers.claude import ClaudeServer

ROOT = Path(__file__).parents[2]
CHAT = ("-m", "bots", "chat")
PATIENCE_SECONDS = 60


class Running:
    """A process. `shown` is all that it has written."""

    def __init__(self, child: asyncio.subprocess.Process | Forked) -> None:
        self._child = child
        self._read = 0
        self.shown = ""

    def types(self, *lines: str) -> None:
        """Send these lines at once."""
        assert self._child.stdin
        self._child.stdin.write("".join(f"{line}\n" for line in lines).encode())

    async def shows(self, *texts: str) -> None:
        """Return when each of the texts was shown, in this order, since this was last asked."""
        assert self._child.stdout
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                for text in texts:
                    while (at := self.shown.find(text, self._read)) < 0:
                        await self._more(text)
                    self._read = at + len(text)
        except TimeoutError as late:
            where = await self._child.where() if isinstance(self._child, Forked) and self._child.returncode is None else ""
            raise AssertionError(f"it never showed “{texts}”:\n{self.shown}\n{where}") from late

    async def killed(self) -> str:
        """Kill it (SIGKILL); returns what it had written by then."""
        self._child.kill()
        return await self._rest()

    def signalled(self) -> None:
        """Tell it by SIGTERM to end."""
        self._child.send_signal(signal.SIGTERM)

    async def terminated(self) -> int:
        """End it by SIGTERM; returns its exit status."""
        self.signalled()
        await self._rest()
        return await self._child.wait()

    async def left(self) -> int:
        """End its input; returns its exit status."""
        assert self._child.stdin
        self._child.stdin.close()
        await self._rest()
        return await self._child.wait()

    async def _more(self, awaited: str) -> None:
        assert self._child.stdout
        came = await self._child.stdout.read(65_536)
        assert came, f"it ended before it showed “{awaited}”:\n{self.shown}"
        self.shown += came.decode(errors="replace")

    async def _rest(self) -> str:
        assert self._child.stdout
        async with asyncio.timeout(PATIENCE_SECONDS):
            self.shown += (await self._child.stdout.read()).decode(errors="replace")
            await self._child.wait()
        return self.shown


@asynccontextmanager
async def running(
    folder: Path, claude: ClaudeServer | None = None, *, program: Sequence[str] = CHAT, **settings: str
) -> AsyncGenerator[Running, None]:
    """The program, with its data in the folder and Claude's key if there is a Claude; killed at the end if it still runs.

    A fork stands for its start: `begun` is the same, begun for real.
    """
    async with _until_the_end(
        await Forked(*program[1:], folder=folder, environment=_told(folder, claude, settings)).begun()
    ) as it:
        yield it


@asynccontextmanager
async def begun(
    folder: Path, claude: ClaudeServer | None = None, *, program: Sequence[str] = CHAT, **settings: str
) -> AsyncGenerator[Running, None]:
    """As `running`, by a start of its own."""
    environment, pipe = _told(folder, claude, settings), asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(sys.executable, *program, cwd=folder, env=environment, stdin=pipe, stdout=pipe)
    async with _until_the_end(child) as it:
        yield it


def _told(folder: Path, claude: ClaudeServer | None, settings: Mapping[str, str]) -> dict[str, str]:
    key = {"ANTHROPIC_API_KEY": "sk-ant-story", "ANTHROPIC_BASE_URL": claude.url} if claude else {}
    kept = {name: value for name, value in os.environ.items() if name not in described()}
    data = {"ELEVATE_DATA_DIR": str(folder / "data"), "ELEVATE_WEB_PORT": "0"}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **data, **key, **settings}


@asynccontextmanager
async def _until_the_end(child: asyncio.subprocess.Process | Forked) -> AsyncGenerator[Running, None]:
    try:
        yield Running(child)
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()
