"""How fast the gateway's clocks go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Pulse:
    """Discord's own times; tests make them shorter.

    `lease`: how long a shard stays silent at most before another process may take it; it is renewed three times in that.
    `look_seconds`: between two looks at whether a shard is free. `away_seconds`: without a connection for so long, a new one is
    made from the start, for discord.py's own pauses grow to a quarter of an hour; `watch_seconds`: between two looks at that.
    `silent_seconds`: without a frame for so long, a connection is dead (heartbeats are answered every 41 s). `ready_seconds`: no
    more guilds come after such a pause. `identify_seconds`: between two new sessions
    (https://docs.discord.com/developers/events/gateway#rate-limiting). `close_seconds`: for a good-bye.
    """

    lease: timedelta = timedelta(seconds=30)
    look_seconds: float = 5.0
    away_seconds: float = 60.0
    watch_seconds: float = 5.0
    silent_seconds: float = 60.0
    ready_seconds: float = 2.0
    identify_seconds: float = 5.0
    close_seconds: float = 3.0


PULSE = Pulse()
