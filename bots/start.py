"""Carrying out one word of the `elevate` command: settings, log, work, exit status."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, NoReturn

import click

from core.errors import StoreDown, StoreInUse, Trouble

if TYPE_CHECKING:
    from bots.settings import Settings

END_IT = "End it first, then run this again."
OR_A_COPY = "End it for a moment, or ask a copy of its record: docs/operations.md shows how, below “When somebody complains”."
"""What whoever runs a command beside an Elevate that has the record may do, since in a folder of its own there is nothing."""
INTERRUPTED = 130
"""The exit status that a shell expects after Ctrl-C."""


def start(work: Callable[[Settings], Coroutine[Any, Any, int]], *, logged: bool = True, in_use: str = "") -> NoReturn:
    """Do the work with the settings, and exit with what it returns. `in_use`: as in `carried_out`."""
    leave(carried_out(work, logged=logged, in_use=in_use))


def carried_out(work: Callable[[Settings], Coroutine[Any, Any, int]], *, logged: bool = True, in_use: str = "") -> int:
    """Do the work with the settings; returns the exit status. What keeps it from being done is told in a line. `in_use`: what to
    do where another Elevate has the record, and this very record is wanted.
    """
    from bots.boundary import outermost  # noqa: PLC0415 - `elevate --help` needs none of these
    from bots.log import log_to_file, log_to_stderr  # noqa: PLC0415
    from bots.settings import load  # noqa: PLC0415

    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    settings: Settings | None = None
    try:
        settings = load()
        if logged:
            log_to_file(settings.data_dir, settings.log_level)
        else:
            log_to_stderr("CRITICAL")
        return asyncio.run(outermost(work(settings)))
    except Trouble as trouble:
        click.echo((settings and _of_the_record(trouble, settings, in_use)) or trouble.message, err=True)
        return 1
    except BrokenPipeError:
        return 0  # `leave` lets go of the pipe
    except KeyboardInterrupt:
        return INTERRUPTED


def _of_the_record(trouble: Trouble, settings: Settings, in_use: str) -> str | None:
    """What more there is to say to whoever runs it of a record that does not answer, or is another's now."""
    if type(trouble) is StoreInUse and in_use:
        return f"Another Elevate is already using the data folder {settings.data_dir}. {in_use}"
    if type(trouble) is not StoreDown:
        return None
    from bots.backing import unreached  # noqa: PLC0415 - as above

    return unreached(settings)


def leave(status: int) -> NoReturn:
    """Exit; a reader that went away early is no reason for a word."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)
