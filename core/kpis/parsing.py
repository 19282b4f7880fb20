"""What a typed figure means: taken, taken if confirmed, unclear between two readings, or refused with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.errors import Refusal
from core.kpis.figures import Stored, between, inside, shown, spelt, stored
from core.kpis.metrics import Metric, Unit
from core.kpis.money import LIKE_A_DOLLAR, MINOR_DIGITS, could_be
from core.kpis.numbers import Number, number_in, plain

LARGEST = Decimal(10) ** 12
NOTHING = frozenset({"", "-", "--", "—", "n/a", "na", "none", "?"})
"""Ways of saying that a figure was not measured; missing is never zero."""


class NotThatFigure(Refusal):
    """That cannot be this figure."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Read. `odd` asks for confirmation where the value is unusual, and is "" otherwise."""

    kept: Stored
    odd: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Two readings are possible. Each comes as it would be read back, and as it could have been typed to be clear."""

    options: tuple[tuple[str, str], tuple[str, str]]

    @property
    def question(self) -> str:
        """What the student is asked."""
        (first, _), (second, _) = self.options
        return f"Did you mean {first} or {second}?"

    @property
    def remedy(self) -> str:
        """How to type it so that it is clear."""
        (_, first), (_, second) = self.options
        return f"Type {first} or {second}."


def means_nothing(typed: str) -> bool:
    """The student says that there is no such figure."""
    return plain(typed).strip().casefold() in NOTHING


def read_figure(metric: Metric, typed: str, currency: str) -> Taken | Unclear:
    """What was typed for a figure, which is the metric as it is meant for this student, with money in their currency.

    Raises:
        NotThatFigure: it is not a number, is one of another kind, or lies outside the hard bounds; with the reason.
    """
    number = number_in(typed)
    if number is None:
        raise NotThatFigure(f"“{typed.strip()[:30]}” is not a number that I can read. Type it like {_like(metric)}.")
    _refuse_other_kind(metric, number, typed.strip()[:30], currency)
    readings = _scaled(metric, number)
    if metric.unit is Unit.PERCENT and not number.mark and len(readings) == 1 and 0 < abs(readings[0]) < 1:
        return _unclear(metric, readings[0], readings[0] * 100, currency)
    fitting = _narrowed(metric, number, readings, currency)
    if len(fitting) == 2:
        return _unclear(metric, fitting[0], fitting[1], currency)
    return _taken(metric, fitting[0], currency)


def _taken(metric: Metric, amount: Decimal, currency: str) -> Taken:
    if metric.unit is Unit.COUNT and amount != amount.to_integral_value():
        raise NotThatFigure(f"{metric.title} is a whole number; this is {amount}.")
    if not inside(amount, metric.hard) or abs(amount) > LARGEST:
        said = spelt(metric.unit, amount, currency)
        can_be = between(metric, metric.hard, currency) if not inside(amount, metric.hard) else "far smaller"
        raise NotThatFigure(f"{metric.title} can only be {can_be}; this is {said}.")
    kept = stored(metric, amount, currency)
    if not inside(amount, _asking(metric, currency)):
        assert metric.ask is not None
        usual = between(metric, metric.ask, currency)
        return Taken(kept, f"{shown(metric, kept, currency)} is unusual for {metric.title}: mostly it is {usual}.")
    return Taken(kept)


def _scaled(metric: Metric, number: Number) -> tuple[Decimal, ...]:
    """A ratio may be typed in percent, as some ad accounts show it: 320 % is 3.2 times."""
    if metric.unit is Unit.RATIO and number.mark == "%":
        return tuple(each / 100 for each in number.readings)
    return number.readings


def _narrowed(metric: Metric, number: Number, readings: tuple[Decimal, ...], currency: str) -> tuple[Decimal, ...]:
    """The readings that the figure's kind and bounds leave; never none."""
    if len(readings) == 1:
        return readings
    if metric.unit is Unit.COUNT:
        return readings[1:]
    if metric.unit is Unit.MONEY:
        return _narrowed_money(metric, number, readings, currency)
    for bounds in (metric.hard, metric.ask):
        fitting = tuple(each for each in readings if inside(each, bounds))
        if len(fitting) == 1:
            return fitting
    return readings


def _narrowed_money(metric: Metric, number: Number, readings: tuple[Decimal, ...], currency: str) -> tuple[Decimal, ...]:
    """Three decimals are no amount of money but where the currency has them: asked about only where they would be usual."""
    if MINOR_DIGITS.get(currency, 2) == 3:
        return readings[:1] if number.parted == "." else readings
    small, _ = readings
    asking = _asking(metric, currency)
    usual = asking is not None and inside(small, asking) and not inside(readings[1], asking)
    return readings if usual else readings[1:]


def _asking(metric: Metric, currency: str) -> tuple[Decimal | None, Decimal | None] | None:
    """The asking bounds; those of money are written for a currency worth about a dollar."""
    return None if metric.unit is Unit.MONEY and currency not in LIKE_A_DOLLAR else metric.ask


def _unclear(metric: Metric, first: Decimal, second: Decimal, currency: str) -> Unclear:
    def option(amount: Decimal) -> tuple[str, str]:
        typed = f"{amount.normalize():f}"
        number = number_in(typed)
        if number and len(number.readings) > 1:
            typed += "0"  # four decimals cannot be thousands
        return spelt(metric.unit, amount, currency), typed + ("%" if metric.unit is Unit.PERCENT else "")

    return Unclear((option(first), option(second)))


def _refuse_other_kind(metric: Metric, number: Number, typed: str, currency: str) -> None:
    if number.currency and metric.unit is not Unit.MONEY:
        raise NotThatFigure(f"{metric.title} is no amount of money, but you typed {typed}. Type it like {_like(metric)}.")
    if number.currency and currency not in could_be(number.currency):
        raise NotThatFigure(
            f"Your figures are kept in {currency}, but you typed {typed}. Convert it first, or change the currency: /kpi settings"
        )
    if number.mark and number.mark not in _marks(metric):
        raise NotThatFigure(f"{metric.title} is not measured like {typed}. Type it like {_like(metric)}.")


def _marks(metric: Metric) -> frozenset[str]:
    match metric.unit:
        case Unit.PERCENT:
            return frozenset({"%"})
        case Unit.RATIO:
            return frozenset({"x", "%"})
        case Unit.SCORE:
            low, high = metric.hard
            percent = {"%"} if low == 0 and high == 100 else set()
            return frozenset({f"/{high}"} | percent)
        case Unit.MONEY | Unit.COUNT:
            return frozenset()


def _like(metric: Metric) -> str:
    match metric.unit:
        case Unit.PERCENT:
            return "2.5%"
        case Unit.MONEY:
            return "3.20"
        case Unit.COUNT:
            return "240"
        case Unit.RATIO:
            return "3.2"
        case Unit.SCORE:
            return "4.3" if metric.hard[1] == 5 else "42"
