"""What a surface is answering: tasks that are held on to, counted, stopped, and waited for at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from core.errors import Trouble
from core.request import Event

log = structlog.get_logger()

AT_ONCE = 256
"""Events that are answered at the same time; more are put by in the inbox, and answered as soon as there is time."""
KEPT_AT_ONCE = 50
"""Events that wait for the record at the same time, from which on their answers are put by."""


class Desk:
    """The tasks of the adapter. Each may go by names for a while, under which it can be stopped."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._keeping = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._named: dict[str, set[asyncio.Task[Any]]] = {}

    @property
    def busy(self) -> bool:
        """Whether it has its hands full: to keep what comes in a burst goes before answering, for platforms do not wait."""
        return len(self._tasks) >= self._at_once or self._keeping > KEPT_AT_ONCE

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Something is being kept, and not acknowledged yet."""
        self._keeping += 1
        try:
            yield
        finally:
            self._keeping -= 1

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do it beside everything else."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    @contextmanager
    def going_by(self, *names: str) -> Iterator[None]:
        """The present task goes by these names until the block is left."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("only a task can be stopped")
        for name in names:
            self._named.setdefault(name, set()).add(task)
        try:
            yield
        finally:
            for name in names:
                self._named[name].discard(task)
                if not self._named[name]:
                    del self._named[name]

    def stop(self, name: str) -> bool:
        """Stop what goes by this name; False where there is nothing of the kind here."""
        named = self._named.get(name, set())
        for each in named:
            each.cancel()
        return bool(named)

    async def rest(self) -> bool:
        """Wait until what is being done now is done; False where there is nothing."""
        if self._tasks:
            await asyncio.wait(self._tasks)
            return True
        return False

    async def close(self, grace_seconds: float, leave: Callable[[], None]) -> None:
        """Let what is going on end within the grace; say so, and break off the rest."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace_seconds)
        leave()
        for each in self._tasks:
            each.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        trouble = None if task.cancelled() else task.exception()
        # Either way the event stays in the inbox; when its lease runs out it is answered again.
        if isinstance(trouble, Trouble):
            log.warning("answer not posted", trouble=type(trouble).__name__)
        elif trouble is not None:
            log.error("answer failed", exc_info=trouble)


def place_of(event: Event) -> str:
    """The thread that something happened in."""
    return f"{event.address.workspace}:{event.address.channel}:{event.address.thread}"


def names_of(arrival: str, event: Event) -> tuple[str, ...]:
    """What an answer can be stopped by: the arrival, or its thread, by whoever asked."""
    return (f"{arrival} {event.actor.user}", f"{place_of(event)} {event.actor.user}")
