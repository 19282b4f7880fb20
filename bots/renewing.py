"""Taking over what a course author saves, while the program runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress

import structlog

from bots.written import Written, read_course
from core.agents.roster import Roster
from core.content_check import check
from core.contents import Flawed, fingerprint
from core.course.modules import Course
from core.playbook.prompts import Playbook

log = structlog.get_logger()

EVERY_SECONDS = 2.0
"""How often it is looked for: soon for somebody who saved and looks, and a hundred files' times cost a millisecond."""

Publish = Callable[[Roster, Playbook, Course], Coroutine[None, None, None]]
"""Brings the record's copies up to date; what is in its way is its own affair."""


@asynccontextmanager
async def kept_up_to_date(
    course: Written, publish: Publish, wait: Callable[[float], Awaitable[None]]
) -> AsyncGenerator[None, None]:
    """Publish the course, then follow its files, until the end of the block."""
    publishing = asyncio.create_task(publish(*course.published))
    renewing = asyncio.create_task(Renewing(course, publish, wait).run())
    try:
        yield
    finally:
        publishing.cancel()
        renewing.cancel()


class Renewing:
    """Looks again and again whether the course's files changed. One with mistakes, or half saved, is not taken over."""

    def __init__(self, course: Written, publish: Publish, wait: Callable[[float], Awaitable[None]]) -> None:
        self._content = course.content
        self._course = course
        self._publish = publish
        self._wait = wait
        self._seen = fingerprint(course.content)

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
        await self._publish(*self._course.published)
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
