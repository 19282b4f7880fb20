"""What platforms answer to our calls, as it is told to whoever counts: how it went, and how long they want a rest."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import aiohttp

from core.request import Platform
from core.signals import Note, PlatformCalled

TOO_SOON = 429
SECONDS_AT_MOST = 3600.0
"""Of a pause that is counted: a platform's answer is not ours to trust."""


def told_by(platform: Platform, note: Note) -> Callable[[aiohttp.ClientResponse], None]:
    """Tells of an answer of the platform's; for calls that are many and whose session is opened without a trace."""

    def answered(answer: aiohttp.ClientResponse) -> None:
        pause = _pause(answer.headers.get("Retry-After", "")) if answer.status == TOO_SOON else None
        note(PlatformCalled(platform, answer.status, pause))

    return answered


def heard_from(platform: Platform, note: Note) -> aiohttp.TraceConfig:
    """What a client session is opened with, so that each answer of the platform is told of, also those that are tried again."""
    trace, told = aiohttp.TraceConfig(), told_by(platform, note)

    async def answered(session: aiohttp.ClientSession, context: SimpleNamespace, end: aiohttp.TraceRequestEndParams) -> None:
        told(end.response)

    trace.on_request_end.append(answered)
    return trace


def _pause(told: str) -> float:
    """The seconds that the platform asks for, 0 where it names none."""
    try:
        seconds = float(told)
    except ValueError:
        return 0.0
    return min(seconds, SECONDS_AT_MOST) if seconds >= 0 else 0.0
