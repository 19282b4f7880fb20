"""How often may be called what: the headers of every answer, and, where it is switched on, the refusal of too many calls.

https://discord.com/developers/docs/topics/rate-limits
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field

from tests.servers.clock import Clock
from tests.servers.discord.openapi import Operation

MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token")


@dataclass(slots=True)
class Bucket:
    """Calls of one route under one channel, guild or webhook."""

    opened_at: float = 0.0
    calls: int = 0


@dataclass(slots=True)
class Rates:
    """Buckets of `limit` calls within `window` seconds; `on`: more are refused. `limits` says otherwise for an operation."""

    clock: Clock
    on: bool = False
    limit: int = 5
    window: float = 5.0
    limits: dict[str, tuple[int, float]] = field(default_factory=dict)
    _buckets: dict[tuple[str, ...], Bucket] = field(default_factory=lambda: defaultdict(Bucket))

    def count(self, operation: Operation, params: dict[str, str]) -> tuple[dict[str, str], float | None]:
        """Count a call: the headers for its answer, and after how many seconds to come again if it is refused."""
        limit, window = self.limits.get(operation.id, (self.limit, self.window))
        if not self.on:
            limit = 10_000
        now = self.clock.now()
        bucket = self._buckets[operation.id, *(params[each] for each in MAJOR if each in params)]
        if now - bucket.opened_at >= window:
            bucket.opened_at, bucket.calls = now, 0
        reset = bucket.opened_at + window
        over = bucket.calls >= limit
        bucket.calls += not over
        headers = {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(limit - bucket.calls),
            "X-RateLimit-Reset": f"{reset:.3f}",
            "X-RateLimit-Reset-After": f"{reset - now:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(operation.id.encode()).hexdigest()[:32],
        }
        return headers, reset - now if over else None
