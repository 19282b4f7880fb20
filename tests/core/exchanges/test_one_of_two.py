"""Of two coaches who wrote whoever is named, or whose letter is replied to, is thought of alone; one coach is offered once."""

from __future__ import annotations

from datetime import datetime

import pytest

from core.exchanges.hearing import Replies
from core.exchanges.model import Exchange
from core.exchanges.replying import NOBODY, chosen
from core.exchanges.written import name_of
from core.people.model import Person
from core.plain import message
from core.request import Said
from core.ui import Message
from tests.core.conftest import AT, actor
from tests.core.exchanges.office import HOUR, MINUTE, Office, letters_to
from tests.core.exchanges.test_after_all import announced


@pytest.fixture
async def ida(office: Office, omar: Person, nora: Person, letter: Exchange) -> Person:
    """She wrote to Nora as well, a minute after Omar."""
    ida = await office.coach("ida")
    await office.exchanges.write(ida, nora, "And which flavour went first?", AT + MINUTE, event_id="e2")
    return ida


@pytest.mark.parametrize(
    ("words", "alone", "other"),
    [
        ("Thank you very much Omar, I will send the photo tomorrow", "Omar", "Ida"),
        ("Thank you very much Ida, I will send the photo tomorrow", "Ida", "Omar"),
        ("twelve, as ida thought, by far", "Ida", "Omar"),
    ],
)
async def test_who_is_named_alone_is_offered_alone_first(
    office: Office, omar: Person, ida: Person, nora: Person, words: str, alone: str, other: str
) -> None:
    shown = await office.types(nora, words, AT + HOUR)
    assert f"Is this for {alone}?" in shown
    assert f"[To {alone} alone] [Send it to Omar and Ida] [To {other} alone] [No, it is for you]" in shown
    assert f"Sent to {alone}." in await office.types(nora, "yes", AT + HOUR + MINUTE)
    assert await letters_to(office, ida if alone == "Omar" else omar) == []


@pytest.mark.parametrize("words", ["twelve", "Twelve, and Omar was right and Ida too, by far"])
async def test_who_is_named_with_the_other_or_not_at_all_is_not(
    office: Office, omar: Person, ida: Person, nora: Person, words: str
) -> None:
    shown = await office.types(nora, words, AT + HOUR)
    assert "Is this for Omar and Ida?" in shown
    assert "[Send it to Omar and Ida] [To Omar alone] [To Ida alone] [No, it is for you]" in shown


async def test_a_name_in_words_that_go_on_with_others_parts_them(office: Office, ida: Person, nora: Person) -> None:
    await office.types(nora, "twelve", AT + HOUR)
    shown = await office.types(nora, "thank you very much Ida, I will send a photo", AT + HOUR + MINUTE)
    assert "Is this for Ida?\n> thank you very much Ida, I will send a photo\n" in shown


@pytest.mark.parametrize(("words", "to"), [("yes", 0), ("both", 1), ("ida and omar", 1), ("omar", 2), ("no", NOBODY)])
def test_yes_is_for_who_was_asked_about_first(words: str, to: int) -> None:
    assert chosen(words, ["Ida", "Omar and Ida", "Omar"]) == to


class Written:
    """The letter that is replied to."""

    def __init__(self, key: str) -> None:
        self._key = key

    async def key_of(self, person: Person, posted: str) -> str | None:
        return self._key

    async def latest(self, person: Person, since: datetime) -> tuple[str, datetime] | None:
        return None


async def replies(office: Office, nora: Person, words: str, letter: Exchange) -> str:
    """What she hears who replies to the very message with which the letter began."""
    account, written = actor(), Written(f"{letter.id}:{name_of(letter.lines[0])}:{nora.id}")
    said = Said(id=words, actor=account, address=account.direct, at=AT + HOUR, text=words, direct=True, replies_to="it")
    shown = await Replies(office.exchanges, office.people, written, office.loose).hear(said, nora)
    assert isinstance(shown, Message)
    return message(shown)


async def test_a_reply_to_one_coachs_very_letter_is_for_its_writer_alone(
    office: Office, omar: Person, ida: Person, nora: Person, letter: Exchange
) -> None:
    assert "Sent to Omar." in await replies(office, nora, "ok thx", letter)
    assert (await letters_to(office, omar), await letters_to(office, ida)) == (["Nora writes"], [])
    shown = await office.types(nora, "Plum", AT + 2 * HOUR)
    assert "Is this for Ida?" in shown, "whose question has no answer yet"
    assert "Sent to Ida." in await office.types(nora, "yes", AT + 2 * HOUR + MINUTE)
    assert await office.types(nora, "A hook for jam", AT + 3 * HOUR) == "", "now it has"


async def test_a_reply_where_one_coach_wrote_names_nobody(office: Office, omar: Person, nora: Person, letter: Exchange) -> None:
    assert "Sent to Omar." in await replies(office, nora, "It did", letter)
    assert (await office.exchanges.one(nora, letter.id)).lines[-1].to_person_id == ""


async def test_where_all_their_coaches_are_one_that_one_is_offered_once(office: Office, omar: Person, nora: Person) -> None:
    await office.exchanges.ask(nora, "my kiln broke", actor().direct, AT, event_id="e1", show=False)
    await office.exchanges.answer(omar, (await office.exchanges.own(nora))[0].id, "Oh no", AT + MINUTE)
    await office.exchanges.close(omar, (await office.exchanges.own(nora))[0].id, AT + 2 * MINUTE)
    await office.exchanges.ask(nora, "and my oven", actor().direct, AT + HOUR, event_id="e2", show=False)
    shown = await office.types(nora, "it does not heat", AT + HOUR + MINUTE)
    assert "Is this for Omar?" in shown
    assert "[Send it to Omar] [No, it is for you]" in shown


async def test_one_coach_who_wrote_to_everybody_while_a_wish_waits_is_offered_once(
    office: Office, omar: Person, nora: Person
) -> None:
    asked = await office.exchanges.ask(nora, "my kiln broke", actor().direct, AT, event_id="e1", show=False)
    await announced(office, omar, nora, 1, AT + 5 * MINUTE)
    shown = await office.types(nora, "I can come on Thursday", AT + 6 * MINUTE)
    assert "[Send it to Omar] [No, it is for you]" in shown
    assert "Sent to Omar." in await office.types(nora, "omar", AT + 7 * MINUTE)
    assert (await office.words(asked))[-1] == "I can come on Thursday"
    await office.coach("ida")
    await announced(office, omar, nora, 2, AT + HOUR)
    assert "your coaches" not in await office.types(nora, "or on Friday", AT + HOUR + MINUTE)
