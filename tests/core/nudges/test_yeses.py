"""A yes, or a no, right below the question about a commitment, with how it went or why it did not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.commitments.commands import COMMANDS, Which
from core.commitments.model import CommitmentState
from core.nudges.model import Kind
from core.nudges.reasons import Theme
from core.nudges.words import Templates
from core.nudges.yeses import asks_whether
from core.people.model import Person
from core.plain import message as plain
from core.request import Asked
from core.ui import Message
from persistence.documents import Database
from tests.core.conftest import AT
from tests.core.nudges.asking import Asking, direct
from tests.core.others import Words
from tests.students import DISCORD, met

HOW = "commitment-brief-word"
"""A reminder that asks how it is: to that a bare yes says nothing."""


@pytest.fixture
async def student(database: Database) -> Person:
    return await met(database, DISCORD)


@pytest.fixture
def asking(database: Database, student: Person) -> Asking:
    return Asking(database, student)


@pytest.mark.parametrize(
    "words",
    [
        *("yes, 480 grams!", "Yes, all three are listed now", "yep – took me an hour", "yep, took me half an hour"),
        *("yes, sold two already", "Yes it took ages and they look great", "yes all up on the site", "yes, posted it last night"),
        *("yes finally!! so happy with them", "yes, and 3 people commented", "yes, packed and shipped", "yup, sent 🎉"),
        *("yes, no problem at all", "ok yes, 480 grams", "yes. Weight 480g, price £24", "yes, I photographed all 12 boxes"),
    ],
)
async def test_a_yes_with_how_it_went_is_done_whatever_the_question_was(asking: Asking, words: str) -> None:
    [kept] = await asking.about("Photograph the boxes", template=HOW)
    told = await asking.hears(direct(words))
    assert "Photograph the boxes: done." in told.replace("*", "")
    assert "Not done after all" in told
    assert not (await asking.commitments.one(asking.student, kept.id)).open


@pytest.mark.parametrize(
    "words", ["yes", "yes!", "Yes thanks", "yep :)", "yes yes", "yes it is", "👍", "👍🏽", ":+1:", "yes, all of them"]
)
async def test_a_bare_yes_is_done_where_that_was_asked(asking: Asking, words: str) -> None:
    await asking.about("Photograph the boxes")
    assert "you did it" in await asking.hears(direct(words))


@pytest.mark.parametrize("words", ["yes", "Yes thanks", "👍"])
async def test_below_another_question_a_bare_yes_is_asked_again(asking: Asking, words: str) -> None:
    [kept] = await asking.about("Photograph the boxes", template=HOW)
    assert "I changed nothing" in await asking.hears(direct(words))
    assert (await asking.commitments.one(asking.student, kept.id)).open


@pytest.mark.parametrize(
    ("words", "told"),
    [
        *(
            (each, "When is it likely now")
            for each in ("no, the light was bad", "no because the courier never came", "nah, too busy")
        ),
        *((each, "When is it likely now") for each in ("no time today", "not really, busy week", "👎")),
        ("nope, the light was bad. friday", "by Friday 6 March"),
        *((each, "you did it") for each in ("✅", "sorted", "done and dusted", "did them all", "100% done")),
    ],
)
async def test_a_no_with_its_reason_is_not_yet_and_short_ways_to_say_done_are_done(asking: Asking, words: str, told: str) -> None:
    await asking.about("Photograph the boxes")
    assert told in await asking.hears(direct(words))


@pytest.mark.parametrize(
    "words",
    [
        *(
            "yes, but the light was bad",
            "yes I will",
            "yes tomorrow",
            "yes please",
            "yes, on it",
            "yes, working on it",
            "yes, at 5",
        ),
        *(
            "yes, two of the three",
            "yes, 80%",
            "yes, 2/3",
            "yes, half of them",
            "yes, done, but only two",
            "yes, except the lids",
        ),
        *("yes, got it", "yes, I started yesterday", "yes, in 2 hours", "yes, when the kids are in bed", "yes, good idea"),
        *("yes, thanks for the reminder", "yes, remind me later", "yes, it's on my list", "yes, printed 40 labels, 10 to go"),
        *(
            "yes, sent her the quote, waiting to hear back",
            "yes, I have 3 questions",
            "yes, is £24 ok",
            "yes, write me 3 captions",
        ),
        *("it is hard, 3 days now", "yes, go ahead", "no, it's done", "no wait, I did it", "no worries"),
    ],
)
async def test_a_yes_to_something_else_or_to_a_part_changes_nothing_and_is_asked_again(asking: Asking, words: str) -> None:
    [kept] = await asking.about("Photograph the boxes")
    assert "I changed nothing" in await asking.hears(direct(words))
    assert (await asking.commitments.one(asking.student, kept.id)).open


@pytest.mark.parametrize(
    "words",
    [
        *("yes! all 3 are online now", "yes", "yes, 480 grams!"),
        *("no i didnt have time", "No I didn't have time", "no sorry we forgot", "no unfortunately the kiln broke"),
        *("didnt have time", "i didnt get round to it", "I ran out of time", "no i havent got to it"),
        *("no forgot, sorry", "I forgot", "i havent done it", "couldn't manage it today", "sorry we didn't do it!"),
        *("nearly, two of them are glazed", "almost there, the last one dries", "nearly, can i do it on wednesday?"),
        *("one broke, can I do it by wednesday?", "not quite, the light was bad, could i have until wednesday"),
    ],
)
async def test_after_lunch_it_counts_as_well_where_nothing_else_happened(asking: Asking, words: str) -> None:
    [kept] = await asking.about("Photograph the boxes")
    told = await asking.hears(direct(words, 60 * 5))
    found = await asking.commitments.one(asking.student, kept.id)
    if words.startswith("yes"):
        assert not found.open
    elif "wednesday" in words:
        assert found.local_date == "2026-03-04"
    else:
        assert "When is it likely now" in told


@pytest.mark.parametrize("words", ["I listed two of the three", "only the blue ones", "half of them are up"])
async def test_after_lunch_what_is_not_plain_is_asked_again(asking: Asking, words: str) -> None:
    await asking.about("Photograph the boxes")
    assert "I changed nothing" in await asking.hears(direct(words, 60 * 5))


@pytest.mark.parametrize(
    "words",
    [
        *("no, i have a question", "I forgot my password", "i didn't do it but the others did"),
        *("no i dont understand", "no i did it", "no i didnt say that, i want a hook", "nearly done with the hook by the way?"),
    ],
)
async def test_a_no_to_something_else_is_no_answer(asking: Asking, words: str) -> None:
    [kept] = await asking.about("Photograph the boxes")
    assert "When is it likely now" not in await asking.hears(direct(words))
    assert (await asking.commitments.one(asking.student, kept.id)).open


async def test_after_lunch_something_that_happened_between_comes_first(asking: Asking) -> None:
    await asking.about("Photograph the boxes")
    words = direct("no i didnt have time", 60 * 5)
    await asking.reminders.met(asking.student, AT + timedelta(hours=4.5))
    assert await asking.hears(words) == "", "they came for something"


async def test_after_lunch_something_promised_meanwhile_or_another_reminder_comes_first(asking: Asking) -> None:
    await asking.about("Photograph the boxes")
    words = direct("no i didnt have time", 60 * 5)
    later = (await asking.reminders.came(asking.student, AT))[0].model_copy(
        update={"id": "ndg_other", "kind": Kind.STALLED, "created_at": AT + timedelta(hours=4)}
    )
    await asking.nudges.add(asking.student, later)
    assert await asking.hears(words) == ""


@pytest.mark.parametrize(
    "words", ["yes and now what?", "yes, could you check it", "yes, 480 grams, is that too heavy?", "yes, I need help"]
)
async def test_a_yes_with_a_question_in_it_is_for_the_agents(asking: Asking, words: str) -> None:
    await asking.about("Photograph the boxes")
    assert await asking.hears(direct(words)) == ""


@pytest.mark.parametrize("words", ["yes", "yes, 480 grams!", "no, the light was bad"])
async def test_later_or_in_a_talk_a_yes_may_be_about_anything(asking: Asking, words: str) -> None:
    [kept] = await asking.about("Photograph the boxes")
    assert await asking.hears(direct(words, 60 * 13)) == ""
    asking.talk = [Words(AT + timedelta(minutes=5))]
    assert await asking.hears(direct(words)) == ""
    asking.talk, asking.letters = [], [AT + timedelta(minutes=5)]
    assert await asking.hears(direct(words)) == ""
    asking.talk, asking.letters = [Words(AT - timedelta(minutes=5))], []
    assert "I changed nothing" in await asking.hears(direct(words)), "an agent spoke just before the reminder came"
    assert (await asking.commitments.one(asking.student, kept.id)).open
    assert await asking.hears(direct(words, 22)) == "", "something was answered since"


async def test_of_several_a_yes_with_how_it_went_asks_which(asking: Asking) -> None:
    await asking.about("Photograph the boxes", "Write the hook")
    assert "Which do you mean" in await asking.hears(direct("yes, all three are listed now"))


async def test_both_of_two_are_done_with_a_way_back_for_each(asking: Asking) -> None:
    both = await asking.about("Photograph the boxes", "Write the hook")
    told = await asking.hears(direct("yes, both!"))
    assert "Not done: Photograph the boxes" in told
    assert "Not done: Write the hook" in told
    assert [(await asking.commitments.one(asking.student, each.id)).state for each in both] == [CommitmentState.DONE] * 2


async def test_what_was_taken_for_done_is_open_again_at_one_press(asking: Asking) -> None:
    [kept] = await asking.about("Photograph the boxes")
    await asking.hears(direct("yes, 480 grams!"))
    asked = Asked(id="1", actor=DISCORD, address=DISCORD.direct, at=AT + timedelta(minutes=30), command="commit reopen")
    [reopen] = [each for each in COMMANDS if each.name == asked.command]
    for _ in range(2):
        told = await reopen.handler(asked, asking.student, Which(kept.id), asking.commitments)
        assert isinstance(told, Message)
        assert "open again" in plain(told)
        assert "When is it likely now" in plain(told)
    assert (await asking.commitments.one(asking.student, kept.id)).open
    await asking.commitments.settle(asking.student, kept.id, CommitmentState.GIVEN_UP, asked.at)
    told = await reopen.handler(asked, asking.student, Which(kept.id), asking.commitments)
    assert isinstance(told, Message)
    assert "Nothing was changed" in plain(told)


def test_which_reminders_ask_whether_it_is_done() -> None:
    tones = Templates().file.themes[Theme.COMMITMENT]
    told = {name for each in (tones.warm, tones.brief) for name, text in each.items() if asks_whether(text)}
    assert told == {"commitment-honest", "commitment-check-in", "commitment-brief", "commitment-brief-stand"}
