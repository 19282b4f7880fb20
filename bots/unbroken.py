"""Calls that are not broken off in their middle, and words that are said although the task is being cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

log = structlog.get_logger()

LAST_WORDS_SECONDS = 5.0
"""For what has to be said yet, while the task is being cancelled."""


async def whole(work: Coroutine[None, None, None]) -> None:
    """Do not break off a call of a platform's in its middle, or nobody would know what of it is shown.

    Cancelled, it has some seconds yet.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await _ended_soon(task)
        raise


async def at_last(work: Coroutine[None, None, object]) -> None:
    """Say it although this task is being cancelled, if that takes no longer than some seconds."""
    await _ended_soon(asyncio.ensure_future(work))


async def _ended_soon(task: asyncio.Future[Any]) -> None:
    await asyncio.wait({task}, timeout=LAST_WORDS_SECONDS)
    if not task.done():
        task.cancel()
        await asyncio.wait({task})
    trouble = None if task.cancelled() else task.exception()
    if trouble is not None:
        log.warning("last words not said", trouble=type(trouble).__name__)
