"""Which calls of Slack's are made again by themselves, how often, and after which pause."""

from __future__ import annotations

import random
from collections.abc import Callable
from enum import StrEnum

from aiohttp import ClientConnectorError, ClientOSError, ServerConnectionError, ServerDisconnectedError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState

from core.holding import Wait

ONCE = frozenset(
    {
        "chat.postMessage",
        "chat.startStream",
        "chat.appendStream",
        "chat.stopStream",
        "files.completeUploadExternal",
    }
)
"""What people would see twice. Where no answer came, whoever called looks first, and then calls again."""
LONGEST_PAUSE = 60.0
"""Seconds. Slack counts calls by the minute, and asks for no more than the rest of it."""
LOST = (ServerConnectionError, ServerDisconnectedError, ClientOSError)


class _Kind(StrEnum):
    BUSY = "busy"
    DOWN = "down"
    LOST = "lost"


AGAIN_AT_MOST = {_Kind.BUSY: 5, _Kind.DOWN: 2, _Kind.LOST: 2}
"""How often a call is made again, for each kind of trouble."""


class Retries(AsyncRetryHandler):
    """Makes calls again: those that came too soon when Slack says, others after a pause that grows.

    One handler for all kinds, because slack_sdk's own share one counter, wait by themselves, and know no methods.
    """

    def __init__(self, wait: Wait, chance: Callable[[], float] = random.random) -> None:
        super().__init__(max_retry_count=max(AGAIN_AT_MOST.values()))
        self._wait = wait
        self._chance = chance

    async def can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        """Whether the call is to be made again."""
        kind = _kind(request, response, error)
        return kind is not None and _made(state, kind) < AGAIN_AT_MOST[kind] and _asked_for(response) <= LONGEST_PAUSE

    async def prepare_for_next_attempt_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        """Wait until it can be made."""
        kind = _kind(request, response, error) or _Kind.LOST
        made = _made(state, kind)
        state.custom_values = {**(state.custom_values or {}), kind: made + 1}
        state.next_attempt_requested = True
        pause = _asked_for(response) if kind is _Kind.BUSY else 0.5 * 2**made
        await self._wait(pause + self._chance() * 0.5)
        state.increment_current_attempt()


def _kind(request: HttpRequest, response: HttpResponse | None, error: Exception | None) -> _Kind | None:
    once = request.url.rpartition("/")[2] in ONCE
    if response is not None and response.status_code == 429:
        return _Kind.BUSY
    if isinstance(error, ClientConnectorError):  # it never left
        return _Kind.LOST
    if once:
        return None
    if response is not None and response.status_code >= 500:
        return _Kind.DOWN
    return _Kind.LOST if isinstance(error, LOST) else None


def _made(state: RetryState, kind: _Kind) -> int:
    return int((state.custom_values or {}).get(kind, 0))


def _asked_for(response: HttpResponse | None) -> float:
    """The seconds of the answer's Retry-After, 1 where it names none."""
    for name, given in (response.headers if response is not None else {}).items():
        if name.lower() == "retry-after":
            seconds = given[0] if isinstance(given, list) else given
            return float(seconds) if seconds.isdigit() else 1.0
    return 1.0
