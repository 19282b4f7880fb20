"""A filter whose form was learnt is the same SQL as one that is read for the first time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from random import Random

import pytest

from core.errors import OutsideTheLanguage
from persistence.documents import Filter, Value
from persistence.embedded_filters import FORMS_AT_MOST, Filters
from persistence.embedded_sql import Writer
from persistence.indexes import Index, OnlyText

INDEXES = (
    Index("by_kind", (("kind", 1), ("name", 1)), unique=True, where={"kind": "fixed"}),
    Index("by_due", (("due", 1),)),
    Index("by_code", (("code", 1),), unique=True, where={"code": OnlyText()}),
    Index("by_tag", (("tags", 1),), each=True),
)
FIELDS = ("_id", "kind", "name", "due", "code", "tags", "loose", "other", "in.side")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
EAST = timezone(timedelta(hours=3))


def _filters() -> Filters:
    return Filters(Writer("things", INDEXES), INDEXES)


def _value(random: Random) -> Value:
    return random.choice(
        [
            *("fixed", "fixed", "plain", f"{random.random()}", "o'dd", "nul\0 and \1", "schön", "line\n"),
            *(1, 2**40, -7, 1.5, True, False, None),
            *(NOON, NOON + timedelta(microseconds=random.randrange(10**9)), NOON.astimezone(EAST)),
        ]
    )


def _comparison(random: Random) -> Value:
    operator = random.choice(["", "", "$gt", "$gte", "$lt", "$lte", "$ne", "$in", "$exists", "both"])
    match operator:
        case "":
            return _value(random)
        case "$in":
            return {operator: [_value(random) for _ in range(random.randrange(3))]}
        case "$exists":
            return {operator: random.random() < 0.5}
        case "both":
            return {"$gte": _value(random), "$lt": _value(random)}
        case _:
            return {operator: _value(random)}


def _some(random: Random, most: int) -> Filter:
    return {each: _comparison(random) for each in random.sample(FIELDS, random.randint(1, most))}


def _filter(random: Random) -> Filter:
    made = dict(_some(random, 2))
    if random.random() < 0.3:
        made["$or"] = [_some(random, 2) for _ in range(random.randint(1, 2))]
    return made if random.random() < 0.5 else dict(reversed(made.items()))


def test_what_was_learnt_of_a_filter_changes_neither_its_sql_nor_its_values() -> None:
    random, learning = Random(4), _filters()
    taken = 0
    for _ in range(6000):
        where = _filter(random)
        try:
            anew = _filters().read(where)
        except OutsideTheLanguage:
            with pytest.raises(OutsideTheLanguage):
                learning.read(where)
            continue
        again = learning.read(where)
        assert (again.sql, list(again.values), again.names_one) == (anew.sql, list(anew.values), anew.names_one), where
        assert again.sql.count("?") == len(again.values)
        taken += 1
    assert taken > 3000


@pytest.mark.parametrize("value", [datetime(2026, 1, 1), 2**63, "half a pair \ud83d", float("nan"), b"bytes"])
def test_a_form_that_was_learnt_takes_no_value_that_the_language_does_not_have(value: Value) -> None:
    filters = _filters()
    for known in (NOON, 1, "text", 1.5):
        filters.read({"due": known})
    with pytest.raises(OutsideTheLanguage):
        filters.read({"due": value})


def test_no_more_forms_are_remembered_than_a_collection_needs() -> None:
    filters = _filters()
    for number in range(2 * FORMS_AT_MOST):
        filters.read({f"field{number}": "text"})
        assert len(filters._forms) <= FORMS_AT_MOST
