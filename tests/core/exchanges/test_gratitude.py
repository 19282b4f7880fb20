"""A letter of thanks that asks nothing makes nobody wait, however it goes on; one that asks anything does."""

from __future__ import annotations

import pytest

from core.exchanges import views
from core.exchanges.gratitude import only_thanks
from core.exchanges.model import Exchange
from core.people.model import Person
from core.plain import message
from tests.core.conftest import AT, actor
from tests.core.exchanges.office import DAY, HOUR, MINUTE, Office, letters_to

THANKS = (
    "thanks, done already!", "thanks Nora, done already!", "Thank you, I did it this morning", "thx, works now",
    "great, thank you, I will try it tonight", "Thanks for your help, it sold three jars today", "thank you so much for the link",
    "thanks a lot, that was a great help", "Perfect, thanks, that is exactly what I needed", "done, thank you!",
    "I have put it live, thank you Nora", "cheers, all clear now", "thank you! It feels much better", "ok thanks, I am on it",
    "tysm, I'll write it on Sunday", "Many thanks, my page is live", "thanks for getting back to me, all good",
    "wow, thank you, two orders since then", "appreciate it, see you on Thursday", "that worked, thanks again",
)  # fmt: skip
ASKING = (
    "thanks, but how do I change the price", "thank you! one more thing", "thanks, did you get my file", "thanks, is that right",
    "thank you, when do we meet", "thanks Nora, can you look at it", "thanks, which cell?", "Thanks! Could you check my hook",
    "thanks, I am still stuck", "thank you, it does not work", "thanks, let me know what you think", "thx, what about the price",
    "thanks, please send me the list", "thanks, here is my draft", "thanks, I sent you the page", "thanks, any idea",
    "thank you, I don't get it", "thanks, also my shop is down", "thanks, I need another day", "thank you do you have a minute",
    "thanks. My price is wrong", "thanks, I was wondering about Gift", "thanks for the tip, not sure about it", "thanks, help",
    "thanks, I'd like to talk", "thanks, no", "thanks, I hope it is right", "thanks, see https://jam.example/page",
    "no thanks", "I thank my customers on the page", "Which price? thanks", "please call me, thank you", "done already",
    "thanks. I have thought about what you wrote and will change the whole page, the offer and the price this week",
)  # fmt: skip


@pytest.mark.parametrize("words", THANKS)
def test_thanks_with_a_few_words_more_ask_nothing(words: str) -> None:
    assert only_thanks(words)


@pytest.mark.parametrize("words", ASKING)
def test_what_asks_or_may_ask_is_more_than_thanks(words: str) -> None:
    assert not only_thanks(words)


async def test_nobody_waits_for_an_answer_to_thanks(office: Office, omar: Person, nora: Person, letter: Exchange) -> None:
    kept = await office.exchanges.answer(nora, letter.id, "thanks Omar, done already!", AT + HOUR)
    assert (kept.waits, kept.next_show_at) == (False, None)
    assert kept.last.words == "thanks Omar, done already!", "it is what was said last all the same"
    asking = await office.exchanges.answer(nora, letter.id, "thanks, did you get my file", AT + 2 * HOUR)
    assert asking.waits
    assert asking.next_show_at is not None


async def test_thanks_take_no_question_back_that_has_no_answer(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    await office.exchanges.answer(nora, letter.id, "Which price should I take?", AT + HOUR)
    kept = await office.exchanges.answer(nora, letter.id, "thanks Omar, done already!", AT + 2 * HOUR)
    assert kept.waits
    assert kept.last.words == "Which price should I take?"


@pytest.mark.parametrize("words", ["great thanks!", "thanks Omar, done already!"])
async def test_settling_what_was_only_thanks_tells_the_student_nothing(
    office: Office, omar: Person, nora: Person, letter: Exchange, words: str
) -> None:
    await office.exchanges.answer(nora, letter.id, words, AT + HOUR)
    before = await letters_to(office, nora)
    closed = await office.exchanges.close(omar, letter.id, AT + DAY)
    assert await letters_to(office, nora) == before
    assert "Nora had thanked you, so nothing was sent" in message(views.settled(closed, coach=True))


async def test_settling_anything_else_is_told(office: Office, omar: Person, nora: Person, letter: Exchange) -> None:
    await office.exchanges.answer(nora, letter.id, "I have changed it, thanks, but which price", AT + HOUR)
    count = await office.database.collection("outbox").count({"personId": nora.id})
    closed = await office.exchanges.close(omar, letter.id, AT + DAY)
    assert await office.database.collection("outbox").count({"personId": nora.id}) == count + 1
    assert "the other side was told" in message(views.settled(closed, coach=True))


async def test_the_student_who_thanked_may_settle_it_and_is_heard(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    await office.exchanges.answer(nora, letter.id, "thanks, done already", AT + HOUR)
    closed = await office.exchanges.close(nora, letter.id, AT + DAY)
    assert "the other side was told" in message(views.settled(closed, coach=False))


async def test_who_thanked_is_not_asked_about_when_another_coach_writes(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    """Her answer to Paul is for Paul: Omar has not spoken since she did."""
    await office.exchanges.answer(nora, letter.id, "great thanks!", AT + HOUR)
    paul = await office.coach("paul")
    asked = await office.exchanges.ask(
        nora, "I would like a person", actor("nora").direct, AT + 5 * DAY, event_id="e9", show=False
    )
    await office.exchanges.take(paul, asked.id, AT + 5 * DAY + MINUTE)
    await office.exchanges.answer(paul, asked.id, "Hi Nora, Paul here. Which cell?", AT + 5 * DAY + 2 * MINUTE)
    shown = await office.types(nora, "the one about my customers", AT + 5 * DAY + 20 * MINUTE)
    assert "Is this for Paul?" in shown
    assert "Omar" not in shown
    named = await office.types(nora, "Omar, it is the one about my customers", AT + 6 * DAY)
    assert "Is this for Omar?" in named, "whom she names"


async def test_a_coach_who_has_no_answer_is_named_beside_another(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    paul = await office.coach("paul")
    asked = await office.exchanges.ask(nora, "I would like a person", actor("nora").direct, AT + DAY, event_id="e9", show=False)
    await office.exchanges.answer(paul, asked.id, "Hi Nora, Paul here. Which cell?", AT + DAY + 2 * MINUTE)
    assert "Is this for Paul or Omar?" in await office.types(nora, "the one about my customers", AT + DAY + HOUR)
