"""MongoDB's `$jsonSchema` as far as `persistence.validators` writes it: what it refuses, and the least that it takes.

A word that is not known here is an error, so that no rule is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

Rule = Mapping[str, Any]
DAY = datetime(2026, 11, 22, tzinfo=UTC)
SAMPLES: Mapping[str, Any] = {
    "string": "x",
    "int": 1,
    "long": 2**40,
    "double": 1.5,
    "bool": True,
    "date": DAY,
    "null": None,
    "array": [],
    "object": {},
}
"""A value of each of BSON's types that the record knows."""
TEXTS = ("x", "2026-11-22", "2026-11", "09:00", "x" * 20)
"""What stands for any text: where a rule takes none of these, one that it takes is added here."""


def kind(value: object) -> str:
    """BSON's name of the value's type, as pymongo sends it."""
    match value:
        case None:
            return "null"
        case bool():
            return "bool"
        case int():
            return "int" if -(2**31) <= value < 2**31 else "long"
        case float():
            return "double"
        case str():
            return "string"
        case datetime():
            return "date"
        case Mapping():
            return "object"
        case Sequence():
            return "array"
        case _:
            raise AssertionError(f"A {type(value).__name__} is kept nowhere.")


def faults(rule: Rule, value: object, path: str = "it") -> Iterator[str]:
    """Why MongoDB would refuse the value; nothing where it takes it."""
    for word, wanted in rule.items():
        if word in ("exclusiveMinimum", "exclusiveMaximum"):
            continue
        if word not in CHECKS:
            raise AssertionError(f"Nobody said what {word} means: add it to CHECKS in {__name__}.")
        yield from CHECKS[word](rule, wanted, value, path)


def fits(rule: Rule, value: object) -> bool:
    """Whether MongoDB would take the value."""
    return not any(True for _ in faults(rule, value))


def _type(_: Rule, wanted: str | list[str], value: object, path: str) -> Iterator[str]:
    if kind(value) not in ([wanted] if isinstance(wanted, str) else wanted):
        yield f"{path} is of type {kind(value)} and not {wanted}"


def _enum(_: Rule, wanted: Sequence[object], value: object, path: str) -> Iterator[str]:
    if not any(kind(each) == kind(value) and each == value for each in wanted):
        yield f"{path} is none of {wanted}"


def _required(_: Rule, wanted: Sequence[str], value: object, path: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from (f"{path}.{name} is missing" for name in wanted if name not in value)


def _properties(_: Rule, wanted: Mapping[str, Rule], value: object, path: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, rule in wanted.items():
            if name in value:
                yield from faults(rule, value[name], f"{path}.{name}")


def _patterns(_: Rule, wanted: Mapping[str, Rule], value: object, path: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for pattern, rule in wanted.items():
            for name in value:
                if re.search(pattern, name):
                    yield from faults(rule, value[name], f"{path}.{name}")


def _others(rule: Rule, wanted: Rule | bool, value: object, path: str) -> Iterator[str]:
    if not isinstance(value, Mapping) or wanted is True:
        return
    for name in value.keys() - rule.get("properties", {}).keys():
        if isinstance(wanted, Mapping):
            yield from faults(wanted, value[name], f"{path}.{name}")
        else:
            yield f"{path}.{name} is not to be there"


def _items(_: Rule, wanted: Rule | list[Rule], value: object, path: str) -> Iterator[str]:
    if kind(value) != "array":
        return
    assert isinstance(value, Sequence)
    rules = wanted if isinstance(wanted, list) else [wanted] * len(value)
    for number, (rule, each) in enumerate(zip(rules, value, strict=False)):
        yield from faults(rule, each, f"{path}[{number}]")


def _any(_: Rule, wanted: Sequence[Rule], value: object, path: str) -> Iterator[str]:
    if not any(fits(each, value) for each in wanted):
        yield f"{path} is none of these: {[fault for each in wanted for fault in faults(each, value, path)]}"


def _one(_: Rule, wanted: Sequence[Rule], value: object, path: str) -> Iterator[str]:
    if sum(fits(each, value) for each in wanted) != 1:
        yield f"{path} is not just one of these: {[fault for each in wanted for fault in faults(each, value, path)]}"


def _minimum(rule: Rule, wanted: float, value: object, path: str) -> Iterator[str]:
    if isinstance(value, int | float) and (value < wanted or (value == wanted and rule.get("exclusiveMinimum"))):
        yield f"{path} is too small"


def _maximum(rule: Rule, wanted: float, value: object, path: str) -> Iterator[str]:
    if isinstance(value, int | float) and (value > wanted or (value == wanted and rule.get("exclusiveMaximum"))):
        yield f"{path} is too great"


def _pattern(_: Rule, wanted: str, value: object, path: str) -> Iterator[str]:
    if isinstance(value, str) and not re.search(wanted, value):
        yield f"{path} does not look like {wanted}"


def _long_enough(_: Rule, wanted: int, value: object, path: str) -> Iterator[str]:
    if isinstance(value, Sequence | Mapping) and len(value) < wanted:
        yield f"{path} is too short"


def _short_enough(_: Rule, wanted: int, value: object, path: str) -> Iterator[str]:
    if isinstance(value, Sequence | Mapping) and len(value) > wanted:
        yield f"{path} is too long"


CHECKS: Mapping[str, Callable[[Rule, Any, object, str], Iterator[str]]] = {
    "bsonType": _type,
    "enum": _enum,
    "required": _required,
    "properties": _properties,
    "patternProperties": _patterns,
    "additionalProperties": _others,
    "items": _items,
    "anyOf": _any,
    "oneOf": _one,
    "minimum": _minimum,
    "maximum": _maximum,
    "pattern": _pattern,
    "minLength": _long_enough,
    "maxLength": _short_enough,
    "minItems": _long_enough,
    "maxItems": _short_enough,
}


def least(rule: Rule) -> Any:
    """A value that the rule takes, with nothing in it that need not be there."""
    for choice in ("anyOf", "oneOf"):
        if choice in rule:
            return least(rule[choice][0])
    if "enum" in rule:
        return rule["enum"][0]
    named = rule.get("bsonType", "string")
    name = named if isinstance(named, str) else named[0]
    if name == "object":
        return {each: least(rule["properties"][each]) for each in rule.get("required", ())}
    if name == "string":
        return next(text for text in TEXTS if fits(rule, text))
    return max(SAMPLES[name], rule["minimum"]) if "minimum" in rule else SAMPLES[name]


def mended(rule: Rule, document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with what it lacks or has wrong taken from the least that the rule takes."""
    if "oneOf" in rule:
        rule = next((each for each in rule["oneOf"] if _chosen(each, document)), rule["oneOf"][0])
    rules = rule.get("properties", {})
    right = {name: value for name, value in document.items() if name not in rules or fits(rules[name], value)}
    return {**least(rule), **right}


def _chosen(rule: Rule, document: Mapping[str, Any]) -> bool:
    kinds = rule.get("properties", {}).get("kind", {})
    return "kind" in document and fits(kinds, document["kind"])
