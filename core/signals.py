"""What the program tells of its own work, for whoever runs it: plain facts, from which a surface of theirs makes numbers.

No signal says who did something or where: a person, a workspace, a channel and what was written have no place in one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from core.request import Platform


class Came(StrEnum):
    """What came of a request, or of what an agent began to say.

    REFUSED: the person was told why it could not be done. ASKED: they were asked for more, or for something else. PASSED: it was
    for nobody here. FAILED: for a reason that nobody expected. STOPPED: it was broken off, by the person or by the end.
    """

    ANSWERED = "answered"
    REFUSED = "refused"
    ASKED = "asked"
    PASSED = "passed"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class RequestServed:
    """A request came to its end. `kind` is the request's type, `command` the name of a command that there is, or "".

    `seconds` until all of the answer was there, and until its first words were; None where it had none that grew.
    """

    kind: str
    command: str
    platform: Platform
    came: Came
    seconds: float
    first_words: float | None = None


@dataclass(frozen=True, slots=True)
class TurnTaken:
    """An agent spoke, or tried to."""

    platform: Platform
    came: Came


@dataclass(frozen=True, slots=True)
class ModelPaid:
    """An answer of a model was paid for: its tokens by kind, and millionths of a US dollar."""

    model: str
    use: str
    tokens: Mapping[str, int] = field(hash=False)
    micros: int


@dataclass(frozen=True, slots=True)
class LetterLeft:
    """A message that stood in the outbox is settled. `late`: the seconds since it was promised, for one that was."""

    platform: Platform
    came: str
    late: float | None = None


@dataclass(frozen=True, slots=True)
class LeaseMissed:
    """Another process took over what this one was at: `what` is an event, or the name of a kind of work."""

    what: str


@dataclass(frozen=True, slots=True)
class PlatformCalled:
    """A platform answered a call of ours with this status of HTTP; `pause`: it wants no more for so many seconds."""

    platform: Platform
    status: int
    pause: float | None = None


@dataclass(frozen=True, slots=True)
class PageServed:
    """The web server answered. `route` is the template of the address, never the address itself."""

    route: str
    method: str
    status: int
    seconds: float


@dataclass(frozen=True, slots=True)
class ChartDrawn:
    """A picture was drawn, or could not be."""

    drawn: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class FiguresDelivered:
    """Another program sent figures, and was answered with this status of HTTP."""

    status: int


Signal: TypeAlias = (
    RequestServed | TurnTaken | ModelPaid | LetterLeft | LeaseMissed | PlatformCalled | PageServed | ChartDrawn | FiguresDelivered
)

Note: TypeAlias = Callable[[Signal], None]
"""Takes a signal; it neither waits nor raises."""
Stopwatch: TypeAlias = Callable[[], float]
"""Seconds that never go back."""


def unnoted(signal: Signal) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class Depth:
    """How a queue stands: rows that wait for their time or for a hand, that are due now, that are being worked on, and that were
    set aside; and since when the longest due has been."""

    waiting: int = 0
    due: int = 0
    running: int = 0
    aside: int = 0
    due_since: datetime | None = None
