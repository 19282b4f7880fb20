"""What a process had taken when it died is answered late, with a word on why."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import replace

import pytest

from bots.late import Late
from bots.turns import InTurn
from core.inbox import Arrival, new_arrival
from core.outbox import Undeliverable
from core.parcels import Keepable
from core.request import Address, Event, Request
from core.ui import Answer, Began, Button, Buttons, Call, Card, Ended, Form, Grew, Live, Message, Page, Text, Update
from tests.bots.doors import HERE, MARIA, NOON, Says, Wall, asked, left, opened, reworded, said, withdrawn

SORRY = "I was interrupted before I could answer “{}”. Here it is now."


def always(answer: Answer) -> Callable[[Request], Awaitable[Answer]]:
    async def give(request: Request) -> Answer:
        return answer

    return give


class Line:
    """The conversations of a process that has no others beside it."""

    def __init__(self, *, shown: bool = False) -> None:
        self.turns = InTurn()
        self._shown = shown

    def has_shown(self, event_id: str) -> bool:
        return self._shown

    async def nobody_ahead(self, arrival: Arrival) -> None:
        """There never is anybody."""

    async def to_be_shared(self, arrival: Arrival, answer: Answer) -> None:
        """Nobody else is there."""


def interrupted(request: Keepable) -> Arrival:
    """An event that a process had taken and died with, as the next one takes it."""
    return new_arrival(request, NOON).taken("first", NOON).taken("second", NOON)


def typed(command: str) -> bool:
    """All that people type here are runs of prompts."""
    return command == "run"


async def leading(form: Form, event: Event) -> Message:
    """A message that leads to the form."""
    return Message(cards=(Card(form.title, (Buttons((Button("Answer", Call(form.command, form.values)),)),)),), private=True)


async def story() -> AsyncGenerator[Update, None]:
    yield Began(None)
    yield Grew("Once ")
    yield Ended(Message("Once upon a time."))
    yield Ended(Message("The end."))


async def answered(answer: Answer, request: Keepable, wall: Wall, *, shown: bool = False) -> str:
    late = Late(Says(always(answer)), wall, Line(shown=shown), leading, typed)
    return await late.answer(interrupted(request))


async def test_an_answer_comes_where_it_was_asked_for_and_says_what_it_answers() -> None:
    wall = Wall()
    assert await answered(Message("A first line."), said(text="what is a hook?"), wall) == "at 2"
    assert wall.posted == {
        "terminal:ev1:late": Message(SORRY.format("what is a hook?"), private=True),
        "terminal:ev1:1": Message("A first line."),
    }
    assert wall.places == [HERE, HERE]


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        (Page("Home", (Card("Next", (Text("Begin."),)),)), ["Home"]),
        (Live(story()), ["Once upon a time.", "The end."]),
    ],
)
async def test_every_kind_of_answer_becomes_messages(answer: Answer, texts: list[str]) -> None:
    wall = Wall()
    await answered(answer, asked(), wall)
    assert [each.text for each in wall.posted.values()] == [SORRY.format("/run H1"), *texts]


async def test_a_form_becomes_a_button_that_opens_it_with_what_was_known() -> None:
    wall = Wall()
    await answered(Form("run", "Run H1", (), {"code": "H1"}), asked(), wall)
    assert Call("run", {"code": "H1"}) in [
        each.call for card in wall.posted["terminal:ev1:1"].cards for row in card.body for each in getattr(row, "items", ())
    ]


async def test_what_only_buttons_do_is_not_named() -> None:
    wall = Wall()
    await answered(Form("foundation save", "Pains", (), {}), replace(asked(), command="press form", words=""), wall)
    assert wall.posted["terminal:ev1:late"].text == "I was interrupted before I could answer you. Here it is now."


async def test_long_words_are_quoted_in_short() -> None:
    wall = Wall()
    await answered(Message("Yes."), said(text="why? " * 100), wall)
    assert len(wall.posted["terminal:ev1:late"].text) < 200


async def test_what_was_posted_before_the_crash_is_not_posted_again() -> None:
    wall = Wall()
    await answered(Message("A first line."), said(), wall)
    assert await answered(Message("A first line."), said(), wall) == "at 2"
    assert len(wall.posted) == 2


async def test_what_was_shown_at_once_before_the_crash_is_not_posted_again_and_needs_no_excuse() -> None:
    wall = Wall()
    await wall.post(HERE, Message("Once upon a time."), "terminal:ev1:1")
    await answered(Live(story()), said(), wall)
    assert [each.text for each in wall.posted.values()] == ["Once upon a time.", SORRY.format("hello"), "The end."]
    assert await answered(Live(story()), said(), wall) == "at 3"
    assert len(wall.posted) == 3


class Shut(Wall):
    """A wall to which nothing can be put at one place."""

    def __init__(self, shut: Address) -> None:
        super().__init__()
        self._shut = shut

    async def post(self, to: Address, message: Message, key: str = "") -> str:
        if to == self._shut:
            raise Undeliverable()
        return await super().post(to, message, key)


async def test_where_the_place_is_closed_the_answer_goes_to_its_asker_directly() -> None:
    wall = Shut(HERE)
    late = Late(Says(always(Message("Hello."))), wall, Line(), leading, typed)
    await late.answer(new_arrival(replace(said(), direct=False), NOON).taken("first", NOON))
    assert wall.places == [MARIA.direct]
    with pytest.raises(Undeliverable):
        await Late(Says(always(Message("Hello."))), Shut(HERE), Line(), leading, typed).answer(new_arrival(said(), NOON))


async def test_what_this_process_has_shown_but_could_not_mark_is_not_answered_again() -> None:
    wall = Wall()
    assert await answered(Message("A first line."), said(), wall, shown=True) == "shown before"
    assert not wall.posted


async def test_where_there_is_no_answer_nothing_is_said() -> None:
    wall = Wall()
    assert await answered(None, said(), wall) == "nothing to say"
    assert not wall.posted


async def test_what_was_put_by_and_never_begun_is_answered_without_excuses() -> None:
    wall = Wall()
    late = Late(Says(always(Message("Hello."))), wall, Line(), leading, typed)
    await late.answer(new_arrival(said(), NOON).taken("first", NOON))
    assert list(wall.posted.values()) == [Message("Hello.")]


async def test_a_private_answer_comes_where_its_asker_is_alone() -> None:
    wall = Wall()
    secret, plain = Message("For Maria.", private=True), Message("For all.")
    among_others = replace(said(), direct=False)
    await answered(secret, among_others, wall)
    assert set(wall.places) == {MARIA.direct}
    wall = Wall()
    await answered(plain, among_others, wall)
    assert wall.places == [MARIA.direct, HERE], "the excuse is for Maria alone, the answer for everybody"
    wall = Wall()
    await answered(Live(story(), private=True), among_others, wall)
    assert set(wall.places) == {MARIA.direct}
    wall = Wall()
    await answered(secret, said(), wall)
    assert set(wall.places) == {HERE}


@pytest.mark.parametrize("request_", [opened(), left(), reworded(), withdrawn()])
async def test_what_asks_for_no_answer_is_handled_in_silence(request_: Keepable) -> None:
    wall, door = Wall(), Says(always(Message("Hello.")))
    assert await Late(door, wall, Line(), leading, typed).answer(interrupted(request_)) == "kept"
    assert door.asked == [request_]
    assert not wall.posted


async def test_a_late_answer_waits_for_the_message_that_is_being_answered_there() -> None:
    line, wall = Line(), Wall()
    late = Late(Says(always(Message("Hello."))), wall, line, leading, typed)
    with line.turns.in_line(said("ev0")) as now:
        await now.turn()
        answering = asyncio.create_task(late.answer(new_arrival(said("ev1"), NOON)))
        for _ in range(5):
            await asyncio.sleep(0)
        assert not wall.posted
    await answering
    assert wall.posted
