"""Thanks and a word about when they meet wait for nobody, also where they name the coach, and below a letter to everybody too."""

from __future__ import annotations

import pytest

from core.chat.loose import asks_for_nothing, meets
from core.exchanges.model import Exchange
from core.people.model import Person
from tests.core.conftest import AT
from tests.core.exchanges.office import DAY, HOUR, MINUTE, Office, letters_to
from tests.core.exchanges.test_after_all import announced


@pytest.mark.parametrize(
    "words",
    [
        "great, talk then, thank you!", "speak then", "see you then", "see you thursday", "See you on Thursday!", "till then",
        "ok till then", "thanks, I'll see you tomorrow", "no worries", "no worries, see you there", "talk soon", "thanks a lot",
        "perfect, see you Monday morning", "thanks, speak to you later",
    ],
)  # fmt: skip
def test_a_courtesy_asks_for_nothing(words: str) -> None:
    assert asks_for_nothing(words)


@pytest.mark.parametrize(
    "words",
    [
        "talk then?", "I can't talk then", "see you thursday, but my hook is not done", "see the price you said",
        "closed until then", "see you thursday if I can", "thanks, I won't see you then", "when do we talk", "can we talk later",
        "no worries about the price, it is 22 now", "no problem with hooks", "till Monday I am away", "speak to customers then",
        "sick, see you thursday",
    ],
)  # fmt: skip
def test_what_says_more_is_no_courtesy(words: str) -> None:
    assert not asks_for_nothing(words)


async def test_right_below_a_letter_they_go_to_its_writer_without_a_question(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    for at, words in enumerate(("great, talk then, thank you!", "no worries", "see you Thursday, Omar")):
        assert "Sent to Omar." in await office.types(nora, words, AT + (5 + at) * MINUTE), words
    kept = await office.exchanges.one(nora, letter.id)
    assert (kept.waits, kept.next_show_at, len(kept.lines)) == (False, None, 4)
    assert "Is this for Omar?" in await office.types(nora, "thanks, see you later", AT + 3 * HOUR), "or for us, who wrote since"


async def test_a_coach_is_asked_about_such_words(office: Office, omar: Person, nora: Person, letter: Exchange) -> None:
    await office.exchanges.answer(nora, letter.id, "Shall we talk on Thursday?", AT + HOUR)
    assert "Is this for Nora?" in await office.types(omar, "see you then", AT + HOUR + MINUTE)
    assert await letters_to(office, nora) == ["Omar, your coach, writes"], "who has no more of it so far"


@pytest.mark.parametrize(
    "words", ["no worries Omar!", "thanks Omar, see you Thursday", "Great, Omar, see you then", "thank you Omar"]
)
async def test_thanks_with_the_name_below_a_letter_to_everybody_are_an_answer_to_it(
    office: Office, omar: Person, nora: Person, words: str
) -> None:
    ida = await office.coach("ida")
    await announced(office, omar, nora, 1, AT)
    assert "Sent to Omar." in await office.types(nora, words, AT + HOUR)
    assert await letters_to(office, omar) == ["Nora answers your letter to everybody"]
    assert await letters_to(office, ida) == []
    [kept] = await office.exchanges.waiting(omar)
    assert (kept.waits, kept.next_show_at) == (False, None)


@pytest.mark.parametrize(
    ("words", "waits"),
    [
        ("I'll be there Omar", False), ("Omar, I am away on Thursday", False),
        ("Omar, which room is it", True), ("Can I come later, Omar?", True),
    ],
)  # fmt: skip
async def test_words_with_the_name_below_a_letter_to_everybody_wait_where_they_ask(
    office: Office, omar: Person, nora: Person, words: str, waits: bool
) -> None:
    before = await office.exchanges.write(omar, nora, "Welcome", AT - 20 * DAY, event_id="e0")
    await office.exchanges.close(omar, before.id, AT - 19 * DAY)
    await announced(office, omar, nora, 1, AT)
    assert "Is this for Omar?" in await office.types(nora, words, AT + HOUR)
    assert "Sent to Omar." in await office.types(nora, "yes", AT + HOUR + MINUTE)
    assert (await letters_to(office, omar))[-1] == "Nora answers your letter to everybody"
    [kept] = await office.exchanges.waiting(omar)
    assert kept.id != before.id, "what was settled stays so"
    assert kept.waits is waits


async def test_words_with_a_name_go_on_where_something_goes_on_with_them(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    await announced(office, omar, nora, 1, AT + HOUR)
    await office.types(nora, "Omar, it did work", AT + 2 * HOUR)
    await office.types(nora, "yes", AT + 2 * HOUR + MINUTE)
    assert (await office.words(letter))[-1] == "Omar, it did work", "he had asked her that"
    assert (await office.exchanges.one(nora, letter.id)).waits


async def test_another_coach_who_is_named_below_a_letter_to_everybody_is_not_its_writer(
    office: Office, omar: Person, nora: Person
) -> None:
    ida = await office.coach("ida")
    await announced(office, omar, nora, 1, AT)
    assert "Is this for Ida?" in await office.types(nora, "thanks Ida, see you Thursday", AT + HOUR), "who wrote nothing"
    assert "Sent to Ida." in await office.types(nora, "yes", AT + HOUR + MINUTE)
    assert await letters_to(office, ida) == ["Nora writes to you"]
    [kept] = await office.exchanges.waiting(ida)
    assert (kept.waits, kept.next_show_at) == (False, None)
    assert meets("see you Thursday")


async def test_a_word_about_when_they_meet_is_a_reply_to_a_letter_to_everybody(
    office: Office, omar: Person, nora: Person
) -> None:
    letter = await announced(office, omar, nora, 1, AT)
    assert await office.types(nora, "thanks!", AT + DAY, replies_to=letter) == "", "which may be for us"
    assert "Sent to Omar." in await office.types(nora, "see you Thursday", AT + DAY + MINUTE, replies_to=letter)
    [kept] = await office.exchanges.waiting(omar)
    assert not kept.waits


async def test_half_a_day_later_the_letter_to_everybody_is_over(office: Office, omar: Person, nora: Person) -> None:
    await announced(office, omar, nora, 1, AT)
    assert await office.types(nora, "thanks Omar", AT + 13 * HOUR) == "", "nothing is open with him"
    await office.types(nora, "Omar, my hook is done", AT + 13 * HOUR)
    await office.types(nora, "yes", AT + 13 * HOUR + MINUTE)
    assert await letters_to(office, omar) == ["Nora writes to you"]
