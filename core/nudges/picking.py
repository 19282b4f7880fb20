"""When somebody works on the course, typed in words below the question for it: kept as its buttons keep it."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.meanwhile import TALKING, Meanwhile
from core.nudges import views
from core.nudges.commands import Chosen, at_hour, hour_kept
from core.nudges.foresight import Foresight
from core.nudges.likely_times import hours_chosen, likely_times, speaks_of_times
from core.nudges.model import Kind, NudgePreferences
from core.nudges.placing import Placed, Placing, is_told
from core.nudges.said_both import time_and_place
from core.nudges.said_times import EVERY_DAY, Times, times_said
from core.nudges.service import Reminders
from core.nudges.wished_times import wish_said
from core.people.model import Person
from core.people.said_places import Place, place_said
from core.request import Said, as_command
from core.ui import Answer

ASKED = timedelta(days=7)
"""For so long plain words are the answer of who has chosen no time yet: after a week the letter is far up."""
SHOWN = timedelta(hours=1)
"""For so long they change what was chosen, right below the card that shows it."""
FRESH = timedelta(days=1)
"""For so long a question stands above what is typed, words that are not clear are asked about, and an hour alone is enough."""
NOON = 12
HEARD = timedelta(hours=1)
"""Whoever got a letter within that may be telling its writer when they have time."""
SHORT = 60
"""Letters at most of what only answers which hour is meant."""


class TypedTimes:
    """Implements `core.ports.Listener` for words in a direct message that say nothing but when somebody works, and perhaps where,
    while they are asked for that, and stands behind whatever asks them something else.
    """

    def __init__(self, reminders: Reminders, foresight: Foresight, meanwhile: Meanwhile, placing: Placing) -> None:
        self._reminders = reminders
        self._foresight = foresight
        self._meanwhile = meanwhile
        self._placing = placing

    async def hear(self, said: Said, person: Person) -> Answer:
        """What the button for this time would have answered, or buttons where it is not clear; None where the words are for
        somebody else.
        """
        if not said.direct or not said.addressed or said.files:
            return None
        wish = wish_said(said.text)
        text, place = time_and_place(wish or said.text) or (wish or said.text, None)
        plain = times_said(text)
        likely = None if plain else likely_times(text)
        if plain is None and likely is None and len(text) > SHORT:
            return None
        wishes = await self._reminders.of(person, said.at)
        since = await self._asked_at(wishes, person, said.at)
        if since is None:
            unasked = plain is not None and bool(plain.hours) and wishes.chosen_at is None and self._meanwhile.practice
            return await self._wished(said, person, plain or likely, wishes, place) if wish or unasked else None
        fresh = said.at - since <= FRESH
        open_hours = wishes.asked_hours if fresh and since == wishes.shown_at else ()
        chosen = hours_chosen(text, open_hours) if open_hours else ()
        times = Times((), chosen, of_day=False) if chosen else plain or (likely if fresh else None)
        if times is None or (times.corrects and wishes.chosen_at is None):
            return None
        if await self._meanwhile.is_for_others(said, person, since, talking=TALKING, ours=is_another_try):
            exact = plain is not None and plain.of_day and len(plain.hours) == 1 and wishes.chosen_at is None
            return await self._wished(said, person, times, wishes, place, since) if wish or exact else None
        asked_days = wishes.asked_days if open_hours else ()
        named = times.days or asked_days or (EVERY_DAY if times.of_day else wishes.days) or EVERY_DAY
        days = tuple(each for each in named if each not in times.out) or named
        hours = _of_half(times, wishes) or open_hours or (wishes.hour,)
        return await self._taken(said, person, days, hours, place, sure=times is not likely)

    async def _wished(
        self,
        said: Said,
        person: Person,
        times: Times | None,
        wishes: NudgePreferences,
        place: Place | None,
        since: datetime | None = None,
    ) -> Answer:
        """It is offered, and nothing is kept but the place: they were asked for it and talked with an agent `since`, or wish for
        it unasked. None where it may be an answer to a person, or an agent is called, and where they stopped reminders.
        """
        if times is None or wishes.stopped_at is not None:
            return None
        if await self._meanwhile.calls_or_answers(said, person, since or said.at - HEARD):
            return None
        days = tuple(each for each in times.days or EVERY_DAY if each not in times.out)
        hours = times.hours or (wishes.hour,)
        await self._reminders.asked(person, {"asked_days": days, "asked_hours": hours, "shown_at": said.at}, said.at)
        told = (await self._placed(said, person, place, "type it here"))[1] if place else ""
        return views.shall_i(days, hours, told)

    async def _taken(
        self, said: Said, person: Person, days: tuple[int, ...], hours: tuple[int, ...], place: Place | None, *, sure: bool
    ) -> Answer:
        """It is kept, or asked about where several hours may be meant or it is not `sure`, and so is the place with it."""
        kept = sure and len(hours) == 1
        where = "type it here, or press Change" if kept else "type it here"
        person, told = await self._placed(said, person, place, where) if place else (person, "")
        if kept:
            asked = as_command(said, "nudges at")
            chosen = Chosen("".join(map(str, days)), str(hours[0]))
            if told:
                return await hour_kept(asked, person, chosen, self._reminders, self._foresight, told)
            return await at_hour(asked, person, chosen, self._reminders, self._foresight)
        await self._reminders.asked(person, {"asked_days": days, "asked_hours": hours, "shown_at": said.at}, said.at)
        return views.which_hour(days, hours, told) if sure else views.likely(days, hours, told)

    async def _placed(self, said: Said, person: Person, place: Place, where: str) -> tuple[Person, str]:
        """The person, who lives there from now on, and what they are told of it; or which place is asked for."""
        known = is_told(said, person) and not (place.zone or place.several or place.short)  # it may be no place at all
        placed = Placed(person) if known else await self._placing.take(said, person, place)
        now, here = placed.person, said.at.astimezone(placed.person.zone)
        if placed.question:
            return now, f"{placed.question} Please {where}. Until then I take your time as {now.timezone}."
        return now, f"I take your time as {now.timezone}, where it is {here:%H:%M}. If anything is wrong, {where}."

    async def _asked_at(self, wishes: NudgePreferences, person: Person, at: datetime) -> datetime | None:
        """When they were last asked when they work, or shown what they chose; None where that is long ago, where they want no
        reminders, and where one came since that asked something else.
        """
        since = at - (ASKED if wishes.chosen_at is None else SHOWN)
        came = await self._reminders.came(person, since)
        asked = [each.created_at for each in came if each.kind is Kind.WELCOME and wishes.chosen_at is None]
        last = max((each for each in (*asked, wishes.shown_at, wishes.chosen_at) if each is not None), default=None)
        if last is None or wishes.stopped_at is not None or not since <= last <= at:
            return None
        return None if any(each.created_at > last for each in came) else last


def _of_half(times: Times, wishes: NudgePreferences) -> tuple[int, ...]:
    """The hours that may be meant: “9 instead of 7” of whom the evening suits is 21:00."""
    near = tuple(each for each in times.hours if (each < NOON) == (wishes.hour < NOON))
    return near if times.corrects and len(near) == 1 else times.hours


def is_another_try(words: str) -> bool:
    """Whether they were likely meant for us as well: what an agent answered to such words is no talk."""
    return bool(times_said(words) or likely_times(words) or speaks_of_times(words) or place_said(words))
