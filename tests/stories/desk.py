"""A process of the program that answers events by their id, as a platform delivers them: `python -m tests.stories.desk WHO`.

Each line of the input is an event's id and what was said. Each answer is a line: the event's id, or "late", and the words.
Leases are short, so that nobody waits a minute for a process that was killed.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime, timedelta

from bots.reception import Reception
from bots.settings import load
from bots.surfaces import Surface
from bots.terminal.keyboard import Pipe
from bots.terminal.sender import Closed
from bots.terminal.who import place
from bots.wiring import Program, build
from core import plain
from core.request import Actor, Address, Platform, Said
from core.ui import Answer, Ended, Live, Message
from scheduler.worker import Rhythm

BRISK = Rhythm(lease=timedelta(seconds=3), poll_seconds=0.2)


def tell(event: str, words: str) -> None:
    """A line for whoever reads."""
    sys.stdout.write(json.dumps([event, words]) + "\n")
    sys.stdout.flush()


class Teller:
    """Implements `core.ports.Messenger`."""

    async def post(self, to: Address, message: Message, key: str = "") -> str:
        """Tell it."""
        tell("late", plain.message(message))
        return key

    async def find(self, to: Address, key: str) -> str | None:
        """What was told is gone."""
        return None

    async def edit(self, to: Address, posted: str, message: Message) -> None:
        """What was told cannot be changed."""
        raise AssertionError


async def answer(reception: Reception, said: Said) -> None:
    """Answer one event."""
    async with reception.answering(said) as answered:
        tell(said.id, await _words(answered))


async def _words(answered: Answer) -> str:
    match answered:
        case Live(updates):
            return "\n".join([plain.message(each.message) async for each in updates if isinstance(each, Ended)])
        case Message():
            return plain.message(answered)
        case _:
            return ""


async def main(who: str) -> None:
    """Answer until the input ends."""
    actor, pipe = Actor(Platform.TERMINAL, "terminal", who, who.capitalize()), Pipe(0)
    async with build(load(), BRISK) as program:
        with program.surfaces.opened(Surface(Platform.TERMINAL, Teller())):
            await serve(program, who, actor, pipe)


async def serve(program: Program, who: str, actor: Actor, pipe: Pipe) -> None:
    """Answer what comes through the pipe."""
    here = place(actor)
    async with program.work((here.surface,)).going_on(lambda: 1.0):
        tell("ready", who)
        async with asyncio.TaskGroup() as answering:
            try:
                while True:
                    event, _, words = (await pipe.line()).partition(" ")
                    said = Said(id=event, actor=actor, address=here, at=datetime.now(UTC), text=words)
                    answering.create_task(answer(program.reception, said))
            except Closed:
                return


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
