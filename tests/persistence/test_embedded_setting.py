"""What SQLite does by itself in a change or a filter is what our own functions do, at the edges too."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.errors import OutsideTheLanguage
from persistence.documents import Value
from persistence.embedded import EmbeddedDatabase, open_embedded


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[EmbeddedDatabase]:
    """An embedded record."""
    opened = await open_embedded(tmp_path)
    await opened.prepare()
    yield opened
    await opened.close()


async def test_a_document_that_is_set_bit_by_bit_grows_only_so_far(database: EmbeddedDatabase) -> None:
    keys = database.collection("keys")
    await keys.insert({"_id": "k"})
    for name in ("a", "b", "c"):
        assert await keys.update({"_id": "k"}, {"$set": {name: "x" * 600_000}}) is not None
    with pytest.raises(OutsideTheLanguage):
        await keys.update({"_id": "k"}, {"$set": {"d": "x" * 600_000}})
    kept = await keys.update({"_id": "k"}, {"$set": {"d": "x\0\1y"}, "$unset": {"a": "", "b": "", "none": ""}})
    assert kept == {"_id": "k", "c": "x" * 600_000, "d": "x\0\1y"}


@pytest.mark.parametrize(
    ("kept", "wanted", "met"),
    [
        (1, 1, True),
        (1.0, 1, True),
        (True, 1, False),
        ("1", 1, False),
        (None, 1, False),
        ([3, 1], 1, True),
        ([3, [1]], 1, False),
        ({"a": 1}, 1, False),
        (2**53 + 1, 2**53, False),
        ("é\0\1", "é\0\1", True),
        ("é\0\1", "é\0", False),
        (["é\0", 2], "é\0", True),
        (1, "1", False),
    ],
)
async def test_a_field_without_an_index_equals_what_it_holds(
    database: EmbeddedDatabase, kept: Value, wanted: str | int, *, met: bool
) -> None:
    keys = database.collection("keys")
    await keys.insert({"_id": "k", "field": kept})
    assert (await keys.find_one({"field": wanted}) is not None) is met
    assert (await keys.update({"_id": "k", "field": wanted}, {"$set": {"seen": True}}) is not None) is met
