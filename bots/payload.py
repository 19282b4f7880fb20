"""What comes from a platform as JSON, read without trust: what is not of the wanted kind is not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Payload: TypeAlias = Mapping[str, object]


def inner(of: Payload, *names: str) -> Payload:
    """The object at the end of these names; an empty one where there is none."""
    for name in names:
        found = of.get(name)
        of = found if isinstance(found, Mapping) else {}
    return of


def items(of: Payload, name: str) -> Sequence[Payload]:
    """The objects in a list."""
    found = of.get(name)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def words(of: Payload, name: str) -> str:
    """What people wrote or are called; "" where there is none."""
    found = of.get(name)
    return found if isinstance(found, str) else ""
