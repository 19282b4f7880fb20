"""A command that is typed in the middle of an interview, and the words after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.foundation.commands import Filled, save
from core.foundation.interview import Interview
from core.foundation.open_question import OpenQuestion
from core.foundation.service import Foundations
from core.people.model import Person
from core.request import Actor, Address, Asked, Platform
from core.ui import Call
from persistence.foundation import FoundationRecord
from tests.core.conftest import ADDRESS, AT
from tests.core.foundation.test_interview import MECHANISM, OFFERS, asked, pressed, said, text_of
from tests.core.foundation.test_interview_each import at_the_gaps, gaps

KEEP = Call("foundation keep")
WORDS = "A press that keeps the leaves under the brine"
LOOKS = ("foundation show", "foundation check", "foundation history", "foundation edit", "help")


def command(name: str, *, direct: bool = True, page: bool = False) -> Asked:
    return replace(asked(direct=direct), command=name, page=page)


def to_an_agent(words: str) -> Call:
    return Call("ask", {"agent": "Director", "question": words})


@pytest.mark.parametrize("looked", LOOKS)
async def test_words_after_a_look_are_asked_about_and_saved_with_one_press(
    interview: Interview, foundations: Foundations, nora: Person, looked: str
) -> None:
    await interview.begin(asked(), nora)
    await interview.passed_by(command(looked), nora)
    unsure = await interview.hear(said(WORDS), nora)
    assert "Is this for What we sell?" in text_of(unsure)
    assert pressed(unsure) == [KEEP, to_an_agent(WORDS)]
    assert (await foundations.of(nora, AT)).value(OFFERS) is None
    assert foundations.cells.by_key[MECHANISM].question in text_of(await interview.keep(asked(), nora))
    assert (await foundations.of(nora, AT)).value(OFFERS) == WORDS
    assert "Saved under" in text_of(await interview.hear(said("Each jar is pressed by hand, twice"), nora)), "asked about once"


@pytest.mark.parametrize("yes", ["yes", "Yes, save it", "yes please", "ok", "yeah"])
async def test_several_messages_after_a_look_are_one_answer_and_a_yes_may_be_typed(
    interview: Interview, foundations: Foundations, nora: Person, yes: str
) -> None:
    await interview.begin(asked(), nora)
    await interview.passed_by(command("foundation show"), nora)
    await interview.hear(said("Soap bars by the kilo"), nora)
    both = await interview.hear(said("and dishes of olive wood"), nora)
    assert to_an_agent("Soap bars by the kilo\nand dishes of olive wood") in pressed(both)
    await interview.hear(said(yes), nora)
    assert (await foundations.of(nora, AT)).value(OFFERS) == "Soap bars by the kilo\nand dishes of olive wood"


async def test_a_no_that_is_typed_saves_nothing_keeps_the_words_at_hand_and_the_question_waits(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await interview.begin(asked(), nora)
    await interview.passed_by(command("help"), nora)
    await interview.hear(said("make me a plan for the week"), nora)
    told = await interview.hear(said("no"), nora)
    assert "The question for What we sell waits" in text_of(told)
    assert pressed(told) == [to_an_agent("make me a plan for the week"), Call("foundation back")]
    assert "not waiting any more" in text_of(await interview.keep(asked(), nora))
    assert (await foundations.of(nora, AT)).value(OFFERS) is None
    assert foundations.cells.by_key[OFFERS].question in text_of(await interview.hear(said("back"), nora))


async def test_whoever_has_an_agent_asked_instead_goes_on_with_that_agent(interview: Interview, nora: Person) -> None:
    await interview.begin(asked(), nora)
    await interview.passed_by(command("help"), nora)
    await interview.hear(said("make me a plan for the week"), nora)
    await interview.passed_by(command("ask"), nora)
    assert await interview.hear(said("and one for the weekend"), nora) is None
    assert "not waiting any more" in text_of(await interview.keep(asked(), nora))


async def test_whoever_has_an_agent_asked_an_aside_goes_on_with_the_interview(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await interview.begin(asked(), nora)
    assert "Nothing is saved yet" in text_of(await interview.hear(said("two secs, someone at the door"), nora))
    await interview.passed_by(command("ask"), nora)
    assert "not waiting any more" in text_of(await interview.keep(asked(), nora))
    assert "Saved under" in text_of(await interview.hear(said(WORDS), nora))
    assert (await foundations.of(nora, AT)).value(OFFERS) == WORDS


@pytest.mark.parametrize("between", ["what do you mean?", "said goals: one jar that works", "where are we"])
async def test_words_that_were_asked_about_wait_for_a_yes_whatever_is_said_between(
    interview: Interview, foundations: Foundations, nora: Person, between: str
) -> None:
    await interview.begin(asked(), nora)
    await interview.passed_by(command("foundation show"), nora)
    await interview.hear(said(WORDS), nora)
    await interview.hear(said(between), nora)
    assert "Saved under" in text_of(await interview.keep(asked(), nora))
    assert (await foundations.of(nora, AT)).value(OFFERS) == WORDS


@pytest.mark.parametrize("words", ["How do I write a hook?", "what is next for me?", "@Teacher what is a hook"])
async def test_a_question_after_a_look_is_for_the_agents(interview: Interview, nora: Person, words: str) -> None:
    await interview.begin(asked(), nora)
    await interview.passed_by(command("help"), nora)
    assert await interview.hear(said(words), nora) is None


@pytest.mark.parametrize("words", ["what do you mean?", "ok", "how many questions are left", "where are we", "hm"])
async def test_words_that_bring_the_question_again_make_it_the_last_thing_that_was_read(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await interview.begin(asked(), nora)
    await interview.passed_by(command("foundation show"), nora)
    assert foundations.cells.by_key[OFFERS].question in text_of(await interview.hear(said(words), nora))
    assert "Saved under" in text_of(await interview.hear(said(WORDS), nora))


async def test_a_look_leaves_skip_and_leave_as_they_are(interview: Interview, foundations: Foundations, nora: Person) -> None:
    await interview.begin(asked(), nora)
    await interview.passed_by(command("foundation show"), nora)
    assert foundations.cells.by_key[MECHANISM].question in text_of(await interview.hear(said("skip"), nora))
    assert "Saved under How it works" in text_of(await interview.hear(said(WORDS), nora)), "that question came after it"
    await interview.passed_by(command("foundation show"), nora)
    assert "We stop here" in text_of(await interview.hear(said("not now"), nora))


async def test_what_was_looked_at_elsewhere_stands_not_below_the_question(interview: Interview, nora: Person) -> None:
    await interview.begin(asked(), nora)
    slack = Actor(Platform.SLACK, "T1", "nora", "Nora")
    for elsewhere in (command("foundation show", direct=False), command("foundation show", page=True)):
        await interview.passed_by(elsewhere, nora)
    await interview.passed_by(replace(command("help"), actor=slack), nora)
    assert "Saved under" in text_of(await interview.hear(said(WORDS), nora))


async def test_a_reply_to_the_question_itself_is_its_answer_whatever_was_looked_at(interview: Interview, nora: Person) -> None:
    await interview.begin(asked(), nora)
    await interview.passed_by(command("foundation show"), nora)
    place = Address(ADDRESS.platform, ADDRESS.workspace, ADDRESS.channel, "1.1")
    reply = replace(said(WORDS, place), replies_to="1.1", replies_to_at=AT + timedelta(seconds=1))
    assert "Saved under" in text_of(await interview.hear(reply, nora))


@pytest.mark.parametrize("turned", ["progress", "kpi log", "run", "module show", "commit"])
async def test_any_other_command_is_a_turn_to_something_else_and_the_interview_goes_on_where_it_was(
    interview: Interview, foundations: Foundations, store: FoundationRecord, nora: Person, turned: str
) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said("skip"), nora)
    await interview.passed_by(command(turned), nora)
    assert await OpenQuestion(store).asked_at(nora) is None
    for words in (WORDS, "back", "skip", "ok", "said goals: one jar"):
        assert await interview.hear(said(words), nora) is None
    assert foundations.cells.by_key[MECHANISM].question in text_of(await interview.begin(asked(), nora))
    assert "Saved under How it works" in text_of(await interview.hear(said(WORDS), nora))


async def test_below_what_was_changed_in_a_form_the_question_comes_again(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said("A starter kit that ferments the first jar"), nora)
    for each in ("foundation edit", "foundation save"):
        await interview.passed_by(command(each), nora)
    told = await save(command("foundation save"), nora, Filled(None, {OFFERS: "A starter kit"}), foundations, interview)
    assert "Saved: What we sell." in text_of(told)
    assert foundations.cells.by_key[MECHANISM].question in text_of(told)
    assert "Saved under How it works" in text_of(await interview.hear(said(WORDS), nora))


async def test_a_question_that_a_form_answered_gives_way_to_the_next(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await interview.begin(asked(), nora)
    told = await save(command("foundation save"), nora, Filled(None, {OFFERS: "A starter kit"}), foundations, interview)
    assert foundations.cells.by_key[MECHANISM].question in text_of(told)


async def test_rivals_that_are_changed_in_the_form_are_asked_about_by_their_new_names(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await at_the_gaps(interview, foundations, nora, "weleda; the pharmacy creams")
    form = Filled(None, {"marketAwareness.competitors.name": "Weleda skin food; the pharmacy creams"})
    assert "Take Weleda skin food." in text_of(await save(command("foundation save"), nora, form, foundations, interview))
    assert "Take the pharmacy creams." in text_of(await interview.hear(said("too perfumed"), nora))
    assert await gaps(foundations, nora) == {"Weleda skin food": "too perfumed", "the pharmacy creams": ""}


@pytest.mark.parametrize("elsewhere", [command("foundation save", direct=False), command("foundation save", page=True)])
async def test_a_form_that_was_sent_elsewhere_brings_no_question(
    interview: Interview, foundations: Foundations, nora: Person, elsewhere: Asked
) -> None:
    await interview.begin(asked(), nora)
    told = text_of(await save(elsewhere, nora, Filled(None, {MECHANISM: WORDS}), foundations, interview))
    assert foundations.cells.by_key[OFFERS].question not in told
    assert await interview.hear(said("A starter kit at €59 and more"), nora) is not None


async def test_without_an_interview_a_form_brings_no_question(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    told = text_of(await save(command("foundation save"), nora, Filled(None, {MECHANISM: WORDS}), foundations, interview))
    assert "[Skip]" not in told
