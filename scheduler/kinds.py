"""Which handler does which kind of job; wiring gives the handlers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from core.errors import Trouble
from core.jobs import Job

Handler: TypeAlias = Callable[[Job], Awaitable[str | None]]
"""Does a job; returns what came of it in a word, or None.

It may be called again for the same job after a crash, so it looks first at how far the last one came. A `Refusal` sets the
job aside at once; whatever else it raises is tried again with growing pauses.
"""


class UnknownKind(Trouble):
    """No handler of this version does that kind of job."""


class Kinds:
    """The handlers by kind."""

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        self._handlers = handlers

    async def __call__(self, job: Job) -> str | None:
        """Do the job.

        Raises:
            UnknownKind: this version has no handler; one that runs beside it may have.
        """
        handler = self._handlers.get(job.kind)
        if handler is None:
            raise UnknownKind(f"No handler of this version does a job of the kind {job.kind}.")
        return await handler(job)
