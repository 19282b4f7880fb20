"""How someone wants to be reminded, and the reminders themselves."""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Literal, NamedTuple

from pydantic import Field

from core.record import Kept
from core.request import Platform


class Kind(StrEnum):
    """What a reminder is about: each is a rule of `core.nudges.rules`, where their order and meaning stand."""

    WELCOME = "welcome"
    REMINDER = "reminder"
    COMMITMENT = "commitment"
    WIN = "win"
    KPI_DUE = "kpi-due"
    RECOMMIT = "recommit"
    NEARLY_DONE = "nearly-done"
    FOUNDATION = "foundation"
    STALLED = "stalled"
    NOT_STARTED = "not-started"
    NOT_MEASURED = "not-measured"
    DRAFTS = "drafts"
    REVIEW = "review"


class Tone(StrEnum):
    """How a reminder sounds."""

    WARM = "Warm"
    BRIEF = "Brief"


class Outcome(StrEnum):
    """What came of a reminder in its time (`core.nudges.outcomes.time_is_up_at`)."""

    OPENED = "Opened"
    ACTED = "Acted"
    IGNORED = "Ignored"
    STOPPED = "Stopped"
    UNDELIVERED = "Undelivered"


class NudgePreferences(Kept):
    """The contract: when and how someone wants to be reminded. Hours are local, 0 to 23; `days` are 1 (Monday) to 7.

    `chosen_at`: when they made it; until then nobody reminds them, but for asking once. `channel` is the platform to write on,
    where they have several. `next_check_at` is when it is next decided whether a reminder is due; None where never.
    `snoozed_id` and `snoozed_until`: this reminder again, then. `silent_until`: a person coaches them, so the bot says nothing
    until then. `set_aside_at`: they ignored three in a row, and are on the coach's list until they show a sign of life;
    `back_at`: when they did, so that what was ignored before counts no more.
    `seen_at`: when they last turned to us, to the hour. `away_since`: they came back, after a week or more, and were here before
    that at this time; None again once they were told.
    `shown_at`: when they last asked to see it, which is where a time can be chosen too.
    `asked_days`, `asked_hours`: at `shown_at` they were asked which of these hours they mean on these days; none once they chose.
    `place_asked_at`: when they were last asked for a place whose time is theirs; None again once it is known.
    `offered`: the command, with its words, of a button that they saw last, at `offered_at`, and may say yes to in words; none
    once they turned to anything else.
    `replaced_by`: another person of the same account is reminded instead.
    """

    person_id: str
    user_id: str = ""
    organization_id: str
    chosen_at: datetime | None = None
    days: tuple[int, ...] = ()
    hour: int = Field(default=9, ge=0, le=23)
    quiet_from: int = Field(default=21, ge=0, le=23)
    quiet_until: int = Field(default=8, ge=0, le=23)
    at_most_weekly: int = Field(default=3, ge=0, le=7)
    tone: Tone = Tone.WARM
    channel: Platform | None = None
    paused_until: datetime | None = None
    stopped_at: datetime | None = None
    stopped_kinds: tuple[Kind, ...] = ()
    snoozed_id: str | None = None
    snoozed_until: datetime | None = None
    silent_until: datetime | None = None
    set_aside_at: datetime | None = None
    back_at: datetime | None = None
    seen_at: datetime | None = None
    away_since: datetime | None = None
    shown_at: datetime | None = None
    asked_days: tuple[int, ...] = ()
    asked_hours: tuple[int, ...] = ()
    place_asked_at: datetime | None = None
    offered: str | None = None
    offered_at: datetime | None = None
    next_check_at: datetime | None = None
    replaced_by: str | None = None
    changed_at: datetime


class Nudge(Kept):
    """A reminder that went out, or was held back; the id is made of person and local date (`nudge_id`), so that a day has one.

    `occasion`: "due" by a rule, or "asked" by the student for this very time (a snooze, a reminder of their own), so that it
    counts neither for the day nor for the week. `about`: what it is about, by the id of a module, a commitment, an asset.
    `lettered_at`: it was put into the outbox. `opened_at`: its step was pressed or it was answered in words, however late, or
    they turned to us soon after. `held_back`: it was decided and, for comparison, not sent.
    """

    person_id: str
    user_id: str = ""
    organization_id: str
    kind: Kind
    about: str | None = None
    local_date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    template: str
    reason: str
    occasion: Literal["due", "asked"] = "due"
    held_back: bool = False
    created_at: datetime
    lettered_at: datetime | None = None
    opened_at: datetime | None = None
    outcome: Outcome | None = None
    outcome_at: datetime | None = None

    @property
    def ignored(self) -> bool:
        """Nothing came of it in its time, and it was not answered later either."""
        return self.outcome is Outcome.IGNORED and self.opened_at is None


class CameOf(NamedTuple):
    """What came of a reminder, and what it was: all that is counted of it. `opened`: it has an `opened_at`."""

    kind: Kind
    template: str
    held_back: bool
    opened: bool
    outcome: Outcome | None

    @property
    def ignored(self) -> bool:
        """As `Nudge.ignored`."""
        return self.outcome is Outcome.IGNORED and not self.opened


def nudge_id(person_id: str, local_date: str, asked: str = "") -> str:
    """The id of the one reminder of this person and local date; `asked` names the one that they wanted besides."""
    whole = f"{person_id}:{local_date}:{asked}"
    return f"ndg_{hashlib.sha256(whole.encode()).hexdigest()[:26]}"


Reminded = Literal["sent", "held back", "nothing due", "later", "not allowed", "unreachable"]
"""What came of looking at one person."""
