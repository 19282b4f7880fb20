"""Messages below something else than the question, or below a doubt: each is looked at alone, and none is dropped in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.foundation.going_back import goes_back
from core.foundation.interview import WAITS, Interview
from core.foundation.service import Foundations
from core.people.model import Person
from core.ui import Call
from tests.core.conftest import AT
from tests.core.foundation.test_interview import MECHANISM, OFFERS, asked, pressed, said, text_of
from tests.core.foundation.test_passing import command

SOLD = "A5 journals that lie flat, sewn by hand, £32 with post"
WORDS = "I sew each book by hand on a frame that was my father's"
MISSION, PROMISE = "companyContext.missionVision", "companyContext.valueProposition"
KEEP = Call("foundation keep")


async def at_the_second(interview: Interview, nora: Person) -> None:
    await interview.begin(asked(), nora)
    assert "Saved under" in text_of(await interview.hear(said(SOLD), nora))


@pytest.mark.parametrize("words", ["keep that one", "make it shorter", "use the second one", "try again pls"])
async def test_after_an_agents_answer_words_about_it_are_for_the_agents(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await at_the_second(interview, nora)
    assert await interview.hear(said("@Teacher a hook for my journals pls"), nora) is None
    for each in (words, "is that not too long?", "a bit warmer"):
        assert await interview.hear(said(each), nora) is None
    assert "Saved under How it works" in text_of(await interview.hear(said(WORDS), nora)), "the question stayed open"
    assert (await foundations.of(nora, AT)).value(MECHANISM) == WORDS


async def test_an_order_goes_to_whoever_takes_it_and_the_question_stays_open(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await at_the_second(interview, nora)
    assert await interview.hear(said("remind me tmrw to email dave about packaging"), nora) is None
    assert await interview.hear(said("can u write me a hook for the journals"), nora) is None
    assert (await foundations.of(nora, AT)).value(MECHANISM) is None
    assert "Saved under How it works" in text_of(await interview.hear(said(WORDS), nora))


async def test_below_the_next_question_an_agents_answer_lies_above(interview: Interview, nora: Person) -> None:
    await at_the_second(interview, nora)
    assert await interview.hear(said("@Teacher a hook for my journals pls"), nora) is None
    await interview.hear(said(WORDS), nora)
    assert KEEP in pressed(await interview.hear(said("keep that one"), nora))


@pytest.mark.parametrize("words", ["keep that one", "whats a hook again", "Back to trends please", "sorry, i misread"])
async def test_without_such_an_answer_they_are_asked_about_and_never_saved(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await at_the_second(interview, nora)
    assert KEEP in pressed(await interview.hear(said(words), nora))
    assert (await foundations.of(nora, AT)).value(MECHANISM) is None


async def test_one_yes_is_not_for_a_doubtful_message_and_an_answer(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await at_the_second(interview, nora)
    await interview.passed_by(command("foundation show"), nora)
    unsure = await interview.hear(said("Actually the A5 journal is £36 now, please change it"), nora)
    assert Call("foundation edit", {"cell": "What we sell"}) in pressed(unsure)
    told = text_of(await interview.hear(said(WORDS), nora))
    assert f"Is this for How it works? “{WORDS}”" in told
    assert "before that is not saved: “Actually the A5 journal is £36 now, please change it”" in told
    await interview.hear(said("yes"), nora)
    assert (await foundations.of(nora, AT)).value(MECHANISM) == WORDS


@pytest.mark.parametrize("words", ["I don't know yet", "skip", "pause for now gotta roast"])
async def test_an_answer_that_was_asked_about_is_not_dropped_in_silence(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await at_the_second(interview, nora)
    await interview.passed_by(command("foundation show"), nora)
    await interview.hear(said(WORDS), nora)
    told = await interview.hear(said(words), nora)
    assert f"What you wrote before that is not saved: “{WORDS}”" in text_of(told)
    assert pressed(told)[0] == Call("foundation edit", {"cell": f"How it works: {WORDS}"})
    assert (await foundations.of(nora, AT)).value(MECHANISM) is None


async def test_of_an_aside_that_was_let_go_nothing_is_told(interview: Interview, nora: Person) -> None:
    await at_the_second(interview, nora)
    await interview.hear(said("wait order comes in"), nora)
    assert "not saved" not in text_of(await interview.hear(said("skip"), nora))


async def test_a_pause_below_a_doubt_leaves_the_interview(interview: Interview, foundations: Foundations, nora: Person) -> None:
    await at_the_second(interview, nora)
    await interview.hear(said("wait order comes in"), nora)
    assert "The question for How it works waits" in text_of(await interview.hear(said("pause for now gotta roast"), nora))
    assert (await foundations.of(nora, AT)).value(MECHANISM) is None


async def test_a_wish_to_skip_below_a_doubt_skips(interview: Interview, foundations: Foundations, nora: Person) -> None:
    await at_the_second(interview, nora)
    await interview.passed_by(command("foundation show"), nora)
    await interview.hear(said("wait order comes in"), nora)
    assert foundations.cells.by_key[MISSION].question in text_of(await interview.hear(said("can I skip this one?"), nora))


@pytest.mark.parametrize("words", ["wait what do you mean by that", "dont get it", "like what?", "huh?"])
async def test_a_question_about_the_question_is_answered_with_the_cells_example(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await at_the_second(interview, nora)
    told = text_of(await interview.hear(said(words), nora))
    assert "Crock & Clover wrote" in told
    assert foundations.cells.by_key[MECHANISM].question in told


@pytest.mark.parametrize("words", ["back", "go back one", "Back to the last one please", "previous question", "sorry, go back"])
async def test_after_a_skip_back_is_the_question_that_was_skipped(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await at_the_second(interview, nora)
    await interview.hear(said("skip"), nora)
    assert foundations.cells.by_key[MECHANISM].question in text_of(await interview.hear(said(words), nora))
    assert "Saved under How it works" in text_of(await interview.hear(said(WORDS), nora))


async def test_after_an_answer_it_is_the_last_answer_still(interview: Interview, nora: Person) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said("skip"), nora)
    later = replace(said(WORDS), at=AT + timedelta(minutes=1))
    await interview.hear(later, nora)
    told = await interview.hear(replace(said("go back one"), at=AT + timedelta(minutes=2)), nora)
    assert pressed(told)[0] == Call("foundation edit", {"cell": "How it works"})


@pytest.mark.parametrize(
    "words", ["Back to basics soap", "They go back to plastic", "Back.Neck", "Go back to nature", "One before bed"]
)
def test_an_answer_goes_not_back(words: str) -> None:
    assert not goes_back(words)


async def test_a_correction_is_shown_the_cell_that_holds_nearly_the_same_words(interview: Interview, nora: Person) -> None:
    await at_the_second(interview, nora)
    await interview.hear(said("Each evening around 8 we sew, by lamp, with waxed thread"), nora)
    await interview.hear(said("Students who write by hand, they'd go back to cheap pads"), nora)
    told = await interview.hear(said("oh no thats wrong, i meant we sew each morning around 8 with waxed thread"), nora)
    assert pressed(told)[0] == Call("foundation edit", {"cell": "How it works"})
    assert "an answer that you gave before" in text_of(told)


@pytest.mark.parametrize(
    "words", ["sorry, the what we sell answer is wrong, it should be calm, dry, exact", "no the what we sell answer was wrong"]
)
async def test_a_correction_is_shown_the_cell_that_it_names(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await at_the_second(interview, nora)
    await interview.hear(said(WORDS), nora)
    unsure = await interview.hear(said(words), nora)
    assert Call("foundation edit", {"cell": "What we sell"}) in pressed(unsure)
    assert (await foundations.of(nora, AT)).value(MISSION) is None


async def test_what_was_left_is_asked_again_days_later(interview: Interview, foundations: Foundations, nora: Person) -> None:
    await at_the_second(interview, nora)
    assert "The question for How it works waits" in text_of(await interview.hear(said("thats it for tonight"), nora))
    late = replace(asked(), at=AT + WAITS + timedelta(days=2))
    assert foundations.cells.by_key[MECHANISM].question in text_of(await interview.begin(late, nora))


@pytest.mark.parametrize(
    ("words", "cell", "text"),
    [
        ("Oh and for Main promise: lies flat from the first page", "Main promise", "lies flat from the first page"),
        ("Main promise: lies flat…", "Main promise", "lies flat…"),
        ("add to who we sell to: mums w/ rescue dogs that itch", "Identity", "mums w/ rescue dogs that itch"),
        ("add amazon to rivals pls", "Rivals", "amazon"),
        ("put calm, dry, exact under voice", "Voice", "calm, dry, exact"),
    ],
)
async def test_after_it_was_left_a_cell_that_is_named_is_offered_to_be_filled(
    interview: Interview, foundations: Foundations, nora: Person, words: str, cell: str, text: str
) -> None:
    await at_the_second(interview, nora)
    await interview.leave(nora, AT)
    told = await interview.hear(said(words), nora)
    assert "Nothing is saved yet" in text_of(told)
    assert pressed(told)[0] == Call("foundation add", {"cell": cell, "text": text})
    assert (await foundations.of(nora, AT)).value(PROMISE) is None


async def test_what_is_to_be_taken_out_is_shown_without_it(interview: Interview, nora: Person) -> None:
    await at_the_second(interview, nora)
    await interview.leave(nora, AT)
    told = await interview.hear(said("delete sewn by hand from what we sell"), nora)
    assert pressed(told)[0] == Call("foundation edit", {"cell": "What we sell: A5 journals that lie flat, £32 with post"})
    empty = await interview.hear(said("remove whats a hook again from how it works"), nora)
    assert "does not stand under How it works" in text_of(empty)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "pains: how do I find them?",
            "note: voice is hoarse",
            "what should I do about my voice",
            "thanks",
            "delete my account",
        ),
        *(
            "add two photos to the page",
            "remove the dog from the photo",
            "Voice recorders sell well",
            "@Teacher voice: is warm fine",
        ),
        *("can you improve my main promise", "put it in the oven", "delete that from my chat", "add this to voice"),
    ],
)
async def test_other_words_go_on_to_the_agents(interview: Interview, nora: Person, words: str) -> None:
    await at_the_second(interview, nora)
    await interview.leave(nora, AT)
    assert await interview.hear(said(words), nora) is None


async def test_while_the_interview_is_open_what_is_to_be_changed_comes_above_the_question(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await at_the_second(interview, nora)
    told = await interview.hear(said("delete sewn by hand from what we sell"), nora)
    assert "Nothing is changed yet" in text_of(told)
    assert foundations.cells.by_key[MECHANISM].question in text_of(told)
    assert (await foundations.of(nora, AT)).value(OFFERS) == SOLD
