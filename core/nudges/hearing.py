"""What is understood of free words without a model: a word that stops reminders, and a coach who writes to a student."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from core.nudges import views
from core.nudges.contract import pause_ends
from core.nudges.pauses import pause_said
from core.nudges.ports import Conversing
from core.nudges.service import Reminders
from core.nudges.times import local_date
from core.people.model import Person
from core.people.service import People
from core.request import Actor, Said
from core.roles import COACHING
from core.shorthand import spelled_out
from core.ui import Answer

STOPS = frozenset(
    {
        "stop",
        "stop reminders",
        "stop the reminders",
        "stop reminding me",
        "stop messaging me",
        "stop it",
        "no more reminders",
        "unsubscribe",
        "cancel reminders",
        "end reminders",
        "opt out",
    }
)
STARTS = frozenset({"start", "start again", "start reminders", "start the reminders", "start reminding me", "remind me again"})
PAUSES = frozenset({"pause", "pause reminders", "pause the reminders"})
PAUSE_DAYS = 7
"""How long a pause is that was asked for in one word; the answer says so, and can be changed."""
LETTERS_AT_MOST = 40
"""Of one of these words, with the signs around it."""
_ACCOUNT = re.compile(r"@(\w+)")
_EDGES = re.compile(r"^[\s\W_]+|[\s\W_]+$")
_POLITE = re.compile(r"^pl(?:ease|s|z)\W+|\W+(?:pl(?:ease|s|z)|thanks|thank you|ta|cheers)$")


class StopWords:
    """Implements `core.ports.Listener` for words in a direct message that mean reminders, and nothing else."""

    def __init__(self, reminders: Reminders) -> None:
        self._reminders = reminders

    async def hear(self, said: Said, person: Person) -> Answer:
        """Stop, pause or go on at once; None where the words are for somebody else."""
        if not said.direct or not said.addressed or said.files:
            return None
        until = pause_said(said.text, local_date(person.zone, said.at))
        if until is not None and (ends := pause_ends(person.zone, until, said.at)) is not None:
            return await self._paused(person, ends, said.at)
        if len(said.text) > LETTERS_AT_MOST:
            return None
        words = _POLITE.sub("", " ".join(_EDGES.sub("", spelled_out(said.text)).casefold().split()))
        if words in STOPS:
            await self._reminders.stop(person, said.at)
            return views.stopped(None, None)
        if words in STARTS and not await self._reminders.listens(person):
            return views.contract(person, await self._reminders.start(person, said.at), None, said.at, "I remind you again.")
        if words in PAUSES:
            ends = pause_ends(person.zone, local_date(person.zone, said.at) + timedelta(days=PAUSE_DAYS), said.at)
            assert ends is not None, "a week ahead is to come"
            return await self._paused(person, ends, said.at)
        return None

    async def _paused(self, person: Person, until: datetime, at: datetime) -> Answer:
        kept = await self._reminders.pause(person, until, at)
        chosen = kept.chosen_at is not None
        return views.paused(person, until, chosen=chosen) if kept.stopped_at is None else views.contract(person, kept, None, at)


class Coaching:
    """Implements `core.ports.Listener`, and answers nothing: whoever turns to us is met, and a coach who writes to students
    where we read along silences us for them.
    """

    def __init__(self, reminders: Reminders, people: People, conversing: Conversing) -> None:
        self._reminders = reminders
        self._people = people
        self._conversing = conversing

    async def hear(self, said: Said, person: Person) -> Answer:
        """Always None."""
        if said.addressed:
            await self._reminders.met(person, said.at)
        if person.role in COACHING and not said.direct:
            for student in await self._written_to(said, person):
                await self._reminders.coached(student, said.at)
        return None

    async def _written_to(self, said: Said, coach: Person) -> list[Person]:
        """The students who take part in the thread, and those who are named with an @, by their name or their account."""
        users = await self._conversing.members_at(coach, said.address) if said.address.thread else ()
        text = said.text.casefold()
        if not users and "@" not in text:
            return []
        accounts = set(_ACCOUNT.findall(text))
        return [
            each
            for each in await self._people.members(coach)
            if each.role not in COACHING
            and (each.user_id in users or f"@{each.name.casefold()}" in text or accounts & _accounts(each, said.actor))
        ]


def _accounts(person: Person, beside: Actor) -> set[str]:
    """The person's accounts where this actor is, as they stand in a mention there."""
    where = f"{beside.platform}:{beside.workspace}:"
    return {each.removeprefix(where).casefold() for each in person.identities if each.startswith(where)}
