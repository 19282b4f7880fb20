"""What somebody wishes to be otherwise in how they are reminded, said plainly: another hour, quiet hours, days without any."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.meanwhile import TALKING, Meanwhile
from core.nudges import views
from core.nudges.commands import Chosen, at_hour, wishes_kept
from core.nudges.foresight import Foresight
from core.nudges.model import NudgePreferences
from core.nudges.said_times import EVERY_DAY, Times, days_of, hours_of, times_said, token_at, tokens
from core.nudges.service import Reminders
from core.nudges.spoken_times import as_read
from core.people.model import Person
from core.request import Said, as_command
from core.ui import Answer

LETTERS_AT_MOST = 120
SHOWN = timedelta(hours=1)
"""For so long what is typed below the card that shows what was chosen may change it."""
HEARD = timedelta(hours=1)
"""Whoever got a letter within that may be answering its writer."""
NOON, EVENING_FROM, MORNING_FROM = 12, 7, 4
"""Quiet hours begin in the evening, from 7 on, and end in the morning, from 4 on, where nobody says which half is meant."""

_PLEASE = (
    r"(?:(?:hi|hello|hey|ok|okay|so|actually|sorry|please|can you|could you|would you|can we|could we|can i|"
    r"i(?:'d like| want) to)[,.! ]+)*"
)
_THANKS = r"(?:[,.! ]+(?:please|thanks|thank you|from now on|then))*"
_HOUR = r"(?:at |around )?\d{1,2}(?:[:.]\d\d)?(?: ?(?:am|pm))?"
_INSTEAD = re.compile(
    rf"{_PLEASE}(?:remind|nudge) me (?P<when>{_HOUR})[, ]+(?:instead of|rather than|and not|not) (?P<was>{_HOUR}){_THANKS}"
)
_TO = re.compile(
    rf"{_PLEASE}(?:change|move|switch|set|shift|put) (?:my |the |your |our )*(?:reminders?|nudges?)(?: times?| hours?)?"
    rf"(?: from (?P<was>{_HOUR}))? to (?P<when>\S.*?){_THANKS}"
)
_QUIET = re.compile(
    rf"quiet(?: hours?)?(?: are| be)? ?(?:from |between )?(?P<from>{_HOUR}) ?(?:-|–|to|till|until|and) ?(?P<until>{_HOUR})"
)
_OFF = re.compile(r"(?P<days>[a-z][a-z ,&-]*?) off")
_ALSO = re.compile(r"(?:[,.;& ]+|\b(?:and|with|please|thanks|thank you|set|make)\b)+")


@dataclass(frozen=True, slots=True)
class Change:
    """Quiet hours, first and last, and days (1 to 7) on which nothing comes."""

    quiet: tuple[int, int] | None
    out: tuple[int, ...]


class TypedChanges:
    """Implements `core.ports.Listener` for words in a direct message that name reminders and another hour for them, whatever came
    since, and for quiet hours and days off right below the card that shows what was chosen.
    """

    def __init__(self, reminders: Reminders, foresight: Foresight, meanwhile: Meanwhile) -> None:
        self._reminders = reminders
        self._foresight = foresight
        self._meanwhile = meanwhile

    async def hear(self, said: Said, person: Person) -> Answer:
        """What the form would have answered, or buttons where the hour is not clear; None where the words are anything else."""
        if not said.direct or not said.addressed or said.files:
            return None
        words = as_read(said.text).strip(" .!?") if len(said.text) <= LETTERS_AT_MOST else ""
        hour, change = hour_wished(words), change_said(words)
        if hour is None and change is None:
            return None
        wishes = await self._reminders.of(person, said.at)
        if wishes.stopped_at is not None or wishes.chosen_at is None:
            return None
        if hour is not None:
            return await self._moved(hour, wishes, said, person)
        assert change is not None, "one of the two was read"
        return await self._changed(change, wishes, said, person)

    async def _moved(self, wish: tuple[Times, Times | None], wishes: NudgePreferences, said: Said, person: Person) -> Answer:
        times, was = wish
        if was is not None and wishes.hour not in was.hours:
            return None  # of another reminder than ours
        if await self._meanwhile.calls_or_answers(said, person, said.at - HEARD):
            return None
        near = tuple(each for each in times.hours if (each < NOON) == (wishes.hour < NOON))
        hours = near if len(near) == 1 and not times.of_day else times.hours or (wishes.hour,)
        named = times.days or wishes.days or EVERY_DAY
        days = tuple(each for each in named if each not in times.out) or named
        if len(hours) == 1:
            chosen = Chosen("".join(map(str, days)), str(hours[0]))
            return await at_hour(as_command(said, "nudges at"), person, chosen, self._reminders, self._foresight)
        await self._reminders.asked(person, {"asked_days": days, "asked_hours": hours, "shown_at": said.at}, said.at)
        return views.which_hour(days, hours, "")

    async def _changed(self, change: Change, wishes: NudgePreferences, said: Said, person: Person) -> Answer:
        since = max(each for each in (wishes.shown_at, wishes.chosen_at) if each is not None)
        days = tuple(each for each in wishes.days or EVERY_DAY if each not in change.out)
        if not days or not since <= said.at <= since + SHOWN or await self._is_for_others(said, person, since):
            return None
        quiet = {"quiet_from": change.quiet[0], "quiet_until": change.quiet[1]} if change.quiet else {}
        chosen = {"days": days, **quiet}
        return await wishes_kept(as_command(said, "nudges keep"), person, chosen, self._reminders, self._foresight)

    async def _is_for_others(self, said: Said, person: Person, since: datetime) -> bool:
        if await self._reminders.came(person, since):
            return True
        return await self._meanwhile.is_for_others(said, person, since, talking=TALKING)


def hour_wished(words: str) -> tuple[Times, Times | None] | None:
    """When the words wish to be reminded, and which hour they say that was; None where they wish for nothing of the kind, or for
    one day of this week.
    """
    found = _INSTEAD.fullmatch(words) or _TO.fullmatch(words)
    times = _times(found["when"]) if found else None
    if found is None or times is None:
        return None
    was = _times(found["was"]) if found["was"] else None
    return None if found["was"] and was is None else (times, was)


def _times(said: str) -> Times | None:
    bare = re.fullmatch(_HOUR, said)
    clock = token_at(said, 0) if bare else None
    if clock is None or not clock["clock"]:
        return times_said(said)
    hours = hours_of(clock, range(24))
    return Times((), hours, of_day=False) if hours else None


def change_said(words: str) -> Change | None:
    """Quiet hours and days off, where the words say nothing else. One day alone, in the singular, may be one of this week."""
    quiet, rest = _QUIET.search(words), _QUIET.sub(" ", words, count=1)
    off = _OFF.search(_ALSO.sub(" ", rest).strip())
    hours = _quiet_hours(quiet) if quiet else None
    left = _ALSO.sub(" ", rest).strip()
    if (quiet and hours is None) or not (quiet or off) or (off[0] if off else "") != left:
        return None
    said = tokens(off["days"]) if off else []
    out = {day for each in said if each["days"] for day in days_of(each)}
    once = len(out) == 1 and not quiet and not any(each["names"] or each["each"] for each in said)
    if off and (not out or once or any(each["part"] or each["clock"] for each in said)):
        return None
    return Change(hours, tuple(sorted(out)))


def _quiet_hours(said: re.Match[str]) -> tuple[int, int] | None:
    first, last = (
        _hour(said["from"], range(EVENING_FROM, NOON), later=NOON),
        _hour(said["until"], range(MORNING_FROM, NOON), later=0),
    )
    return None if first is None or last is None or first == last else (first, last)


def _hour(said: str, bare: range, *, later: int) -> int | None:
    """The full hour that is said; without a half of the day one of those, so many hours later, and None where it is not clear."""
    clock = token_at(said, 0)
    hours = hours_of(clock, range(24)) if clock and clock["clock"] else ()
    if len(hours) == 1:
        return hours[0]
    number = re.match(r"\D*(\d+)$", said)
    return int(number[1]) + later if number and int(number[1]) in bare else None
