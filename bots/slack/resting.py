"""Whether somebody has asked Slack for quiet: what the bot says by itself waits until that is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog

from bots.payload import Payload
from bots.slack.api import Api
from bots.slack.troubles import SlackRefused
from core.errors import Trouble
from core.request import Address

log = structlog.get_logger()

ASKED_AGAIN_AFTER = timedelta(hours=1)
"""Where the permission is missing."""


class Resting:
    """The do-not-disturb hours of every workspace's people. https://docs.slack.dev/reference/methods/dnd.info"""

    def __init__(self, api: Api, now: Callable[[], datetime]) -> None:
        self._api = api
        self._now = now
        self._silent: dict[str, datetime] = {}

    async def undisturbed_until(self, to: Address, at: datetime) -> datetime | None:
        """Until when whoever's direct messages these are rests; None where they do not, or Slack does not tell."""
        if not to.recipient or self._silent.get(to.workspace, at) > at:
            return None
        try:
            told = await self._api.call(to.workspace, "dnd.info", user=to.recipient)
        except SlackRefused as refused:
            if refused.code == "missing_scope":
                self._silent[to.workspace] = self._now() + ASKED_AGAIN_AFTER
                log.warning("slack scope missed", team=to.workspace, needed="dnd:read")
            return None
        except Trouble as trouble:  # their own quiet hours hold all the same
            log.info("slack rest not known", trouble=type(trouble).__name__)
            return None
        return _ends(told, at)


def _ends(told: Payload, at: datetime) -> datetime | None:
    """The end of the window that this time is in. Where there are no hours, Slack tells a second of 1970."""
    starts, ends = (_time(told.get(name)) for name in ("next_dnd_start_ts", "next_dnd_end_ts"))
    resting = told.get("dnd_enabled") is True and starts is not None and ends is not None and starts <= at < ends
    return ends if resting else None


def _time(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int | float) else None
