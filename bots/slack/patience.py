"""Waiting for Slack to be there again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bots.slack.troubles import SlackBusy, SlackUnreachable
from core.holding import Wait

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Patience:
    """The seconds between tries; and whether "too soon" is tried again as well, which the client has waited for already."""

    pauses: Sequence[float] = ()
    busy: bool = False


NONE = Patience()
SHORT = Patience((1.0, 2.0, 4.0))
LONG = Patience((1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0, 30.0, 30.0), busy=True)
"""For an answer that grows: two minutes, then it is left for later."""


async def surely(call: Callable[[], Awaitable[Result]], wait: Wait, patience: Patience = LONG) -> Result:
    """Make a call that may be repeated, until Slack is there again.

    Raises:
        SlackUnreachable, SlackBusy: it stays away.
    """
    for pause in patience.pauses:
        try:
            return await call()
        except SlackUnreachable:
            await wait(pause)
        except SlackBusy:
            if not patience.busy:
                raise
            await wait(pause)
    return await call()
