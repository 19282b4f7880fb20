"""Words typed in a row, or each after its parameter's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import pytest

from core.command import Arg
from core.positions import by_position
from core.request import Typed


@dataclass(frozen=True, slots=True)
class Cake:
    """A cake."""

    name: Annotated[str, Arg("Name")]
    eggs: Annotated[int, Arg("Eggs")]
    note: Annotated[str, Arg("Note")] = ""


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
    assert by_position(Cake, typed) == values
