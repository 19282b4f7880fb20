"""Handlers say by type what they need, and are given it: the one place where functions meet the services that wiring built."""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Callable, Mapping
from typing import Any


class Services:
    """The services of a running program, found by their class."""

    def __init__(self, *built: object) -> None:
        self._built: Mapping[type[Any], object] = {type(each): each for each in built}

    def call(self, function: Callable[..., Any], *given: object, **named: object) -> Any:
        """Call the function, each parameter taking the value of its annotated class, from `given` first.

        Parameters that are taken by keyword alone are no services: they are `named`.

        Raises:
            LookupError: a parameter's class is neither given nor built.
        """
        at_hand = {type(each): each for each in given}
        chosen = {}
        for name, kind in _needs(function):
            found = at_hand.get(kind, self._built.get(kind))
            if found is None:
                raise LookupError(f"{function.__qualname__} needs {kind.__name__}, which nobody built")
            chosen[name] = found
        return function(**chosen, **named)

    def missing(self, function: Callable[..., Any], *given: type[Any]) -> list[str]:
        """The parameters that could not be filled, so that a mistake shows at start-up."""
        known = {*self._built, *given}
        return [f"{function.__qualname__}({name}: {kind.__name__})" for name, kind in _needs(function) if kind not in known]


@functools.cache
def _needs(function: Callable[..., Any]) -> tuple[tuple[str, type[Any]], ...]:
    hints = typing.get_type_hints(function)
    parameters = inspect.signature(function).parameters
    return tuple((name, hints[name]) for name, each in parameters.items() if each.kind is not each.KEYWORD_ONLY)
