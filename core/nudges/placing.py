"""A place that somebody named as theirs: kept as their time zone, or asked about where its time is not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.nudges.service import Reminders
from core.people.countries import same_clock, zones_of
from core.people.model import Person
from core.people.said_places import Place
from core.people.service import People
from core.request import Asked, Said


@dataclass(frozen=True, slots=True)
class Placed:
    """What came of a place: the person as they are kept now. `so_already`: their time was known to be that before; `question`:
    which place has their time, "" where it is known.
    """

    person: Person
    so_already: bool = False
    question: str = ""


class Placing:
    """Keeps where people live, and what they are asked about it."""

    def __init__(self, reminders: Reminders, people: People) -> None:
        self._reminders = reminders
        self._people = people

    async def take(self, said: Said, person: Person, place: Place) -> Placed:
        """Keep the place, so that no platform changes it any more; or ask which one is meant."""
        so_already = await self.is_so(said, person, place)
        if not place.zone and not so_already:
            await self._reminders.asked(person, {"place_asked_at": said.at}, said.at)
            return Placed(person, question=_question(place))
        zone = person.timezone if so_already else place.zone
        return Placed(await self._kept(person, zone, said.at), so_already)

    async def is_so(self, said: Said, person: Person, place: Place) -> bool:
        """Whether the time of that place is known to be theirs. A country of several times has theirs too, unless they said that
        it is another.
        """
        if not is_told(said, person):
            return False
        if place.zone:
            return place.zone == person.timezone
        asked = (await self._reminders.of(person, said.at)).place_asked_at is not None
        return not asked and any(same_clock(each, person.timezone) for each in zones_of(place.name))

    async def _kept(self, person: Person, zone: str, at: datetime) -> Person:
        changed = await self._people.live_in(person, zone, at)
        if changed.introduced_at is None:  # it was so already, and now they have said it
            changed = await self._people.introduce(changed, name=changed.name, timezone=zone, at=at)
        await self._reminders.asked(changed, {"place_asked_at": None}, at)
        return changed


def is_told(said: Said | Asked, person: Person) -> bool:
    """Whether their time is known: they told it, or their platform does."""
    return person.introduced_at is not None or said.actor.timezone is not None


def _question(place: Place) -> str:
    if not place.name:
        return "Which country do you live in, or which big city has the same time?"
    if place.several:
        near = " or ".join(each.rpartition("/")[2].replace("_", " ") for each in zones_of(place.name)[:2])
        return f"{place.name} has more than one time. Which big city has the same as you, such as {near}?"
    if place.short:
        return (
            f"{place.name} does not say when your clocks change. Which country do you live in, or which big city has your time?"
        )
    return f"I do not know {place.name}'s time. Which country is it in, or which big city has the same time?"
