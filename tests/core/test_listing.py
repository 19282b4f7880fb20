"""The one way of showing lists: which rows, in which order, on which page, and the ways to the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

import pytest

from core.alike import folded, holds
from core.command import Arg, Problems, read
from core.listing import SOUGHT_AT_MOST, Listing, asked_for, counted, leaf_of, not_found, sought, turning
from core.positions import by_position
from core.ui import Button, Buttons, Call, Menu

TODAY = date(2026, 11, 23)


class Order(StrEnum):
    """Orders of cakes."""

    NEWEST = "newest first"
    NAME = "name"


class Size(StrEnum):
    """Sizes of cakes."""

    SMALL = "small"
    LARGE = "very large"


@dataclass(frozen=True, slots=True)
class Cakes(Listing):
    """Which cakes."""

    size: Annotated[Size | None, Arg("Size")] = None
    order: Annotated[Order, Arg("Sorted by")] = Order.NEWEST


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Crème brûlée", "CREME"),
        ("Creme", "crème"),
        ("Straße", "strasse"),
        ("Søren Łukasz", "lukas soren"),
        ("Zoë O'Neil", "o'neil zoe"),
        ("ﬁgs", "figs"),
        ("İzmir", "izmir"),
        ("anything", ""),
    ],
)
def test_words_are_found_whatever_their_case_and_accents(text: str, typed: str) -> None:
    assert holds(text, typed)


def test_every_word_is_wanted_and_signs_alone_are_found_nowhere() -> None:
    assert not holds("heavy pans", "heavy lids")
    assert not holds("what?", "?")
    assert folded("ÄPFEL") == "apfel"


@pytest.mark.parametrize(
    ("page", "shown"), [(1, (0, 9)), (2, (10, 19)), (3, (20, 22)), (99, (20, 22)), (0, (0, 9)), (-5, (0, 9))]
)
def test_a_page_beyond_either_end_is_the_nearest_one(page: int, shown: tuple[int, int]) -> None:
    leaf = leaf_of(range(23), page)
    assert (leaf.rows[0], leaf.rows[-1], leaf.pages, leaf.count) == (*shown, 3, 23)


def test_an_empty_list_has_one_page() -> None:
    assert leaf_of((), 4).pages == 1


def test_what_stands_there_unasked_is_not_carried_along() -> None:
    asking = Cakes(search="plum, or pear?", size=Size.SMALL, page=3)
    assert asked_for(asking) == {"search": "plum or pear", "size": "small", "page": "3"}
    assert asked_for(asking, page="", search="") == {"size": "small"}
    assert read(Cakes, asked_for(asking)) == Cakes(search="plum or pear", size=Size.SMALL, page=3)


def test_of_a_long_search_so_much_is_looked_for_as_a_button_carries_and_told() -> None:
    asking = Cakes(search="Bartholomew Featherstonehaugh of Hay")
    assert asking.words == "Bartholomew Featherstonehaugh"[:SOUGHT_AT_MOST]
    assert counted(asking, leaf_of(range(2), 1), "cake") == f"2 cakes with “{asking.words}”."
    assert sought(["Bartholomew Featherstonehaugh", "Bart"], asking.words, str) == ["Bartholomew Featherstonehaugh"]


def test_a_card_leads_to_the_pages_beside_it_to_a_search_and_to_the_other_orders() -> None:
    buttons, sort = turning("cakes", Cakes(search="pie", page=2), leaf_of(range(23), 2), Button("Bake", Call("bake")))
    assert isinstance(buttons, Buttons)
    assert isinstance(sort, Menu)
    labels = {each.label: each.call for each in buttons.items if isinstance(each, Button)}
    assert list(labels) == ["Back", "Next", "Find", "Show all", "Bake"]
    assert labels["Back"].values == {"search": "pie"}
    assert labels["Next"].values == {"search": "pie", "page": "3"}
    assert labels["Find"] == Call("cakes", {}, form=True)
    assert labels["Show all"].values == {}
    assert sort.label == "Sorted by: newest first"
    assert [(each.label, each.call.values) for each in sort.options] == [("Name", {"search": "pie", "order": "name"})]


def test_a_list_that_is_seen_at_a_glance_asks_for_nothing() -> None:
    assert turning("cakes", Cakes(), leaf_of(range(3), 1)) == ()


def test_where_nothing_is_found_it_is_said_what_was_looked_for_and_the_whole_list_is_offered() -> None:
    message = not_found("Cakes", "cakes", Cakes(search="???"), "No cake")
    assert "No cake has “???” in it." in str(message)
    assert "Call(command='cakes', values={}" in str(message)


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("price page:2", Cakes(search="price", page=2)),
        ("sort:name plum pie", Cakes(search="plum pie", order=Order.NAME)),
        ("plum ORDER:newest-first", Cakes(search="plum")),
        ("very large plum", Cakes(search="plum", size=Size.LARGE)),
        ("large plum", Cakes(search="large plum")),
        ("size:small", Cakes(size=Size.SMALL)),
        ("newest first", Cakes(search="newest first")),
        ("see http://example.org", Cakes(search="see http://example.org")),
        ("", Cakes()),
    ],
)
def test_words_typed_after_a_lists_name_are_what_is_looked_for_with_page_and_order(typed: str, read_as: Cakes) -> None:
    assert read(Cakes, by_position(Cakes, typed, TODAY)) == read_as


def test_an_order_that_there_is_not_is_told_with_those_that_there_are() -> None:
    wrong = read(Cakes, by_position(Cakes, "sort:weight", TODAY))
    assert isinstance(wrong, Problems)
    assert wrong.found == {"order": "“weight” is not one of: newest first, name."}
