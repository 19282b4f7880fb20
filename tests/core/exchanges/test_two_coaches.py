"""What is typed after one coach's letter and before another's is for the first alone, whenever it is sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.exchanges.model import Exchange
from core.exchanges.rewording import Rewording
from core.people.model import Person
from core.plain import message
from core.request import Reworded
from persistence.exchanges import ExchangeRecord
from persistence.outbox import OutboxRecord
from tests.core.conftest import AT, actor
from tests.core.exchanges.office import DAY, HOUR, MINUTE, Office, letters_to, press

ASKED, FLAVOUR = "Did the smaller price work?", "And which flavour went first?"


@pytest.fixture
async def ida(office: Office) -> Person:
    return await office.coach("ida")


async def ida_writes(office: Office, ida: Person, nora: Person) -> None:
    await office.exchanges.write(ida, nora, FLAVOUR, AT + 10 * MINUTE, event_id="e2")


async def sent(office: Office, who: Person, kept: str, to: int = 0) -> str:
    return message(await office.meant.send(press(who, AT + 20 * MINUTE), who, kept, to))


async def test_each_answer_keeps_its_own_question_and_reaches_its_own_coach(
    office: Office, omar: Person, ida: Person, nora: Person, letter: Exchange
) -> None:
    assert "Is this for Omar?" in await office.types(nora, "It did, twelve sold", AT + 5 * MINUTE)
    first = await office.last(nora)
    await ida_writes(office, ida, nora)
    shown = await office.types(nora, "Plum", AT + 12 * MINUTE)
    assert "Is this for Ida or Omar?\n> Plum\n" in shown, "and not the words for Omar"
    assert "[Send it to Ida] [Send it to Omar] [No, it is for you]" in shown
    assert "> Plum\n> by far\n" in await office.types(nora, "by far", AT + 13 * MINUTE), "it goes on"
    assert "Sent to Ida." in await office.types(nora, "ida", AT + 14 * MINUTE)
    assert await letters_to(office, omar) == []
    assert "Sent to Omar." in await sent(office, nora, first)
    assert "Sent to Omar." in await sent(office, nora, first), "a second press sends nothing"
    assert (await letters_to(office, omar), await letters_to(office, ida)) == (["Nora writes"], ["Nora writes"])
    assert await office.words(letter) == [ASKED, "It did, twelve sold", FLAVOUR, "Plum\nby far"]


async def test_the_older_button_sends_to_whom_it_names_and_the_newer_letter_stays_unanswered(
    office: Office, omar: Person, ida: Person, nora: Person, letter: Exchange
) -> None:
    await office.types(nora, "It did, twelve sold", AT + 5 * MINUTE)
    first = await office.last(nora)
    await ida_writes(office, ida, nora)
    assert "Sent to Omar." in await sent(office, nora, first)
    assert (await letters_to(office, omar), await letters_to(office, ida)) == (["Nora writes"], [])
    kept = await office.exchanges.one(nora, letter.id)
    assert (kept.looked_after_by, kept.waits, kept.last.words) == ("Ida", False, FLAVOUR)
    assert "Is this for Ida?" in await office.types(nora, "Plum", AT + HOUR)
    await office.types(nora, "yes", AT + HOUR + MINUTE)
    assert (await letters_to(office, omar), await letters_to(office, ida)) == (["Nora writes"], ["Nora writes"])
    rewording = Rewording(ExchangeRecord(office.database), office.people, OutboxRecord(office.database))
    event, account = f"It did, twelve sold {AT + 5 * MINUTE}", actor()
    change = Reworded(id="c", actor=account, address=account.direct, at=AT + 2 * HOUR, of=event, text="It did, 13 sold")
    await rewording.reworded(change, nora)
    assert await letters_to(office, omar) == ["Nora writes", "Nora changed what they wrote"]
    assert await letters_to(office, ida) == ["Nora writes"], "who never had it"


@pytest.mark.parametrize("later", [12 * MINUTE, 2 * HOUR, DAY])
async def test_a_button_sends_to_all_whom_it_names_whichever_is_pressed_first(
    office: Office, omar: Person, ida: Person, nora: Person, letter: Exchange, later: timedelta
) -> None:
    await office.types(nora, "It did", AT + 5 * MINUTE)
    first = await office.last(nora)
    await ida_writes(office, ida, nora)
    assert "[Send it to Ida] [Send it to Omar] [No," in await office.types(nora, "Plum", AT + later), "none is for both"
    second = await office.last(nora)
    await sent(office, nora, first)
    assert "Sent to Omar." in await sent(office, nora, second, 1)
    assert await letters_to(office, ida) == []
    assert await letters_to(office, omar) == ["Nora writes", "Nora writes"]


async def test_both_who_are_spoken_to_do_not_get_what_was_typed_for_one(
    office: Office, omar: Person, ida: Person, nora: Person, letter: Exchange
) -> None:
    await office.types(nora, "It did", AT + 5 * MINUTE)
    await ida_writes(office, ida, nora)
    shown = await office.types(nora, "Omar and Ida, thank you both, plum?", AT + 12 * MINUTE)
    assert "Is this for Omar and Ida?\n> Omar and Ida, thank you both, plum?\n" in shown
    await office.types(nora, "no", AT + 13 * MINUTE)
    assert [each.text for each in office.agents.heard] == ["Omar and Ida, thank you both, plum?"]


async def test_a_second_letter_of_the_same_coach_parts_nothing(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    await office.types(nora, "It did", AT + 5 * MINUTE)
    await office.exchanges.answer(omar, letter.id, "Shall we call?", AT + 10 * MINUTE)
    assert "Is this for Omar?\n> It did\n> Monday\n" in await office.types(nora, "Monday", AT + 12 * MINUTE)
    await office.types(nora, "yes", AT + 13 * MINUTE)
    assert await office.words(letter) == [ASKED, "Shall we call?", "It did\nMonday"]


async def test_where_both_wrote_first_several_messages_are_one_for_both(
    office: Office, omar: Person, ida: Person, nora: Person, letter: Exchange
) -> None:
    await ida_writes(office, ida, nora)
    await office.types(nora, "It did", AT + 11 * MINUTE)
    await office.exchanges.answer(ida, letter.id, "Or was it pear?", AT + 12 * MINUTE)
    shown = await office.types(nora, "Plum", AT + 13 * MINUTE)
    assert "Is this for Omar and Ida?\n> It did\n> Plum\n" in shown, "she read the first already"
    await office.types(nora, "both", AT + 14 * MINUTE)
    assert await office.words(letter) == [ASKED, FLAVOUR, "Or was it pear?", "It did\nPlum"]


@pytest.mark.parametrize("words", ["yes", "no", "ok, sure", "yes omar"])
async def test_yes_after_a_newer_letter_is_no_answer_to_our_question(
    office: Office, omar: Person, ida: Person, nora: Person, letter: Exchange, words: str
) -> None:
    await office.types(nora, "It did", AT + 5 * MINUTE)
    await ida_writes(office, ida, nora)
    assert f"> {words}\n" in await office.types(nora, words, AT + 12 * MINUTE), "which is for Ida, perhaps"
    assert await office.words(letter) == [ASKED, FLAVOUR]
    assert office.agents.heard == []


@pytest.mark.parametrize("words", ["send it to Omar", "for omar", "Omar"])
async def test_a_name_alone_after_a_newer_letter_answers_our_question(
    office: Office, omar: Person, ida: Person, nora: Person, letter: Exchange, words: str
) -> None:
    await office.types(nora, "It did", AT + 5 * MINUTE)
    await ida_writes(office, ida, nora)
    assert "Sent to Omar." in await office.types(nora, words, AT + 12 * MINUTE)
    assert await office.words(letter) == [ASKED, "It did", FLAVOUR]


async def test_a_letter_that_came_in_another_exchange_gets_its_own_words(
    office: Office, omar: Person, ida: Person, nora: Person, letter: Exchange
) -> None:
    await office.exchanges.close(omar, letter.id, AT + MINUTE)
    await office.types(nora, "It did", AT + 5 * MINUTE)
    await ida_writes(office, ida, nora)
    assert "Is this for Ida or Omar?\n> Plum\n" in await office.types(nora, "Plum", AT + 12 * MINUTE)
    assert "Sent to Ida." in await office.types(nora, "ida", AT + 13 * MINUTE)
    assert await office.words(letter) == [ASKED]


async def test_a_coachs_words_do_not_ride_along_to_a_student_who_wrote_later(office: Office, omar: Person, nora: Person) -> None:
    zoe = await office.people.meet(actor("zoe"), AT)
    first = await office.exchanges.ask(nora, "Which price?", actor().direct, AT, event_id="e1", show=False)
    assert "Is this for Nora?" in await office.types(omar, "Take 39 and your kiln", AT + MINUTE)
    await office.exchanges.ask(zoe, "Which photo?", actor("zoe").direct, AT + 2 * MINUTE, event_id="e2", show=False)
    assert "Is this for Zoe or Nora?\n> The left one\n" in await office.types(omar, "The left one", AT + 3 * MINUTE)
    assert "Sent to Zoe." in await office.types(omar, "zoe", AT + 4 * MINUTE)
    assert await office.words(first) == ["Which price?"]
