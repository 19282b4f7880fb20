"""Words that are typed by themselves after a letter are asked about, kept meanwhile, and reach whom they were for, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from core.chat.loose import Gone
from core.exchanges.meant import NOT_MEANT, SEND
from core.exchanges.model import Exchange
from core.exchanges.rewording import Rewording
from core.exchanges.service import NoSuchExchange
from core.exchanges.while_asked import WhileAsked
from core.foundation.model import OpenInterview
from core.foundation.open_question import OpenQuestion
from core.people.model import Person
from core.plain import message
from core.request import File, Reworded, Said
from core.ui import Call, Message
from persistence.exchanges import ExchangeRecord
from persistence.foundation import FoundationRecord
from persistence.outbox import OutboxRecord
from tests.core.conftest import AT, actor
from tests.core.exchanges.office import DAY, HOUR, MINUTE, SUGGESTED, Office, press, spoken


async def test_words_after_a_letter_are_asked_about_and_sent_once(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    long = "Yes, twelve sold, " + "and more of them, " * 20
    shown = await office.types(nora, long, AT + HOUR)
    assert "Is this for Omar?" in shown
    assert "> Yes, twelve sold" in shown
    assert "[Send it to Omar] [No, it is for you]" in shown
    assert (office.agents.heard, await office.words(letter)) == ([], ["Did the smaller price work?"])
    kept = await office.last(nora)
    for _ in range(2):
        assert "Sent to Omar." in message(await office.meant.send(press(nora, AT + 2 * HOUR), nora, kept, 0))
    assert await office.words(letter) == ["Did the smaller price work?", long.strip()]
    assert "for Omar?" in await office.types(nora, "On Saturday alone", AT + 2 * HOUR + 9 * MINUTE), "it goes on"
    assert await office.types(nora, "A hook for jam", AT + 3 * HOUR) == "", "the letter is answered"
    with pytest.raises(Gone):
        await office.meant.hear_on(press(nora, AT + 2 * HOUR), nora, kept)
    with pytest.raises(NoSuchExchange):
        await office.meant.send(press(omar, AT + 2 * HOUR), omar, kept, 0)


async def test_they_are_asked_until_they_answer_and_then_left_alone(office: Office, nora: Person, letter: Exchange) -> None:
    assert "for Omar?" in await office.types(nora, "It did", AT + HOUR)
    assert "for Omar?" in await office.types(nora, "Twelve sold", AT + 2 * HOUR)
    assert await office.types(nora, "A headline for jars", AT + 3 * HOUR) == "", "they talk to the agents, it seems"
    assert "for Omar?" in await office.types(nora, "So Omar, what next", AT + 4 * HOUR), "he is named"


async def test_a_letter_in_several_messages_is_one_letter(office: Office, nora: Person, letter: Exchange) -> None:
    for at, words in enumerate(("hey omar", "it did", "twelve sold")):
        shown = await office.types(nora, words, AT + HOUR + at * MINUTE)
    assert "> hey omar\n> it did\n> twelve sold" in shown
    await office.meant.send(press(nora, AT + 2 * HOUR), nora, await office.last(nora), 0)
    assert await office.words(letter) == ["Did the smaller price work?", "hey omar\nit did\ntwelve sold"]
    for words in ("x" * 1_500, "y" * 1_500):
        await office.types(nora, words, AT + 2 * HOUR + MINUTE)
    await office.meant.send(press(nora, AT + 3 * HOUR), nora, await office.last(nora), 0)
    assert (await office.words(letter))[-1] == "y" * 1_500, "no more than a letter holds, and nothing is cut off"
    assert [each.words for each in await office.loose.since(nora, AT) if each.words] == ["x" * 1_500]


async def test_several_messages_that_are_for_the_agents_are_heard_in_one(office: Office, nora: Person, letter: Exchange) -> None:
    for at, words in enumerate(("A headline for jars", "with July in it")):
        await office.types(nora, words, AT + HOUR + at * MINUTE)
    await office.meant.hear_on(press(nora, AT + 2 * HOUR), nora, await office.last(nora))
    assert [each.text for each in office.agents.heard] == ["A headline for jars\nwith July in it"]


async def test_what_is_for_the_bot_is_heard_by_the_rest_and_nothing_is_asked_again_of_that_letter(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    await office.types(nora, "A headline for jars", AT + HOUR)
    kept = await office.last(nora)
    assert await office.meant.hear_on(press(nora, AT + 2 * HOUR), nora, kept) is not None
    [heard] = office.agents.heard
    assert (heard.text, heard.id, heard.direct) == ("A headline for jars", f"A headline for jars {AT + HOUR}", True)
    await office.store.answered(nora, kept, "director")
    assert await office.types(nora, "And a shorter one", AT + DAY) == ""
    await office.exchanges.answer(omar, letter.id, "Any news?", AT + DAY + HOUR)
    assert "for Omar?" in await office.types(nora, "And a shorter one yet", AT + DAY + 2 * HOUR), "a new letter"


async def test_what_another_than_the_agents_took_is_no_talk_of_theirs(office: Office, nora: Person, letter: Exchange) -> None:
    await office.types(nora, "my figures", AT + HOUR)
    kept = await office.last(nora)
    assert await office.meant.hear_on(press(nora, AT + 2 * HOUR), nora, kept) is not None
    assert office.agents.heard == []
    assert [each.words for each in await office.loose.since(nora, AT)] == [""]


async def test_the_question_is_answered_in_words_too(office: Office, omar: Person, nora: Person, letter: Exchange) -> None:
    await office.types(nora, "It did", AT + HOUR)
    assert "Sent to Omar." in await office.types(nora, "Yes please", AT + HOUR + MINUTE)
    assert await office.words(letter) == ["Did the smaller price work?", "It did"]
    await office.exchanges.answer(omar, letter.id, "How many?", AT + 2 * HOUR)
    await office.types(nora, "A headline", AT + 3 * HOUR)
    assert "Heard." in await office.types(nora, "no", AT + 3 * HOUR + MINUTE)
    assert [each.text for each in office.agents.heard] == ["A headline"]


async def test_an_answer_in_words_hours_later_is_asked_about_again_unless_somebody_wrote_since(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    await office.types(nora, "Twelve of them", AT + HOUR)
    shown = await office.types(nora, "yes", AT + 5 * HOUR)
    assert "Is this for Omar?\n> Twelve of them\n\n" in shown
    assert "Sent to Omar." in message(await office.meant.send(press(nora, AT), nora, await office.last(nora), 0))
    await office.exchanges.answer(omar, letter.id, "And the jam?", AT + 6 * HOUR)
    await office.types(nora, "Not so well", AT + 7 * HOUR)
    await office.exchanges.answer(omar, letter.id, "Shall we call?", AT + 8 * HOUR)
    assert "> yes" in await office.types(nora, "yes", AT + 9 * HOUR), "it is for Omar, and answers no question of ours"
    assert await office.words(letter) == [
        *("Did the smaller price work?", "Twelve of them", "And the jam?", "Shall we call?"),
    ]


async def test_yes_to_the_letter_itself_is_asked_about(office: Office, nora: Person, letter: Exchange) -> None:
    assert "> Yes" in await office.types(nora, "Yes", AT + HOUR)
    assert "for Omar?" in await office.types(nora, "Yes", AT + 2 * HOUR), "nobody remembers the question from an hour ago"


@pytest.mark.parametrize(
    "words",
    ["Hi", "Good morning!", "…", "@Teacher what is a hook?", "@Teachr what is a hook?", SUGGESTED, "x" * 2_001, " "],
)
async def test_nobody_is_asked_about_what_is_plainly_for_the_bot(
    office: Office, nora: Person, letter: Exchange, words: str
) -> None:
    assert await office.types(nora, words, AT + HOUR) == ""


async def test_nothing_is_asked_in_channels_in_threads_without_a_letter_or_after_a_week(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    assert await office.types(nora, "It did", AT + HOUR, direct=False) == ""
    assert await office.types(nora, "It did", AT + HOUR, replies_to="an answer of an agent") == ""
    assert await office.types(nora, "It did", AT + 7 * DAY + MINUTE) == ""
    assert "for Omar?" in await office.types(nora, "It did", AT + 7 * DAY - MINUTE), "after a weekend"
    assert await office.types(omar, "A lesson on prices", AT + HOUR) == "", "he waits for her, not she for him"


async def test_a_talk_with_an_agent_goes_on(office: Office, nora: Person, letter: Exchange) -> None:
    await office.loose.keep(spoken("@Teacher what is a hook?", AT + HOUR), nora, ())
    await office.store.answered(nora, await office.last(nora), "teacher")
    assert await office.types(nora, "And for jam?", AT + HOUR + 5 * MINUTE) == ""
    assert "for Omar?" in await office.types(nora, "It did, twelve sold", AT + 2 * HOUR)
    await office.loose.keep(spoken("hello", AT + 3 * HOUR), nora, ())
    await office.store.answered(nora, await office.last(nora), "director")
    assert "for Omar?" in await office.types(nora, "It really did", AT + 3 * HOUR + MINUTE), "a greeting is no talk"


async def test_what_was_changed_or_taken_back_meanwhile_is_sent_as_it_reads_now(
    office: Office, nora: Person, letter: Exchange
) -> None:
    await office.types(nora, "It did, 21 sold", AT + HOUR)
    kept = await office.last(nora)
    await office.store.correct(nora, kept, "It did, 12 sold", AT + HOUR, withdrawn=False)
    await office.types(nora, "And my secret", AT + HOUR + MINUTE)
    secret = await office.last(nora)
    await office.store.correct(nora, secret, "", AT + HOUR, withdrawn=True)
    await office.meant.send(press(nora, AT + 2 * HOUR), nora, kept, 0)
    with pytest.raises(Gone):
        await office.meant.send(press(nora, AT + 2 * HOUR), nora, secret, 0)
    assert await office.words(letter) == ["Did the smaller price work?", "It did, 12 sold"]


async def test_an_interview_keeps_its_answers_unless_a_letter_came_after_its_question(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    foundations = FoundationRecord(office.database)
    hearing = WhileAsked(office.meant, OpenQuestion(foundations), office.agents)
    assert await hearing.hear(spoken("Jam", AT + HOUR), nora) is None, "no interview waits"
    asked = OpenInterview(cell="companyContext.coreOffers", place="p", asked_at=AT + MINUTE)
    await foundations.interview(nora, asked, AT + MINUTE)
    assert await hearing.hear(spoken("Jam", AT + HOUR), nora) is None, "it asked last"
    assert await hearing.hear(spoken("Omar, it did", AT + HOUR), nora) is not None, "he is named"
    await office.exchanges.answer(omar, letter.id, "Or not?", AT + 2 * MINUTE)
    assert await hearing.hear(spoken("skip", AT + HOUR), nora) is None
    assert await hearing.hear(spoken("Hello", AT + HOUR), nora) == Message("Heard."), "which is no answer"
    shown = await hearing.hear(spoken("It did", AT + HOUR), nora)
    assert isinstance(shown, Message)
    assert "Is this for Omar?" in message(shown)


async def test_thanks_are_carried_and_nobody_waits_for_an_answer_to_them(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    for at, words in enumerate(("ok", "Thank you", "thx omar 👍")):
        assert "Sent to Omar." in await office.types(nora, words, AT + 5 * MINUTE + at * MINUTE), "there is nothing to ask about"
    assert await office.types(nora, "Thank you", AT + 2 * HOUR) == "", "for what we told her since, perhaps"
    kept = await office.exchanges.one(nora, letter.id)
    assert (kept.waits, kept.next_show_at, len(kept.lines)) == (False, None, 4)
    assert "for Omar?" in await office.types(nora, "It did, twelve sold", AT + 5 * HOUR), "his letter has no answer yet"


async def test_an_answer_to_the_interview_is_the_last_message_alone(office: Office, nora: Person, letter: Exchange) -> None:
    await office.types(nora, "cant make it", AT + HOUR)
    await office.types(nora, "my figures are fine", AT + HOUR + MINUTE)
    assert await office.types(nora, "no", AT + HOUR + 2 * MINUTE) == "Heard."
    assert [each.text for each in office.questions.heard] == ["my figures are fine"]
    kept = [each for each in await office.loose.since(nora, AT) if each.words]
    assert [each.words for each in kept] == ["cant make it"], "its own question still stands"


async def test_a_file_stays_here_and_its_words_may_go(office: Office, nora: Person, letter: Exchange) -> None:
    photo = File("jar.png", "image/png", source="https://files.example/jar.png")
    shown = await office.meant.hear(replace(spoken("This one", AT + HOUR), files=(photo,)), nora)
    assert isinstance(shown, Message)
    assert "The words alone: files I cannot hand on." in message(shown)
    await office.meant.hear_on(press(nora, AT + HOUR), nora, await office.last(nora))
    assert [each.name for each in office.agents.heard[0].files] == ["jar.png"]


async def test_in_the_thread_below_the_question_words_are_like_those_above_it(
    office: Office, nora: Person, letter: Exchange
) -> None:
    def below(words: str, thread: str, at: datetime) -> Said:
        return replace(spoken(words, at), address=replace(actor().direct, thread=thread), replies_to=thread)

    first = replace(below("It did", "t1", AT + HOUR), replies_to="")
    assert await office.meant.hear(first, nora) is not None
    assert await office.meant.hear(below("and twelve sold", "another", AT + HOUR + MINUTE), nora) is None, "an agent's thread"
    assert await office.meant.hear(below("and twelve sold", "t1", AT + HOUR + MINUTE), nora) is not None
    await office.meant.send(press(nora, AT + HOUR + 2 * MINUTE), nora, await office.last(nora), 0)
    assert await office.meant.hear(below("on Saturday alone", "t1", AT + HOUR + 3 * MINUTE), nora) is not None


async def test_what_is_changed_after_it_was_sent_is_told(office: Office, omar: Person, nora: Person, letter: Exchange) -> None:
    await office.types(nora, "It did, 21 sold", AT + HOUR)
    await office.types(nora, "yes, for Omar", AT + HOUR + MINUTE)
    account, event = actor(), f"It did, 21 sold {AT + HOUR}"
    rewording = Rewording(ExchangeRecord(office.database), office.people, OutboxRecord(office.database))
    for who in (omar, nora, nora):
        change = Reworded(id="c", actor=account, address=account.direct, at=AT + 2 * HOUR, of=event, text="It did, 12 sold")
        await rewording.reworded(change, who)
    assert await office.words(letter) == ["Did the smaller price work?", "It did, 12 sold"]
    told = [str(each["message"]) for each in await office.database.collection("outbox").find({"personId": omar.id})]
    assert sum("Nora changed what they wrote" in each for each in told) == 1


async def test_a_letter_that_its_writer_settled_is_answered_below_all_the_same(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    await office.exchanges.close(omar, letter.id, AT + MINUTE)
    await office.types(nora, "It did", AT + HOUR)
    await office.meant.send(press(nora, AT + HOUR), nora, await office.last(nora), 0)
    assert await office.words(letter) == ["Did the smaller price work?", "It did"]
    await office.exchanges.close(nora, letter.id, AT + 2 * HOUR)
    assert await office.types(nora, "A hook for jam", AT + 2 * HOUR) == "", "she is done with it"


def test_what_the_buttons_carry_fits_behind_any_button() -> None:
    said = "msg_01jc0000000000000000000000"
    for each in (Call(SEND, {"said": said, "to": "2"}), Call(NOT_MEANT, {"said": said})):
        assert len(each.command) + sum(len(f"{name}{value}") for name, value in each.values.items()) < 70
