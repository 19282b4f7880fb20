"""What the port's language does not have is refused, before anything is sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import OutsideTheLanguage
from persistence.embedded_json import decode, encode, escape, unescape
from persistence.indexes import INDEXES, Index, OnlyText, shape_of
from persistence.language import read_after, read_document, read_fields, read_filter, read_limit, read_sort
from persistence.language_changes import read_change, read_change_of_many, read_change_with_upsert
from persistence.language_values import path

SHAPE = shape_of(
    (
        Index("by_group", (("group", 1), ("rank", -1))),
        Index("by_code", (("code", 1),), unique=True),
        Index("by_tag", (("tags", 1),), each=True),
    )
)


class Colour(StrEnum):
    """A text with a name."""

    RED = "red"


class Size(IntEnum):
    """A number with a name."""

    SMALL = 1


def _nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        datetime(2026, 1, 1),
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        2**63,
        -(2**63) - 1,
        float("nan"),
        float("inf"),
        "half a pair \ud83d",
        b"bytes",
        Decimal(1),
        {1, 2},
        object(),
        {"a.b": 1},
        {"$a": 1},
        {"a$": 1},
        {"a\0": 1},
        {"": 1},
        {1: 1},
        {"half \ud83d": 1},
        _nested(51),
        "x" * 1_000_001,
        ["ä" * 100_000] * 6,
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_that_no_document_holds_is_refused(value: Any) -> None:
    with pytest.raises(OutsideTheLanguage) as refusal:
        read_document({"_id": "x", "a": value}, SHAPE)
    assert "half a pair" not in str(refusal.value)
    with pytest.raises(OutsideTheLanguage):
        read_change({"$set": {"a": value}}, SHAPE)
    with pytest.raises(OutsideTheLanguage):
        read_change({"$push": {"a": {"$each": [1, value]}}}, SHAPE)


@pytest.mark.parametrize("identifier", [None, 1, "", "x" * 1001, ["x"], ...])
def test_a_document_brings_its_id_as_text(identifier: Any) -> None:
    document = {"a": 1} if identifier is ... else {"_id": identifier}
    with pytest.raises(OutsideTheLanguage):
        read_document(document, SHAPE)


@pytest.mark.parametrize(
    "document", [{"group": ["a"]}, {"rank": {"a": 1}}, {"tags": "a"}, {"tags": [["a"]]}, {"tags": [{"a": 1}]}]
)
def test_an_indexed_field_keeps_its_shape(document: Any) -> None:
    with pytest.raises(OutsideTheLanguage):
        read_document({"_id": "x", **document}, SHAPE)


def test_a_clean_document_is_plain_and_a_copy() -> None:
    kolkata = timezone(timedelta(hours=5, minutes=30))
    given_list: list[Any] = [1, (2, 3)]
    clean: dict[str, Any] = read_document(
        {
            "_id": "x",
            "colour": Colour.RED,
            "size": Size.SMALL,
            "when": datetime(2026, 1, 1, 5, 30, 0, 1999, kolkata),
            "list": given_list,
            "mapping": MappingProxyType({"a": 1}),
        },
        SHAPE,
    )
    assert clean == {
        "_id": "x",
        "colour": "red",
        "size": 1,
        "when": datetime(2026, 1, 1, 0, 0, 0, 1000, UTC),
        "list": [1, [2, 3]],
        "mapping": {"a": 1},
    }
    assert {name: type(value) for name, value in clean.items()} == {
        "_id": str,
        "colour": str,
        "size": int,
        "when": datetime,
        "list": list,
        "mapping": dict,
    }
    assert clean["list"] is not given_list


@pytest.mark.parametrize("given_path", ["", ".", "a.", ".a", "a..b", "a.0", "0", "a.$", "a.$[]", "$a", "a b", "a\n", "_id.x", 1])
def test_an_odd_path_is_refused(given_path: Any) -> None:
    with pytest.raises(OutsideTheLanguage):
        path(given_path)


@pytest.mark.parametrize("good", ["a", "_id", "aB_c-d", "a.b.c", "votes.01jd3v9x", "hook_AvgCTR"])
def test_a_plain_path_is_taken(good: str) -> None:
    assert path(good) == good


@pytest.mark.parametrize(
    "where",
    [
        {"a": {"$regex": "x"}},
        {"a": {"$not": {"$gt": 1}}},
        {"a": {"$elemMatch": {"b": 1}}},
        {"a": {"b": 1}},
        {"a": {}},
        {"a": [1]},
        {"a": {"$gt": None}},
        {"a": {"$lt": True}},
        {"a": {"$gt": [1]}},
        {"a": {"$in": 1}},
        {"a": {"$in": "text"}},
        {"a": {"$in": [[1]]}},
        {"a": {"$in": list(range(1001))}},
        {"a": {"$exists": 1}},
        {"a": {"$ne": [1]}},
        {"a": {"$eq": 1}},
        {"a": {"$gt": 1, "b": 2}},
        {"a": datetime(2026, 1, 1)},
        {"a": float("nan")},
        {"a.0": 1},
        {"$or": []},
        {"$or": {"a": 1}},
        {"$or": [{}]},
        {"$or": [1]},
        {"$or": [{"$or": [{"a": 1}]}]},
        {"$and": [{"a": 1}]},
        {"$where": "1"},
        {"$expr": {}},
        {"$text": {}},
    ],
    ids=str,
)
def test_a_filter_outside_the_language_is_refused(where: Any) -> None:
    with pytest.raises(OutsideTheLanguage):
        read_filter(where)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"$set": {}},
        {"a": 1},
        {"$set": 1},
        {"$rename": {"a": "b"}},
        {"$mul": {"a": 2}},
        {"$currentDate": {"a": True}},
        {"$set": {"_id": "y"}},
        {"$unset": {"_id": 1}},
        {"$set": {"a.0": 1}},
        {"$set": {"a": 1}, "$inc": {"a": 1}},
        {"$set": {"a": 1, "a.b": 1}},
        {"$set": {"a.b": 1}, "$unset": {"a": 1}},
        {"$inc": {"a": "1"}},
        {"$inc": {"a": True}},
        {"$inc": {"a": None}},
        {"$min": {"a": None}},
        {"$max": {"a": [1]}},
        {"$max": {"a": True}},
        {"$push": {"a": {"$each": 1}}},
        {"$push": {"a": {"$slice": 1}}},
        {"$push": {"a": {"$each": [1], "$slice": "1"}}},
        {"$push": {"a": {"$each": [1], "$slice": True}}},
        {"$push": {"a": {"$each": [1], "$slice": 2**31}}},
        {"$push": {"a": {"$each": [1], "$sort": 1}}},
        {"$push": {"a": {"$each": [1], "$position": 0}}},
        {"$addToSet": {"a": {"$each": [1], "$slice": 1}}},
        {"$addToSet": {"a": {"b": 1}}},
        {"$addToSet": {"a": [1]}},
        {"$pull": {"a": {"$in": [1]}}},
        {"$pull": {"a": [1]}},
        {"$set": {"group": [1]}},
        {"$set": {"group.x": 1}},
        {"$push": {"group": 1}},
        {"$set": {"tags": "a"}},
        {"$inc": {"tags": 1}},
        {"$max": {"tags": 1}},
        {"$push": {"tags": {"b": 1}}},
    ],
    ids=str,
)
def test_a_change_outside_the_language_is_refused(change: Any) -> None:
    with pytest.raises(OutsideTheLanguage):
        read_change(change, SHAPE)


@pytest.mark.parametrize(
    "change",
    [{"$inc": {"a": 1}}, {"$push": {"a": 1}}, {"$set": {"a.b": 1}}, {"$set": {"code": "c"}}, {"$setOnInsert": {"a": 1}}],
    ids=str,
)
def test_a_change_of_many_that_could_fail_half_way_is_refused(change: Any) -> None:
    read_change(change, SHAPE)
    with pytest.raises(OutsideTheLanguage):
        read_change_of_many(change, SHAPE)


@pytest.mark.parametrize(
    ("where", "change"),
    [
        ({"a": 1}, {"$set": {"b": 1}}),
        ({"_id": {"$gt": "x"}}, {"$set": {"b": 1}}),
        ({"_id": "x"}, {"$setOnInsert": {"_id": "x"}}),
        ({"a": 1}, {"$setOnInsert": {"_id": 7}}),
        ({"_id": "x", "a": {"$in": [1]}}, {"$set": {"b": 1}}),
        ({"_id": "x", "$or": [{"a": 1}]}, {"$set": {"b": 1}}),
        ({"_id": "x", "a": 1, "a.b": 2}, {"$set": {"b": 1}}),
    ],
)
def test_an_upsert_that_might_begin_two_ways_is_refused(where: Any, change: Any) -> None:
    with pytest.raises(OutsideTheLanguage):
        read_change_with_upsert(change, read_filter(where), SHAPE)


@pytest.mark.parametrize(
    "sort", [[("note", 1)], [("group", 2)], [("group", 1), ("group", -1)], [("_id", 1), ("group", 1)], [("group.x", 1)]]
)
def test_a_sort_that_no_index_serves_is_refused(sort: Any) -> None:
    with pytest.raises(OutsideTheLanguage):
        read_sort(sort, SHAPE)


def test_a_sort_ends_with_the_id() -> None:
    assert read_sort([("group", -1)], SHAPE) == (("group", -1), ("_id", 1))
    assert read_sort([("group", -1), ("_id", -1)], SHAPE) == (("group", -1), ("_id", -1))
    assert read_sort([], SHAPE) == (("_id", 1),)


@pytest.mark.parametrize(
    ("sort", "after"),
    [
        ([], []),
        ([], ["a", "b"]),
        ([], [1]),
        ([("group", 1)], ["a"]),
        ([("group", 1), ("rank", -1)], ["a", 1, "x"]),
        ([("group", 1)], [True, "x"]),
        ([("group", 1)], [["a"], "x"]),
    ],
)
def test_a_page_that_begins_nowhere_is_refused(sort: Any, after: Any) -> None:
    with pytest.raises(OutsideTheLanguage):
        read_after(after, read_sort(sort, SHAPE))


@pytest.mark.parametrize("limit", [0, -1, True])
def test_a_limit_is_at_least_one(limit: int) -> None:
    with pytest.raises(OutsideTheLanguage):
        read_limit(limit)


@pytest.mark.parametrize("fields", ["name", ["a", "a"], ["a", "a.b"], ["a.0"], ["$a"]])
def test_a_projection_names_fields_that_are_apart(fields: Any) -> None:
    with pytest.raises(OutsideTheLanguage):
        read_fields(fields)


@pytest.mark.parametrize(
    "wrong",
    [
        {"keys": (("a.b", 1),)},
        {"keys": (("a", 1), ("b", 1)), "each": True},
        {"keys": (("a", 1), ("b", 1)), "ttl_seconds": 5},
    ],
)
def test_an_index_that_one_database_cannot_keep_is_refused(wrong: Any) -> None:
    with pytest.raises(OutsideTheLanguage):
        Index("wrong", **wrong)


def test_the_table_names_every_index_of_a_collection_once() -> None:
    for indexes in INDEXES.values():
        names = [each.name for each in indexes]
        assert len(set(names)) == len(names)
        for each in indexes:
            assert all(isinstance(wanted, str | OnlyText) for wanted in each.where.values())


scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.datetimes(timezones=st.just(UTC)).map(lambda each: each.replace(microsecond=each.microsecond // 1000 * 1000, fold=0))
)
keys = st.text(st.characters(exclude_characters=".$\0", exclude_categories=["Cs"]), min_size=1)
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=20)


@given(values)
def test_what_is_written_as_json_is_read_back_the_same(value: Any) -> None:
    assert repr(decode(encode(value))) == repr(value)


@given(st.text(st.characters(max_codepoint=3)), st.text(st.characters(max_codepoint=3)))
def test_escaped_texts_keep_their_order(one: str, other: str) -> None:
    assert (escape(one) < escape(other)) == (one < other)
    assert unescape(escape(one)) == one
