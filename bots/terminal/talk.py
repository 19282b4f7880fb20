"""Opening the conversation on this machine's terminal, or on the pipe that stands in its place."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bots.reception import Reception
from bots.surfaces import Surface, Surfaces
from bots.terminal.adapter import Terminal
from bots.terminal.files import keep
from bots.terminal.interrupts import Interrupts
from bots.terminal.keyboard import Keyboard, Pipe
from bots.terminal.sender import OutputLost, PlainSender, Sender
from bots.terminal.sent import fetched
from bots.terminal.traces import FILES
from bots.terminal.who import account, place
from bots.work import GRACE_SECONDS, Work
from core.ids import new_id
from core.request import Event, Platform

HASTE_SECONDS = 1.0
"""The grace of work in the background, where a person leaves or the machine wants an end."""
INTERRUPTED = 130
"""What a shell expects of a program that Ctrl-C ended."""


def attended() -> bool:
    """Whether a person sits at both ends: who types, and who reads what is drawn."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


async def talk(
    reception: Reception, surfaces: Surfaces, work: Callable[[Sequence[str]], Work], data_dir: Path, pages: str = ""
) -> int:
    """Talk to whoever is there until they leave; returns the exit status. `pages`: where a person's own pages are on the web."""
    actor = account()
    here = place(actor)
    event = lambda: Event(id=new_id("evt"), actor=actor, address=here, at=datetime.now(UTC))  # noqa: E731
    interrupts = Interrupts(patient=attended(), clock=time.monotonic)
    keyboard: Keyboard
    sender: Sender
    if attended():
        from rich.console import Console  # noqa: PLC0415 - a pipe needs none of these

        from bots.terminal.prompting import Prompting  # noqa: PLC0415
        from bots.terminal.screen import Screen  # noqa: PLC0415

        keyboard, sender = Prompting(reception.door, event, data_dir), Screen(Console())
    else:
        keyboard, sender = Pipe(0), PlainSender(sys.stdout)
    terminal = Terminal(
        reception,
        event=event,
        keyboard=keyboard,
        sender=sender,
        interrupts=interrupts,
        keep=partial(keep, folder=data_dir / FILES),
    )
    with interrupts.caught(), surfaces.opened(Surface(Platform.TERMINAL, terminal, fetch=fetched)):
        try:
            # At the end of a pipe, answers that are nearly there are waited for.
            haste = lambda: HASTE_SECONDS if attended() or interrupts.ending else GRACE_SECONDS  # noqa: E731
            if pages:
                sender.note(f"Your dashboard: {pages}")
            async with work((here.surface,)).going_on(haste):
                await terminal.run()
        except OutputLost as lost:
            sys.stderr.write(f"{lost}\n")
            return 1
    return INTERRUPTED if interrupts.interrupted and not attended() else 0
