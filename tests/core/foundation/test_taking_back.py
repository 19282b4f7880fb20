"""What was saved as an answer and was none is taken out of its cell with one press."""

from __future__ import annotations

import pytest

from core.errors import NotFound
from core.foundation.interview import Interview
from core.foundation.service import Foundations
from core.people.model import Person
from core.ui import Answer, Call
from tests.core.conftest import AT
from tests.core.foundation.test_interview import MECHANISM, OFFERS, asked, pressed, said, text_of

FIRST = "Spice kits for curries, the rogan josh one goes out most"
ASIDE = "evenings are best for me by the way"
ROASTED = "I roast them the morning they go out"


def way_back(answer: Answer) -> tuple[str, int]:
    """The cell and the version behind the button of what was just saved."""
    [call] = [each for each in pressed(answer) if each.command == "foundation takeback"]
    return str(call.values["cell"]), int(str(call.values["version"]))


async def after_an_aside(interview: Interview, nora: Person) -> tuple[str, int]:
    await interview.begin(asked(), nora)
    await interview.hear(said(FIRST), nora)
    return way_back(await interview.hear(said(ASIDE), nora))


async def test_it_is_out_of_its_cell_an_agent_can_have_it_and_the_question_comes_again(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    gone = await interview.take_back(asked(), nora, *await after_an_aside(interview, nora))
    assert f"Taken back: “{ASIDE}” is not under How it works any more." in text_of(gone)
    assert Call("ask", {"agent": "Director", "question": ASIDE}) in pressed(gone)
    assert (await foundations.of(nora, AT)).value(MECHANISM) is None
    assert "Saved under How it works" in text_of(await interview.hear(said(ROASTED), nora))


TAKES_BACK = [
    "undo",
    "Undo please",
    "undo that",
    "can you undo that pls",
    "oops take that back",
    "Scratch that.",
    "no wait undo it",
]


@pytest.mark.parametrize("words", TAKES_BACK)
async def test_it_may_be_typed(interview: Interview, foundations: Foundations, nora: Person, words: str) -> None:
    await after_an_aside(interview, nora)
    gone = text_of(await interview.hear(said(words), nora))
    assert f"Taken back: “{ASIDE}”" in gone
    assert "Company: How it works" in gone
    kept = await foundations.of(nora, AT)
    assert (kept.value(MECHANISM), kept.value(OFFERS)) == (None, FIRST)


@pytest.mark.parametrize("words", TAKES_BACK)
async def test_typed_where_words_are_asked_about_it_lets_go_of_those_alone(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said(FIRST), nora)
    assert "Nothing is saved yet" in text_of(await interview.hear(said("two secs, someone at the door"), nora))
    assert "Then nothing of that is saved. Here is the question again." in text_of(await interview.hear(said(words), nora))
    assert (await foundations.of(nora, AT)).value(OFFERS) == FIRST


@pytest.mark.parametrize("words", ["I take them back, no questions asked", "we undo the knots by hand", "scratch that itch"])
async def test_what_only_begins_so_is_an_answer(interview: Interview, foundations: Foundations, nora: Person, words: str) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said(FIRST), nora)
    await interview.hear(said(words), nora)
    assert (await foundations.of(nora, AT)).value(OFFERS) == FIRST


async def test_a_slip_has_the_way_back_too(interview: Interview, nora: Person) -> None:
    which = await after_an_aside(interview, nora)
    assert which == way_back(await interview.hear(said("that was wrong sorry"), nora))


async def test_it_is_taken_back_once(interview: Interview, foundations: Foundations, nora: Person) -> None:
    which = await after_an_aside(interview, nora)
    await interview.take_back(asked(), nora, *which)
    await interview.hear(said(ROASTED), nora)
    again = await interview.take_back(asked(), nora, *which)
    assert "How it works has been changed since I saved that, so I left it as it is." in text_of(again)
    assert (await foundations.of(nora, AT)).value(MECHANISM) == ROASTED


async def test_answers_saved_after_it_in_other_cells_stay(interview: Interview, foundations: Foundations, nora: Person) -> None:
    which = await after_an_aside(interview, nora)
    await interview.hear(said("Nobody here could buy fresh garam masala"), nora)
    gone = await interview.take_back(asked(), nora, *which)
    assert "Company: How it works" in text_of(gone), "its question is open again"
    kept = await foundations.of(nora, AT)
    assert kept.value(MECHANISM) is None
    assert "garam masala" in str(kept.company_context)


async def test_of_what_a_deeper_question_added_the_first_answer_stays(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await interview.begin(asked(), nora)
    assert "I add your answer to what is there" in text_of(await interview.hear(said("Quality"), nora))
    saved = await interview.hear(said("my bus leaves at nine each day"), nora)
    gone = await interview.take_back(asked(), nora, *way_back(saved))
    assert "“my bus leaves at nine each day” is not under What we sell any more" in text_of(gone)
    assert "Company: How it works" in text_of(gone), "the question that was open stays so"
    assert "Quality" in str((await foundations.of(nora, AT)).value("companyContext.coreOffers"))


async def test_where_the_interview_is_left_nothing_is_asked(interview: Interview, foundations: Foundations, nora: Person) -> None:
    which = await after_an_aside(interview, nora)
    await interview.leave(nora, AT)
    assert "Company:" not in text_of(await interview.take_back(asked(), nora, *which))
    assert (await foundations.of(nora, AT)).value(MECHANISM) is None


async def test_what_is_no_answer_is_refused(interview: Interview, nora: Person) -> None:
    cell, version = await after_an_aside(interview, nora)
    for key, which in ((cell, 0), (cell, version - 1), (cell, version + 9), ("customer", version)):
        with pytest.raises(NotFound):
            await interview.take_back(asked(), nora, key, which)
