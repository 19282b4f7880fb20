"""Which reminder the words reply to, in its thread or to the very message: they are for it, whatever came since."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from core.chat.loose import Loose, LooseTalk
from core.commitments.next_thing import AskedFor
from core.nudges.dispatch import KEY
from core.nudges.model import Kind, Nudge
from core.nudges.offers import NOTE_IT
from core.nudges.service import Reminders
from core.people.model import Person
from core.request import Said

LONG = timedelta(days=7)
"""For so long a reminder is known by its message."""
DAY = timedelta(days=1)


class Sent(Protocol):
    """What was sent to people by itself."""

    async def key_of(self, person: Person, posted: str) -> str | None:
        """What the message was for that the person was sent, by the platform's id of it; None where it was none of ours."""
        ...


class Below:
    """Finds the reminder below which words stand, and what was said to agents there."""

    def __init__(self, reminders: Reminders, sent: Sent, talk: LooseTalk) -> None:
        self._reminders = reminders
        self._sent = sent
        self._talk = talk

    async def reminder(self, said: Said, person: Person) -> Nudge | None:
        """The one they reply to; None where they reply to nothing, or to anything else."""
        if not said.replies_to:
            return None
        came = await self._reminders.came(person, said.at - LONG)
        for owner in dict.fromkeys(each.person_id for each in came):  # any person of the account may answer
            key = await self._sent.key_of(person.model_copy(update={"id": owner}), said.replies_to)
            if key is not None:
                return next((each for each in came if key == f"{KEY}{each.id}"), None)
        return None

    async def talk(self, said: Said, person: Person, since: datetime) -> list[Loose]:
        """What they typed to agents in this very thread since then. Where a conversation has no threads a reply names what it is
        for, and goes on with no talk.
        """
        here = await self._talk.talk_at(person, said.address) if said.address.thread else ""
        if not here:
            return []
        typed = await self._talk.since(person, since)
        return [each for each in typed if each.conversation == here and each.event != said.id and not each.little]


class WeekAsked:
    """Implements `core.commitments.next_thing.AlsoAsks`: the reminder that asks what the week is for."""

    def __init__(self, reminders: Reminders, below: Below) -> None:
        self._reminders = reminders
        self._below = below

    async def asked(self, said: Said, person: Person) -> AskedFor | None:
        """The latest reminder of the last day, or the one they reply to, where it asked that; else None."""
        came = await self._reminders.came(person, said.at - DAY)
        below = await self._below.reminder(said, person)
        found = below or next(iter(came), None)
        if found is None or found.kind is not Kind.RECOMMIT or found.created_at < said.at - DAY:
            return None
        if below is None:
            return AskedFor(found.id, found.created_at)
        talked = await self._below.talk(said, person, found.created_at)
        return AskedFor(found.id, found.created_at, replied=True, talked=bool(talked))

    async def answered(self, asked: AskedFor, person: Person, at: datetime) -> None:
        """They came by that reminder."""
        await self._reminders.came_by(asked.id, person, at)

    async def offered(self, thing: str, person: Person, at: datetime) -> None:
        """A yes right below is for it."""
        await self._reminders.offers.make(person, f"{NOTE_IT} {thing}", at)
