"""The list of periods on the page of the figures: what was logged when, what was deleted, and the ways to put it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bots.web.views.kpi_choice import Wanted
from core.kpis.corrections import listed
from core.kpis.history import SnapshotChange
from core.kpis.history_args import titled
from core.kpis.model import Snapshot
from core.listing import leaf_of
from core.people.model import Person

ROWS = 8
DELETED_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A period as a line of the list."""

    snapshot: Snapshot
    title: str
    figures: str
    changed: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A period that was deleted and can be put back."""

    change: SnapshotChange
    title: str
    on: str


@dataclass(frozen=True, slots=True)
class Periods:
    """A page of the list; `total` counts all that fit the words, `every` all that there are."""

    rows: tuple[Row, ...]
    page: int
    pages: int
    total: int
    every: int
    gone: tuple[Gone, ...]


def periods_of(person: Person, history: Sequence[Snapshot], deleted: Sequence[SnapshotChange], wanted: Wanted) -> Periods:
    """The part of the list that is asked for; a page that is not there is the nearest one."""
    leaf = leaf_of(listed(history, wanted.asking.words, wanted.asking.order), wanted.asking.page, ROWS)
    rows = tuple(_row(each, person) for each in leaf.rows)
    gone = tuple(Gone(each, _title(each), _day(each.at, person)) for each in deleted[:DELETED_SHOWN])
    return Periods(rows, leaf.number, leaf.pages, leaf.count, len(history), gone)


def _row(snapshot: Snapshot, person: Person) -> Row:
    number = len(snapshot.figures)
    changed = _day(snapshot.changed_at or snapshot.created_at, person)
    return Row(snapshot, titled(snapshot), f"{number} figure{'' if number == 1 else 's'}", changed)


def _title(change: SnapshotChange) -> str:
    text = change.period.said if change.period else change.time_period
    return text[0].upper() + text[1:]


def _day(at: datetime, person: Person) -> str:
    return at.astimezone(person.zone).strftime("%-d %b %Y")
