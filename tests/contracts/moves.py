"""Random moves of the port's whole language, over few ids and few values, so that they meet each other often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any, TypeVar

from core.errors import AlreadyThere, OutsideTheLanguage
from persistence.documents import Collection, Database
from tests.contracts.tables import NOON

T = TypeVar("T")

TEXTS = ["", "a", "b", "B", "ab", "ä", "it's", "a\0", "a\1", "👩‍🚀"]
NUMBERS = [0, 1, 2, 3, -1, 1.0, 2.5, 2**31, 2**53 + 1, -0.5]
TIMES = [NOON + timedelta(milliseconds=step) for step in (-86_400_000, -1, 0, 1, 86_400_000)]


@dataclass(frozen=True, slots=True)
class Move:
    """One call of one method of one collection."""

    collection: str
    method: str
    arguments: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=dict)

    async def make(self, database: Database) -> object:
        """What came of it: the answer, with its types, or the name of the error."""
        collection: Collection = database.collection(self.collection)
        try:
            answer = await getattr(collection, self.method)(*self.arguments, **self.named)
        except (AlreadyThere, OutsideTheLanguage) as error:
            return f"raised {'OutsideTheLanguage' if isinstance(error, OutsideTheLanguage) else 'AlreadyThere'}"
        return typed(answer)


def typed(value: Any) -> Any:
    """A value in which 1, 1.0 and True differ, and the order of keys does not matter."""
    if isinstance(value, dict):
        return {(typed(key) if not isinstance(key, str) else key): typed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [typed(each) for each in value]
    for kind in (bool, int, float):
        if isinstance(value, kind):
            return (kind.__name__, value)
    return value


class Player:
    """Makes up moves. Each field keeps to one kind, as the language asks; None and missing go with every kind."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._kinds: dict[str, list[Any]] = {
            "group": TEXTS,
            "rank": NUMBERS,
            "when": TIMES,
            "flag": [True, False],
            "note": TEXTS,
            "n": NUMBERS,
            "at": TIMES,
            "done": [True, False],
            "nested.n": NUMBERS,
            "nested.note": TEXTS,
            "nested.deep.at": TIMES,
        }

    def move(self) -> Move:
        """The next move."""
        return self._pick(
            [
                *[self._insert] * 4,
                *[self._find] * 6,
                *[self._update] * 5,
                *[self._seat] * 4,
                self._find_one,
                self._count,
                self._group,
                self._upsert,
                self._update_many,
                self._delete,
                self._refused,
            ]
        )()

    def _pick(self, of: Sequence[T]) -> T:
        return self._random.choice(of)

    def _chance(self, of: float) -> bool:
        return self._random.random() < of

    def _id(self) -> str:
        return f"id_{self._random.randrange(25):02}"

    def _value(self, name: str) -> Any:
        return None if self._chance(0.15) else self._pick(self._kinds[name])

    def _list(self, name: str) -> list[Any]:
        values = TEXTS if name == "tags" else [1, 2, 2.0, 3, "x", True, None]
        return [self._pick(values) for _ in range(self._random.randrange(4))]

    def _document(self) -> dict[str, Any]:
        document: dict[str, Any] = {"_id": self._id()}
        for name in self._kinds:
            if self._chance(0.5):
                continue
            *way, last = name.split(".")
            inner = document
            for part in way:
                inner = inner.setdefault(part, {})
            inner[last] = self._value(name)
        for name in ("tags", "list"):
            if self._chance(0.5):
                document[name] = self._list(name)
        return document

    def _condition(self, name: str) -> Any:
        if name in ("tags", "list"):
            value = self._pick([*TEXTS[:4], None] if name == "tags" else [1, 2, "x", True, None])
            return self._pick([value, {"$ne": value}, {"$in": [value, "b"]}, {"$exists": self._chance(0.5)}])
        value = self._value(name)
        some = [self._value(name) for _ in range(self._random.randrange(4))]
        asked: list[Any] = [value, value, {"$ne": value}, {"$in": some}, {"$exists": self._chance(0.5)}]
        if name not in ("flag", "done"):
            low, high = self._pick(self._kinds[name]), self._pick(self._kinds[name])
            asked += [
                {self._pick(["$gt", "$gte"]): low},
                {self._pick(["$lt", "$lte"]): high},
                {self._pick(["$gt", "$gte"]): low, self._pick(["$lt", "$lte"]): high},
            ]
        return self._pick(asked)

    def _conditions(self, most: int) -> dict[str, Any]:
        names = self._random.sample([*self._kinds, "tags", "list"], self._random.randint(0, most))
        return {name: self._condition(name) for name in names}

    def _filter(self) -> dict[str, Any]:
        where = self._conditions(2)
        if self._chance(0.3):
            where["_id"] = self._pick([self._id(), {"$in": [self._id(), self._id()]}, {"$gt": self._id()}, {"$lte": self._id()}])
        if self._chance(0.2):
            where["$or"] = [self._conditions(2) or {"_id": self._id()} for _ in range(self._random.randint(1, 3))]
        return where

    def _sort(self) -> list[tuple[str, int]]:
        names = self._random.sample(["group", "rank", "when", "flag"], self._random.randrange(3))
        sort = [(name, self._pick([1, -1])) for name in names]
        return [*sort, ("_id", self._pick([1, -1]))] if self._chance(0.3) else sort

    def _insert(self) -> Move:
        return Move("things", "insert", (self._document(),))

    def _find(self) -> Move:
        sort = self._sort()
        named: dict[str, Any] = {"sort": sort}
        if self._chance(0.4):
            named["limit"] = self._random.randint(1, 6)
        names = [name for name, _ in sort if name != "_id"]
        if self._chance(0.3) and "flag" not in names and len({way for name, way in sort if name != "_id"}) < 2:
            named["after"] = [*(self._value(name) for name in names), self._id()]
        if self._chance(0.25):
            named["fields"] = self._random.sample(["group", "n", "nested.n", "nested.deep", "list", "none"], 2)
        return Move("things", "find", (self._filter(),), named)

    def _find_one(self) -> Move:
        return Move("things", "find_one", (self._filter(),))

    def _count(self) -> Move:
        return Move("things", "count", (self._filter(),))

    def _group(self) -> Move:
        by = self._pick(["group", "flag", "when", "note", "done", "nested.note", "nested.deep.at"])
        return Move("things", "group_count", (self._filter(), by))

    def _step(self, name: str) -> tuple[str, Any]:
        """An operator and its operand that mostly fit the field."""
        if name in ("tags", "list"):
            one = self._pick(TEXTS[:4] if name == "tags" else [1, 2.0, "x", True])
            each: dict[str, Any] = {"$each": self._list(name)}
            kept = {**each, "$slice": self._random.randint(-3, 3)}
            return self._pick(
                [
                    ("$push", one),
                    ("$push", each),
                    ("$push", kept),
                    ("$addToSet", one),
                    ("$addToSet", each),
                    ("$pull", one),
                    ("$unset", ""),
                    ("$set", self._list(name)),
                ]
            )
        value = self._value(name)
        asked = [("$set", value), ("$set", value), ("$unset", ""), ("$setOnInsert", value)]
        if name not in ("flag", "done"):
            known = self._pick(self._kinds[name])
            asked += [("$min", known), ("$max", known)]
        if name in ("n", "rank", "nested.n", "note"):
            asked += [("$inc", self._pick([1, -1, 2, 0.5]))]  # which does not fit a text
        if name in ("note", "n"):
            asked += [("$push", 1), ("$addToSet", 1)]  # which does not fit either
        return self._pick(asked)

    def _change(self) -> dict[str, dict[str, Any]]:
        names = self._random.sample([*self._kinds, "tags", "list", "note.inner"], self._random.randint(1, 3))
        if "note.inner" in names and "note" in names:
            names.remove("note.inner")
        change: dict[str, dict[str, Any]] = {}
        for name in names:
            operator, operand = ("$set", 1) if name == "note.inner" else self._step(name)
            if name != "note.inner" or self._chance(0.2):
                change.setdefault(operator, {})[name] = operand
        return change or {"$set": {"done": True}}

    def _update(self) -> Move:
        where = {"_id": self._id(), **self._conditions(1)} if self._chance(0.6) else self._filter()
        return Move("things", "update", (where, self._change()))

    def _upsert(self) -> Move:
        where: dict[str, Any] = {"_id": self._id()}
        if self._chance(0.5):
            where["$or"] = [{"when": None}, {"when": {"$lte": self._pick(TIMES)}}]
        return Move("things", "update", (where, self._change()), {"upsert": True})

    def _update_many(self) -> Move:
        name = self._pick(["group", "rank", "note", "n", "when", "done"])
        operator = self._pick(["$set", "$unset", *([] if name == "done" else ["$min", "$max"])])
        value = self._pick(self._kinds[name])
        return Move("things", "update_many", (self._filter(), {operator: {name: value}}))

    def _delete(self) -> Move:
        where = {"_id": self._id()} if self._chance(0.7) else self._filter() or {"_id": self._id()}
        return Move(self._pick(["things", "seats"]), "delete", (where,))

    def _seat(self) -> Move:
        """A move over unique keys, about half of which are taken."""
        key = {"room": self._pick(["a", "b", None]), "row": self._random.randrange(6)}
        others: dict[str, Any] = {}
        if self._chance(0.5):
            others["code"] = self._pick(["c", "d", "e", None])
        if self._chance(0.4):
            others |= {"role": self._pick(["Sage", "Seller"]), "kind": self._pick(["system", "user"])}
        if self._chance(0.5):
            others["holders"] = [self._pick(list("pqrstuv")) for _ in range(self._random.randrange(3))]
        change: dict[str, Any] = {"$set": self._pick([{**key, **others}, others or key])}
        return self._pick(
            [
                Move("seats", "insert", ({"_id": self._id(), **key, **others},)),
                Move("seats", "insert", ({"_id": self._id(), **key, **others},)),
                Move("seats", "update", ({"_id": self._id()}, change)),
                Move("seats", "update", ({"_id": self._id()}, {"$addToSet": {"holders": self._pick(list("pqrst"))}})),
                Move("seats", "update", ({"_id": self._id()}, {"$pull": {"holders": self._pick(list("pqrst"))}})),
                Move(
                    "seats",
                    "update",
                    (key, {"$setOnInsert": {"_id": self._id()}, "$inc": {"n": 1}}),
                    {"upsert": True},
                ),
                Move("seats", "find", ({"holders": self._pick(list("pqrst"))},)),
                Move("seats", "find", ({"code": self._pick(["c", {"$in": ["c", "d"]}, None])},)),
                Move("seats", "find", ({"role": "Sage", "kind": self._pick(["system", "user"])},)),
                Move("seats", "find", (key,)),
            ]
        )

    def _refused(self) -> Move:
        """A move outside the language."""
        return self._pick(
            [
                Move("things", "find", ({"n": {"$mod": [2, 0]}},)),
                Move("things", "find", ({"list.0": 1},)),
                Move("things", "find", ({},), {"sort": [("note", 1)]}),
                Move("things", "insert", ({"_id": self._id(), "a.b": 1},)),
                Move("things", "insert", ({"_id": self._id(), "n": 2**63},)),
                Move("things", "insert", ({"_id": self._id(), "group": ["a"]},)),
                Move("things", "update", ({"_id": self._id()}, {"$set": {"n": 1}, "$inc": {"n": 1}})),
                Move("things", "update", ({"_id": self._id()}, {"$set": {"tags": "a"}})),
                Move("things", "update_many", ({}, {"$push": {"list": 1}})),
            ]
        )
