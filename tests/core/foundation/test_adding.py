"""A text is added to a cell, such as a message that somebody wrote."""

from __future__ import annotations

import pytest

from core.foundation.service import BadCells, Foundations
from core.people.model import Person
from tests.core.conftest import AT


async def test_a_list_gets_the_items_and_a_text_another_paragraph(foundations: Foundations, nora: Person) -> None:
    pains, offers = foundations.cells.named("pains")[0], foundations.cells.named("what we sell")[0]
    await foundations.add(nora, pains, "It smelled off", AT)
    await foundations.add(nora, pains, "- A fuzzy batch\n- It smelled off", AT)
    await foundations.add(nora, offers, "Jars.", AT)
    kept = await foundations.add(nora, offers, "Starter kits, too.", AT)
    assert kept.value(pains.field) == ("It smelled off", "A fuzzy batch")
    assert kept.value(offers.field) == "Jars.\n\nStarter kits, too."


async def test_what_is_added_twice_is_there_once(foundations: Foundations, nora: Person) -> None:
    offers = foundations.cells.named("what we sell")[0]
    await foundations.add(nora, offers, "Jars.", AT)
    kept = await foundations.add(nora, offers, "Jars.", AT)
    assert kept.value(offers.field) == "Jars."
    assert kept.version == 1


async def test_what_a_cell_cannot_take_is_refused_and_nothing_is_lost(foundations: Foundations, nora: Person) -> None:
    offers = foundations.cells.named("what we sell")[0]
    await foundations.add(nora, offers, "Jars.", AT)
    with pytest.raises(BadCells, match="a cell holds 4,000"):
        await foundations.add(nora, offers, "x" * 3_999, AT)
    assert (await foundations.of(nora, AT)).value(offers.field) == "Jars."
