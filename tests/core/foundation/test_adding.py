"""A text is added to a cell, such as a message that somebody wrote."""

from __future__ import annotations

import pytest

from core.foundation import commands
from core.foundation.commands import Addition, WhichCell
from core.foundation.interview import Interview
from core.foundation.service import BadCells, Foundations
from core.people.model import Person
from core.request import Asked
from core.ui import Form, Message
from tests.core.conftest import AT, actor


def asked() -> Asked:
    who = actor()
    return Asked(id="1", actor=who, address=who.direct, at=AT, command="foundation add", submitted=True)


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


async def test_the_form_comes_back_for_a_whole_grid_or_a_text_that_does_not_fit(
    foundations: Foundations, interview: Interview, nora: Person
) -> None:
    grid = await commands.add(asked(), nora, Addition("market", "Gut health"), foundations, interview)
    assert isinstance(grid, Form)
    assert grid.problems == {"cell": "That is a whole grid. Name one of its cells."}
    assert grid.values["text"] == "Gut health"
    await commands.add(asked(), nora, Addition("what we sell", "Jars."), foundations, interview)
    long = await commands.add(asked(), nora, Addition("what we sell", "x" * 3_999), foundations, interview)
    assert isinstance(long, Form)
    assert "a cell holds 4,000" in long.problems["text"]
    kept = await commands.add(asked(), nora, Addition("trends", "Gut health"), foundations, interview)
    assert isinstance(kept, Message)
    assert "Added to" in str(kept.cards)


async def test_a_cell_may_be_named_in_several_words(foundations: Foundations, interview: Interview, nora: Person) -> None:
    await commands.add(asked(), nora, Addition("what", "we sell: Jars: three sizes"), foundations, interview)
    await commands.add(asked(), nora, Addition("Trends:", "Gut health"), foundations, interview)
    await commands.add(asked(), nora, Addition("what", "we sell Starter kits"), foundations, interview)
    now = await foundations.of(nora, AT)
    [sold], [trends] = foundations.cells.named("what we sell"), foundations.cells.named("trends")
    assert (now.value(sold.field), now.value(trends.field)) == (
        "Jars: three sizes\n\nStarter kits",
        "Gut health",
    )


async def test_what_stands_after_a_cells_name_is_in_its_form_beside_what_it_holds(foundations: Foundations, nora: Person) -> None:
    sold, sinks = foundations.cells.named("what we sell")[0].key, "The wax sinks in the middle, and the wick drowns. " * 3
    form = await commands.edit(asked(), nora, WhichCell(f"what we sell {sinks}"), foundations)
    assert isinstance(form, Form)
    assert (form.title, form.values[sold], "Until now" in form.intro) == ("What we sell", sinks.strip(), False)
    await foundations.add(nora, foundations.cells.by_key[sold], "Jars.", AT)
    again = await commands.edit(asked(), nora, WhichCell("what we sell Tins"), foundations)
    assert isinstance(again, Form)
    assert again.values[sold] == "Tins"
    assert again.intro.endswith("Until now it holds: Jars.")
    grid = await commands.edit(asked(), nora, WhichCell("company We make candles"), foundations)
    assert isinstance(grid, Form)
    assert (grid.command, grid.values, grid.problems) == (
        "foundation edit",
        {"cell": "company We make candles"},
        {"cell": "That is a whole grid. Name one of its cells."},
    )
