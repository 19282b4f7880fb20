"""The traffic light of a figure and of a part of the funnel: by what others reach, and by the equal period before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.kpis.figures import Stored, amount_of
from core.kpis.metrics import Benchmark, JudgedBy, Level, Metric, Unit

BETTER = Decimal("0.10")
"""From here on an improvement on the equal period before is green (the course's level status)."""
WORSE = Decimal("0.20")
"""From here on a fall is red."""
AVERAGE_SPREAD = Decimal("0.20")
"""Where only an average is known, so much around it counts as typical: half of all shops are on its wrong side."""
COUNT_AT_LEAST = 10
"""A count below this moves by a fifth through a single order, so its change says nothing."""


class Colour(StrEnum):
    """What the light shows. The word and the sign say it without the colour."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"

    @property
    def word(self) -> str:
        """Good, Fair or Weak."""
        return {Colour.GREEN: "Good", Colour.YELLOW: "Fair", Colour.RED: "Weak"}[self]

    @property
    def sign(self) -> str:
        """A sign of its own for each, that every font has."""
        return {Colour.GREEN: "✓", Colour.YELLOW: "•", Colour.RED: "!"}[self]


class Place(StrEnum):
    """Where a figure lies in what others reach."""

    GOOD = "good"
    TYPICAL = "typical"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Light:
    """A traffic light, and why it shows what it shows, in a few words."""

    colour: Colour
    why: str

    @property
    def text(self) -> str:
        """The light in a table's cell: ✓ Good."""
        return f"{self.colour.sign} {self.colour.word}"


@dataclass(frozen=True, slots=True)
class LevelStatus:
    """A part of the funnel by its main figure: the first of the course's list that something can be said about, or None."""

    level: Level
    main: Metric | None
    light: Light | None


def light(metric: Metric, kept: Stored | None, before: Stored | None, currency: str) -> Light | None:
    """The light of a figure as it is meant for this student; None where nothing can be said.

    Green from the good mark on, or where it improved by a tenth on the equal period before; yellow in the typical range, or
    where it stands as it did and nobody knows a range; red short of the range, or where it fell by a fifth. Green is looked at
    first, as in the course: a figure that climbs is on its way, however low it began.
    """
    if kept is None or metric.judged_by is JudgedBy.NOTHING:
        return None
    place = place_of(metric, kept, currency) if metric.judged_by is JudgedBy.BOTH else None
    gain = gain_of(metric, kept, before)
    better, worse = gain is not None and gain >= BETTER, gain is not None and -gain >= WORSE
    moved = "" if gain is None else f"{abs(gain) * 100:.0f}% {'better' if gain > 0 else 'worse'} than before"
    match place:
        case Place.GOOD:
            return Light(Colour.GREEN, f"good by what others reach{f', though {moved}' if worse else ''}")
        case _ if better:
            return Light(Colour.GREEN, f"{moved}{', though still short of what others reach' if place is Place.SHORT else ''}")
        case Place.SHORT:
            return Light(Colour.RED, f"short of what others reach{f', and {moved}' if worse else ''}")
        case _ if worse:
            return Light(Colour.RED, moved)
        case Place.TYPICAL:
            return Light(Colour.YELLOW, "typical of what others reach")
        case None:
            return None if gain is None else Light(Colour.YELLOW, "much as before")


def place_of(metric: Metric, kept: Stored, currency: str) -> Place | None:
    """Where the figure lies in what others reach; None where nobody knows, or where that is money of another currency."""
    bench = metric.benchmark
    if bench is None or (metric.unit is Unit.MONEY and bench.currency != currency):
        return None
    side = 1 if metric.better == "higher" else -1
    amount = amount_of(metric, kept, currency) * side
    least, good = (None if each is None else each * side for each in (least_typical(metric, bench), good_mark(metric, bench)))
    if good is not None and amount >= good:
        return Place.GOOD
    return Place.TYPICAL if least is None or amount >= least else Place.SHORT


def least_typical(metric: Metric, bench: Benchmark) -> Decimal:
    """The worst value that still is typical: the range's near end, or a fifth short of an average."""
    near = min(bench.typical) if metric.better == "higher" else max(bench.typical)
    if len(bench.typical) > 1:
        return near
    spread = abs(near) * AVERAGE_SPREAD
    return near - spread if metric.better == "higher" else near + spread


def good_mark(metric: Metric, bench: Benchmark) -> Decimal | None:
    """Where good begins: the mark that is given, else the far end of a range; None beside an average alone."""
    if bench.good is not None:
        return bench.good
    if len(bench.typical) == 1:
        return None
    return max(bench.typical) if metric.better == "higher" else min(bench.typical)


def gain_of(metric: Metric, kept: Stored, before: Stored | None) -> Decimal | None:
    """The improvement on the equal period before as a share of it, negative for a fall.

    None where there is none to compare with, where that was nothing or less (a share of it means nothing), and for counts that
    are too small to say anything.
    """
    if before is None or before <= 0 or (metric.unit is Unit.COUNT and before < COUNT_AT_LEAST):
        return None
    share = (Decimal(str(kept)) - Decimal(str(before))) / Decimal(str(before))
    return share if metric.better == "higher" else -share


def level_statuses(
    mains: Mapping[Level, tuple[str, ...]], judged: Iterable[tuple[Metric, Light | None]]
) -> tuple[LevelStatus, ...]:
    """The status of each part of the funnel that has main figures."""
    by_field = {metric.field: (metric, light) for metric, light in judged}
    found = []
    for level, fields in mains.items():
        lit = next((by_field[each] for each in fields if each in by_field and by_field[each][1] is not None), (None, None))
        found.append(LevelStatus(level, *lit))
    return tuple(found)
