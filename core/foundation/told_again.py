"""What is told of the interview below words that ask about it, with the question that is open below that."""

from __future__ import annotations

from core.foundation import interview_views as views
from core.foundation.asking import Asking
from core.foundation.cells import Cell
from core.foundation.model import Foundation, OpenInterview
from core.foundation.service import Foundations
from core.foundation.steering import Steer
from core.foundation.views import grid_card
from core.ui import Message


class ToldAgain:
    """Changes nothing: the same question is the last that is read."""

    def __init__(self, foundations: Foundations, asking: Asking) -> None:
        self._foundations = foundations
        self._asking = asking

    def told(self, wanted: Steer, cell: Cell, kept: Foundation, interview: OpenInterview) -> Message:
        """What the question means, where they are, what is saved, or how much is left; else only the question."""
        match wanted:
            case Steer.HELP:
                return self._asking.again(views.explained_card(cell), cell, interview)
            case Steer.WHERE:
                where = f"You are in the interview of your Foundation, at **{cell.title}**. What you answered is saved."
                return self._asking.once_more(where, cell, interview, kept)
            case Steer.SHOW:
                shown = [grid_card(share, kept) for share in self._foundations.shares(kept)]
                return Message(cards=(*shown, self._asking.present(cell, interview, kept)), private=True, asks=True)
            case Steer.HOW_MANY:
                shares, locks = self._foundations.shares(kept), self._foundations.still_locks(kept)
                left = views.left_over(sum(len(share.missing) for share in shares), len(locks))
                return self._asking.once_more(left, cell, interview, kept)
            case _:
                return self._asking.once_more("I saved nothing of that. Here is the question again.", cell, interview)
