"""A process that reminds people in Slack by a clock that stands in a file: `python -m tests.stories.reminder FILE`.

It hears nothing: nobody answers here. It looks often, so that nobody waits half a minute for a tick.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bots.backing import now
from bots.log import log_to_stderr
from bots.settings import load
from bots.slack.service import Given, slack
from bots.wiring import build
from scheduler.worker import RHYTHM

BRISK = replace(RHYTHM, poll_seconds=0.1, tick_seconds=0.1)
READY = "ready"


def told_by(file: Path) -> Callable[[], datetime]:
    """The time that stands in the file."""
    return lambda: datetime.fromisoformat(file.read_text())


async def main(file: Path) -> None:
    """Remind until killed."""
    settings = load()
    log_to_stderr(settings.log_level)
    async with AsyncExitStack() as stack:
        program = await stack.enter_async_context(build(settings, BRISK, clock=told_by(file)))
        service = await stack.enter_async_context(slack(Given(settings, program, now)))
        stack.enter_context(program.surfaces.opened(service.surface))
        await stack.enter_async_context(program.work((service.surface.platform.value,)).going_on(lambda: 1.0))
        sys.stdout.write(f"{READY}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
