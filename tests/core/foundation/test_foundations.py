"""Reading, filling and measuring a Foundation."""

from __future__ import annotations

import asyncio

import pytest

from core.foundation.service import BadCells, Foundations
from core.people.model import Person
from core.people.service import People
from persistence.documents import Database
from tests.core.conftest import AT, actor

PAINS = "customerAvatar.pains"


async def test_what_is_saved_is_kept_under_the_schemas_names(foundations: Foundations, nora: Person, database: Database) -> None:
    await foundations.save(nora, {PAINS: "fuzzy jars; soft cabbage", "marketAwareness.competitors.name": "Jar lids"}, AT)
    kept = await database.collection("userFoundations").find_one({"userId": nora.user_id})
    assert kept is not None
    assert kept["customerAvatar"] == {"pains": ["fuzzy jars", "soft cabbage"]}
    assert kept["marketAwareness"] == {"competitors": [{"name": "Jar lids", "weakness": ""}]}
    assert kept["lastUpdatedAt"] == AT


async def test_two_edits_of_different_cells_at_once_are_both_kept(foundations: Foundations, nora: Person) -> None:
    keys = [cell.key for cell in foundations.cells.in_order if cell.kind == "text"][:4]
    await asyncio.gather(*(foundations.save(nora, {key: f"about {key}"}, AT) for key in keys))
    kept = await foundations.of(nora, AT)
    assert all(kept.value(key) == f"about {key}" for key in keys)
    assert kept.version == len(keys)


async def test_an_emptied_cell_is_missing_again(foundations: Foundations, nora: Person) -> None:
    await foundations.save(nora, {PAINS: "fuzzy jars"}, AT)
    kept = await foundations.save(nora, {PAINS: ""}, AT)
    assert kept.value(PAINS) is None


async def test_when_one_cell_cannot_be_read_nothing_is_saved(foundations: Foundations, nora: Person) -> None:
    with pytest.raises(BadCells) as caught:
        await foundations.save(nora, {PAINS: "fuzzy jars", "companyContext.coreOffers": "x" * 5_000}, AT)
    assert set(caught.value.problems) == {"companyContext.coreOffers"}
    assert (await foundations.of(nora, AT)).value(PAINS) is None


async def test_the_cells_that_keep_hook_shut_are_named(foundations: Foundations, nora: Person) -> None:
    empty = await foundations.of(nora, AT)
    locks = foundations.still_locks(empty)
    assert len(locks) == 11
    for cell in locks:
        await foundations.save(nora, {cell.key: "Lids: they leak" if cell.kind == "pairs" else "plain words"}, AT)
    filled = await foundations.of(nora, AT)
    assert foundations.still_locks(filled) == ()
    assert sum(len(share.filled) for share in foundations.shares(filled)) == 11


async def test_each_person_has_their_own(foundations: Foundations, nora: Person, people: People) -> None:
    await foundations.save(nora, {PAINS: "fuzzy jars"}, AT)
    ben = await people.meet(actor("ben"), AT)
    assert (await foundations.of(ben, AT)).value(PAINS) is None
