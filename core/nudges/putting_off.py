"""Does in words what the buttons do that bring a reminder again later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.commitments.model import Commitment
from core.meanwhile import TALKING, Meanwhile
from core.nudges.commands import Later, later
from core.nudges.model import Kind, Nudge
from core.nudges.service import Reminders, Settled
from core.nudges.snoozing import PutOff
from core.people.model import Person
from core.ports import Onlooker, Question
from core.request import Said, as_command
from core.ui import Answer, Button, Buttons, Call, Message, Text


class PuttingOff:
    """Brings the latest reminder of the day again, or the one that words reply to."""

    def __init__(self, reminders: Reminders, meanwhile: Meanwhile, question: Question, onlooker: Onlooker) -> None:
        self._reminders = reminders
        self._meanwhile = meanwhile
        self._question = question
        self._onlooker = onlooker

    async def latest(self, off: PutOff, came: Sequence[Nudge], about: Sequence[Commitment], said: Said, person: Person) -> Answer:
        """The latest of those that `came` is put off, where nobody else was spoken with since. A button's bare words are heard
        only below a question about promises: `about` are those of it that are open.
        """
        if not came or (not about and (off.bare or came[0].kind is Kind.COMMITMENT)):
            return None
        since, interviewed = came[0].created_at, await self._question.asked_at(person)
        if interviewed is not None and interviewed >= since:
            return None
        if await self._meanwhile.is_for_others(said, person, since, talking=TALKING):
            return None
        return await self.one(off, came[0], about, said, person)

    async def one(self, off: PutOff, question: Nudge, about: Sequence[Commitment], said: Said, person: Person) -> Answer:
        """What its button answers; None where it is settled, so that there is nothing to come back to."""
        asked = as_command(said, "nudges later")
        try:
            answer = await later(asked, person, Later(question.id, off.until), self._reminders)
        except Settled:
            return None
        await self._onlooker.passed_by(asked, person)
        return _with_its_day(answer, about) if about and isinstance(answer, Message) else answer


def _with_its_day(answer: Message, about: Sequence[Commitment]) -> Message:
    """The same, for whoever may have meant the promises' days: these stay, and can be moved instead."""
    one = len(about) == 1
    told = Text("Its day stays as it is." if one else "Their days stay as they are.")
    call = Call("commit date", {"id": about[0].id}) if one else Call("commitments")
    way = Buttons((Button("New date" if one else "My commitments", call),))
    return replace(answer, cards=tuple(replace(each, body=(*each.body, told, way)) for each in answer.cards))
