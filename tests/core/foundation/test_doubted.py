"""What is asked about before it is saved, in the interview itself, and what comes of the answer to that."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.foundation.interview import Interview
from core.foundation.service import Foundations
from core.people.model import Person
from core.ui import Call
from tests.core.conftest import AT
from tests.core.foundation.test_interview import MECHANISM, asked, pressed, said, text_of

FIRST = "Spice kits for curries, the rogan josh one goes out most"
WORDS = "I roast the spices the morning the order goes out"
KEEP, BACK = Call("foundation keep"), Call("foundation back")


async def at_the_second(interview: Interview, nora: Person) -> None:
    await interview.begin(asked(), nora)
    assert "Saved under" in text_of(await interview.hear(said(FIRST), nora))


@pytest.mark.parametrize(
    "words",
    [
        *("wait order comes in", "two secs, someone at the door", "sorry, customer in the shop", "who can read this"),
        *("oops that wasn't an answer for character, that was for you about the week", "no this was not answer"),
        *("oh no that last bit was for the one before, sorry", "oh that would be the interview, finish it by thursday night"),
        *("our voice is warm and short", "why do I need this", "what should I write on the card", "Sorry, not now"),
    ],
)
async def test_what_may_be_no_answer_is_asked_about_and_saved_with_one_press(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await at_the_second(interview, nora)
    unsure = await interview.hear(said(words), nora)
    assert (await foundations.of(nora, AT)).value(MECHANISM) is None
    if KEEP in pressed(unsure):  # else it was understood as a correction
        assert "Is that your answer for How it works? Nothing is saved yet." in text_of(unsure)
        assert "Saved under" in text_of(await interview.keep(asked(), nora))
        assert (await foundations.of(nora, AT)).value(MECHANISM) == words


@pytest.mark.parametrize("words", ["need sleep now. tomorrow more", "order came in, back later"])
async def test_who_leaves_and_says_why_is_let_go(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await at_the_second(interview, nora)
    assert "We stop here" in text_of(await interview.hear(said(words), nora))
    assert (await foundations.of(nora, AT)).value(MECHANISM) is None


@pytest.mark.parametrize("no", ["no", "No, ask again", "nope", "no it was not", "no that was for you", "back"])
async def test_after_a_no_the_question_comes_again_and_nothing_is_saved(
    interview: Interview, foundations: Foundations, nora: Person, no: str
) -> None:
    await at_the_second(interview, nora)
    await interview.hear(said("wait order comes in"), nora)
    told = text_of(await interview.hear(said(no), nora))
    assert "nothing of that is saved" in told
    assert foundations.cells.by_key[MECHANISM].question in told
    assert "not waiting any more" in text_of(await interview.keep(asked(), nora))
    assert (await foundations.of(nora, AT)).value(MECHANISM) is None
    assert "Saved under How it works" in text_of(await interview.hear(said(WORDS), nora))


async def test_the_button_no_asks_again(interview: Interview, foundations: Foundations, nora: Person) -> None:
    await at_the_second(interview, nora)
    unsure = await interview.hear(said("wait order comes in"), nora)
    assert pressed(unsure) == [KEEP, BACK]
    assert "Then nothing of that is saved. Here is the question again." in text_of(await interview.back(asked(), nora))


async def test_the_answer_itself_after_that_is_saved_and_what_was_doubted_is_not(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await at_the_second(interview, nora)
    await interview.hear(said("two secs, someone at the door"), nora)
    assert "Saved under How it works" in text_of(await interview.hear(said(WORDS), nora))
    assert (await foundations.of(nora, AT)).value(MECHANISM) == WORDS


async def test_what_is_about_the_answer_before_has_the_way_to_its_form(interview: Interview, nora: Person) -> None:
    await at_the_second(interview, nora)
    unsure = await interview.hear(said("no this was not answer"), nora)
    assert Call("foundation edit", {"cell": "What we sell"}) in pressed(unsure)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("ok back, here is my answer: we pour twice", "we pour twice"),
        ("back. we pour each candle in two goes", "we pour each candle in two goes"),
        ("we pour each candle twice. gotta go now, kids", "we pour each candle twice."),
    ],
)
async def test_an_answer_is_saved_without_what_stands_around_it(
    interview: Interview, foundations: Foundations, nora: Person, words: str, kept: str
) -> None:
    await at_the_second(interview, nora)
    await interview.hear(said(words), nora)
    assert (await foundations.of(nora, AT)).value(MECHANISM) == kept


async def test_who_leaves_after_the_answer_is_let_go_and_the_next_question_waits(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await at_the_second(interview, nora)
    told = text_of(await interview.hear(said("we pour each candle twice. gotta go now, kids"), nora))
    assert "Saved under How it works" in told
    assert "The question for Why we exist waits" in told
    assert foundations.cells.by_key["companyContext.missionVision"].question in text_of(await interview.hear(said("back"), nora))


async def test_who_is_back_with_the_answer_is_heard_after_a_pause(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await at_the_second(interview, nora)
    await interview.leave(nora, AT)
    assert await interview.hear(said("back in stock soon, I hope"), nora) is None
    assert await interview.hear(said("back. how do I write a hook?"), nora) is None
    assert "Saved under" in text_of(await interview.hear(said("ok back, here is my answer: we pour twice"), nora))
    assert (await foundations.of(nora, AT)).value(MECHANISM) == "we pour twice"


async def test_other_words_after_back_are_asked_about_and_a_question_back_brings_it_again(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await at_the_second(interview, nora)
    await interview.leave(nora, AT)
    assert "Is that your answer for How it works?" in text_of(await interview.hear(said("back. we pour twice"), nora))
    await interview.leave(nora, AT)
    assert foundations.cells.by_key[MECHANISM].question in text_of(
        await interview.hear(said("back. what was the question"), nora)
    )
    assert (await foundations.of(nora, AT)).value(MECHANISM) is None


@pytest.mark.parametrize(
    "words",
    ["what was the question", "i want do interview again", "repeat the question please", "back. what was the question"],
)
async def test_who_asks_for_the_question_hears_it_again(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await at_the_second(interview, nora)
    assert foundations.cells.by_key[MECHANISM].question in text_of(await interview.hear(said(words), nora))
    assert (await foundations.of(nora, AT)).value(MECHANISM) is None


@pytest.mark.parametrize(
    "words", ["can I see what I've put so far", "show me my answers", "what have I written so far?", "show me what I wrote"]
)
async def test_who_asks_to_see_what_is_saved_is_shown_it_above_the_question(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await at_the_second(interview, nora)
    shown = text_of(await interview.hear(said(words), nora))
    assert FIRST in shown
    assert foundations.cells.by_key[MECHANISM].question in shown
    assert "Saved under How it works" in text_of(await interview.hear(said(WORDS), nora))


async def test_a_sentence_that_goes_on_with_another_cell_is_saved_there(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await at_the_second(interview, nora)
    told = await interview.hear(said("and main promise is you can cook a proper curry in 25 minutes"), nora)
    assert "Saved under Main promise, as you said" in text_of(told)
    kept = await foundations.of(nora, AT)
    assert (kept.value("companyContext.valueProposition"), kept.value(MECHANISM)) == (
        "you can cook a proper curry in 25 minutes",
        None,
    )


async def test_after_a_reminder_plain_words_are_asked_about(
    interview: Interview, foundations: Foundations, nora: Person, came: list[datetime]
) -> None:
    await at_the_second(interview, nora)
    await interview.hear(said("two secs, someone at the door"), nora)
    came.append(AT + timedelta(hours=2))
    later = replace(said("label the new boxes"), at=AT + timedelta(hours=3))
    told = text_of(await interview.hear(later, nora))
    assert "Is this for How it works? “label the new boxes”" in told, "what was asked about before that is over"
    assert (await foundations.of(nora, AT)).value(MECHANISM) is None
    await interview.hear(replace(said("yes"), at=AT + timedelta(hours=3)), nora)
    assert (await foundations.of(nora, AT)).value(MECHANISM) == "label the new boxes"
    after = replace(said("Nobody, they would just miss me"), at=AT + timedelta(hours=3, minutes=1))
    assert "Saved under" in text_of(await interview.hear(after, nora)), "that question came after it"


async def test_a_reminder_before_the_question_and_a_reply_to_the_question_make_no_doubt(
    interview: Interview, nora: Person, came: list[datetime]
) -> None:
    came.append(AT - timedelta(minutes=1))
    await at_the_second(interview, nora)
    came.append(AT + timedelta(hours=2))
    reply = replace(said(WORDS), at=AT + timedelta(hours=3), replies_to="1.1", replies_to_at=AT + timedelta(seconds=1))
    assert "Saved under" in text_of(await interview.hear(reply, nora))


async def test_a_question_that_was_shown_again_after_the_reminder_is_what_was_read_last(
    interview: Interview, nora: Person, came: list[datetime]
) -> None:
    await at_the_second(interview, nora)
    came.append(AT + timedelta(hours=2))
    await interview.hear(replace(said("what was the question"), at=AT + timedelta(hours=3)), nora)
    told = await interview.hear(replace(said(WORDS), at=AT + timedelta(hours=3, minutes=1)), nora)
    assert "Saved under How it works" in text_of(told)
