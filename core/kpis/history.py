"""What is kept of every change of a snapshot: who, when, how, and what stood there before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from pydantic import Field

from core.kpis.figures import Stored
from core.kpis.periods import Period, read_back
from core.record import Kept


class Source(StrEnum):
    """How a change came about."""

    LOGGED = "logged"
    IMPORTED = "imported"
    SENT = "sent"
    """By another program, to the student's webhook."""
    CORRECTED = "corrected"
    MOVED = "moved"
    """To another period: it was logged for the wrong one."""
    DELETED = "deleted"
    PUT_BACK = "put back"
    LINKED = "linked"


class SnapshotChange(Kept):
    """One change of one snapshot; a document of `snapshotHistory`.

    `before` and `after` hold the figures that changed, each on the side on which it stood; notes and currency likewise, and only
    where they changed; `period_before` and `date_before` where the period did. Of a deletion, all that stood there is in it, with
    the `meanings`, so that it can be put back. `person_id` is missing where accounts were linked: nobody typed anything then.
    """

    user_id: str
    organization_id: str
    person_id: str | None = None
    snapshot_id: str
    snapshot_date: datetime
    time_period: str
    at: datetime
    source: Source
    before: Mapping[str, Stored] = Field(default_factory=dict)
    after: Mapping[str, Stored] = Field(default_factory=dict)
    notes_before: str | None = None
    notes_after: str | None = None
    currency_before: str | None = None
    currency_after: str | None = None
    period_before: str | None = None
    date_before: datetime | None = None
    meanings: Mapping[str, str] = Field(default_factory=dict)

    @property
    def period(self) -> Period | None:
        """The period, or None where it is of a kind that we do not offer."""
        return read_back(self.time_period, self.snapshot_date)

    @property
    def former(self) -> Period | None:
        """The period that it was moved from, or None."""
        return read_back(self.period_before, self.date_before) if self.period_before and self.date_before else None
