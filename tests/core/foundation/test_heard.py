"""How often an answer is asked about, and an aside saved, measured on the two halves of a corpus."""

from __future__ import annotations

import pytest

from core.contents import SHIPPED
from core.foundation.cells import Cells
from core.foundation.doubts import is_doubtful
from core.foundation.framing import without_asides
from core.foundation.handed_on import goes_on_with_an_answer, is_an_order
from core.foundation.steering import Steer, corrects, steer
from tests.core.foundation.heard_corpus import ANSWERED, BESIDE, parted

TITLED = {each.title: each for each in Cells(SHIPPED).in_order}
ASKED_AT_MOST, SAVED_AT_MOST = 0.03, 0.1
"""Parts of the answers that may be asked about, and of the asides that may be saved."""


def _is_saved(title: str, words: str) -> bool:
    words = words if steer(words) else without_asides(words)
    heard = steer(words) or corrects(words) or is_an_order(words)
    return not heard and not is_doubtful(words, TITLED[title], [each for each in TITLED if each != title])


@pytest.mark.parametrize("half", [0, 1])
def test_answers_are_saved_unasked_and_asides_are_not(half: int) -> None:
    answers, asides = parted(ANSWERED)[half::2], parted(BESIDE)[half::2]
    asked = [each for each in answers if not _is_saved(*each)]
    saved = [each for each in asides if _is_saved(*each)]
    assert len(asked) <= ASKED_AT_MOST * len(answers), asked
    assert len(saved) <= SAVED_AT_MOST * len(asides), saved


@pytest.mark.parametrize(
    ("words", "wants"),
    [
        *(
            (each, Steer.HELP)
            for each in ("wait what do you mean by that", "dont get it", "like what?", "huh?", "whats that mean")
        ),
        *((each, Steer.HELP) for each in ("can you give me an example of pains", "wait, like what", "no i dont get what u mean")),
        *((each, Steer.LEAVE) for each in ("pause", "pause here", "pause for now gotta roast", "stop for today", "gotta go")),
        *(
            (each, Steer.LEAVE)
            for each in ("thats it for tonight", "pause the interview", "lets pause", "gtg bedtime", "gtg, bus")
        ),
        *(
            (each, Steer.SKIP)
            for each in (
                "can I skip this one?",
                "can u skip this",
                "lets skip it",
                "i want to skip this pls",
                "dunno skip that one",
                "no idea, next",
            )
        ),
        *(
            (each, None)
            for each in (
                *(
                    "Pause here cards",
                    "Stop the itching",
                    "Stop for now one use cups",
                    "Skip the queue passes",
                    "Like what gran made",
                ),
                *(
                    "Stop babies' itching",
                    "Pause and breathe cards",
                    "What do you mean by sustainable, they ask",
                    "Can skip breakfast",
                ),
                *(
                    "Wait what she says",
                    "They don't get it",
                    "Give me an example cards for teachers",
                    "Pausing is our whole method",
                ),
            )
        ),
    ],
)
def test_what_steers_is_told_from_an_answer(words: str, wants: Steer | None) -> None:
    assert steer(words) is wants


@pytest.mark.parametrize(
    "words",
    [
        *("remind me tmrw to email dave about packaging", "set reminders to evenings around 8", "turn off the reminders pls"),
        *("can u write me a hook for the bones", "write me a post about the bones", "tell my coach i'm late with this"),
        *("could you draft a headline for that", "please remind me mornings at 7:30"),
    ],
)
def test_an_order_is_for_others(words: str) -> None:
    assert is_an_order(words)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "Write two posts a week",
            "Set weekly reminders to water plants",
            "Remind me of home, they say",
            "I write a note by hand",
        ),
        *("Make three emails, then rest", "Give me a hug boxes", "Tell your coach mugs", "They ask can you write a card for me"),
    ],
)
def test_an_answer_is_no_order(words: str) -> None:
    assert not is_an_order(words)


@pytest.mark.parametrize(
    "words",
    ["keep that one", "make it shorter", "i like the second one better", "try again", "shorter please", "another one pls"],
)
def test_words_go_on_with_an_agents_answer(words: str) -> None:
    assert goes_on_with_an_answer(words)


@pytest.mark.parametrize(
    "words",
    [
        "Keep mornings calm",
        "Make gifting easy",
        "skip",
        "We keep that recipe secret",
        "More time with the kids",
        "I want a calm evening",
    ],
)
def test_an_answer_goes_on_with_none(words: str) -> None:
    assert not goes_on_with_an_answer(words)
