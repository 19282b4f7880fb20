"""What is said of a figure before and after something went live: what followed, with how many periods, and never a cause."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.kpis import money
from core.kpis.figures import spelt
from core.kpis.impacts import Impact
from core.kpis.metrics import Metric, Unit
from core.kpis.periods import Span
from core.kpis.verdict import COUNTED_AT_LEAST, EVENTS_AT_LEAST, Outcome, Verdict, Why
from core.kpis.windows import PERIODS_AT_LEAST

NO_FIGURE = "The course has no figure for this step, so there is nothing to look at."
NOT_WHY = "This says what came after, not why. Seasons, prices and whatever else happened then are in the figures as well."
NAMED_AT_MOST = 3
_PERIODS = {Span.WEEK: "week", Span.DAYS_30: "period of 30 days", Span.MONTH: "month"}


def briefly(impact: Impact) -> str:
    """The verdict in a table's cell: Up after, Did not move, Too early."""
    found = impact.main
    if found is None:
        return "No figure"
    if found.verdict is Verdict.MOVED:
        return "Up after" if found.rose else "Down after"
    return found.verdict.value.capitalize()


def verdict(impact: Impact) -> str:
    """The verdict in a sentence or two, as Markdown."""
    found = impact.main
    if found is None:
        return NO_FIGURE
    title = found.metric.title
    match found.verdict:
        case Verdict.MOVED:
            better = f"For this figure, {found.metric.better} is better."
            return f"{title} **went {'up' if found.rose else 'down'} after** it went live: {_from_to(found)}. {better}"
        case Verdict.DID_NOT if found.why is Why.ALREADY:
            return f"{title} **went on the way it was going** before it went live, and no faster than that: {_from_to(found)}."
        case Verdict.DID_NOT:
            return f"{title} **did not move** beyond the usual ups and downs: {_from_to(found)}."
        case Verdict.TOO_EARLY:
            return f"It is **too early** to tell. {_still_lacking(found)}"
        case Verdict.CANNOT_TELL:
            return f"**Cannot tell.** {_reason(impact, found)}"


def averages(found: Outcome) -> tuple[str, str] | None:
    """The average before and after, as they are read; None where nothing can be compared."""
    means = found.means
    return None if means is None else (_said(found, means[0]), _said(found, means[1]))


def counted(found: Outcome) -> str:
    """How many periods are on each side: those that were compared, or those that there are."""
    before, after = (len(found.before), len(found.after)) if found.before else found.logged
    return f"{_many(before, found)} before, {_many(after, found)} after"


def _from_to(found: Outcome) -> str:
    (before, after), counts = averages(found) or ("", ""), (len(found.before), len(found.after))
    return f"{before} on average in the {_many(counts[0], found)} before, {after} in the {_many(counts[1], found)} after"


def _still_lacking(found: Outcome) -> str:
    before, after = found.logged
    if found.sense is None:
        return (
            f"{found.metric.title} was not logged yet; from {PERIODS_AT_LEAST} full periods on each side something can be said."
        )
    need = f"{PERIODS_AT_LEAST} full {_plural(found)} on each side are needed, and there are {before} before and {after} after."
    missed = f" Earlier {_plural(found)} can still be logged." if before < PERIODS_AT_LEAST else ""
    return need + missed


def _reason(impact: Impact, found: Outcome) -> str:
    title, need = found.metric.title, f"at least {PERIODS_AT_LEAST} are needed"
    before, after = found.logged
    match found.why:
        case Why.TOGETHER:
            how_many = "Two things" if len(impact.together) == 1 else "Several things"
            return f"{how_many} changed at once: {_named(impact)} went live in the same {_plural(found)}."
        case Why.LENGTH:
            return "The periods logged since have another length than those before. Keep to one length for the next."
        case Why.CURRENCY:
            return "The money logged since is in another currency than before."
        case Why.MEANING:
            return f"Since then {title} counts something else than before, so the two cannot be set beside each other."
        case Why.FEW_BEFORE:
            return f"There are too few {_plural(found)} before it: {before}, and {need}. Earlier ones can still be logged."
        case Why.FEW_AFTER:
            return f"There are too few {_plural(found)} soon after it: {after}, and {need}."
        case Why.LITTLE if found.metric.unit is Unit.COUNT:
            return f"The numbers are too small: fewer than {COUNTED_AT_LEAST} on each side, so that one more or less moves them."
        case Why.LITTLE:
            return f"There is too little traffic: fewer than {EVENTS_AT_LEAST} leads or orders on one side, which may be chance."
        case _:
            return f"{title} was never logged around that day."


def _named(impact: Impact) -> str:
    names = [f"“{each.heading.title}”" for each in impact.together[:NAMED_AT_MOST]]
    left = len(impact.together) - len(names)
    return _listed([*names, *([f"{left} more"] if left else [])])


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _plural(found: Outcome) -> str:
    word = _PERIODS[found.sense.span] if found.sense else "period"
    return word.replace("period", "periods") if "period" in word else f"{word}s"


def _many(count: int, found: Outcome) -> str:
    return f"{count} {_plural(found) if count != 1 else _PERIODS[found.sense.span] if found.sense else 'period'}"


def _said(found: Outcome, amount: Decimal) -> str:
    currency = (found.sense.currency if found.sense else None) or ""
    return spelt(found.metric.unit, _rounded(found.metric, amount, currency), currency)


def _rounded(metric: Metric, amount: Decimal, currency: str) -> Decimal:
    """An average as finely as it is worth reading: counts whole, money to its smallest coin, all else to two decimals."""
    if metric.unit is Unit.MONEY:
        return money.from_minor(money.to_minor(amount, currency), currency)
    return amount.quantize(Decimal("1") if metric.unit is Unit.COUNT else Decimal("0.01"))
