"""Where somebody lives, typed in words where their time zone is in doubt: taken as the form of /me takes it."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.meanwhile import TALKING, Meanwhile
from core.nudges.model import Kind, NudgePreferences
from core.nudges.picking import is_another_try
from core.nudges.service import Reminders
from core.people.commands import time_taken
from core.people.countries import zones_of
from core.people.model import Person
from core.people.said_places import Place, place_said
from core.people.service import People
from core.request import Said
from core.ui import Answer, Button, Buttons, Call, Card, Message, Text, Tone

ASKED = timedelta(days=1)
"""For so long after the welcome, or after a choice that said by which clock it is read, “I live in Dakar” answers that."""
BELOW = timedelta(hours=1)
"""For so long a place alone does."""
HEARD = timedelta(hours=1)
"""Whoever got a letter within that may be telling its writer where they live."""
CHANGE = Button("Change", Call("me edit", form=True))


class TypedPlaces:
    """Implements `core.ports.Listener` for words in a direct message that name a place as theirs: where they say that it is about
    their time, and where nobody has told us their time zone yet and it matters.
    """

    def __init__(self, reminders: Reminders, people: People, meanwhile: Meanwhile) -> None:
        self._reminders = reminders
        self._people = people
        self._meanwhile = meanwhile

    async def hear(self, said: Said, person: Person) -> Answer:
        """That the place is taken, or which one is wanted where its time is not known; None where the words are for others."""
        if not said.direct or not said.addressed or said.files:
            return None
        place = place_said(said.text)
        if place is None or await self._is_for_others(said, person, place):
            return None
        if not place.zone:
            await self._reminders.asked(person, {"place_asked_at": said.at}, said.at)
            return _asking(place)
        changed = await self._people.live_in(person, place.zone, said.at)
        if changed.introduced_at is None:  # it was so already, and now they have said it
            changed = await self._people.introduce(changed, name=changed.name, timezone=place.zone, at=said.at)
        await self._reminders.asked(changed, {"place_asked_at": None}, said.at)
        return Message(cards=(Card(body=(time_taken(changed, said.at), Buttons((CHANGE,))), tone=Tone.GOOD),), private=True)

    async def _is_for_others(self, said: Said, person: Person, place: Place) -> bool:
        since = None if place.sure else await self._asked_at(said, person, place)
        if not place.sure and since is None:
            return True
        if since is None:  # it is about their time, which no agent can set
            return await self._meanwhile.calls_or_answers(said, person, said.at - HEARD)
        return await self._meanwhile.is_for_others(said, person, since, talking=TALKING, ours=is_another_try)

    async def _asked_at(self, said: Said, person: Person, place: Place) -> datetime | None:
        """When it was last in doubt what their clock says, as far as such words are an answer to that."""
        wishes = await self._reminders.of(person, said.at)
        asked = wishes.place_asked_at
        if asked is not None and said.at - ASKED <= asked <= said.at:
            return asked
        if person.introduced_at is not None or said.actor.timezone is not None:
            return None
        since = said.at - (BELOW if place.plain else ASKED)
        doubted = await self._doubted(wishes, person, since, place)
        return max((each for each in doubted if since <= each <= said.at), default=None)

    async def _doubted(self, wishes: NudgePreferences, person: Person, since: datetime, place: Place) -> list[datetime]:
        """When they were told by which clock their choice is read, and when they were welcomed, which names no place."""
        chosen = [wishes.chosen_at] if wishes.chosen_at else []
        if place.plain:
            return chosen
        return [*chosen, *(each.created_at for each in await self._reminders.came(person, since) if each.kind is Kind.WELCOME)]


def _asking(place: Place) -> Message:
    """Their time is not known from what they said: which place has it, and the form."""
    if not place.name:
        words = "Which country do you live in, or which big city has the same time?"
    elif place.several:
        near = " or ".join(each.rpartition("/")[2].replace("_", " ") for each in zones_of(place.name)[:2])
        words = f"{place.name} has more than one time. Which big city has the same as you, such as {near}?"
    elif place.short:
        words = (
            f"{place.name} does not say when your clocks change. Which country do you live in, or which big city has your time?"
        )
    else:
        words = f"I do not know {place.name}'s time. Which country is it in, or which big city has the same time?"
    return Message(cards=(Card(body=(Text(f"{words} Type it here, or press Change."), Buttons((CHANGE,)))),), private=True)
