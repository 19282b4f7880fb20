"""One thing in the last answer for another, told in words."""

from __future__ import annotations

import pytest

from core.foundation.interview import Interview
from core.foundation.replacing import replacement
from core.foundation.service import Foundations
from core.people.model import Person
from core.ui import Call
from tests.core.conftest import AT
from tests.core.foundation.test_interview import MECHANISM, OFFERS, asked, pressed, said, text_of
from tests.core.foundation.test_interview_each import at_the_gaps, gaps


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        ("actually scrap Rooted Spices, put Steenbergs instead", "Rooted Spices", "Steenbergs"),
        ("scrap Rooted Spices and put Steenbergs", "Rooted Spices", "Steenbergs"),
        ("replace Rooted Spices with Steenbergs please", "Rooted Spices", "Steenbergs"),
        ("oh no, swap amazon for etsy", "amazon", "etsy"),
        ("delete amazon. use Etsy instead", "amazon", "Etsy"),
        ("put Steenbergs instead of Rooted Spices", "Rooted Spices", "Steenbergs"),
    ],
)
def test_what_gives_way_to_what_is_understood(words: str, old: str, new: str) -> None:
    assert replacement(words) is not None
    assert (replacement(words) or ("", ""))[:2] == (old, new)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "We use beeswax instead of paraffin",
            "scrap that, put Etsy instead",
            "delete it",
            "Rooted Spices",
            "They swap stories",
        ),
        *("change that to 3 days", "Nobody would replace it with anything", "no plastic, no perfume"),
    ],
)
def test_other_words_replace_nothing(words: str) -> None:
    assert replacement(words) is None


async def test_a_rival_gives_way_to_another_and_the_next_question_is_about_those(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await at_the_gaps(interview, foundations, nora, "Rooted Spices; Spice Mountain")
    told = await interview.hear(said("actually scrap Rooted Spices, put Steenbergs instead"), nora)
    assert "Changed under Rivals: “Steenbergs” instead of “Rooted Spices”." in text_of(told)
    assert "Take Steenbergs." in text_of(told)
    assert Call("foundation edit", {"cell": "Rivals"}) in pressed(told)
    assert await gaps(foundations, nora) == {"Steenbergs": "", "Spice Mountain": ""}


async def test_in_a_text_a_word_gives_way_where_they_say_so_plainly(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said("Soap bars by the kilo, in plastic"), nora)
    await interview.hear(said("replace plastic with paper"), nora)
    assert (await foundations.of(nora, AT)).value(MECHANISM) == "replace plastic with paper", "a rule of the shop"
    await interview.hear(said("no wait, replace plastic with paper instead"), nora)
    assert (await foundations.of(nora, AT)).value(OFFERS) == "Soap bars by the kilo, in plastic", "of the last answer alone"


async def test_what_the_last_answer_does_not_hold_is_asked_about_with_the_way_to_its_form(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await at_the_gaps(interview, foundations, nora, "Spice Kitchen; Spice Mountain")
    told = await interview.hear(said("actually scrap Rooted Spices, put Steenbergs instead"), nora)
    assert "Nothing is saved yet" in text_of(told)
    assert Call("foundation edit", {"cell": "Rivals"}) in pressed(told)
    assert await gaps(foundations, nora) == {"Spice Kitchen": "", "Spice Mountain": ""}
