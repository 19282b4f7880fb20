"""“Remind me tomorrow at 9 to call the printer”, typed: it is set as /reminder sets it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Protocol

from core.commitments.service import WHAT_AT_MOST, Commitments
from core.commitments.views import together
from core.meanwhile import TALKING, Meanwhile
from core.nudges.service import Reminders
from core.nudges.times import hour_of
from core.people.model import Person
from core.ports import Question
from core.reminding.commands import kept
from core.reminding.views import ask_when
from core.reminding.worded import Wanted, Wish, wanted, wish_said
from core.request import Said, as_command
from core.ui import Answer, Message

HEARD = timedelta(hours=1)
"""Whoever got a letter within that may be asking its writer."""
THE_FOUNDATION, THE_COURSE = "go on with your Foundation", "go on with the course"
"""What whoever does not say of what is reminded of: an interview that waits, or what comes next."""
_POINTS = re.compile(r"\b(?:it|this|that|these|those|them|one|rest|same)\b", re.IGNORECASE)
"""What these mean stands in the talk above."""
_GO_ON = re.compile(
    r"(?:finish|finish (?:it|this|that|off|up)|(?:do|finish|answer) (?:the )?(?:rest|others?|other questions|remaining questions)"
    r"(?: of (?:it|this|these|them))?|(?:carry|go) on|continue|(?:carry|go) on with (?:it|this)|come back(?: to (?:it|this))?)",
    re.IGNORECASE,
)
"""Said in an interview, this is the interview."""


class Left(Protocol):
    """The interview, for whoever goes on with it later."""

    async def leave(self, person: Person, at: datetime) -> Message:
        """End it for now: its question waits until they are back."""
        ...


class RemindMe:
    """Implements `core.ports.Listener` for words in a direct message that ask for a reminder and say when, or of what.

    An hour alone is left to whoever asked for the hour of all reminders, and to the agents.
    """

    def __init__(
        self, commitments: Commitments, reminders: Reminders, question: Question, interview: Left, meanwhile: Meanwhile
    ) -> None:
        """`question`: the interview's, which is left by whoever wants to go on with it later."""
        self._commitments = commitments
        self._reminders = reminders
        self._question = question
        self._interview = interview
        self._meanwhile = meanwhile

    async def hear(self, said: Said, person: Person) -> Answer:
        """It is set, or when it shall come is asked; None where the words are anything else, or for an agent in a talk."""
        wish = wish_said(said.text) if said.direct and said.addressed and not said.files else None
        if wish is None:
            return None
        wishes = await self._reminders.of(person, said.at)
        found = wanted(wish.rest, said.at.astimezone(person.zone), hour_of(wishes))
        if not _says_enough(wish, found):
            return None
        asked_at, since = await self._question.asked_at(person), said.at - HEARD
        if await self._is_for_others(said, person, found, max(since, asked_at) if asked_at else since):
            return None
        if found.when is None:
            return ask_when(found.what)
        of_it = not found.what or (asked_at is not None and _GO_ON.fullmatch(found.what))
        what = (THE_FOUNDATION if asked_at else THE_COURSE) if of_it else found.what
        noted = await kept(as_command(said, "reminder"), person, what, found.when, self._commitments, self._reminders)
        if asked_at is None or not (wish.leaves or what is THE_FOUNDATION):
            return noted
        return together((noted, await self._interview.leave(person, said.at)))

    async def _is_for_others(self, said: Said, person: Person, found: Wanted, since: datetime) -> bool:
        """What says all of it is for us also in a talk with an agent; “to post it” is for whoever knows what it is."""
        if found.what and found.when and not _POINTS.search(found.what):
            return await self._meanwhile.calls_or_answers(said, person, since)
        return await self._meanwhile.is_for_others(said, person, since, talking=TALKING)


def _says_enough(wish: Wish, found: Wanted) -> bool:
    """Whether it says when, and more than an hour, or plainly of what."""
    if len(found.what) > WHAT_AT_MOST:
        return False
    if found.when is None:
        return bool(found.what) and wish.rest.casefold().startswith("to ")
    return bool(found.what) or found.when.named
