"""Taking over what a course author saves, while the program runs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import structlog

from bots.written import Written, read_course
from core.content_check import check
from core.contents import Flawed, fingerprint

log = structlog.get_logger()

EVERY_SECONDS = 2.0
"""How often it is looked for: soon for somebody who saved and looks, and a hundred files' times cost a millisecond."""


class Renewing:
    """Looks again and again whether the course's files changed; a course with mistakes is not taken over, as a half-saved one is.

    `publish` brings the record's copies up to date.
    """

    def __init__(
        self, content: Path, course: Written, publish: Callable[[], Awaitable[None]], wait: Callable[[float], Awaitable[None]]
    ) -> None:
        self._content = content
        self._course = course
        self._publish = publish
        self._wait = wait
        self._seen = fingerprint(content)

    async def run(self) -> None:
        """Until it is cancelled. What nobody has wanted by the first look is read then, before a mistake can come into it."""
        await self._wait(EVERY_SECONDS)
        with suppress(Flawed):
            await asyncio.to_thread(self._course.read_whole)
        while True:
            await self.look()
            await self._wait(EVERY_SECONDS)

    async def look(self) -> bool:
        """Take over what was saved since the last look; whether anything was."""
        found = await asyncio.to_thread(fingerprint, self._content)
        if found == self._seen:
            return False
        self._seen = found
        anew = await asyncio.to_thread(self._read)
        if anew is None:
            return False
        self._course.renew(anew)
        log.info("course renewed")
        await self._publish()
        return True

    def _read(self) -> Written | None:
        flaws = check(self._content)
        if not flaws:
            try:
                return read_course(self._content).read_whole()
            except Flawed as trouble:
                flaws = list(trouble.flaws)
        log.warning("course not renewed", flaws=len(flaws), first=f"{flaws[0].file}:{flaws[0].line}")
        return None
