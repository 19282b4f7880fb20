"""Of several who may be meant, whoever is named or called is asked about, and hears what is sent."""

from __future__ import annotations

import pytest

from core.chat.loose import Gone
from core.exchanges.model import Exchange
from core.people.model import Person
from core.plain import message
from tests.core.conftest import AT, actor
from tests.core.exchanges.office import DAY, HOUR, MINUTE, Office, letters_to, press


@pytest.mark.parametrize("words", ["thanks Omar, it did", "hi omar", "Omar, look at my page please"])
async def test_whoever_is_named_is_meant(office: Office, nora: Person, letter: Exchange, words: str) -> None:
    assert "Is this for Omar?" in await office.types(nora, words, AT + HOUR)


async def test_a_coach_to_whom_two_wrote_says_which(office: Office, omar: Person, nora: Person) -> None:
    zoe = await office.people.meet(actor("zoe"), AT)
    first = await office.exchanges.ask(nora, "Which price?", actor().direct, AT, event_id="e1", show=False)
    second = await office.exchanges.ask(zoe, "Which photo?", actor("zoe").direct, AT + MINUTE, event_id="e2", show=False)
    await office.exchanges.ask(zoe, "And which frame?", actor("zoe").direct, AT + 2 * MINUTE, event_id="e3", show=False)
    assert await office.types(omar, "ok", AT + HOUR) == "", "which answers nobody"
    shown = await office.types(omar, "Take the one on the left", AT + HOUR)
    assert "Is this for Zoe or Nora?" in shown
    assert "[Send it to Zoe] [Send it to Nora] [No, it is for you]" in shown
    assert await office.types(omar, "Yes", AT + HOUR + MINUTE) == shown, "to whom?"
    assert "Sent to Nora." in await office.types(omar, "for nora", AT + HOUR + 2 * MINUTE)
    assert "Is this for Nora?" in await office.types(omar, "and nora: take 39", AT + HOUR + 3 * MINUTE)
    assert "Sent to Nora." in message(await office.meant.send(press(omar, AT + 2 * HOUR), omar, await office.last(omar), 0))
    assert await office.words(first) == ["Which price?", "Take the one on the left", "and nora: take 39"]
    assert await office.words(second) == ["Which photo?"]


async def test_whoever_is_spoken_to_by_name_need_not_have_written(office: Office, omar: Person, nora: Person) -> None:
    assert "Is this for Omar?" in await office.types(nora, "omar can you look at my price list?", AT)
    kept = await office.last(nora)
    assert "Sent to Omar." in message(await office.meant.send(press(nora, AT), nora, kept, 0))
    [asked] = await office.exchanges.waiting(omar)
    assert await office.words(asked) == ["omar can you look at my price list?"]
    with pytest.raises(Gone):
        await office.meant.send(press(nora, AT), nora, kept, 0)
    zoe = await office.people.meet(actor("zoe"), AT)
    assert "Is this for Zoe?" in await office.types(omar, "Zoe, and tell them so on the site", AT + MINUTE), (
        "not for Nora, who waits"
    )
    await office.meant.send(press(omar, AT + MINUTE), omar, await office.last(omar), 0)
    [written] = await office.exchanges.own(zoe)
    assert [each.words for each in written.lines] == ["Zoe, and tell them so on the site"]
    assert await office.types(nora, "Teacher, what is a hook?", AT + DAY) == ""


async def test_a_question_about_whoever_is_spoken_to_is_answered_in_words_and_goes_on(
    office: Office, omar: Person, nora: Person
) -> None:
    await office.types(nora, "omar can you look at my price?", AT)
    assert "> omar can you look at my price?\n> it is 22 euro" in await office.types(nora, "it is 22 euro", AT + MINUTE)
    assert "Sent to Omar." in await office.types(nora, "yes", AT + 2 * MINUTE)
    assert "for Omar?" in await office.types(nora, "cant make it thursday omar, sorry", AT + DAY)
    [asked, *_] = await office.exchanges.waiting(omar)
    assert await office.words(asked) == ["omar can you look at my price?\nit is 22 euro"]


async def test_who_of_several_coaches_is_named_alone_hears_it(office: Office, omar: Person, nora: Person) -> None:
    ida = await office.coach("ida")
    await office.types(nora, "ida, is 22 euro too much?", AT)
    await office.types(nora, "yes", AT + MINUTE)
    assert await letters_to(office, ida) == ["Nora writes to you"]
    assert await letters_to(office, omar) == [], "whom nobody asked"
    [asked] = await office.exchanges.waiting(omar)
    await office.exchanges.answer(omar, asked.id, "Not for me", AT + HOUR)
    await office.exchanges.answer(ida, asked.id, "Nor for me", AT + 2 * HOUR)
    shown = await office.types(nora, "Ida and Omar, thank you both, 30?", AT + 3 * HOUR - MINUTE)
    assert "Is this for Omar and Ida?" in shown
    await office.types(nora, "no", AT + 3 * HOUR - MINUTE)
    assert "Is this for Ida?" in await office.types(nora, "ida yes got it?", AT + 3 * HOUR)
    shown = await office.types(nora, "omar how about 30?", AT + 3 * HOUR + MINUTE)
    assert "Is this for Omar?\n> omar how about 30?" in shown, "and not the words for Ida"
    assert "Sent to Omar." in await office.types(nora, "yes", AT + 3 * HOUR + 2 * MINUTE)
    assert await letters_to(office, ida) == ["Nora writes to you"]
    assert await letters_to(office, omar) == ["Nora writes"]
    assert "Is this for Omar?" in await office.types(nora, "or 31", AT + 3 * HOUR + 5 * MINUTE), "it goes on with him"


async def test_tasks_are_the_agents_and_what_a_coach_asks_of_the_bot_is_for_the_bot(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    for words in ("write me a hook for my mug", "What is a hook?", "what did omar say", "delete my data", "where was i"):
        assert await office.types(nora, words, AT + HOUR) == ""
    zoe = await office.people.meet(actor("zoe"), AT)
    await office.exchanges.ask(zoe, "Which photo?", actor("zoe").direct, AT, event_id="e9", show=False)
    for words in (
        "who is waiting",
        "how is Zoe doing",
        "what should I write to the others",
        "settled with Zoe",
        "any news of the others?",
        "pair up Zoe and Nora",
    ):
        assert await office.types(omar, words, AT + HOUR) == ""
    assert "Is this for Zoe?" in await office.types(omar, "which one do you like", AT + HOUR)


async def test_a_coachs_words_are_never_offered_to_another_than_who_is_named(office: Office, omar: Person, nora: Person) -> None:
    await office.exchanges.ask(nora, "Which price?", actor().direct, AT, event_id="e1", show=False)
    for name in ("zoe", "finn"):
        await office.people.meet(actor(name), AT)
    for at, (words, who) in enumerate(
        (
            ("I think Zoe should print more of them", "Zoe"),
            ("Finn and Zoe, come ten minutes early", "Finn or Zoe"),
            ("hi Finn! did it go well", "Finn"),
            ("Zoe yes there will be one", "Zoe"),
            ("Nora, take 39", "Nora"),
        )
    ):
        shown = await office.types(omar, words, AT + (at + 1) * HOUR)
        assert any(f"Is this for {each}?" in shown for each in (who, " or ".join(reversed(who.split(" or "))))), words
    for words in ("everyone: please be on time", "how do i export the figures?", "what are my numbers"):
        assert await office.types(omar, words, AT + 9 * HOUR) == ""


async def test_thanks_where_nothing_is_open_call_nobody_and_more_words_go_on_with_a_wish(
    office: Office, omar: Person, nora: Person
) -> None:
    assert await office.types(nora, "thanks omar!", AT) == ""
    assert await office.exchanges.own(nora) == []
    await office.exchanges.ask(nora, "", actor().direct, AT, event_id="e1", show=False)
    assert "Is this for your coaches?" in await office.types(nora, "my kiln broke", AT + MINUTE)
    assert await office.types(nora, "remind me tomorrow to ring the shop", AT + 2 * MINUTE) == ""


async def test_a_students_thanks_go_where_their_own_wish_waits(office: Office, omar: Person, nora: Person) -> None:
    await office.exchanges.ask(nora, "I am late with module 1", actor().direct, AT, event_id="e1", show=False)
    assert "Sent to" in await office.types(nora, "thanks omar!", AT + MINUTE)
    assert len(await office.exchanges.own(nora)) == 1


async def test_who_is_called_first_is_meant_and_not_of_whom_is_spoken(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    await office.coach("ida")
    assert "Is this for Ida?" in await office.types(nora, "Ida, can I ask you something about Omar?", AT + HOUR)
    assert "Is this for Ida?" in await office.types(nora, "Ida, is that what you think, Omar?", AT + HOUR)
    await office.types(nora, "no", AT + HOUR + MINUTE)
    for words in ("twelve of them, Omar", "Omar, twelve of them"):
        assert "Is this for Omar?" in await office.types(nora, words, AT + HOUR + 2 * MINUTE)
    shown = await office.types(nora, "omar are you there still?", AT + 9 * DAY)
    assert "Is this for Omar?" in shown
    assert "Sent to Omar." in await office.types(nora, "yes", AT + 9 * DAY + MINUTE)
    assert (await office.words(letter))[-1] == "omar are you there still?", "in what he wrote, though that is long ago"


async def test_who_hears_of_several_coaches_that_spoke_one_after_another(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    ida = await office.coach("ida")
    await office.exchanges.write(ida, nora, "And which flavour went first?", AT + MINUTE, event_id="e2")
    shown = await office.types(nora, "Plum, and yes, twelve", AT + HOUR)
    assert "Is this for Omar and Ida?" in shown
    assert "[Send it to Omar and Ida] [To Omar alone] [To Ida alone] [No, it is for you]" in shown
    assert "Is this for Omar and Ida?" in await office.types(nora, "Not the pear", AT + HOUR + MINUTE)
    assert "Sent to Omar and Ida." in await office.types(nora, "yes, both", AT + HOUR + 2 * MINUTE)
    assert await office.words(letter) == [
        *("Did the smaller price work?", "And which flavour went first?"),
        "Plum, and yes, twelve\nNot the pear",
    ]
    for coach in (omar, ida):
        told = [str(each["message"]) for each in await office.database.collection("outbox").find({"personId": coach.id})]
        assert len([each for each in told if "Not the pear" in each]) == 1
        assert "Is this for Nora?" in await office.types(coach, f"Plum it is, says {coach.name}", AT + 2 * HOUR)
    for coach in (omar, ida):
        await office.exchanges.answer(coach, letter.id, f"Good, says {coach.name}", AT + 2 * HOUR + MINUTE)
    assert "Sent to Omar and Ida." in await office.types(nora, "thanks!", AT + 2 * HOUR + 9 * MINUTE), "unasked"
    await office.exchanges.take(ida, letter.id, AT + 3 * HOUR, over=True)
    await office.exchanges.answer(ida, letter.id, "More plum then", AT + 3 * HOUR)
    assert "Is this for Ida?" in await office.types(nora, "On it from Monday", AT + 4 * HOUR), "she alone spoke since"
