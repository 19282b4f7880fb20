"""Whether the program is ready: the record answers, people can be heard somewhere, and the workers look for work."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

from core.errors import Trouble
from core.holding import Clock

RECORD_SECONDS = 3.0
KEPT_SECONDS = 2.0
"""For so long an answer of the record is good: whoever asks often, asks it no more often than that."""
STALE = timedelta(minutes=2)
"""Workers look every few seconds and the clock goes round twice a minute; a round may take some twenty seconds."""
BEGINNING = "it has not begun to work yet"

Ping = Callable[[], Awaitable[object]]
Hearing = Callable[[], str]
"""Why a surface does not hear, in a few words; "" where it does, as far as it can know."""
Looked = Callable[[], Mapping[str, datetime | None]]
"""When each worker last looked for work, by its name; None where it never did."""


class Readiness:
    """Is told what runs, once it does, and says what is missing."""

    def __init__(self, ping: Ping, now: Clock, *, seconds: float = RECORD_SECONDS, kept_seconds: float = KEPT_SECONDS) -> None:
        self._ping = ping
        self._now = now
        self._seconds = seconds
        self._kept_seconds = kept_seconds
        self._hearing: Mapping[str, Hearing] = {}
        self._looked: Looked | None = None
        self._asking: asyncio.Task[str] | None = None
        self._ending = False

    def watch(self, hearing: Mapping[str, Hearing], looked: Looked) -> None:
        """From now on these surfaces are open, by their names, and these workers go on."""
        self._hearing, self._looked = hearing, looked

    def end(self) -> None:
        """The end is wanted: nothing new is to be sent here."""
        self._ending = True

    @property
    def ticked_at(self) -> datetime | None:
        """When the clock last went round."""
        return self._looked().get("clock") if self._looked else None

    async def missing(self) -> tuple[bool, tuple[str, ...]]:
        """Whether it is ready, and a line for each thing that is not as it should be."""
        record = await self._record()
        deaf = [f"{name}: {why}" for name, each in self._hearing.items() if (why := each())]
        late = self._late()
        lines = (*((f"record: {record}",) if record else ()), *deaf, *late, *(("it is ending",) if self._ending else ()))
        heard = len(deaf) < len(self._hearing)
        return not record and not late and heard and not self._ending, lines

    def _late(self) -> Sequence[str]:
        if self._looked is None:
            return (BEGINNING,)
        since = self._now() - STALE
        return [
            f"workers: {name} {f'stood still since {at:%H:%M:%S} UTC' if at else 'has not begun'}"
            for name, at in self._looked().items()
            if at is None or at < since
        ]

    async def _record(self) -> str:
        """Why the record is not there, or ""; who asks meanwhile hears the same answer."""
        if self._asking is None:
            self._asking = asyncio.create_task(self._asked())
            loop = asyncio.get_running_loop()
            self._asking.add_done_callback(lambda _: loop.call_later(self._kept_seconds, self._forget))
        return await asyncio.shield(self._asking)

    def _forget(self) -> None:
        self._asking = None

    async def _asked(self) -> str:
        try:
            async with asyncio.timeout(self._seconds):
                await self._ping()
        except (Trouble, TimeoutError):
            return "it does not answer"
        return ""
