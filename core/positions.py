"""Words typed in a row after a command's name, and the parameters that they are for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.command import Parameter, parameters, read_one
from core.request import Typed
from core.ui import Kind


def by_position(args: type[Any], words: str) -> dict[str, Typed]:
    """Words typed after a command's name, given to its parameters in order; the last takes all that is left.

    A text before parameters that only certain words can mean goes on until one of these: a cohort may be called Spring 2026.
    """
    left = words.strip()
    named = [each for each in parameters(args) if not each.arg.hidden]
    values: dict[str, Typed] = {}
    for at, each in enumerate(named):
        if not left:
            break
        if at == len(named) - 1:
            values[each.name] = left
        else:
            first = _first_of(left, each, named[at + 1 :])
            values[each.name], left = first, left[len(first) :].strip()
    return values


def _first_of(left: str, parameter: Parameter, others: Sequence[Parameter]) -> str:
    """The words that this parameter takes: one, or a text's several, up to the first that can be the next parameter's."""
    first = left.partition(" ")[0]
    if parameter.kind is not Kind.LINE or any(each.kind in (Kind.LINE, Kind.LONG, Kind.LIST) for each in others):
        return first
    for space in (at for at, sign in enumerate(left) if sign == " "):
        word = left[space:].strip().partition(" ")[0]
        if word and _can_mean(others[0], word):
            return left[:space].strip()
    return first if any(each.required for each in others) else left


def _can_mean(parameter: Parameter, word: str) -> bool:
    try:
        read_one(parameter, word)
    except ValueError:
        return False
    return True
