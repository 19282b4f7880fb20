"""A question that was left, or that a command came between: whether it still stands, and how it is put once more."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.foundation.asking import Asking
from core.foundation.model import Foundation, OpenInterview
from core.foundation.one_by_one import answers, still_about
from core.foundation.ports import FoundationStore
from core.foundation.service import Foundations
from core.people.model import Person
from core.ui import Message


class TakingUp:
    """Puts the question once more that was said to wait, and no other."""

    def __init__(self, foundations: Foundations, store: FoundationStore, asking: Asking) -> None:
        self._foundations = foundations
        self._store = store
        self._asking = asking

    def waits(self, interview: OpenInterview, kept: Foundation) -> bool:
        """Whether its question still stands: the cell may have been filled elsewhere meanwhile."""
        cell = self._foundations.cells.by_key.get(interview.cell)
        return cell is not None and (interview.dug or not kept.has(cell))

    def stands(self, interview: OpenInterview, kept: Foundation, at: datetime, waits: timedelta) -> bool:
        """The same of one that was put so lately, or of which they were told that it waits."""
        lately = interview.asked_at is not None and at - interview.asked_at <= waits
        return self.waits(interview, kept) and (interview.paused or lately)

    async def taken_up(self, kept: Foundation, interview: OpenInterview, person: Person, at: datetime) -> Message:
        """The question once more, or the one behind it where it does not stand any more."""
        if not self.waits(interview, kept):
            following = self._foundations.next_cell(kept, interview.cell)
            return await self._asking.turn_to(following, person, kept, interview.place, at)
        now = await self.opened(kept, interview, person, at)
        told = "Then nothing of that is saved." if interview.doubtful else "Welcome back."
        return self._asking.once_more(f"{told} Here is the question again.", self._foundations.cells.by_key[now.cell], now, kept)

    async def opened(self, kept: Foundation, interview: OpenInterview, person: Person, at: datetime) -> OpenInterview:
        """The question that still stands, open for its answer again."""
        cell = self._foundations.cells.by_key[interview.cell]
        about = still_about(answers(cell, kept), interview.about, dug=interview.dug)
        now = interview.as_put(asked_at=at, seen=kept.version, about=about)
        await self._store.interview(person, now, at)
        return now
