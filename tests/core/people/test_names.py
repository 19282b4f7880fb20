"""A name, and what is asked where one is wanted."""

from __future__ import annotations

import pytest

from core.people.commands import Introduction, edit
from core.people.model import Person
from core.people.names import asks
from core.people.service import People
from core.request import Asked
from core.ui import Form, Message
from tests.core.conftest import ADDRESS, AT, actor


@pytest.mark.parametrize(
    "typed",
    ["what is this?", "What's this", "why", "who are you", "how does this work", "help", "Help me please!", "hm?", "是什么？"],
)
def test_a_question_is_no_name(typed: str) -> None:
    assert asks(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "Maria",
        "Will Smith",
        "How Chen",
        "May",
        "Whitney",
        "Dr. Who",
        "Anne-Marie O'Whyte",
        "Wheeler",
        "Ishtar",
        "安娜",
        "Help-Desk Ann",
    ],
)
def test_a_name_is_one(typed: str) -> None:
    assert not asks(typed)


async def test_who_asks_what_this_is_keeps_their_name_and_is_asked_again(people: People, nora: Person) -> None:
    asked = Asked(id="evt_1", actor=actor(), address=ADDRESS, at=AT, command="me edit")
    form = await edit(asked, nora, Introduction("what is this?", "Europe/Lisbon"), people)
    assert isinstance(form, Form)
    assert set(form.problems) == {"name"}
    assert form.values["timezone"] == "Europe/Lisbon"
    known = await people.meet(actor(), AT)
    assert (known.name, known.introduced_at) == ("Nora", None)
    both = await edit(asked, nora, Introduction("what is this?", "nowhere at all"), people)
    assert isinstance(both, Form)
    assert set(both.problems) == {"name"}
    assert isinstance(await edit(asked, nora, Introduction("Nora", "Europe/Lisbon"), people), Message)
