"""An exchange between a student and their coaches."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from core.chat.loose import asks_for_nothing
from core.record import Kept

WORDS_AT_MOST = 2_000
"""Of what one of them writes at a time: it fits into one message on every surface."""
NO_WORDS = "I would like to talk to a person."
"""What stands there where somebody asked and wrote nothing."""
AGAIN = timedelta(hours=24)
"""Unanswered for so long, it is shown to the coaches again."""
LINES_AT_MOST = 200
"""That are kept of one exchange; whoever writes more meets in person."""


class State(StrEnum):
    """Where an exchange stands."""

    OPEN = "Open"
    TAKEN = "Taken"
    CLOSED = "Closed"


class Line(BaseModel):
    """What one of them wrote. `coach` says that it was one who coaches; `said`: the platform's id of the message in which
    they typed it, "" where it came by a form.
    """

    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=to_camel, validate_by_name=True, validate_by_alias=True
    )

    by_person_id: str
    name: str
    coach: bool = False
    words: str
    at: datetime
    said: str = ""


class Exchange(Kept):
    """A student and their coaches. `person_id` is the student's.

    `summary`: what was said between the student and the agents, where they agreed that coaches see it. `taken_by`: who looks
    after it, by name in `taken_name`. `shown_at`: when the coaches were last told that it waits; from `next_show_at` on they are
    told again, while nobody has answered, and `shown` counts how often they were since the student last wrote. `closed_by` is who
    settled it. `version` counts the changes.
    """

    person_id: str
    organization_id: str
    name: str
    state: State = State.OPEN
    summary: str = ""
    lines: tuple[Line, ...] = ()
    taken_by: str | None = None
    taken_name: str = ""
    version: int = 1
    created_at: datetime
    changed_at: datetime
    shown_at: datetime
    shown: int = 0
    next_show_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None

    @property
    def last(self) -> Line:
        """What was said last. A student's thanks, or ok, ask for nothing, so it is what was said before that."""
        said = (each for each in reversed(self.lines) if each.coach or not asks_for_nothing(each.words, spare=1))
        return next(said, self.lines[0])

    @property
    def waits(self) -> bool:
        """The student said something last, and it is not closed."""
        return self.state is not State.CLOSED and not self.last.coach
