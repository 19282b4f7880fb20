"""Filters and sorts as SQL, so that SQLite's indexes answer them.

Every index is over `key(field)`, in which a missing field and None are minus infinity: that sorts before everything, equals
itself in a unique index, and leaves no three-valued logic. What is not indexed is asked of `fits`, a function of ours
(`embedded_functions`), with MongoDB's own rules for paths and lists; but for a field of the top level that is compared with a
text, a whole number or a time, or with nothing, which SQLite asks of ours only where it finds a list there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from persistence.embedded_json import comparable, encode, escape
from persistence.embedded_match import kind
from persistence.indexes import Index, OnlyText, shape_of
from persistence.language import RANGES, Condition, Query
from persistence.language_values import Scalar

NOTHING = "-9e999"
"""What stands for None in a key: minus infinity, which no document holds."""

_COMPARISONS = {"$eq": "=", "$gt": ">", "$gte": ">=", "$lt": "<", "$lte": "<="}
_TYPES = {"text": "= 'text'", "number": "IN ('integer','real')", "time": "= 'object'"}
"""What `json_type` says for each kind that a range may have."""
_KNOWN = (str, int, datetime, type(None))
"""What stands in the same place of the SQL whatever its value is: a fraction is written otherwise, and so is True or False."""
_FLOORS = {"text": ">= ''", "time": ">= ''", "number": f"> {NOTHING}"}
"""Where each kind begins in an index, so that `$lt` does not walk through what sorts below."""


def quoted(name: str) -> str:
    """A name of a table or an index."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text that stands in the SQL itself."""
    return "'" + escape(text).replace("'", "''") + "'"


@lru_cache(maxsize=4096)
def member(path: str) -> str:
    """A path as SQLite's JSON functions take it."""
    return literal("$" + "".join(f'."{part}"' for part in path.split(".")))


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """The expression that the index over a field of the top level is made of."""
    return name if name == "_id" else f"coalesce(json_extract(document,{member(name)}),{NOTHING})"


@lru_cache(maxsize=4096)
def json_type(name: str) -> str:
    """The expression for a field's type: NULL where it is missing."""
    return f"json_type(document,{member(name)})"


def elements(collection: str, index: Index) -> str:
    """The table that holds each element of a list that is indexed element by element."""
    return quoted(f"{collection}.{index.name}")


def partial(index: Index) -> str:
    """The condition of a partial index, spelt as in a query, so that SQLite sees that the query implies it."""
    terms = []
    for name, wanted in index.where.items():
        if not isinstance(wanted, OnlyText):
            terms.append(f"{key(name)} = {literal(wanted)}")
        terms.append(f"{json_type(name)} = 'text'")
    return " AND ".join(terms)


@dataclass(slots=True)
class Clause:
    """SQL with the values for its question marks."""

    sql: str
    values: list[str | int | float | None] = field(default_factory=list)


class Writer:
    """Writes the SQL of one collection."""

    def __init__(self, collection: str, indexes: Sequence[Index]) -> None:
        self.table = quoted(collection)
        self._scalars = shape_of(tuple(indexes)).scalars
        self._elements = {each.fields[0]: elements(collection, each) for each in indexes if each.each}
        self._fixed: set[tuple[str, object]] = {
            (name, wanted) for each in indexes for name, wanted in each.where.items() if isinstance(wanted, str)
        }

    def marks(self, condition: Condition) -> int | None:
        """How often its operand stands as it is among the values of `where`; None where that is written in another way."""
        path, operator, operand = condition
        if operator not in _COMPARISONS or type(operand) not in _KNOWN:
            return None
        if path in self._elements:
            return 1 if operator == "$eq" and operand is not None else None
        if path not in self._scalars:
            return (0 if operand is None else 2) if _is_asked_of_sqlite(condition) else None
        if path == "_id":
            return 1 if isinstance(operand, str) else None
        return 0 if operand is None or (operator == "$eq" and self.is_fixed(path, operand)) else 1

    def is_fixed(self, name: str, value: object) -> bool:
        """Whether a partial index is of the documents with this value, so that it stands in the SQL itself."""
        return (name, value) in self._fixed

    def where(self, query: Query) -> Clause:
        """What follows WHERE."""
        parts = [self._all(query.every)] if query.every else []
        for group in query.groups:
            alternatives = [self._all(each) for each in group]
            joined = " OR ".join(f"({each.sql})" for each in alternatives)
            parts.append(Clause(f"({joined})", [value for each in alternatives for value in each.values]))
        return _joined(parts) if parts else Clause("1")

    def order(self, sort: Sequence[tuple[str, int]]) -> str:
        """What follows ORDER BY."""
        return ", ".join(key(name) if direction == 1 else f"{key(name)} DESC" for name, direction in sort)

    def _all(self, conditions: Sequence[Condition]) -> Clause:
        parts, rest = [], []
        ranged = {each.path for each in conditions if each.operator in ("$gt", "$gte")}
        for each in conditions:
            clause = self._indexed(each, floor=each.path not in ranged)
            if clause is None:
                rest.append(each)
            else:
                parts.append(clause)
        if rest:
            asked = [[each.path, each.operator, each.operand] for each in rest]
            parts.append(Clause("fits(document, ?)", [encode(asked)]))
        return _joined(parts)

    def _indexed(self, condition: Condition, *, floor: bool) -> Clause | None:
        """The condition in SQL, or None where only `fits` can tell."""
        operand = condition.operand
        if condition.path in self._elements:
            return self._element(condition)
        if condition.path not in self._scalars:
            return _anywhere(condition) if _is_asked_of_sqlite(condition) else None
        if isinstance(operand, tuple):
            return self._among(condition.path, operand)
        if condition.operator == "$exists":
            return _exists(condition.path, bool(operand))
        if condition.operator == "$ne":
            equal = self._equal(condition.path, operand)
            return Clause(f"{key(condition.path)} > {NOTHING}" if operand is None else f"NOT ({equal.sql})", equal.values)
        if condition.operator in RANGES:
            return _ranged(condition.path, condition.operator, operand, floor=floor)
        return self._equal(condition.path, operand)

    def _equal(self, name: str, value: Scalar) -> Clause:
        if name == "_id":
            return Clause("_id = ?", [escape(value)]) if isinstance(value, str) else Clause("0")
        if value is None:
            return Clause(f"{key(name)} = {NOTHING}")
        if isinstance(value, bool):
            return Clause(f"({key(name)} = {int(value)} AND {json_type(name)} = '{str(value).lower()}')")
        if isinstance(value, str) and self.is_fixed(name, value):
            return Clause(f"({key(name)} = {literal(value)} AND {json_type(name)} = 'text')")
        mark, values = _mark(value)
        return Clause(f"({key(name)} = {mark} AND {json_type(name)} {_TYPES[kind(value)]})", values)

    def _among(self, name: str, values: tuple[Scalar, ...]) -> Clause | None:
        if not values:
            return Clause("0")
        if len(values) == 1:
            return self._equal(name, values[0])
        kinds = {kind(each) for each in values}
        if len(kinds) > 1 or kinds <= {"null", "bool"}:
            return None
        among = f"{key(name)} IN (SELECT value FROM json_each(?))"
        if name == "_id":
            return Clause(among, [encode(values)]) if kinds == {"text"} else Clause("0")
        return Clause(f"({among} AND {json_type(name)} {_TYPES[kinds.pop()]})", [encode(values)])

    def _element(self, condition: Condition) -> Clause | None:
        operand = condition.operand
        kinds = {kind(each) for each in operand} if isinstance(operand, tuple) else {kind(operand)}
        if condition.operator not in ("$eq", "$in") or len(kinds) != 1 or not kinds <= _TYPES.keys():
            return None
        found = f"SELECT owner FROM {self._elements[condition.path]} WHERE element"
        type_ = _TYPES[kinds.pop()]
        if isinstance(operand, tuple):
            return Clause(f"_id IN ({found} IN (SELECT value FROM json_each(?)) AND type {type_})", [encode(operand)])
        mark, values = _mark(operand)
        return Clause(f"_id IN ({found} = {mark} AND type {type_})", values)


def _is_asked_of_sqlite(condition: Condition) -> bool:
    name, operator, operand = condition
    if "." in name or operator not in _COMPARISONS:
        return False
    return operator == "$eq" if operand is None else type(operand) in _KNOWN


def _anywhere(condition: Condition) -> Clause:
    """A comparison with a field without an index; a list there is looked through by `fits`."""
    name, operator, operand = condition
    if operand is None:
        listed = f"fits(document,json_array(json_array({literal(name)},'$eq',NULL)))"
        return Clause(f"CASE coalesce({json_type(name)},'null') WHEN 'null' THEN 1 WHEN 'array' THEN {listed} ELSE 0 END")
    assert isinstance(operand, _KNOWN)
    wanted = kind(operand)
    listed = f"fits(document,json_array(json_array({literal(name)},'{operator}',{'json(?)' if wanted == 'time' else '?'})))"
    alike = f"json_type(document,{_date(name)}) = 'text'" if wanted == "time" else f"{json_type(name)} {_TYPES[wanted]}"
    found = f"{alike} THEN json_extract(document,{member(name)}) {_COMPARISONS[operator]} ?"
    value = comparable(operand)
    return Clause(f"CASE WHEN {found} WHEN {json_type(name)} = 'array' THEN {listed} ELSE 0 END", [value, value])


def _date(name: str) -> str:
    """Where a time has its text: no mapping of a document has a key with a `$`."""
    return literal(f'$."{name}"."$date"')


def _exists(name: str, present: bool) -> Clause:
    if name == "_id":
        return Clause(str(int(present)))
    return Clause(f"{json_type(name)} IS {'NOT ' if present else ''}NULL")


def _ranged(name: str, operator: str, value: object, *, floor: bool) -> Clause:
    if not isinstance(value, str | int | float | datetime):
        return Clause("0")
    if name == "_id":
        return Clause(f"_id {_COMPARISONS[operator]} ?", [escape(value)]) if isinstance(value, str) else Clause("0")
    mark, values = _mark(value)
    terms = [f"{key(name)} {_COMPARISONS[operator]} {mark}", f"{json_type(name)} {_TYPES[kind(value)]}"]
    if floor:
        terms.append(f"{key(name)} {_FLOORS[kind(value)]}")
    return Clause(f"({' AND '.join(terms)})", values)


def _mark(value: Scalar) -> tuple[str, list[str | int | float | None]]:
    """A question mark and its value. SQLite must read a fraction as it reads the document's, to the last digit."""
    if isinstance(value, float):
        return "json_extract(?,'$')", [encode(value)]
    return "?", [comparable(value)]


def _joined(parts: Sequence[Clause]) -> Clause:
    return Clause(" AND ".join(each.sql for each in parts), [value for each in parts for value in each.values])
