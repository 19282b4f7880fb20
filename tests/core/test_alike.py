"""Names like what someone types."""

from __future__ import annotations

from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.alike import alike

ZONES = sorted(available_timezones())


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("lon", "Europe/London"),
        ("new y", "America/New_York"),
        ("NEW_Y", "America/New_York"),
        ("berl", "Europe/Berlin"),
        ("europe/lo", "Europe/London"),
        ("londn", "Europe/London"),
        ("utc", "UTC"),
    ],
)
def test_a_city_is_found_by_its_first_letters_and_by_a_slip(typed: str, first: str) -> None:
    assert alike(typed, ZONES)[0] == first


def test_nothing_typed_finds_the_first_names() -> None:
    assert alike(" ", ["b", "a", "c"], 2) == ["b", "a"]


def test_a_name_that_begins_so_comes_before_one_that_holds_it() -> None:
    assert alike("pa", ["Campaign", "Market pains", "Pains"]) == ["Pains", "Market pains", "Campaign"]


def test_what_nothing_is_like_finds_nothing() -> None:
    assert alike("xqzwv", ["London", "Paris"]) == []


@given(st.text(max_size=20), st.lists(st.text(max_size=20), unique=True, max_size=8))
def test_every_find_is_one_of_the_names_once(typed: str, names: list[str]) -> None:
    found = alike(typed, names, 5)
    assert len(found) == len(set(found)) <= 5
    assert set(found) <= set(names)
