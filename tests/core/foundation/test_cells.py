"""The cells by name."""

from __future__ import annotations

import pytest

from core.contents import SHIPPED
from core.errors import NotFound
from core.foundation.cells import Cells

CELLS = Cells(SHIPPED)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("pains", "customerAvatar.pains"),
        ("customerAvatar.pains", "customerAvatar.pains"),
        ("Customer A2", "customerAvatar.pains"),
        ("what we sell", "companyContext.coreOffers"),
        ("objections", "customerAvatar.objections"),
    ],
)
def test_a_cell_is_found_by_any_of_its_names(typed: str, key: str) -> None:
    assert [cell.key for cell in CELLS.named(typed)] == [key]


def test_a_grid_is_found_by_its_name() -> None:
    assert len(CELLS.named("market")) == 9


def test_an_unknown_cell_is_answered_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="pains"):
        CELLS.named("panes")


@pytest.mark.parametrize(
    ("typed", "title", "text"),
    [
        ("pains The wax sinks\nThe wick drowns", "Said pains", "The wax sinks\nThe wick drowns"),
        ("what we sell Candles in tins", "What we sell", "Candles in tins"),
        ("What we sell: Candles: in tins", "What we sell", "Candles: in tins"),
        ("main promise, It smells like Sunday", "Main promise", "It smells like Sunday"),
        ("promise It smells like Sunday", "Main promise", "It smells like Sunday"),
        ("customer A2 The wax sinks", "Said pains", "The wax sinks"),
        ("pains", "Said pains", ""),
    ],
)
def test_the_first_words_name_the_cell_and_the_others_are_its_text(typed: str, title: str, text: str) -> None:
    found, left = CELLS.begun_by(typed)
    assert ([each.title for each in found], left) == ([title], text)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("panes The wax sinks in the middle", "no cell called “panes”. Did you mean “pains”"),
        ("It smells like Sunday", "no cell called “It”. /foundation"),
    ],
)
def test_a_text_that_begins_with_no_cell_is_told_of_by_its_first_word(typed: str, told: str) -> None:
    with pytest.raises(NotFound, match=told):
        CELLS.begun_by(typed)


def test_there_are_27_cells_of_which_11_open_hook() -> None:
    cells = list(CELLS.in_order)
    assert len(cells) == 27
    assert sum(cell.unlocks for cell in cells) == 11
