"""What was decided for somebody at a moment, with the reason for every rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.nudges.model import Nudge
from core.ui import Message


@dataclass(frozen=True, slots=True)
class Why:
    """Of a rule, whether it fired, and why or why not."""

    kind: str
    fired: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What goes out, if anything.

    `until` is when the person's hours of that day end. `next_check_at`: when they are looked at again; None for never.
    `changes` are fields of the contract that are to be set.
    """

    nudge: Nudge | None = None
    message: Message | None = None
    until: datetime | None = None
    next_check_at: datetime | None = None
    why: tuple[Why, ...] = ()
    changes: Mapping[str, object] = field(default_factory=dict)
