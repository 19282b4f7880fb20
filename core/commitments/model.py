"""A commitment: what someone said that they would do, and by when; and a reminder that someone asked for."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import Field

from core.record import Kept


class CommitmentState(StrEnum):
    """What became of it."""

    OPEN = "Open"
    DONE = "Done"
    GIVEN_UP = "Given Up"


class CommitmentKind(StrEnum):
    """A promise is asked about on its day; a reminder is told at its time, and is then over."""

    PROMISE = "Promise"
    REMINDER = "Reminder"


class Commitment(Kept):
    """What someone said they would do, or want to be told of, in their own words.

    `local_date` is that day as they know it, `due_at` its end in UTC; of a reminder, the very time. `module_id`: the module it is
    about, if it is one. `day_asked_at`: when its new day was asked for last, whether or not it has one since (`changed_at`).
    """

    person_id: str
    user_id: str
    organization_id: str
    kind: CommitmentKind = CommitmentKind.PROMISE
    what: str
    module_id: str | None = None
    local_date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    due_at: datetime
    state: CommitmentState = CommitmentState.OPEN
    created_at: datetime
    changed_at: datetime | None = None
    day_asked_at: datetime | None = None

    @property
    def open(self) -> bool:
        """It is neither done nor given up."""
        return self.state is CommitmentState.OPEN

    @property
    def promised(self) -> bool:
        """They said that they would do it, and are asked about it."""
        return self.kind is CommitmentKind.PROMISE

    @property
    def day(self) -> date:
        """That day as they know it."""
        return date.fromisoformat(self.local_date)
