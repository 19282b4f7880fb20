"""An announcement, a coach's own words for everybody in a cohort; and a win, a student's."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from core.record import Kept
from core.request import Address

WORDS_AT_MOST = 2_000
"""It fits into one message on every surface."""


WIN_AT_MOST = 500
"""Of a win: a few sentences."""


class To(StrEnum):
    """Where an announcement is read."""

    CHANNEL = "channel"
    DIRECT = "direct"


class State(StrEnum):
    """Where an announcement stands. A draft goes nowhere; a planned one goes out, or is going out; one that is sent is over."""

    DRAFT = "Draft"
    PLANNED = "Planned"
    SENT = "Sent"
    CANCELLED = "Cancelled"


class Tally(BaseModel):
    """How far it has come, in people (a channel counts as one).

    `waiting`: their hour has not come, it is quiet there, or an older one is on its way to them; `leaving`: their message stands
    in the outbox; `delivered`: the platform has taken it; `missed`: it could not be delivered before it was of no use any more,
    or nobody can be reached there.
    """

    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=to_camel, validate_by_name=True, validate_by_alias=True
    )

    waiting: int = 0
    leaving: int = 0
    delivered: int = 0
    missed: int = 0

    @property
    def settled(self) -> bool:
        """Nothing is to be waited for."""
        return not self.waiting and not self.leaving

    @property
    def gone(self) -> int:
        """How many have it, or will have it in a moment."""
        return self.leaving + self.delivered


class Announcement(Kept):
    """A coach's words for a cohort. `person_id` is the coach's, and `by_name` what they were called.

    `place`: the channel, for one that is read there. `on` and `hour`: the day and the local hour, each reader's own by direct
    message and the coach's in the channel (`zone`); None for at once. `began_at`: when the coach said that it should go.
    `next_at`: when it is next looked at, also to count those who were getting it as it was called back. `reached`: the person up
    to whom the round that is under way has come, and `counting` what it has counted, with `soonest_at`, the first hour of those
    who wait; `tally` is what the last whole round counted. `version` counts the changes.
    """

    person_id: str
    organization_id: str
    cohort_id: str
    by_name: str
    words: str
    to: To
    place: Address | None = None
    on: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    hour: int | None = Field(default=None, ge=0, le=23)
    zone: str = "UTC"
    state: State = State.DRAFT
    began_at: datetime | None = None
    next_at: datetime | None = None
    reached: str = ""
    counting: Tally = Tally()
    soonest_at: datetime | None = None
    tally: Tally = Tally()
    version: int = 1
    created_at: datetime
    changed_at: datetime

    @property
    def day(self) -> date | None:
        """The day on which it is read; None for at once."""
        return date.fromisoformat(self.on) if self.on else None

    @property
    def going(self) -> bool:
        """It is planned, and some may have it already."""
        return self.state is State.PLANNED and bool(self.tally.gone or self.tally.missed or self.counting.gone)


class Win(Kept):
    """Something that a student finished, and was asked once whether to tell the others of.

    `about`: the id of the module or the asset. `words` is the sentence that was proposed; what is told stays nowhere but in the
    channel. `told_at`: when they told it.
    """

    person_id: str
    organization_id: str
    about: str
    words: str
    asked_at: datetime
    told_at: datetime | None = None
