"""“Item 2 is done”, typed in plain words: ticked as /module tick ticks it."""

from __future__ import annotations

import re
from datetime import timedelta

from core.course.commands import tick_each
from core.course.service import Progress
from core.meanwhile import Meanwhile
from core.people.model import Person
from core.ports import Question
from core.request import Said, as_command
from core.ui import Answer

SHORT = 60
"""Letters at most: more tells something besides."""
HEARD = timedelta(hours=1)
"""Whoever got a letter within that may be telling its writer what they did."""

_NUMBERS = r"#?\d{1,2}(?:(?: ?, ?(?:and )?| ?& ?| and )#?\d{1,2})*"
_ITEM = r"(?:the )?(?:items?|tasks?|points?|numbers?) "
_DONE = r"(?:done|finished|completed?|ticked(?: off)?)"
_WHO = r"(?:(?:i|we)(?: have|'ve|'m| am|'re| are)? )?(?:(?:just|already|now|also) )*"
_SAID = re.compile(
    r"(?:(?:ok|okay|yes|hi|hello|hey|so|and|please)[ ,]+)*"
    rf"(?:{_WHO}(?:did|done|finished|completed|ticked(?: off)?)(?: with)? {_ITEM}(?P<did>{_NUMBERS})|"
    rf"{_WHO}done with (?P<through>{_NUMBERS})|"
    rf"tick(?: off)? (?:{_ITEM})?(?P<told>{_NUMBERS})(?: off)?|"
    rf"(?:both )?{_ITEM}(?P<named>{_NUMBERS})(?: ?:| is| are|'s| all| both| now| already)* {_DONE}|"
    rf"(?:both )?(?P<bare>{_NUMBERS})(?: is|'s| both| now| already)* {_DONE}|"
    rf"(?:both )?(?P<several>{_NUMBERS}(?: ?, ?(?:and )?| ?& ?| and )#?\d{{1,2}}) are(?: all| both| now| already)* {_DONE})"
    r"(?:,? (?:now|already|today|too|as well|please|thanks|thank you|for me))*"
)
"""No number alone, and no “done” alone; “2 are done” counts them."""


class TypedTicks:
    """Implements `core.ports.Listener` for words in a direct message that say nothing but which items of the checklist that
    somebody is at are done.
    """

    def __init__(
        self,
        progress: Progress,
        question: Question,
        meanwhile: Meanwhile,
    ) -> None:
        self._progress = progress
        self._question = question
        self._meanwhile = meanwhile

    async def hear(self, said: Said, person: Person) -> Answer:
        """What /module tick answers, to all of them at once; None where the words are for somebody else."""
        if not said.direct or not said.addressed or said.files:
            return None
        items = items_said(said.text)
        if not items or await self._is_for_others(said, person):
            return None
        current = (await self._progress.place(person)).current
        if current is None or not all(1 <= each <= current.total for each in items):
            return None
        asked = as_command(said, "module tick")
        return await tick_each(asked, person, current.module, items, self._progress)

    async def _is_for_others(self, said: Said, person: Person) -> bool:
        if await self._question.asked_at(person) is not None:
            return True
        return await self._meanwhile.calls_or_answers(said, person, said.at - HEARD)


def items_said(text: str) -> tuple[int, ...]:
    """The numbers of the items that are said to be done, in that order; none where the words are anything else."""
    if len(text) > SHORT or "?" in text:
        return ()
    found = _SAID.fullmatch(" ".join(text.casefold().replace("’", "'").strip(" .!").split()))
    numbers = next(filter(None, found.groups()), "") if found else ""
    return tuple(dict.fromkeys(int(each) for each in re.findall(r"\d+", numbers)))
