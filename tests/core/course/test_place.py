"""Where somebody is in the course: in what they work in, and nobody is held back by what only waits to be closed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from core.course.model import Standing, current
from tests.core.nudges.learners import standing

ALL = 8
"""Items of each of these checklists."""


def course(*changed: Standing) -> Sequence[Standing]:
    given = {each.module.number: each for each in changed}
    return [given.get(number, standing(number)) for number in range(10)]


@pytest.mark.parametrize(
    ("changed", "number"),
    [
        ((), 0),
        ((standing(0, closed=True),), 1),
        ((standing(0, 3),), 0),
        ((standing(0, 3), standing(2, 1)), 0),
        ((standing(2, 1),), 2),
        ((standing(0, ALL),), 0),
        ((standing(0, ALL), standing(1, closed=True), standing(2, begun=True)), 2),
        ((standing(0, ALL), standing(1, ALL)), 0),
        ((standing(0, ALL), standing(1, closed=True)), 0),
        (tuple(standing(each, closed=True) for each in range(10)), None),
    ],
)
def test_the_place_is_the_first_module_with_something_open_that_was_begun(
    changed: Sequence[Standing], number: int | None
) -> None:
    found = current(course(*changed))
    assert (found.module.number if found else None) == number
