"""Words typed in a row, or each after its parameter's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import pytest

from core.command import Arg
from core.positions import by_position
from core.request import Typed
from core.ui import Kind

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
