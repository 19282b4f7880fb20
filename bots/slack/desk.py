"""What is being answered for Slack: tasks that are held on to, counted, stopped, and waited for at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

log = structlog.get_logger()

AT_ONCE = 64
"""Events that are answered at the same time; more are put by in the inbox, and answered as soon as there is time."""


class Desk:
    """The tasks of the adapter. Each may go by a name, under which it can be stopped."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._tasks: set[asyncio.Task[None]] = set()
        self._named: dict[str, asyncio.Task[None]] = {}

    @property
    def busy(self) -> bool:
        """Whether it has its hands full."""
        return len(self._tasks) >= self._at_once

    def begin(self, work: Coroutine[Any, Any, None], *names: str) -> None:
        """Do it beside everything else."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        for name in names:
            self._named[name] = task
        task.add_done_callback(lambda done: self._ended(done, names))

    def stop(self, name: str) -> bool:
        """Stop what goes by this name; False where there is nothing of the kind here."""
        task = self._named.get(name)
        return task.cancel() if task else False

    async def rest(self) -> bool:
        """Wait until what is being done now is done; False where there is nothing."""
        if self._tasks:
            await asyncio.wait(self._tasks)
            return True
        return False

    async def close(self, grace_seconds: float) -> None:
        """Let what is going on end within the grace, then break it off."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace_seconds)
        for each in self._tasks:
            each.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def _ended(self, task: asyncio.Task[None], names: tuple[str, ...]) -> None:
        self._tasks.discard(task)
        for name in names:
            if self._named.get(name) is task:
                del self._named[name]
        if not task.cancelled() and (trouble := task.exception()) is not None:
            # The event stays in the inbox; when its lease runs out it is answered again.
            log.error("slack answer failed", exc_info=trouble)
