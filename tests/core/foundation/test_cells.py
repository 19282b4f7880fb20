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


def test_there_are_27_cells_of_which_11_open_hook() -> None:
    cells = list(CELLS.in_order)
    assert len(cells) == 27
    assert sum(cell.unlocks for cell in cells) == 11
