"""Numbers in a table's cells, read by what the whole table shows of how its decimals are parted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.kpis.numbers import Number, number_in, plain

NONE = frozenset({"", "-", "--", "n/a", "na", "none", "null", "nan", "(not set)", "∞", "inf", "#n/a"})
"""Ways in which tools say that there is nothing; it is never zero."""
LOOKED_AT = 400


class NoAmount(Exception):
    """A cell holds something that is no number."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a cell; `percent`: it has the sign; `currency` as it is written, or ""."""

    value: Decimal
    percent: bool = False
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the cells of one table. `decimal` is the mark that parts its decimals, "" where nothing shows it."""

    decimal: str
    by_tool: bool = False

    def amount(self, cell: str, *, whole: bool = False) -> Amount | None:
        """The number of a cell, or None where it says that there is none. `whole`: it counts things, and has no decimals.

        Raises:
            NoAmount: it holds something else.
        """
        if plain(cell).strip().casefold() in NONE:
            return None
        number = number_in(cell)
        if number is None or number.mark not in ("", "%", "x"):
            raise NoAmount
        return Amount(self._value(number, whole=whole), number.mark == "%", number.currency)

    def _value(self, number: Number, *, whole: bool) -> Decimal:
        if len(number.readings) == 1:
            return number.readings[0]
        decimal = "" if whole else self.decimal or ("." if self.by_tool else "")
        return number.readings[0 if number.parted == decimal else 1]


def reader_for(cells: Iterable[str], *, by_tool: bool) -> Reader:
    """The reader of a table, from cells in which only one reading is possible; a tool parts decimals with a dot."""
    seen = {".": 0, ",": 0}
    for cell in cells:
        text = plain(cell)
        number = number_in(text) if "." in text or "," in text else None
        if number is None or number.parted:
            continue
        last = max(".,", key=text.rfind)
        if text.count(last) == 1 and number.readings[0] != number.readings[0].to_integral_value():
            seen[last] += 1
    shown = [mark for mark, times in seen.items() if times]
    return Reader(shown[0] if len(shown) == 1 else "", by_tool)
