"""When something that failed is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.leases import MOST_ATTEMPTS

FIRST_PAUSE = timedelta(seconds=5)
GROWTH = 4
JITTER = 0.25
"""Each pause is up to this share longer or shorter, so that what failed together does not come back together."""


def pause_after(attempts: int, chance: float) -> timedelta:
    """How long to wait after so many attempts, from 1: about 5, 20, 80 and 320 s. `chance` is from 0 up to 1."""
    longer: int = GROWTH ** (attempts - 1)
    return FIRST_PAUSE * longer * (1 - JITTER + 2 * JITTER * chance)


def again_at(attempts: int, at: datetime, chance: float) -> datetime | None:
    """When to try again, or None where there were attempts enough."""
    return None if attempts >= MOST_ATTEMPTS else at + pause_after(attempts, chance)
