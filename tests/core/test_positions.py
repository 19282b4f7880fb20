"""Words typed in a row, or each after its parameter's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import pytest

from core.command import Arg
from core.positions import by_position
from core.request import Typed
from core.ui import Kind, Option

TODAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Cake:
    """A cake."""

    name: Annotated[str, Arg("Name")]
    eggs: Annotated[int, Arg("Eggs")]
    note: Annotated[str, Arg("Note")] = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, and whether it is urgent."""

    text: Annotated[str, Arg("Text", kind=Kind.LONG)]
    urgent: Annotated[bool, Arg("Urgent")] = False


@dataclass(frozen=True, slots=True)
class Notice:
    """What everybody reads, and where."""

    to: Annotated[str, Arg("Where", options=(Option("all", "Each of them"), Option("room", "The room")))]
    words: Annotated[str, Arg("Words", kind=Kind.LONG)]
    on: Annotated[date | None, Arg("Day")] = None


async def nobody(typed: str) -> Sequence[Option]:
    """Names like what is typed."""
    return ()


@dataclass(frozen=True, slots=True)
class Note:
    """To whom, and what."""

    who: Annotated[str, Arg("Who", suggest=nobody)]
    words: Annotated[str, Arg("Words", kind=Kind.LONG)] = ""


@dataclass(frozen=True, slots=True)
class Baking:
    """What is baked, when, and in which tins."""

    name: Annotated[str, Arg("Name")]
    on: Annotated[date | None, Arg("Day")] = None
    tins: Annotated[tuple[str, ...], Arg("Tins", kind=Kind.CHOICES)] = ()


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("Spring 2026 30 November", {"name": "Spring 2026", "on": "30 November"}),
        ("Spring 2026 next Monday large", {"name": "Spring 2026", "on": "next Monday", "tins": "large"}),
        ("Spring 2026-11-30 large", {"name": "Spring", "on": "2026-11-30", "tins": "large"}),
        ("Spring 2026", {"name": "Spring 2026"}),
    ],
)
def test_a_day_takes_as_many_words_as_it_is_said_in(typed: str, values: dict[str, Typed]) -> None:
    assert by_position(Baking, typed, TODAY) == values


def test_sentences_are_not_searched_for_what_may_be_left_out() -> None:
    assert by_position(Letter, "I have no time. Is that yes or no?", TODAY) == {"text": "I have no time. Is that yes or no?"}
    assert by_position(Letter, "text: I have no time. urgent: yes", TODAY) == {"text": "I have no time.", "urgent": "yes"}


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("Hello all, on Thursday we meet", {"words": "Hello all, on Thursday we meet"}),
        ("Each day, a line", {"words": "Each day, a line"}),
        ("room Hello all", {"to": "room", "words": "Hello all"}),
        ("Room: Hello all", {"to": "Room", "words": "Hello all"}),
        ("the room hello", {"to": "the room", "words": "hello"}),
        ("room", {"to": "room"}),
    ],
)
def test_a_choice_before_sentences_takes_only_words_that_are_one(typed: str, values: dict[str, Typed]) -> None:
    assert by_position(Notice, typed, TODAY) == values


@pytest.mark.parametrize("typed", ["Nora, how is it?", "Nora: how is it?", "Nora how is it?", "@Nora, how is it?"])
def test_a_comma_or_a_colon_after_a_name_is_no_part_of_it(typed: str) -> None:
    who = "@Nora" if typed.startswith("@") else "Nora"
    assert by_position(Note, typed, TODAY) == {"who": who, "words": "how is it?"}


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("Lemon 3 with zest", {"name": "Lemon", "eggs": "3", "note": "with zest"}),
        ("name:Lemon eggs:3", {"name": "Lemon", "eggs": "3"}),
        (
            "eggs: 3 name: Lemon drizzle note: two: large and small",
            {"eggs": "3", "name": "Lemon drizzle", "note": "two: large and small"},
        ),
        ("Name: Lemon", {"name": "Lemon"}),
        ("Lemon name: 3", {"name": "Lemon", "eggs": "name:", "note": "3"}),
        ("flour: much", {"name": "flour:", "eggs": "much"}),
        ("name:", {"name": ""}),
        ("", {}),
    ],
)
def test_words_are_given_to_parameters_in_order_or_by_their_names(typed: str, values: dict[str, Typed]) -> None:
    assert by_position(Cake, typed, TODAY) == values
