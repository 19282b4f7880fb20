"""Who stands where: places that equals share, what everybody may see of them, and what each sees of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.board.actions import WEEK, Weeks, points, streak
from core.board.ports import Sharer

TOP = 10
SHARED_AT_LEAST = 3
"""Fewer are no board: whoever is not first would be last, and everybody would know who they are."""
AROUND = 2
"""So many of those just before, and just behind, are shown with one's own place."""


class Span(StrEnum):
    """What is added up."""

    WEEK = "week"
    LAST = "last"
    COHORT = "cohort"


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody on the board. `place` counts from 1, equals share it; None for those with the fewest points: nobody is last."""

    person_id: str
    name: str
    points: int
    streak: int
    place: int | None


@dataclass(frozen=True, slots=True)
class Standings:
    """Those who share and did something, the most points first; equals by name. `shared`: enough of them agreed."""

    shared: bool
    rows: tuple[Row, ...] = ()

    @property
    def ranked(self) -> tuple[Row, ...]:
        """The first ten places, and in a small cohort those of the upper half: equals stay together, so it may be more people."""
        places = min(TOP, max(1, len(self.rows) // 2))
        return tuple(each for each in self.rows if each.place is not None and each.place <= places)

    @property
    def top(self) -> tuple[Row, ...]:
        """As many of these as are shown."""
        return self.ranked[:TOP]

    @property
    def beside(self) -> tuple[Row, ...]:
        """In a small cohort all the others who did something, by name and without a place."""
        others = self.rows[len(self.ranked) :] if len(self.rows) <= 2 * TOP else ()
        return tuple(sorted(others, key=lambda each: (each.name.casefold(), each.person_id)))

    def of(self, person_id: str) -> Row | None:
        """Their own row, where they are on it."""
        return next((each for each in self.rows if each.person_id == person_id), None)

    def ahead_of(self, own: Row) -> Row | None:
        """Whoever has just more points than they have."""
        return next((each for each in reversed(self.rows) if each.points > own.points), None)

    def around(self, own: Row) -> tuple[Row, ...]:
        """Those just before and behind them with their own row, where that is far from the top. Who has no place is left out."""
        at = self.rows.index(own)
        if own in (*self.top, *self.beside):
            return ()
        near = self.rows[max(len(self.top), at - AROUND) : at + AROUND + 1]
        return tuple(each for each in near if each == own or each.place is not None)


def standings(sharers: Sequence[Sharer], tallies: Mapping[str, Weeks], span: Span, present: date) -> Standings:
    """The board of these people. `present` is the Monday of the week that it is."""
    if len(sharers) < SHARED_AT_LEAST:
        return Standings(shared=False)
    week = present - WEEK if span is Span.LAST else present
    found = [(each, _worth(tallies.get(each.id, {}), span, week)) for each in sharers]
    active = sorted(
        ((each, worth) for each, worth in found if worth), key=lambda pair: (-pair[1], pair[0].name.casefold(), pair[0].id)
    )
    fewest = active[-1][1] if active and active[-1][1] < active[0][1] else None
    rows: list[Row] = []
    place = 0
    for number, (each, worth) in enumerate(active, 1):
        place = number if not rows or worth < rows[-1].points else place
        in_a_row = streak(tallies.get(each.id, {}), week)
        rows.append(Row(each.id, each.name, worth, in_a_row, None if worth == fewest else place))
    return Standings(shared=True, rows=tuple(rows))


def total(weeks: Iterable[str], of: Weeks) -> int:
    """What somebody's actions of these weeks are worth."""
    return sum(points(of[week]) for week in weeks if week in of)


def _worth(weeks: Weeks, span: Span, week: date) -> int:
    return total(weeks if span is Span.COHORT else (week.isoformat(),), weeks)
