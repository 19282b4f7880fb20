"""Words about an answer that was given before: what it was about, one thing in it for another, and the way to its form."""

from __future__ import annotations

from datetime import datetime

from core.foundation import interview_views as views
from core.foundation.asking import Asking
from core.foundation.cells import Cell
from core.foundation.editing import marked_by
from core.foundation.going_back import goes_back, skipped_last, spoken_of
from core.foundation.history import Source
from core.foundation.kept_or_not import takes_back
from core.foundation.model import Foundation, OpenInterview
from core.foundation.one_by_one import answers, still_about
from core.foundation.ports import FoundationStore
from core.foundation.replacing import Replacement, replaced, replacement
from core.foundation.service import BadCells, Foundations
from core.foundation.steering import corrects
from core.foundation.taking_back import TakingBack
from core.people.model import Person
from core.ui import Answer, Message


class PuttingRight:
    """Hears what puts the last answer right."""

    def __init__(self, foundations: Foundations, store: FoundationStore, asking: Asking, taking_back: TakingBack) -> None:
        self._foundations = foundations
        self._store = store
        self._asking = asking
        self._taking_back = taking_back

    async def hear(
        self, words: str, cell: Cell, kept: Foundation, interview: OpenInterview, person: Person, at: datetime
    ) -> Answer:
        """What comes of words that change the last answer, or want the question that was skipped just before; None where they do
        not, or there is none. `cell`: the open one.
        """
        skipped = skipped_last(kept, interview, self._foundations.cells) if goes_back(words) else None
        if skipped:
            return await self._asking.turn_to(skipped, person, kept, interview.place, at)
        wanted = replacement(words)
        if wanted is None and not corrects(words) and not takes_back(words):
            return None
        last = await self.last(interview, person)
        if last is None:
            return None
        saved = await self._saved_as(last, kept, person)
        if saved and takes_back(words):
            return await self._taking_back.taken_back(last.key, saved, interview.place, person, at)
        if wanted is not None and (wanted.plain or last.kind != "text"):
            told = await self._replaced(wanted, last, cell, kept, interview, person, at)
            if told is not None:
                return told
        if not corrects(words):
            return None
        about = spoken_of(words, self._foundations.cells, kept) or last
        version = saved if about is last else None
        return self._asking.again(views.slip_card(about, last=about is last, version=version), cell, interview)

    async def about(self, words: str, kept: Foundation, interview: OpenInterview, person: Person) -> Cell | None:
        """The cell that such words speak of: the one that they name or repeat, else that of the last answer."""
        return spoken_of(words, self._foundations.cells, kept) or await self.last(interview, person)

    async def last(self, interview: OpenInterview, person: Person) -> Cell | None:
        """The cell of the last answer, also where questions were skipped since, or it was left and taken up again."""
        cells = self._foundations.cells
        if interview.answered:
            return cells.by_key.get(interview.answered)
        newest = await self._foundations.changes(person, 1)
        changed = [key for each in newest if each.source is Source.INTERVIEW for key in marked_by(cells, each)]
        return cells.by_key.get(changed[0]) if changed else None

    async def _saved_as(self, cell: Cell, kept: Foundation, person: Person) -> int | None:
        """The version that the cell's answer made; None where it was changed since in another way than by an answer."""
        mark = kept.mark(cell.key)
        changes = await self._store.changes_since(person, mark.version - 1) if mark else ()
        own = [each for each in changes if each.field == cell.field]
        return own[0].version if own and own[0].source is Source.INTERVIEW else None

    async def _replaced(
        self,
        wanted: Replacement,
        last: Cell,
        cell: Cell,
        kept: Foundation,
        interview: OpenInterview,
        person: Person,
        at: datetime,
    ) -> Message | None:
        """That the one stands in the place of the other now, and the open question; None where that is not sure."""
        whole = replaced(last, kept, wanted)
        if whole is None:
            return None
        try:
            foundation = await self._foundations.save(person, {last.key: whole}, at, seen=kept.version, source=Source.INTERVIEW)
        except BadCells:
            return None
        about = still_about(answers(cell, foundation), interview.about, dug=interview.dug)
        now = interview.as_put(
            answer="", answered=last.key, held="", answered_about="", seen=foundation.version, asked_at=at, about=about
        )
        await self._store.interview(person, now, at)
        return self._asking.again(views.replaced_card(last, wanted.old, wanted.new), cell, now)
