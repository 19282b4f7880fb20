"""The contract: what may be chosen, what stands in the way of a choice, and when it is next to be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count
from zoneinfo import ZoneInfo

from core.nudges.known import AWAY_DAYS
from core.nudges.model import NudgePreferences
from core.nudges.times import DAY, hour_of, local_date, moment, next_slot, quiet_ends, quiet_hour, spread

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FIRST = timedelta(minutes=3)
"""How long after somebody was met they are asked for their time: long enough for what they came for."""
SEEN_AGAIN = timedelta(hours=1)
"""How long a sign of life stands for all those that follow it."""
SILENCE = timedelta(days=3)
"""How long the bot keeps quiet where a person coaches."""
WEEKLY = 3
"""How many a week where nobody said otherwise: two that were planned and one besides (`reliability.md`, section 2c)."""


class Preset(StrEnum):
    """Common choices, of one tap each."""

    WEEKDAYS = "weekdays-9"
    THREE = "mon-wed-fri-12"
    EVENINGS = "evenings-18"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a preset stands for."""

    label: str
    days: tuple[int, ...]
    hour: int


PRESETS: Mapping[Preset, Choice] = {
    Preset.WEEKDAYS: Choice("Weekdays at 9", (1, 2, 3, 4, 5), 9),
    Preset.THREE: Choice("Monday, Wednesday, Friday at 12", (1, 3, 5), 12),
    Preset.EVENINGS: Choice("Evenings at 18", (1, 2, 3, 4, 5, 6, 7), 18),
}


def clock(hour: int) -> str:
    """An hour as it is read."""
    return f"{hour:02d}:00"


def days_said(days: Iterable[int]) -> str:
    """Days as one says them."""
    chosen = tuple(sorted(set(days)))
    known = {tuple(range(1, 8)): "every day", tuple(range(1, 6)): "on weekdays", (6, 7): "at weekends"}
    names = [DAYS[each - 1] for each in chosen]
    return known.get(chosen) or f"on {', '.join(names[:-1])} and {names[-1]}".replace("on  and ", "on ")


def problems(wishes: NudgePreferences, kept: NudgePreferences) -> dict[str, str]:
    """What is in the way of these wishes, by field, in words that say what to do. Quiet hours are in the way where they are not
    those of the contract that is `kept`, but were chosen with the hour: else they make room for it (`with_room`).
    """
    found = {}
    if not wishes.days:
        found["days"] = "Choose at least one day. To hear nothing, leave this form and send /nudges stop."
    moved = (wishes.quiet_from, wishes.quiet_until) != (kept.quiet_from, kept.quiet_until)
    if moved and quiet_hour(wishes, wishes.hour):
        found["hour"] = (
            f"{clock(wishes.hour)} lies in your quiet hours, {clock(wishes.quiet_from)} to {clock(wishes.quiet_until)}. "
            f"Choose a time from {clock(wishes.quiet_until)} on, or change the quiet hours."
        )
    return found


def with_room(wishes: NudgePreferences) -> dict[str, int]:
    """The quiet hours, moved so far that the hour of these wishes is none of them: they end with it, or begin after it, whichever
    leaves more of them. None where it is not quiet: whoever says an hour wants to be written to then.
    """
    if not quiet_hour(wishes, wishes.hour):
        return {}
    before, after = (wishes.hour - wishes.quiet_from) % 24, (wishes.quiet_until - wishes.hour - 1) % 24
    return {"quiet_until": wishes.hour} if before >= after else {"quiet_from": (wishes.hour + 1) % 24}


def pause_ends(zone: ZoneInfo, until: date, at: datetime) -> datetime | None:
    """The time at which a pause until that day ends, its first moment; None where that is not to come."""
    end = moment(zone, until, 0)
    return end if end > at else None


def next_check(wishes: NudgePreferences, zone: ZoneInfo, at: datetime, asked: Iterable[datetime] = ()) -> datetime | None:
    """When it is next decided whether something is due: their next slot, what they put off, or what they asked for (`asked`).

    None where they stopped. Until they have chosen, the time at which they are asked stays as it is.
    """
    if wishes.stopped_at is not None:
        return None
    wanted = [max(each, at) for each in asked]  # what they put into their quiet hours themselves breaks them
    if wishes.snoozed_until is not None:
        wanted.append(quiet_ends(wishes, zone, max(wishes.snoozed_until, at)))
    if wishes.chosen_at is not None:
        quiet = max(each for each in (at, wishes.paused_until, wishes.silent_until) if each is not None)
        wanted.append(next_slot(wishes, zone, quiet, wishes.person_id))
    elif wishes.next_check_at is not None:
        wanted.append(max(wishes.next_check_at, *(each for each in (wishes.paused_until, wishes.silent_until, at) if each)))
    return min(wanted, default=None)


def first_check(wishes: NudgePreferences, zone: ZoneInfo, at: datetime) -> datetime:
    """When somebody who was just met is asked for their time."""
    return quiet_ends(wishes, zone, at + FIRST)


def sign_of_life(wishes: NudgePreferences, zone: ZoneInfo, at: datetime) -> dict[str, object]:
    """What the contract keeps of a sign of life, by its fields: when it was, and where it is the first in a week, since when
    there was none. Nothing where one of the same hour is kept, and they were not set aside since.
    """
    before, aside = wishes.seen_at, wishes.set_aside_at
    if before is not None and at - before < SEEN_AGAIN and (aside is None or before > aside):
        return {}
    back = before is not None and (local_date(zone, at) - local_date(zone, before)).days >= AWAY_DAYS
    return {"seen_at": at, **({"away_since": before} if back else {})}


def asked_about(wishes: NudgePreferences, zone: ZoneInfo, day: date, at: datetime) -> datetime:
    """When they are first looked at for a promise of that day: at their hour and minute, whichever days they chose; on the next
    one whose hour is still to come, where that of its own day is over.
    """
    days = (day + ahead * DAY for ahead in count())
    slots = (quiet_ends(wishes, zone, moment(zone, each, hour_of(wishes))) + spread(wishes.person_id) for each in days)
    return next(each for each in slots if each > at)


def today(zone: ZoneInfo, at: datetime) -> date:
    """The day that it is there."""
    return local_date(zone, at)
