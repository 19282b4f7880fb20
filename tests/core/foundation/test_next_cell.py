"""Which cell is asked for: what Hook needs first, and what was skipped last."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.foundation.interview import Interview
from core.foundation.service import Foundations
from core.people.model import Person
from core.plain import message
from core.request import Asked
from core.ui import Message
from tests.core.conftest import AT
from tests.core.foundation.test_interview import asked


async def almost(foundations: Foundations, nora: Person, *left: str) -> None:
    """All is filled but these cells."""
    for cell in foundations.cells.in_order:
        if cell.title not in left:
            await foundations.save(nora, {cell.key: "Lids: they leak" if cell.kind == "pairs" else "plain words"}, AT)


async def test_what_hook_needs_is_asked_before_what_stands_before_it_in_the_grids(foundations: Foundations, nora: Person) -> None:
    at_large = next(each for each in foundations.cells.grids[0].cells if not each.unlocks)
    await almost(foundations, nora, at_large.title, "Said pains", "Said goals")
    kept = await foundations.of(nora, AT)
    first = foundations.next_cell(kept)
    assert first is not None
    assert (first.title, first) == ("Said pains", foundations.still_locks(kept)[0])
    following = foundations.next_cell(kept, first.key)
    assert following is not None
    assert following.title == "Said goals"


async def test_what_was_skipped_comes_last_and_before_what_hook_does_not_need_once_it_is_begun_anew(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    early = next(each for each in foundations.cells.grids[0].cells if not each.unlocks)
    pains, goals = (
        next(each for each in foundations.cells.in_order if each.title == name) for name in ("Said pains", "Said goals")
    )
    await almost(foundations, nora, early.title, pains.title, goals.title)
    questions = []
    answer = await interview.begin(asked(), nora)
    for minutes in range(4):
        assert isinstance(answer, Message)
        questions.append(next(each for each in (pains, goals, early) if each.question in message(answer)))
        answer = await interview.skip(_later(minutes), nora)
    assert questions == [pains, goals, early, pains], "each comes once before any comes again"
    again = await interview.begin(asked(), nora)
    assert isinstance(again, Message)
    assert goals.question in message(again), "Hook needs it, and it was skipped before the other"
    locks = foundations.still_locks(await foundations.of(nora, AT))
    assert locks == (goals, pains)


def _later(minutes: int) -> Asked:
    """Some minutes after the first question."""
    return replace(asked(), at=AT + timedelta(minutes=minutes))
