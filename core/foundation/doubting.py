"""Asks about words that may be no answer before they are saved, and says so where they are let go of."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.foundation import interview_views as views
from core.foundation.asking import Asking
from core.foundation.cells import Cell
from core.foundation.doubts import asks_for_their_words, is_doubtful, speaks_of_before
from core.foundation.handed_on import is_an_order
from core.foundation.judging import ANSWERS, Judgement, Judging, Verdict
from core.foundation.model import Foundation, OpenInterview
from core.foundation.plainly_named import change_card
from core.foundation.ports import FoundationStore
from core.foundation.putting_right import PuttingRight
from core.foundation.service import Foundations
from core.people.model import Person
from core.ui import Answer, Message


class Doubting:
    """Each message is looked at alone: one yes is for several only where none of them shows a sign."""

    def __init__(
        self, foundations: Foundations, store: FoundationStore, asking: Asking, putting_right: PuttingRight, judging: Judging
    ) -> None:
        self._foundations = foundations
        self._store = store
        self._asking = asking
        self._putting_right = putting_right
        self._judging = judging

    def is_doubtful(self, words: str, cell: Cell) -> bool:
        """Whether the words may be no answer to the cell's question."""
        return is_doubtful(words, cell, [each.title for each in self._foundations.cells.in_order if each is not cell])

    def is_an_order(self, words: str, interview: OpenInterview) -> bool:
        """Whether they are for others to do; where customers' own words are asked for, theirs may sound so."""
        return is_an_order(words) and not asks_for_their_words(self._foundations.cells.by_key[interview.cell].question)

    async def asks(
        self, words: str, cell: Cell, kept: Foundation, interview: OpenInterview, person: Person, at: datetime
    ) -> Answer:
        """What they are asked, or the change of a cell that the words say in full; None where nothing speaks against them."""
        doubtful, judged = self.is_doubtful(words, cell), ANSWERS
        change = change_card(words, self._foundations.cells, kept) if doubtful else None
        if change:
            return self._asking.again(change, cell, interview)
        if doubtful and speaks_of_before(words):
            judged = Judgement(Verdict.EARLIER)
        elif not doubtful and not interview.passed:  # else they are asked about whatever a model says
            last = await self._putting_right.last(interview, person)
            judged = await self._judging.judgement(words, cell, interview.about, last, kept, person, at)
        earlier = judged.verdict is Verdict.EARLIER
        last = await self._putting_right.about(words, kept, interview, person) if earlier else None
        if interview.passed:
            alone = doubtful or self.is_doubtful(interview.doubtful, cell)
            return await self._asking.meant(words, cell, interview, person, at, last, alone=alone)
        if not doubtful and judged.verdict is Verdict.ANSWER:
            return None
        belongs, apart = judged.cell if earlier else None, judged.verdict is Verdict.ASIDE
        return await self._asking.unsure(words, cell, interview, person, at, last, belongs, aside=apart)

    async def with_what_was_let_go(self, before: str, key: str, answer: Answer, person: Person) -> Answer:
        """The answer, and that the words before may well have been one and are not saved, where they are not asked about any
        more. `key`: of the cell below whose question they were.
        """
        cell = self._foundations.cells.by_key[key]
        if not before or not isinstance(answer, Message) or (self.is_doubtful(before, cell) and not speaks_of_before(before)):
            return answer
        now = await self._store.of(person)
        if now and now.interview and (now.interview.doubtful or now.interview.quiet):
            return answer
        return replace(answer, cards=(views.let_go_card(before, cell), *answer.cards))
