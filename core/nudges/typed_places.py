"""Where somebody lives, typed in words where their time zone is in doubt: taken as the form of /me takes it."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.meanwhile import TALKING, Meanwhile
from core.nudges.model import Kind
from core.nudges.picking import is_another_try
from core.nudges.placing import Placing, is_told
from core.nudges.service import Reminders
from core.people.commands import time_taken
from core.people.model import Person
from core.people.said_places import Place, place_said
from core.request import Said
from core.ui import Answer, Button, Buttons, Call, Card, Message, Text, Tone

ASKED = timedelta(days=1)
"""For so long after the welcome, or after a choice that said by which clock it is read, “I live in Dakar” answers that."""
BELOW = timedelta(hours=1)
"""For so long a place alone does, and any place where we named the time zone that we know."""
HEARD = timedelta(hours=1)
"""Whoever got a letter within that may be telling its writer where they live."""
CHANGE = Button("Change", Call("me edit", form=True))


class TypedPlaces:
    """Implements `core.ports.Listener` for words in a direct message that name a place as theirs: where they say that it is about
    their time, where nobody has told us their time zone yet and it matters, and where we have just named one.
    """

    def __init__(self, reminders: Reminders, meanwhile: Meanwhile, placing: Placing) -> None:
        self._reminders = reminders
        self._meanwhile = meanwhile
        self._placing = placing

    async def hear(self, said: Said, person: Person) -> Answer:
        """That the place is taken, or which one is wanted where its time is not known; None where the words are for others."""
        if not said.direct or not said.addressed or said.files:
            return None
        place = place_said(said.text)
        if place is None or await self._is_for_others(said, person, place):
            return None
        placed = await self._placing.take(said, person, place)
        if placed.question:
            asked = Text(f"{placed.question} Type it here, or press Change.")
            return Message(cards=(Card(body=(asked, Buttons((CHANGE,)))),), private=True)
        taken = (_so_already if placed.so_already else time_taken)(placed.person, said.at)
        return Message(cards=(Card(body=(taken, Buttons((CHANGE,))), tone=Tone.GOOD),), private=True)

    async def _is_for_others(self, said: Said, person: Person, place: Place) -> bool:
        since = None if place.sure else await self._asked_at(said, person, place)
        if not place.sure and since is None:
            return True
        if since is None:  # it is about their time, which no agent can set
            return await self._meanwhile.calls_or_answers(said, person, said.at - HEARD)
        if await self._meanwhile.is_for_others(said, person, since, talking=TALKING, ours=is_another_try):
            return True
        return is_told(said, person) and await self._is_in_talk(said, person, since)

    async def _is_in_talk(self, said: Said, person: Person, since: datetime) -> bool:
        """Whether a talk went on when we named their time, or began since: where that is known, a place may be for an agent."""
        if self._meanwhile.practice:
            return False
        return await self._meanwhile.talked(said, person, since - TALKING, is_another_try)

    async def _asked_at(self, said: Said, person: Person, place: Place) -> datetime | None:
        """When it was last in doubt what their clock says, or named, as far as such words are an answer to that."""
        wishes = await self._reminders.of(person, said.at)
        asked = wishes.place_asked_at
        if asked is not None and said.at - ASKED <= asked <= said.at:
            return asked
        came = await self._reminders.came(person, said.at - ASKED)
        welcomed = [each.created_at for each in came if each.kind is Kind.WELCOME and not place.plain]
        if not is_told(said, person):
            named, last = [wishes.chosen_at], said.at - (BELOW if place.plain else ASKED)
        elif place.zone or place.several:
            again = place.plain or await self._placing.is_so(said, person, place)
            named = [wishes.chosen_at, wishes.shown_at, None if again else person.introduced_at]
            last = said.at - BELOW
        else:  # what may be no place at all is no reason to doubt what is known
            return None
        since = max((*welcomed, *(each for each in named if each and last <= each <= said.at)), default=None)
        later = since is not None and is_told(said, person) and any(each.created_at > since for each in came)
        return None if later else since


def _so_already(person: Person, at: datetime) -> Text:
    return Text(f"That is your time already: I take it as {person.timezone}, where it is {at.astimezone(person.zone):%H:%M}.")
