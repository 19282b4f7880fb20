"""Two coaches of one student see what the other wrote where they write, and what crosses is told before it goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from core.drafts import SEEN
from core.exchanges import views
from core.exchanges.commands import Answering, Sending, answer, asked_for, seen_by, send
from core.exchanges.crossing import answered_by_another, of_another
from core.exchanges.hearing import Replies
from core.exchanges.model import Exchange
from core.exchanges.standing import ago
from core.people.model import Person
from core.plain import message
from core.request import Asked, Said
from core.ui import Form, Message
from tests.core.conftest import AT, actor
from tests.core.exchanges.office import DAY, HOUR, MINUTE, Office, letters_to
from tests.core.exchanges.test_one_of_two import Written


@pytest.fixture
async def ida(office: Office) -> Person:
    return await office.coach("ida")


@pytest.fixture
async def wish(office: Office, omar: Person, ida: Person, nora: Person) -> Exchange:
    """Nora asked for a person, and Omar answered after five minutes."""
    asked = await office.exchanges.ask(nora, "Which market?", actor().direct, AT, event_id="e1", show=False)
    return await office.exchanges.answer(omar, asked.id, "Try Spain", AT + 5 * MINUTE)


def pressed(who: Person, command: str, at: datetime, **values: str) -> Asked:
    account = actor(who.name.lower())
    return Asked(id=f"p{at}", actor=account, address=account.direct, at=at, command=command, values=values)


async def test_what_a_coach_types_after_another_answered_is_asked_about_with_that_answer(
    office: Office, omar: Person, ida: Person, nora: Person, wish: Exchange
) -> None:
    shown = await office.types(ida, "sounds good, germany is a good market", AT + 15 * MINUTE)
    assert "Is this for Nora?" in shown
    assert "Omar wrote 10 minutes ago: “Try Spain”" in shown
    assert "Sent to Nora." in await office.types(ida, "yes", AT + 16 * MINUTE)
    assert (await office.words(wish))[-1] == "sounds good, germany is a good market"
    assert await office.types(ida, "A lesson on prices", AT + HOUR) == "", "she has answered"


async def test_it_goes_on_for_half_a_day_and_for_nobody_who_was_not_written_to(
    office: Office, omar: Person, ida: Person, nora: Person, wish: Exchange
) -> None:
    assert await office.types(ida, "germany is a good market", AT + 13 * HOUR) == ""
    await office.exchanges.answer(nora, wish.id, "And Portugal?", AT + 14 * HOUR)
    await office.exchanges.answer(omar, wish.id, "That too", AT + 15 * HOUR)
    assert await office.types(ida, "germany is a good market", AT + 15 * HOUR + MINUTE) == "", "she asked Omar alone"
    await office.exchanges.answer(nora, wish.id, "thanks!", AT + 16 * HOUR)
    await office.exchanges.answer(omar, wish.id, "Welcome", AT + 16 * HOUR)
    kept = await office.exchanges.one(nora, wish.id)
    assert answered_by_another(kept, ida.id) is None, "thanks need no second answer"


async def test_who_waits_is_offered_before_who_has_an_answer(
    office: Office, omar: Person, ida: Person, nora: Person, wish: Exchange
) -> None:
    zoe = await office.people.meet(actor("zoe"), AT)
    await office.exchanges.ask(zoe, "Which photo?", actor("zoe").direct, AT + MINUTE, event_id="e2", show=False)
    assert "[Send it to Zoe] [Send it to Nora]" in await office.types(ida, "the left one", AT + 15 * MINUTE)


async def test_a_button_pressed_after_another_answered_tells_it_first_and_then_sends(
    office: Office, omar: Person, ida: Person, nora: Person
) -> None:
    asked = await office.exchanges.ask(nora, "Which market?", actor().direct, AT, event_id="e1", show=False)
    assert "wrote" not in await office.types(ida, "germany is a good market", AT + MINUTE)
    await office.exchanges.answer(omar, asked.id, "Try Spain", AT + 2 * MINUTE)
    kept = await office.last(ida)
    shown = await send(pressed(ida, "person send", AT + 4 * MINUTE), ida, Sending(kept), office.meant)
    assert isinstance(shown, Message)
    assert "Omar has answered Nora" in message(shown)
    assert "Omar wrote 2 minutes ago: “Try Spain”" in message(shown)
    assert "> germany is a good market" in message(shown)
    assert "[Send it all the same] [The exchange]" in message(shown)
    assert await office.words(asked) == ["Which market?", "Try Spain"]
    for _ in range(2):
        shown = await send(pressed(ida, "person send", AT + 5 * MINUTE), ida, Sending(kept, sure=True), office.meant)
        assert isinstance(shown, Message)
        assert "Sent to Nora." in message(shown)
    assert await office.words(asked) == ["Which market?", "Try Spain", "germany is a good market"]


async def test_a_reply_that_crosses_is_kept_and_sent_with_one_press(
    office: Office, omar: Person, ida: Person, nora: Person, wish: Exchange
) -> None:
    replies = Replies(office.exchanges, office.people, Written(f"{wish.id}:asked:{ida.id}"), office.loose)
    account = actor("ida")
    said = Said(
        id="r1", actor=account, address=account.direct, at=AT + HOUR, text="Germany", direct=True, replies_to="its letter"
    )
    shown = await replies.hear(said, ida)
    assert isinstance(shown, Message)
    assert "Omar has answered Nora" in message(shown)
    assert await office.words(wish) == ["Which market?", "Try Spain"]
    now = pressed(ida, "person send", AT + HOUR + MINUTE)
    sent = await send(now, ida, Sending(await office.last(ida), sure=True), office.meant)
    assert isinstance(sent, Message)
    assert "Sent to Nora." in message(sent)
    more = await replies.hear(replace(said, id="r2", text="Or Austria"), ida)
    assert isinstance(more, Message)
    assert "Sent to Nora." in message(more), "she knows of it now"
    assert await office.words(wish) == ["Which market?", "Try Spain", "Germany", "Or Austria"]


async def test_a_form_that_was_open_meanwhile_comes_back_with_its_text_and_what_the_other_wrote(
    office: Office, omar: Person, ida: Person, nora: Person
) -> None:
    asked = await office.exchanges.ask(nora, "Which market?", actor().direct, AT, event_id="e1", show=False)
    opened = pressed(ida, "cohort answer", AT + MINUTE, exchange=asked.id)
    seen = await seen_by(opened, ida, office.exchanges)
    assert seen == {SEEN: "1"}
    await office.exchanges.answer(omar, asked.id, "Try Spain", AT + 2 * MINUTE)
    back = await answer(replace(opened, at=AT + 4 * MINUTE), ida, Answering(asked.id, "Germany", 1), office.exchanges)
    assert isinstance(back, Form)
    assert back.values == {"exchange": asked.id, "words": "Germany", SEEN: "2"}
    assert back.intro == "Omar has answered Nora already, 2 minutes ago:\n\nTry Spain"
    assert back.problems == {"words": "Omar has answered Nora meanwhile. Sent again, yours goes all the same."}
    assert back.submit == "Send it all the same"
    assert await office.words(asked) == ["Which market?", "Try Spain"]
    sent = await answer(replace(opened, at=AT + 5 * MINUTE), ida, Answering(asked.id, "Germany", 2), office.exchanges)
    assert isinstance(sent, Message)
    assert await office.words(asked) == ["Which market?", "Try Spain", "Germany"]
    assert await letters_to(office, nora) == ["Omar, your coach, writes", "Ida, your coach, writes"]


async def test_the_form_for_an_answer_names_what_another_coach_wrote_last(
    office: Office, omar: Person, ida: Person, nora: Person, wish: Exchange
) -> None:
    await office.exchanges.answer(nora, wish.id, "And Portugal?", AT + 10 * MINUTE)
    opened = pressed(ida, "cohort answer", AT + 25 * MINUTE, exchange=wish.id)
    above = await asked_for(opened, ida, office.exchanges)
    assert above == "Omar wrote 20 minutes ago: “Try Spain”\n\nNora wrote:\n\nAnd Portugal?"
    assert await asked_for(opened, omar, office.exchanges) == "Nora wrote:\n\nAnd Portugal?", "his own words he knows"


async def test_what_another_wrote_before_oneself_or_long_ago_is_not_told(
    office: Office, omar: Person, ida: Person, nora: Person, wish: Exchange
) -> None:
    [kept] = await office.exchanges.own(nora)
    found = of_another([kept], ida.id, AT)
    assert found is not None
    assert views.beside(found, AT + HOUR) == "Omar wrote 55 minutes ago: “Try Spain”"
    assert of_another([kept], omar.id, AT) is None
    assert of_another([kept], ida.id, AT + 6 * MINUTE) is None
    kept = await office.exchanges.answer(ida, wish.id, "Germany", AT + 8 * MINUTE)
    assert of_another([kept], ida.id, AT) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (20, "just now"), (60, "a minute ago"), (1_200, "20 minutes ago"), (3_700, "an hour ago"), (7_200, "2 hours ago"),
        (86_400, "a day ago"), (200_000, "2 days ago"),
    ],
)  # fmt: skip
def test_how_long_ago_it_was_is_said_in_one_unit(seconds: int, words: str) -> None:
    assert ago(AT, AT + MINUTE / 60 * seconds) == words


def test_the_press_fits_behind_any_button(letter: Exchange) -> None:
    shown = views.crossed(letter, letter.lines[0], "Germany", "msg_01jc0000000000000000000000", AT + DAY)
    assert "[Send it all the same]" in message(shown)
