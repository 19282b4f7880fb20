"""What goes wrong with calls of the Web API: on demand, or because there are too many."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.servers.clock import Clock
from tests.servers.slack.method import TIERS
from tests.servers.slack.shapes import Json


@dataclass(slots=True)
class Fault:
    """What goes wrong with a method, how many times still; by default before anything is carried out."""

    method: str
    error: str | None = None
    status: int | None = None
    retry_after: float | None = None
    drop: Literal["before", "after"] | None = None
    delay: float = 0.0
    carried_out: bool = False
    times: int = 1
    when: Callable[[Json], bool] = lambda args: True


class Faults:
    """The faults that a test asked for."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """From now on."""
        self._faults.append(fault)

    def next(self, method: str, args: Json) -> Fault | None:
        """What goes wrong with this call."""
        for each in self._faults:
            if each.method in {method, "*"} and each.times > 0 and each.when(args):
                each.times -= 1
                return each
        return None

    def clear(self) -> None:
        """Everything works again."""
        self._faults.clear()


class Rates:
    """How often methods may be called: by tier a minute, and one message a second in a channel, in bursts of `burst`."""

    def __init__(self, clock: Clock) -> None:
        self.on = False
        self.burst = 4
        self.share = 1.0
        self._clock = clock
        self._calls: dict[tuple[str, str], deque[float]] = defaultdict(deque)
        self._posts: dict[str, tuple[float, float]] = {}

    def too_soon(self, team: str, method: str, tier: int, args: Json) -> float | None:
        """The seconds after which the call may come again; None where it may come now."""
        if not self.on:
            return None
        now = self._clock.now()
        if method == "chat.postMessage":
            return self._post_too_soon(str(args.get("channel")), now)
        if tier not in TIERS:
            return None
        calls = self._calls[team, method]
        while calls and now - calls[0] >= 60:
            calls.popleft()
        if len(calls) >= max(1, TIERS[tier] * self.share):
            return 60 - (now - calls[0])
        calls.append(now)
        return None

    def _post_too_soon(self, channel: str, now: float) -> float | None:
        left, at = self._posts.get(channel, (float(self.burst), now))
        left = min(float(self.burst), left + now - at)
        if left < 1:
            self._posts[channel] = (left, now)
            return 1 - left
        self._posts[channel] = (left - 1, now)
        return None
