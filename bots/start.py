"""Carrying out one word of the `elevate` command: settings, log, work, exit status."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, NoReturn

import click

from core.errors import StoreDown, Trouble

if TYPE_CHECKING:
    from bots.settings import Settings

INTERRUPTED = 130
"""The exit status that a shell expects after Ctrl-C."""


def start(work: Callable[[Settings], Coroutine[Any, Any, int]], *, logged: bool = True) -> NoReturn:
    """Do the work with the settings, and exit with what it returns."""
    leave(carried_out(work, logged=logged))


def carried_out(work: Callable[[Settings], Coroutine[Any, Any, int]], *, logged: bool = True) -> int:
    """Do the work with the settings; returns the exit status. What keeps it from being done is told in a line."""
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
        click.echo((settings and _of_the_record(trouble, settings)) or trouble.message, err=True)
        return 1
    except BrokenPipeError:
        return 0  # `leave` lets go of the pipe
    except KeyboardInterrupt:
        return INTERRUPTED


def _of_the_record(trouble: Trouble, settings: Settings) -> str | None:
    """What more there is to say to whoever runs it of a record that does not answer."""
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
