"""The document port, one suite over both implementations."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from core.errors import AlreadyThere, OutsideTheLanguage
from persistence.documents import Collection, Database
from tests.contracts.tables import NOON, ids, put

EDGES: dict[str, dict[str, Any]] = {
    "texts": {"plain": "a", "empty": "", "long": "ä" * 1000, "quotes": 'it\'s "so" \\ %', "emoji": "👩‍🚀", "sql": "';--"},
    "controls": {"nul": "a\0b", "one": "\1", "both": "\1\0\1", "line": "a\nb\tc\r", "delete": "\x7f", "bom": "\ufeff"},
    "not times": {"text": '{"$date":"2026-11-22T12:00:00.000Z"}', "iso": "2026-11-22T12:00:00.000Z"},
    "numbers": {"zero": 0, "least": -(2**63), "most": 2**63 - 1, "float": 0.1, "tiny": 5e-324, "huge": 1.7e308},
    "whole floats": {"one": 1.0, "big": 1e16, "minus": -0.5},
    "truths": {"yes": True, "no": False, "nothing": None},
    "times": {
        "now": NOON,
        "old": datetime(1, 1, 1, tzinfo=UTC),
        "before": datetime(1969, 12, 31, 23, 59, 59, 999000, UTC),
    },
    "shapes": {"list": [], "mapping": {}, "deep": [[{"a": [None, True, {"b": NOON}]}]], "odd keys": {"é ü": 1, "7": 2}},
}


@pytest.mark.parametrize("name", EDGES)
async def test_what_is_kept_comes_back_as_it_was(things: Collection, name: str) -> None:
    await things.insert({"_id": "x", **EDGES[name]})
    found = await things.find_one({"_id": "x"})
    assert found == {"_id": "x", **EDGES[name]}
    assert {key: type(value) for key, value in _plain(found).items()} == {key: type(value) for key, value in EDGES[name].items()}


def _plain(found: dict[str, Any]) -> dict[str, Any]:
    """Without the `_id`; a long integer of the driver's counts as the int that it is."""
    return {
        key: int(value) if isinstance(value, int) and not isinstance(value, bool) else value
        for key, value in found.items()
        if key != "_id"
    }


async def test_a_time_comes_back_aware_in_utc_and_cut_to_milliseconds(things: Collection) -> None:
    kolkata = timezone(timedelta(hours=5, minutes=30))
    await things.insert({"_id": "x", "when": datetime(2026, 1, 1, 5, 30, 0, 999_999, kolkata)})
    found = await things.find_one({"_id": "x"})
    assert found is not None
    when = found["when"]
    assert when == datetime(2026, 1, 1, 0, 0, 0, 999_000, UTC)
    assert isinstance(when, datetime)
    assert when.utcoffset() == timedelta(0)


async def test_a_time_is_found_by_what_it_is_cut_to(things: Collection) -> None:
    await things.insert({"_id": "x", "when": NOON + timedelta(microseconds=456), "other": NOON})
    assert await ids(things, {"when": NOON}) == ["x"]
    assert await ids(things, {"when": NOON + timedelta(microseconds=999)}) == ["x"]
    assert await ids(things, {"other": NOON + timedelta(microseconds=999)}) == ["x"]


async def test_a_copy_is_given_not_the_thing_itself(things: Collection) -> None:
    given: dict[str, Any] = {"_id": "x", "list": [1]}
    await things.insert(given)
    given["list"].append(2)
    found = await things.find_one({"_id": "x"})
    assert found == {"_id": "x", "list": [1]}


FOUND: list[tuple[str, list[Any], dict[str, Any], list[int]]] = [
    # name, values of the field "f", filter (with FIELD for its name), the places of those that fit
    ("text", ["a", "b", "A", None], {"FIELD": "a"}, [0]),
    ("None fits None and missing", [None, ..., 0, "", False], {"FIELD": None}, [0, 1]),
    ("not None", [None, ..., 0, "", False], {"FIELD": {"$ne": None}}, [2, 3, 4]),
    ("exists", [None, ..., 0], {"FIELD": {"$exists": True}}, [0, 2]),
    ("does not exist", [None, ..., 0], {"FIELD": {"$exists": False}}, [1]),
    ("one is not True", [1, True, 1.0, "1"], {"FIELD": 1}, [0, 2]),
    ("True is not one", [1, True, 1.0, "true"], {"FIELD": True}, [1]),
    ("False is not zero nor nothing", [0, False, None, ..., ""], {"FIELD": False}, [1]),
    ("other than", ["a", "b", None, ...], {"FIELD": {"$ne": "a"}}, [1, 2, 3]),
    ("other than True", [True, 1, False, ...], {"FIELD": {"$ne": True}}, [1, 2, 3]),
    ("among", ["a", "b", "c", None], {"FIELD": {"$in": ["c", "a"]}}, [0, 2]),
    ("among one", ["a", "b"], {"FIELD": {"$in": ["b"]}}, [1]),
    ("among none", ["a", None, ...], {"FIELD": {"$in": []}}, []),
    ("among with None", ["a", None, ..., "b"], {"FIELD": {"$in": ["a", None]}}, [0, 1, 2]),
    ("among times", [NOON, NOON + timedelta(1), None], {"FIELD": {"$in": [NOON, NOON + timedelta(2)]}}, [0]),
    ("among kinds", [1, True, "1", 2.0], {"FIELD": {"$in": [True, 2]}}, [1, 3]),
    ("above", [1, 2, 3, 2.5, None, ..., "9", True], {"FIELD": {"$gt": 2}}, [2, 3]),
    ("at least", [1, 2, 3, 2.0, None, "9", True], {"FIELD": {"$gte": 2}}, [1, 2, 3]),
    ("below", [1, 2, -3, 0.5, None, ..., "0", False], {"FIELD": {"$lt": 1}}, [2, 3]),
    ("at most", [1, 2, -3, 0.5, None, "0", False], {"FIELD": {"$lte": 1}}, [0, 2, 3]),
    ("between", [1, 2, 3, 4], {"FIELD": {"$gt": 1, "$lte": 3}}, [1, 2]),
    ("between texts", ["a", "b", "ba", "c", 1, None, NOON], {"FIELD": {"$gte": "b", "$lt": "c"}}, [1, 2]),
    ("below a text", ["", "a", "b", 1, None, ...], {"FIELD": {"$lt": "b"}}, [0, 1]),
    ("texts by code point", ["a", "z", "ä", "Z", "👩", "\uffff"], {"FIELD": {"$gt": "z"}}, [2, 4, 5]),
    ("texts with NUL", ["a", "a\0", "a\1", "a\0b", "b"], {"FIELD": {"$gt": "a\0", "$lt": "b"}}, [2, 3]),
    ("a text with NUL", ["a", "a\0", "a\0b", "a\1\1"], {"FIELD": "a\0b"}, [2]),
    ("due", [NOON, NOON + timedelta(milliseconds=1), None, ..., "2"], {"FIELD": {"$lte": NOON}}, [0]),
    ("later", [NOON, NOON + timedelta(days=9999), "9", 9], {"FIELD": {"$gt": NOON}}, [1]),
    ("a time is no text", [NOON, '{"$date":"2026-11-22T12:00:00.123Z"}'], {"FIELD": NOON}, [0]),
    ("a text is no time", [NOON, '{"$date":"2026-11-22T12:00:00.123Z"}'], {"FIELD": {"$gt": "{"}}, [1]),
    ("to the last digit", [0.1, 0.1 + 0.2, 0.3, 1e300, 3.0], {"FIELD": 0.1 + 0.2}, [1]),
    ("great whole numbers", [2**53, 2**53 + 1, float(2**53)], {"FIELD": 2**53 + 1}, [1]),
    ("an odd text", ["it's", "its", '"'], {"FIELD": "it's"}, [0]),
]
ON_LISTS: list[tuple[str, list[Any], dict[str, Any], list[int]]] = [
    ("contains", [["a", "b"], ["b"], [], "a", None, ...], {"FIELD": "a"}, [0, 3]),
    ("contains a number", [[1, 2], [True], [1.0], ["1"]], {"FIELD": 1}, [0, 2]),
    ("contains a time", [[NOON], [], ["x"]], {"FIELD": NOON}, [0]),
    ("contains none such", [["a"], ["b"], [], ...], {"FIELD": {"$ne": "a"}}, [1, 2, 3]),
    ("contains one of", [["a", "z"], ["b"], ["c"]], {"FIELD": {"$in": ["b", "z"]}}, [0, 1]),
    ("contains one above", [[1, 5], [2], ["9"], []], {"FIELD": {"$gt": 2}}, [0]),
    ("one above and another below", [[1, 9], [4, 5], [9]], {"FIELD": {"$gt": 6, "$lt": 3}}, [0]),
    ("contains None", [[None], [], ["a"], None, ...], {"FIELD": None}, [0, 3, 4]),
    ("a list exists", [[], ...], {"FIELD": {"$exists": True}}, [0]),
]


@pytest.mark.parametrize("field", ["rank", "note", "nested.inner.note"], ids=["indexed", "not indexed", "a path"])
@pytest.mark.parametrize("case", FOUND, ids=lambda case: case[0])
async def test_a_filter_finds_exactly_what_fits(things: Collection, case: Any, field: str) -> None:
    await _finds(things, case, field)


@pytest.mark.parametrize("field", ["note", "nested.note"])
@pytest.mark.parametrize("case", ON_LISTS, ids=lambda case: case[0])
async def test_a_list_fits_by_its_elements(things: Collection, case: Any, field: str) -> None:
    await _finds(things, case, field)


# A range over two elements is left out: SecantusDB 0.7 takes the index of such a list for one of single values.
INDEXED_LISTS = [each for each in ON_LISTS if "a" not in each[1] and each[0] != "one above and another below"]


@pytest.mark.parametrize("case", INDEXED_LISTS, ids=lambda case: case[0])
async def test_a_list_that_is_indexed_by_its_elements_finds_the_same(things: Collection, case: Any) -> None:
    await _finds(things, case, "tags")


async def _finds(things: Collection, case: Any, field: str) -> None:
    _, values, where, places = case
    for place, value in enumerate(values):
        document: dict[str, Any] = {}
        if value is not ...:
            inner = document
            *way, last = field.split(".")
            for part in way:
                inner = inner.setdefault(part, {})
            inner[last] = value
        await things.insert({"_id": str(place), **document})
    asked = {field: where["FIELD"]}
    wanted = [str(place) for place in places]
    assert await ids(things, asked) == wanted
    assert await things.count(asked) == len(wanted)
    one = await things.find_one(asked)
    assert (one and one["_id"]) == (wanted[0] if wanted else None)
    assert await ids(things, {"$or": [asked, {"_id": "none"}]}) == wanted


async def test_conditions_are_all_met(things: Collection) -> None:
    await put(things, {"_id": "1", "group": "a", "note": 1}, {"_id": "2", "group": "a", "note": 2}, {"_id": "3"})
    assert await ids(things, {"group": "a", "note": {"$gte": 2}}) == ["2"]
    assert await ids(things, {}) == ["1", "2", "3"]


async def test_one_or_goes_with_other_conditions(things: Collection) -> None:
    await put(
        things,
        {"_id": "1", "group": "a", "when": None},
        {"_id": "2", "group": "a", "when": NOON},
        {"_id": "3", "group": "a", "when": NOON + timedelta(1)},
        {"_id": "4", "group": "b"},
    )
    either = [{"when": None}, {"when": {"$lte": NOON}}]
    assert await ids(things, {"group": "a", "$or": either}) == ["1", "2"]
    assert await ids(things, {"group": "a", "$or": [{"note": 1}, {"rank": 1}]}) == []
    assert await ids(things, {"$or": [{"group": "b"}, {"group": "a", "when": NOON}]}) == ["2", "4"]


async def test_an_id_is_a_text_like_another(things: Collection) -> None:
    await put(things, {"_id": "1"}, {"_id": "2"}, {"_id": "a\0b"})
    assert await ids(things, {"_id": 1}) == []
    assert await ids(things, {"_id": None}) == []
    assert await ids(things, {"_id": {"$exists": False}}) == []
    assert await ids(things, {"_id": {"$gt": "1"}}) == ["2", "a\0b"]
    assert await ids(things, {"_id": {"$lt": 5}}) == []
    assert await ids(things, {"_id": {"$in": ["2", "a\0b", "x"]}}) == ["2", "a\0b"]
    assert await ids(things, {"_id": {"$ne": "2"}}) == ["1", "a\0b"]
    assert await ids(things, {"_id": "a\0b"}) == ["a\0b"]


async def test_a_sort_breaks_ties_by_id(things: Collection) -> None:
    await put(things, *({"_id": each, "group": "g", "rank": 1} for each in "dbca"), {"_id": "e", "group": "g", "rank": 0})
    assert await ids(things, {"group": "g"}, sort=[("rank", 1)]) == list("eabcd")
    assert await ids(things, {"group": "g"}, sort=[("rank", -1)]) == list("abcde")
    assert await ids(things, {}, sort=[("rank", -1), ("_id", -1)]) == list("dcbae")
    assert await ids(things, {}) == list("abcde")
    assert await ids(things, {}, sort=[("_id", -1)], limit=2) == list("ed")


async def test_missing_and_none_sort_first_and_alike(things: Collection) -> None:
    await put(things, {"_id": "1", "when": NOON}, {"_id": "2"}, {"_id": "3", "when": None}, {"_id": "4", "when": NOON})
    assert await ids(things, {}, sort=[("when", 1)]) == ["2", "3", "1", "4"]
    assert await ids(things, {}, sort=[("when", -1)]) == ["1", "4", "2", "3"]


@pytest.mark.parametrize("direction", [1, -1])
@pytest.mark.parametrize("of_id", [1, -1, None])
async def test_pages_follow_each_other_without_gap_or_repeat(things: Collection, direction: int, of_id: int | None) -> None:
    ranks: list[int | None] = [3, 1, None, 2, 2, 2, None, 1, 3, 0, 2]
    await put(things, *({"_id": f"{place:02}", "group": "g", "rank": rank} for place, rank in enumerate(ranks)))
    sort = [("rank", direction), *([("_id", of_id)] if of_id else [])]
    whole = await things.find({"group": "g"}, sort=sort)
    pages: list[dict[str, Any]] = []
    after: list[Any] | None = None
    while page := await things.find({"group": "g"}, sort=sort, limit=2, after=after):
        pages += page
        after = [page[-1]["rank"], page[-1]["_id"]]
    assert pages == whole
    assert len(pages) == len(ranks)


async def test_pages_by_id_alone_and_with_an_or(things: Collection) -> None:
    await put(things, *({"_id": each, "group": "g" if each in "ace" else "h"} for each in "abcdef"))
    either = {"$or": [{"group": "g"}, {"_id": "f"}]}
    assert await ids(things, either, after=["a"], limit=2) == ["c", "e"]
    assert await ids(things, either, after=["e"]) == ["f"]
    assert await ids(things, {}, sort=[("_id", -1)], after=["c"]) == ["b", "a"]


async def test_only_the_fields_asked_for_come_back(things: Collection) -> None:
    whole: dict[str, Any] = {
        "_id": "x",
        "a": 1,
        "b": {"c": 2, "d": {"e": 3, "f": 4}},
        "list": [{"c": 1, "d": 2}, {"d": 3}],
        "none": None,
    }
    await things.insert(whole)
    cases: list[tuple[tuple[str, ...], dict[str, Any]]] = [
        ((), {}),
        (("a",), {"a": 1}),
        (("_id", "none"), {"none": None}),
        (("b",), {"b": whole["b"]}),
        (("b.d.e", "b.c"), {"b": {"c": 2, "d": {"e": 3}}}),
        (("b.x",), {"b": {}}),
        (("a.x", "nowhere"), {}),
        (("list.c",), {"list": [{"c": 1}, {}]}),
    ]
    for fields, wanted in cases:
        assert await things.find({"_id": "x"}, fields=fields) == [{"_id": "x", **wanted}]


async def test_groups_are_counted(things: Collection) -> None:
    await put(
        things,
        *({"_id": f"a{n}", "group": "a", "note": {"step": n % 2}} for n in range(3)),
        {"_id": "b", "group": "b", "flag": True, "when": NOON},
        {"_id": "c", "group": None},
        {"_id": "d"},
    )
    assert await things.group_count({}, "group") == {"a": 3, "b": 1, None: 2}
    assert await things.group_count({"group": "a"}, "note.step") == {0: 2, 1: 1}
    assert await things.group_count({}, "flag") == {True: 1, None: 5}
    assert await things.group_count({"when": {"$ne": None}}, "when") == {NOON: 1}
    assert await things.group_count({"group": "z"}, "group") == {}


@pytest.mark.parametrize("value", [0.5, ["a"], {"a": 1}])
async def test_what_is_no_group_is_not_counted_by(things: Collection, value: Any) -> None:
    await things.insert({"_id": "x", "note": value})
    with pytest.raises(OutsideTheLanguage):
        await things.group_count({}, "note")


CHANGED: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    # name, before, change, after
    ("set", {"a": 1}, {"$set": {"a": 2, "b": {"c": [1]}}}, {"a": 2, "b": {"c": [1]}}),
    ("set None", {"a": 1}, {"$set": {"a": None}}, {"a": None}),
    ("set on a path", {"a": {"b": 1}}, {"$set": {"a.c": 2, "x.y.z": 3}}, {"a": {"b": 1, "c": 2}, "x": {"y": {"z": 3}}}),
    ("unset", {"a": 1, "b": {"c": 2, "d": 3}}, {"$unset": {"a": 1, "b.c": "", "z.z": 1}}, {"b": {"d": 3}}),
    ("unset through a value", {"a": 1}, {"$unset": {"a.b": 1}}, {"a": 1}),
    ("add", {"a": 1}, {"$inc": {"a": 2, "b": -1, "c.d": 5}}, {"a": 3, "b": -1, "c": {"d": 5}}),
    ("add a fraction", {"a": 1, "b": 0.5}, {"$inc": {"a": 0.25, "b": 1}}, {"a": 1.25, "b": 1.5}),
    ("add beyond 32 bits", {"a": 2**31 - 1}, {"$inc": {"a": 1}}, {"a": 2**31}),
    (
        "add to a very large number",
        {"a": 2**62 + 1, "b": -(2**62)},
        {"$inc": {"a": 2**61, "b": -5}},
        {"a": 2**62 + 2**61 + 1, "b": -(2**62) - 5},
    ),
    ("least", {"a": 5, "b": 5}, {"$min": {"a": 3, "b": 7, "c": 1}}, {"a": 3, "b": 5, "c": 1}),
    ("greatest", {"a": 5, "b": 5}, {"$max": {"a": 3, "b": 7, "c": 1}}, {"a": 5, "b": 7, "c": 1}),
    ("least of None", {"a": None}, {"$min": {"a": 3}}, {"a": None}),
    ("greatest of None", {"a": None}, {"$max": {"a": 3}}, {"a": 3}),
    ("latest", {"a": NOON}, {"$max": {"a": NOON + timedelta(1)}}, {"a": NOON + timedelta(1)}),
    ("only on insert", {"a": 1}, {"$setOnInsert": {"a": 9, "b": 9}}, {"a": 1}),
    ("push", {"a": [1]}, {"$push": {"a": {"b": 2}, "c": [3]}}, {"a": [1, {"b": 2}], "c": [[3]]}),
    ("push each", {"a": [1]}, {"$push": {"a": {"$each": [2, 3]}}}, {"a": [1, 2, 3]}),
    ("push and keep the last", {"a": [1, 2]}, {"$push": {"a": {"$each": [3], "$slice": -2}}}, {"a": [2, 3]}),
    ("push and keep the first", {"a": [1, 2]}, {"$push": {"a": {"$each": [3], "$slice": 2}}}, {"a": [1, 2]}),
    ("push and keep none", {"a": [1, 2]}, {"$push": {"a": {"$each": [3], "$slice": 0}}}, {"a": []}),
    ("push nothing", {"a": [1, 2]}, {"$push": {"a": {"$each": []}}}, {"a": [1, 2]}),
    (
        "add to a set",
        {"a": [1, True]},
        {"$addToSet": {"a": {"$each": [1.0, 2, 2, True]}, "b": "x"}},
        {"a": [1, True, 2], "b": ["x"]},
    ),
    ("pull", {"a": [1, 2, 1.0, True, "1"]}, {"$pull": {"a": 1, "b": 1}}, {"a": [2, True, "1"]}),
    ("pull a text", {"a": {"b": ["x", "y", "x"]}}, {"$pull": {"a.b": "x"}}, {"a": {"b": ["y"]}}),
    (
        "several at once",
        {"n": 1, "l": []},
        {"$inc": {"n": 1}, "$push": {"l": 1}, "$set": {"s": "x"}},
        {"n": 2, "l": [1], "s": "x"},
    ),
]


@pytest.mark.parametrize("case", CHANGED, ids=lambda case: case[0])
async def test_a_change_leaves_the_document_as_it_should_be(things: Collection, case: Any) -> None:
    _, before, change, after = case
    await things.insert({"_id": "x", **before})
    given = await things.update({"_id": "x"}, change)
    assert given == {"_id": "x", **after}
    assert await things.find_one({"_id": "x"}) == given


MISFITS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"a": "text"}, {"$inc": {"a": 1}}),
    ({"a": None}, {"$inc": {"a": 1}}),
    ({"a": True}, {"$inc": {"a": 1}}),
    ({"a": 2**63 - 1}, {"$inc": {"a": 1}}),
    ({"a": 1}, {"$push": {"a": 1}}),
    ({"a": None}, {"$push": {"a": 1}}),
    ({"a": "x"}, {"$addToSet": {"a": 1}}),
    ({"a": 1}, {"$pull": {"a": 1}}),
    ({"a": 1}, {"$set": {"a.b": 1}}),
    ({"a": None}, {"$set": {"a.b": 1}}),
    ({"a": [1]}, {"$set": {"a.b": 1}}),
]


@pytest.mark.parametrize("case", MISFITS, ids=str)
async def test_a_change_that_does_not_fit_changes_nothing(things: Collection, case: Any) -> None:
    before, change = case
    await things.insert({"_id": "x", **before})
    with pytest.raises(OutsideTheLanguage):
        await things.update({"_id": "x"}, {**change, "$set": {**change.get("$set", {}), "other": 1}})
    assert await things.find_one({"_id": "x"}) == {"_id": "x", **before}


async def test_an_update_of_what_does_not_fit_gives_none(things: Collection) -> None:
    await things.insert({"_id": "x", "version": 2})
    assert await things.update({"_id": "x", "version": 1}, {"$set": {"note": "late"}}) is None
    assert await things.update({"_id": "y"}, {"$set": {"note": "late"}}) is None
    assert await things.find_one({"_id": "x"}) == {"_id": "x", "version": 2}


async def test_an_update_changes_one_document_that_with_the_lowest_id(things: Collection) -> None:
    await put(things, *({"_id": each, "group": "g"} for each in "cab"))
    changed = await things.update({"group": "g"}, {"$set": {"group": "h"}})
    assert changed == {"_id": "a", "group": "h"}
    assert await ids(things, {"group": "g"}) == ["b", "c"]


async def test_of_fifty_compare_and_sets_at_once_one_wins(things: Collection) -> None:
    await things.insert({"_id": "x", "version": 1, "leaseUntil": None})
    due: dict[str, Any] = {"_id": "x", "version": 1, "$or": [{"leaseUntil": None}, {"leaseUntil": {"$lte": NOON}}]}
    attempts = [
        things.update(due, {"$inc": {"version": 1}, "$set": {"owner": n, "leaseUntil": NOON + timedelta(1)}}) for n in range(50)
    ]
    won = [each for each in await asyncio.gather(*attempts) if each is not None]
    assert len(won) == 1
    assert await things.find_one({"_id": "x"}) == won[0]
    assert won[0]["version"] == 2


async def test_of_fifty_additions_at_once_none_is_lost(things: Collection) -> None:
    await things.insert({"_id": "x"})
    changes = [things.update({"_id": "x"}, {"$inc": {"n": 1}, "$push": {"who": n}}) for n in range(50)]
    await asyncio.gather(*changes)
    found = await things.find_one({"_id": "x"})
    assert found is not None
    assert found["n"] == 50
    who = found["who"]
    assert isinstance(who, list)
    assert sorted(who) == list(range(50))


async def test_of_fifty_inserts_of_one_id_one_wins(things: Collection) -> None:
    outcomes = await asyncio.gather(*(things.insert({"_id": "evt", "n": n}) for n in range(50)), return_exceptions=True)
    assert [type(each) for each in outcomes if each is not None] == [AlreadyThere] * 49
    assert await things.count({}) == 1


async def test_an_upsert_adds_what_is_not_there_and_changes_what_is(seats: Collection) -> None:
    change: dict[str, Any] = {"$setOnInsert": {"_id": "s1", "made": NOON}, "$inc": {"n": 1}, "$push": {"list": "x"}}
    first: Any = await seats.update({"room": "r", "row": 1}, change, upsert=True)
    assert first == {"_id": "s1", "room": "r", "row": 1, "made": NOON, "n": 1, "list": ["x"]}
    again = {**change, "$setOnInsert": {"_id": "s2", "made": NOON}}
    second = await seats.update({"room": "r", "row": 1}, again, upsert=True)
    assert second == {**first, "n": 2, "list": ["x", "x"]}
    assert await seats.count({}) == 1


async def test_an_upsert_takes_its_id_from_the_filter_too(things: Collection) -> None:
    where: dict[str, Any] = {"_id": "lock", "$or": [{"until": None}, {"until": {"$lte": NOON}}]}
    change = {"$set": {"until": NOON + timedelta(1)}}
    assert await things.update(where, change, upsert=True) == {"_id": "lock", "until": NOON + timedelta(1)}
    with pytest.raises(AlreadyThere):
        await things.update(where, change, upsert=True)


async def test_an_upsert_builds_paths_from_its_filter(things: Collection) -> None:
    made = await things.update(
        {"_id": "x", "a.b": 1, "c": None, "d": {"$gt": 1}}, {"$set": {"a.e": 2}, "$max": {"d": 5}}, upsert=True
    )
    assert made == {"_id": "x", "a": {"b": 1, "e": 2}, "c": None, "d": 5}


async def test_of_fifty_upserts_at_once_one_adds_and_the_others_change(seats: Collection) -> None:
    async def once(number: int) -> None:
        await seats.update({"room": "r", "row": 1}, {"$setOnInsert": {"_id": f"s{number}"}, "$inc": {"n": 1}}, upsert=True)

    await asyncio.gather(*(once(number) for number in range(50)))
    assert [each["n"] for each in await seats.find({})] == [50]


async def test_a_taken_id_is_already_there(things: Collection) -> None:
    await things.insert({"_id": "x", "a": 1})
    with pytest.raises(AlreadyThere):
        await things.insert({"_id": "x", "a": 2})
    assert await things.find({}) == [{"_id": "x", "a": 1}]


async def test_a_unique_key_is_taken_once(seats: Collection) -> None:
    await put(seats, {"_id": "1", "room": "a", "row": 1}, {"_id": "2", "room": "a", "row": 2})
    with pytest.raises(AlreadyThere):
        await seats.insert({"_id": "3", "room": "a", "row": 1})
    with pytest.raises(AlreadyThere):
        await seats.update({"_id": "2"}, {"$set": {"row": 1, "other": 1}})
    assert await seats.find_one({"_id": "2"}) == {"_id": "2", "room": "a", "row": 2}
    assert await seats.delete({"_id": "1"}) == 1
    await seats.insert({"_id": "3", "room": "a", "row": 1})


async def test_missing_and_none_take_a_unique_key_too(seats: Collection) -> None:
    await seats.insert({"_id": "1", "room": "a", "row": None})
    with pytest.raises(AlreadyThere):
        await seats.insert({"_id": "2", "room": "a"})
    await seats.insert({"_id": "3"})
    with pytest.raises(AlreadyThere):
        await seats.insert({"_id": "4", "room": None})


async def test_a_partial_unique_key_counts_only_texts(seats: Collection) -> None:
    await put(seats, {"_id": "1", "row": 1}, {"_id": "2", "row": 2, "code": None}, {"_id": "3", "row": 3, "code": "c"})
    with pytest.raises(AlreadyThere):
        await seats.insert({"_id": "4", "row": 4, "code": "c"})
    assert await ids(seats, {"code": "c"}) == ["3"]
    assert await ids(seats, {"code": {"$in": ["c", "d"]}}) == ["3"]
    assert await ids(seats, {"code": None}) == ["1", "2"]


async def test_a_partial_unique_key_counts_only_one_kind(seats: Collection) -> None:
    await put(
        seats,
        {"_id": "1", "row": 1, "role": "Sage", "kind": "system"},
        {"_id": "2", "row": 2, "role": "Sage", "kind": "user"},
        {"_id": "3", "row": 3, "role": "Sage", "kind": "user"},
    )
    with pytest.raises(AlreadyThere):
        await seats.insert({"_id": "4", "row": 4, "role": "Sage", "kind": "system"})
    with pytest.raises(AlreadyThere):
        await seats.update({"_id": "2"}, {"$set": {"kind": "system"}})
    assert await ids(seats, {"role": "Sage", "kind": "system"}) == ["1"]
    assert await ids(seats, {"role": "Sage", "kind": "user"}) == ["2", "3"]


async def test_an_element_of_a_list_is_unique_across_documents(seats: Collection) -> None:
    await put(seats, {"_id": "1", "row": 1, "holders": ["a", "b", "a"]}, {"_id": "2", "row": 2, "holders": []})
    await put(seats, {"_id": "3", "row": 3}, {"_id": "4", "row": 4, "holders": None})
    with pytest.raises(AlreadyThere):
        await seats.insert({"_id": "5", "row": 5, "holders": ["c", "b"]})
    with pytest.raises(AlreadyThere):
        await seats.update({"_id": "2"}, {"$push": {"holders": "a"}})
    assert await ids(seats, {"holders": "b"}) == ["1"]
    moved = await seats.update({"_id": "1"}, {"$pull": {"holders": "b"}})
    assert moved is not None
    await seats.update({"_id": "2"}, {"$addToSet": {"holders": "b"}})
    assert await ids(seats, {"holders": "b"}) == ["2"]
    assert await seats.delete({"_id": "2"}) == 1
    await seats.update({"_id": "3"}, {"$push": {"holders": "b"}})
    assert await ids(seats, {"holders": {"$in": ["a", "b"]}}) == ["1", "3"]


async def test_many_are_changed_at_once(things: Collection) -> None:
    await put(things, *({"_id": str(n), "group": "g" if n < 3 else "h", "note": n} for n in range(5)))
    change: dict[str, Any] = {"$set": {"flag": True}, "$max": {"note": 1}, "$unset": {"gone": 1}, "$min": {"rank": 7}}
    assert await things.update_many({"group": "g"}, change) == 3
    assert await things.update_many({"group": "z"}, change) == 0
    assert [(each.get("flag"), each["note"], each.get("rank")) for each in await things.find({})] == [
        (True, 1, 7),
        (True, 1, 7),
        (True, 2, 7),
        (None, 3, None),
        (None, 4, None),
    ]


async def test_all_that_fit_are_removed(things: Collection) -> None:
    await put(things, *({"_id": str(n), "group": "g" if n < 3 else "h", "tags": ["t"]} for n in range(5)))
    assert await things.delete({"group": "g"}) == 3
    assert await things.delete({"group": "g"}) == 0
    assert await ids(things, {"tags": "t"}) == ["3", "4"]


async def test_what_has_outlived_its_time_is_swept_where_the_database_does_not_do_so(
    database: Database, request: pytest.FixtureRequest
) -> None:
    drafts = database.collection("drafts")
    await put(
        drafts,
        {"_id": "old", "savedAt": NOON - timedelta(seconds=60)},
        {"_id": "young", "savedAt": NOON - timedelta(seconds=59)},
        {"_id": "none", "savedAt": None},
        {"_id": "text", "savedAt": "1999"},
    )
    swept = await database.sweep(NOON)
    if "embedded" in request.node.name:
        assert swept == 1
        assert await ids(drafts, {}) == ["none", "text", "young"]
    else:
        assert swept == 0


async def test_preparing_again_changes_nothing(database: Database, seats: Collection) -> None:
    await seats.insert({"_id": "1", "room": "a", "row": 1, "holders": ["h"]})
    await asyncio.gather(database.prepare(), database.prepare())
    with pytest.raises(AlreadyThere):
        await seats.insert({"_id": "2", "room": "a", "row": 1})
    assert await ids(seats, {"holders": "h"}) == ["1"]


async def test_it_answers(database: Database) -> None:
    assert await database.ping()


async def test_a_collection_that_is_not_in_the_table_is_refused(database: Database) -> None:
    with pytest.raises(OutsideTheLanguage):
        database.collection("thigns")


async def test_both_refuse_what_the_language_does_not_have(things: Collection) -> None:
    await things.insert({"_id": "x", "n": 1})
    for refused in (
        things.find({"n": {"$regex": "a"}}),
        things.find_one({"n": [1]}),
        things.find({}, sort=[("note", 1)]),
        things.find({}, fields=["a", "a.b"]),
        things.count({"$and": []}),
        things.group_count({}, "a.0"),
        things.insert({"_id": "y", "when": datetime(2026, 1, 1)}),
        things.update({"_id": "x"}, {"$rename": {"n": "m"}}),
        things.update({}, {"$set": {"a": 1}}, upsert=True),
        things.update_many({}, {"$inc": {"n": 1}}),
        things.delete({"n": {"$size": 1}}),
    ):
        with pytest.raises(OutsideTheLanguage):
            await refused
    assert await things.find({}) == [{"_id": "x", "n": 1}]
