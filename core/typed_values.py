"""What is typed for one value: a whole number, a number, yes or no."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any


def _read_int(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"“{text}” is not a whole number.") from None


def _read_decimal(text: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise ValueError(f"“{text}” is not a number.") from None
    if not number.is_finite():
        raise ValueError(f"“{text}” is not a number.")
    return number


def _read_yes_no(text: str) -> bool:
    answers = {"yes": True, "y": True, "true": True, "on": True, "no": False, "n": False, "false": False, "off": False}
    try:
        return answers[text.casefold()]
    except KeyError:
        raise ValueError(f"“{text}” is neither yes nor no.") from None


READERS: Mapping[Any, Callable[[str], Any]] = {int: _read_int, Decimal: _read_decimal, bool: _read_yes_no}
"""By the type of the value; each raises `ValueError` with what is wrong. Days need to know what today is: `core.dates`."""
