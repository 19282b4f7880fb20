"""A figure's value as it is kept, reckoned with and shown.

Kept: money as an integer of minor units, counts as integers, everything else as a float; percents in points.
"""

from __future__ import annotations

from decimal import Decimal

from core.kpis import money
from core.kpis.metrics import Benchmark, Bounds, Metric, Unit

Stored = int | float


def stored(metric: Metric, amount: Decimal, currency: str) -> Stored:
    """The amount as it is kept."""
    match metric.unit:
        case Unit.MONEY:
            return money.to_minor(amount, currency)
        case Unit.COUNT:
            return int(amount)
        case Unit.PERCENT | Unit.RATIO | Unit.SCORE:
            return round(float(amount), 4)


def amount_of(metric: Metric, kept: Stored, currency: str) -> Decimal:
    """What is kept, as an amount in the figure's main unit."""
    if metric.unit is Unit.MONEY:
        return money.from_minor(int(kept), currency)
    return Decimal(str(kept))


def shown(metric: Metric, kept: Stored, currency: str) -> str:
    """What is kept, as people read it: 2.5%, £3.20, 1,234, 3.2×, 4.3."""
    return spelt(metric.unit, amount_of(metric, kept, currency), currency)


def spelt(unit: Unit, amount: Decimal, currency: str) -> str:
    """An amount as people read it."""
    match unit:
        case Unit.MONEY:
            return money.written(amount, currency)
        case Unit.COUNT:
            return f"{amount:,.0f}"
        case Unit.PERCENT:
            return f"{trimmed(amount)}%"
        case Unit.RATIO:
            return f"{trimmed(amount)}×"
        case Unit.SCORE:
            return trimmed(amount)


def roughly(unit: Unit, amount: Decimal, currency: str) -> str:
    """An amount as people read a mark or a bound: whole money without its zeros."""
    text = spelt(unit, amount, currency)
    return text.partition(".")[0] if unit is Unit.MONEY and amount == amount.to_integral_value() else text


def trimmed(amount: Decimal) -> str:
    """At most four decimals, no zeros that say nothing, and no thousands parted: what is shown can be typed in again."""
    text = f"{amount:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def between(metric: Metric, bounds: Bounds, currency: str) -> str:
    """Bounds in words."""
    low, high = (None if each is None else roughly(metric.unit, each, currency) for each in bounds)
    if low is not None and high is not None:
        return f"from {low} to {high}"
    return f"{low} or more" if low is not None else f"{high} or less"


def inside(amount: Decimal, bounds: Bounds | None) -> bool:
    """The amount keeps to the bounds; open sides let everything through."""
    low, high = bounds or (None, None)
    return (low is None or amount >= low) and (high is None or amount <= high)


def change(metric: Metric, now: Stored, before: Stored, currency: str) -> str:
    """How a figure moved: percents and scores by points, all else by share; and whether that is better."""
    if metric.unit in (Unit.PERCENT, Unit.SCORE):
        moved = Decimal(str(now)) - Decimal(str(before))
        text = f"{moved:+,.2f}".rstrip("0").rstrip(".") + (" point" if abs(moved) == 1 else " points")
    elif not before:
        return f"from {shown(metric, before, currency)}"
    else:
        moved = Decimal(str(now)) - Decimal(str(before))
        text = f"{moved / Decimal(str(before)) * 100:+.0f}%"
    if not moved:
        return "same"
    return f"{text}, {'better' if (moved > 0) == (metric.better == 'higher') else 'worse'}"


def benchmark_range(metric: Metric, benchmark: Benchmark) -> str:
    """The typical range and where good begins."""
    currency = benchmark.currency or "USD"
    typical = " to ".join(roughly(metric.unit, each, currency) for each in benchmark.typical)
    if benchmark.good is None:
        return typical
    side = "from" if metric.better == "higher" else "up to"
    return f"{typical}; good {side} {roughly(metric.unit, benchmark.good, currency)}"
