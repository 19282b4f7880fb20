"""Figures that are typed plainly in a direct message: below a read-back or what was saved they put it right, and by themselves
they are read back as /kpi log does."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from core.kpis.aftersave import ASKED_FOR, due_then, saved_lately
from core.kpis.again import FRESH, fresh
from core.kpis.ports import AskedFor, CameLately
from core.kpis.reading import Reading, check
from core.kpis.reasons import put_right, which
from core.kpis.service import Snapshots
from core.kpis.stated import Stated, stated
from core.kpis.tries import are_for_others, is_another_try
from core.kpis.typed import currency_heard, in_words
from core.kpis.words import hear
from core.meanwhile import TALKING, Meanwhile
from core.people.model import Person
from core.ports import Question
from core.request import Said, as_command
from core.roles import COACHING
from core.ui import Answer

LETTERS_AT_MOST = 300
"""Of what is looked at: more is a story."""
REMINDED = timedelta(days=1)
"""For so long figures may answer a reminder that asked for them, and words without a time one that asked for something else."""
ANSWERING = timedelta(hours=12)
"""For so long figures may answer what somebody wrote: “How many leads?”."""
_WAITS_FOR_FIGURES = re.compile(
    r"\?|\d|\b(?:figures?|numbers?|kpis?|stats|statistics|metrics?|results?|data|sales|sold|what|how|when|which|who|why|could|tell|"
    r"let\s+(?:me|us)\s+know|send|share|report|question)\b",
    re.IGNORECASE,
)
"""In a letter: what is typed below it may answer it, though it is figures."""
_ASKS = re.compile(r"\?|^\W*(?:is|are|was|were|am|do|does|did|can|could|shall|has|have|had|[/@])\b", re.IGNORECASE)


class FiguresAgain:
    """Implements `core.ports.Listener` for words in a direct message that are nothing but figures, soon after figures were read
    back or saved. Where anything in them cannot be placed, they are for somebody else, unless it is why a figure is put right.
    """

    def __init__(self, snapshots: Snapshots, meanwhile: Meanwhile) -> None:
        self._snapshots = snapshots
        self._meanwhile = meanwhile

    async def hear(self, said: Said, person: Person) -> Answer:
        """The figures read back once more, with these, or which of them a number is; None where they are for somebody else."""
        text = said.text
        if not said.direct or not said.addressed or said.files or len(text) > LETTERS_AT_MOST or not _may_be(text):
            return None
        below = await self._below(said, person)
        if below is None or below.held_at is None:
            return None
        metrics, today = self._snapshots.metrics, said.at.astimezone(person.zone).date()
        heard = hear(text, metrics, today, below.typed)
        plain = bool(heard.typed) and not heard.unread
        found = None if plain else put_right(text, metrics, today, below, person.settings)
        if not (plain or found) or await are_for_others(said, person, below.held_at, self._meanwhile, metrics):
            return None
        if found and found.may_be:
            await self._snapshots.pass_by(person, said.at)  # a yes is no answer to that
            return which(found, metrics)
        heard = found.heard if found else heard
        return await in_words(as_command(said, "kpi log"), person, text, self._snapshots, below=below, heard=heard)

    async def _below(self, said: Said, person: Person) -> Reading | None:
        """What was read back last, or saved since."""
        read = fresh(await self._snapshots.waiting(person), said.at)[:1]
        saved = await saved_lately(self._snapshots, person, said.at)
        both = [each for each in (*read, saved) if each is not None and each.held_at is not None]
        return max(both, key=lambda each: each.held_at or said.at, default=None)


class FiguresStated:
    """Implements `core.ports.Listener` for words in a direct message that are nothing but figures, with nothing of ours above
    them: nothing is saved before they say yes. A figure without a period is heard below a reminder that asked for figures alone.
    Where the practice model answers for agents, what else tells figures is read back as well: it could only point here.
    """

    def __init__(
        self, snapshots: Snapshots, meanwhile: Meanwhile, question: Question, came: CameLately, tells: Callable[[str], bool]
    ) -> None:
        """`tells`: whether words tell figures, and ask nothing, though they say more than these."""
        self._tells = tells
        self._snapshots = snapshots
        self._meanwhile = meanwhile
        self._question = question
        self._came = came

    async def hear(self, said: Said, person: Person) -> Answer:
        """The figures read back; None where the words are for somebody else, or say anything else as well."""
        if not said.direct or not said.addressed or said.files or len(said.text) > LETTERS_AT_MOST:
            return None
        found = stated(said.text, self._snapshots.metrics, said.at.astimezone(person.zone).date())
        if found is None:
            return await self._told(said, person) if self._meanwhile.practice and self._tells(said.text) else None
        asked = await self._came.asked_for(said, person, said.at - ASKED_FOR)
        if not (asked and await self._replies_to(asked, said, person)) and (
            await self._question.asked_at(person) is not None or not await self._are_ours(found, said, person)
        ):
            return None
        currency = currency_heard(person, self._snapshots, found.typed)
        checked = check(self._snapshots.metrics, found.typed, currency, person.settings)
        if checked.refused:
            return None
        due = await due_then(self._snapshots, person, asked) if asked else None
        return await in_words(as_command(said, "kpi log"), person, found.words, self._snapshots, asked_for=due)

    async def _told(self, said: Said, person: Person) -> Answer:
        """The figures among the words read back; None where an interview waits, or somebody wrote who may wait for them."""
        since = said.at - ANSWERING
        if await self._question.asked_at(person) is not None or await self._meanwhile.is_for_others(said, person, since):
            return None
        if await self._came.wrote_to_all(person, since):
            return None
        return await in_words(as_command(said, "kpi log"), person, said.text, self._snapshots)

    async def _replies_to(self, asked: AskedFor, said: Said, person: Person) -> bool:
        """Whether they are an answer to that very reminder, whatever came since."""
        return asked.replied and not await self._meanwhile.calls(person, said.text)

    async def _are_ours(self, found: Stated, said: Said, person: Person) -> bool:
        """Whether they answer a reminder, or say by themselves that they are figures, and nobody else waits for them."""
        again, since = await self._meanwhile.are_said_again(said, person), said.at - ANSWERING
        reminded_at, for_figures = await self._came.reminded(person, said.at - REMINDED) or (None, False)
        for_others = self._meanwhile.is_for_others
        if reminded_at and for_figures and not await for_others(said, person, reminded_at):
            return again or not await self._came.wrote_to_all(person, reminded_at)
        if not found.sure or (reminded_at and not for_figures and not found.past):
            return False
        letters = not await self._answer_no_letter(found, said, person)
        if await for_others(said, person, since, talking=TALKING, letters=letters) and await for_others(
            said, person, since, talking=FRESH, ours=self._is_another_try, letters=letters
        ):
            return False
        if said.replies_to and await for_others(said, person, said.at):  # whenever that talk was
            return False
        return again or not await self._came.wrote_to_all(person, since)

    def _is_another_try(self, words: str) -> bool:
        return is_another_try(words, self._snapshots.metrics)

    async def _answer_no_letter(self, found: Stated, said: Said, person: Person) -> bool:
        """Whether they are plainly figures, of a time and several, and nobody wrote lately who may wait for any."""
        if not (found.past and found.several) or person.role in COACHING:
            return False
        letters = await self._came.letters(person, said.at - ANSWERING)
        if any(each.own and each.at > said.at - TALKING for each in letters):
            return False
        waits, named = _WAITS_FOR_FIGURES.search, self._snapshots.metrics.mentions.search
        return bool(letters) and not any(waits(each.words) or named(each.words) for each in letters if not each.own)


def _may_be(text: str) -> bool:
    """There is a number in it, and it asks nothing."""
    return any(sign.isdigit() for sign in text) and not _ASKS.search(text)
