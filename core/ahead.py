"""Documents of collections that are kept ready for features to come: their names, shapes and indexes stand from the start.

A feature that comes to use one of these takes its model along into its own folder.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from core.record import Kept


class Commitment(Kept):
    """What someone said they would do, and by when. `local_date` is that day as they know it, `due_at` its end in UTC."""

    person_id: str
    user_id: str
    organization_id: str
    what: str
    module_id: str | None = None
    local_date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    due_at: datetime
    state: Literal["Open", "Done", "Given Up"] = "Open"
    created_at: datetime
    changed_at: datetime | None = None


class NudgePreferences(Kept):
    """When and how someone wants to be reminded. Hours are local, 0 to 23; `days` are 1 (Monday) to 7.

    `next_check_at` is when it is next decided whether a reminder is due. `replaced_by`: another person of the same account is
    reminded instead.
    """

    person_id: str
    organization_id: str
    days: tuple[int, ...] = ()
    hour: int = Field(default=9, ge=0, le=23)
    quiet_from: int = Field(default=21, ge=0, le=23)
    quiet_until: int = Field(default=8, ge=0, le=23)
    at_most_weekly: int = Field(default=3, ge=0, le=7)
    tone: str | None = None
    paused_until: datetime | None = None
    stopped_at: datetime | None = None
    next_check_at: datetime | None = None
    replaced_by: str | None = None
    changed_at: datetime


class Nudge(Kept):
    """A reminder that went out, or was held back: one of a kind for each person and local date."""

    person_id: str
    organization_id: str
    kind: str
    local_date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    template: str
    reason: str
    held_back: bool = False
    created_at: datetime
    outcome: Literal["Opened", "Acted", "Ignored", "Stopped"] | None = None
    outcome_at: datetime | None = None


class Activity(Kept):
    """A sign of life: what someone did, without what they wrote. `about` names what it was done to, by its id."""

    person_id: str
    user_id: str
    organization_id: str
    at: datetime
    kind: str
    about: str | None = None
