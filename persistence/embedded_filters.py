"""Filters that were read before: their SQL is written once for all that differ only in what they compare with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import NamedTuple, TypeAlias

from persistence.documents import Filter
from persistence.embedded_json import comparable
from persistence.embedded_sql import Writer
from persistence.indexes import Index, OnlyText
from persistence.language import Query, read_filter
from persistence.language_values import GREATEST_INTEGER, LEAST_INTEGER, Cleaner, Scalar

Plain: TypeAlias = str | int | float | None
"""What SQLite takes for a question mark."""

FORMS_AT_MOST = 200
"""Of one collection that are remembered: the program's own queries are a handful each. Then it begins anew."""


class Asked(NamedTuple):
    """A filter as SQL. `names_one`: it gives an `_id`, or the whole key of a unique index."""

    sql: str
    values: Sequence[Plain]
    names_one: bool


class _Form(NamedTuple):
    """`places`: which of a filter's values stands at each question mark, counted in the order of a `Query`."""

    sql: str
    places: tuple[int, ...]
    names_one: bool


class _Other(Exception):
    """The filter has something in it whose SQL depends on more than its kind."""


class Filters:
    """Reads the filters of one collection."""

    def __init__(self, writer: Writer, indexes: Sequence[Index]) -> None:
        self._writer = writer
        self._keys = [each for each in indexes if each.unique]
        self._forms: dict[tuple[object, ...], _Form] = {}

    def read(self, where: Filter) -> Asked:
        """What follows WHERE. Raises `OutsideTheLanguage` for what the language does not have."""
        form: list[object] = []
        try:
            values = self._taken_apart(where, form)
        except _Other:
            return self.written(read_filter(where))
        known = self._forms.get(tuple(form))
        if known is None:
            return self._learnt(where, tuple(form))
        return Asked(known.sql, [values[each] for each in known.places], known.names_one)

    def written(self, query: Query) -> Asked:
        """The same of a filter that was read already."""
        clause = self._writer.where(query)
        return Asked(clause.sql, clause.values, self._names_one(query))

    def _learnt(self, where: Filter, form: tuple[object, ...]) -> Asked:
        query = read_filter(where)
        asked = self.written(query)
        places: list[int] = []
        for number, each in enumerate(chain(query.every, *chain.from_iterable(query.groups))):
            marks = self._writer.marks(each)
            if marks is None:
                return asked
            places += [number] * marks
        if len(self._forms) >= FORMS_AT_MOST:
            self._forms.clear()
        self._forms[form] = _Form(asked.sql, tuple(places), asked.names_one)
        return asked

    def _taken_apart(self, where: Filter, form: list[object]) -> list[Plain]:
        """Its values; `form` is given all else. Raises `_Other`."""
        values: list[Plain] = []
        grouped: list[Plain] = []
        for name, operand in where.items():
            if name != "$or":
                self._condition(name, operand, form, values)
                continue
            if type(operand) is not list:
                raise _Other
            form += (name, len(operand))
            for each in operand:
                if not isinstance(each, Mapping):
                    raise _Other
                form.append(len(each))
                for inner, given in each.items():
                    self._condition(inner, given, form, grouped)
        return values + grouped if grouped else values

    def _condition(self, name: str, operand: object, form: list[object], values: list[Plain]) -> None:
        if type(operand) is dict:
            form.append(len(operand))
            for operator, given in operand.items():
                form += (name, operator, self._kind(name, given))
                values.append(_plain(name, given))
            return
        form += (name, "$eq", self._kind(name, operand))
        values.append(_plain(name, operand))

    def _kind(self, name: str, operand: object) -> object:
        """What the SQL depends on: its type, or a value that stands in the SQL itself."""
        kind = type(operand)
        return operand if kind is str and self._writer.is_fixed(name, operand) else kind

    def _names_one(self, query: Query) -> bool:
        given = query.equalities()
        return "_id" in given or any(_is_key(each, given) for each in self._keys)


def _is_key(index: Index, given: Mapping[str, Scalar]) -> bool:
    if not all(isinstance(given.get(each), str) for each in index.fields):
        return False
    return all(isinstance(wanted, OnlyText) or given.get(name) == wanted for name, wanted in index.where.items())


def _plain(name: str, operand: object) -> Plain:
    """A value as SQLite takes it. Raises `_Other`."""
    if operand is None:
        return None
    if type(operand) is str:
        return operand if operand.isascii() and operand.isprintable() else comparable(Cleaner().scalar(operand, name))
    if type(operand) is datetime:
        return comparable(Cleaner().scalar(operand, name))
    if type(operand) is int and LEAST_INTEGER <= operand <= GREATEST_INTEGER:
        return operand
    raise _Other
