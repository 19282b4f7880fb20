"""What people type into cells."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.contents import SHIPPED
from core.foundation.cells import Cells, Value
from core.foundation.typed import is_filled, read_cell, split_items, write_cell

CELLS = Cells(SHIPPED)
PAINS = CELLS.by_key["customerAvatar.pains"]
OFFERS = CELLS.by_key["companyContext.coreOffers"]
NAMES = CELLS.by_key["marketAwareness.competitors.name"]
GAPS = CELLS.by_key["marketAwareness.competitors.weakness"]


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("one thing that hurts", ("one thing that hurts",)),
        ("warm, plain, patient", ("warm", "plain", "patient")),
        ("My first batch went fuzzy, and I threw it out", ("My first batch went fuzzy, and I threw it out",)),
        ("too dear; too slow", ("too dear", "too slow")),
        ("- too dear\n* too slow\n3. too hard\n\n", ("too dear", "too slow", "too hard")),
        ("", ()),
    ],
)
def test_a_list_is_read_as_people_write_lists(typed: str, items: tuple[str, ...]) -> None:
    assert split_items(typed) == items


def test_rivals_are_named_first_and_their_weakness_is_added_to_them() -> None:
    named = read_cell(NAMES, "Jar lids\nLab kits", None)
    assert named == ({"name": "Jar lids", "weakness": ""}, {"name": "Lab kits", "weakness": ""})
    assert is_filled(NAMES, named)
    assert not is_filled(GAPS, named)

    one = read_cell(GAPS, "lab kits: scare beginners", named)
    assert one == ({"name": "Jar lids", "weakness": ""}, {"name": "Lab kits", "weakness": "scare beginners"})
    assert not is_filled(GAPS, one), "one of them is still open"

    both = read_cell(GAPS, "They leak\nThey scare beginners", named)
    assert [each["weakness"] for each in both if isinstance(each, dict)] == ["They leak", "They scare beginners"]
    assert is_filled(GAPS, both)


def test_renaming_the_rivals_keeps_what_is_known_of_those_who_stay() -> None:
    known = ({"name": "Jar lids", "weakness": "They leak"}, {"name": "Lab kits", "weakness": "Scary"})
    assert read_cell(NAMES, "Jar lids\nSupermarkets", known) == (
        {"name": "Jar lids", "weakness": "They leak"},
        {"name": "Supermarkets", "weakness": ""},
    )


def test_a_weakness_that_fits_no_rival_is_asked_about() -> None:
    known = ({"name": "Jar lids", "weakness": ""}, {"name": "Lab kits", "weakness": ""})
    with pytest.raises(ValueError, match="Jar lids, Lab kits"):
        read_cell(GAPS, "they leak", known)


def test_a_weakness_needs_a_rival() -> None:
    with pytest.raises(ValueError, match="Begin each line with a name"):
        read_cell(GAPS, "they leak", None)


@pytest.mark.parametrize("typed", ["Jar lids\nLab kits\nJar lids: they leak", "Jar lids: they leak\nJar lids"])
def test_a_rival_that_stands_there_bare_is_not_there_twice(typed: str) -> None:
    known = ({"name": "Jar lids", "weakness": ""}, {"name": "Lab kits", "weakness": "they scare"})
    assert read_cell(GAPS, typed, known) == ({"name": "Jar lids", "weakness": "they leak"}, known[1])
    with pytest.raises(ValueError, match="twice"):
        read_cell(GAPS, f"{typed}\nJar lids: they wobble", known)


def test_a_rival_named_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        read_cell(GAPS, "Lids: leak\nlids: mould", None)


def test_too_much_is_refused_with_the_number_that_fits() -> None:
    with pytest.raises(ValueError, match="4,001 characters; a cell holds 4,000"):
        read_cell(OFFERS, "x" * 4_001, None)
    with pytest.raises(ValueError, match="41 items; a cell holds 40"):
        read_cell(PAINS, "\n".join(str(n) for n in range(41)), None)


@given(st.lists(st.from_regex(r"[a-z]{1,9}( [a-z]{1,9}){0,5}", fullmatch=True), min_size=2, max_size=10))
def test_a_list_written_out_reads_back_as_itself(items: list[str]) -> None:
    value: Value = tuple(items)
    assert read_cell(PAINS, write_cell(PAINS, value), None) == value


@given(st.text(max_size=400))
def test_anything_that_is_typed_is_read_or_refused_in_words(typed: str) -> None:
    for cell in (PAINS, OFFERS, NAMES, GAPS):
        with contextlib.suppress(ValueError):
            value = read_cell(cell, typed, None)
            assert is_filled(cell, value) or not split_items(typed) or cell is GAPS


@pytest.mark.parametrize("typed", ["dunno", "No idea.", ("I don’t know yet",), "idk", "???", "not sure…"])
def test_that_somebody_does_not_know_is_no_answer_to_start_a_draft_from(typed: str | tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"would stand in every draft\. Write the little"):
        read_cell(PAINS, typed, None)


def test_who_does_not_know_may_say_so_within_an_answer() -> None:
    assert read_cell(PAINS, "They have no idea which spade lasts", None) == ("They have no idea which spade lasts",)
