"""Whose table it is, and what each of its columns holds, by the names in its head."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.kpis.imports.days import read_days
from core.kpis.imports.exports import OWN, Count, Exports, Source, currency_in, header
from core.kpis.imports.grid import Grid
from core.kpis.imports.spans import Marks
from core.kpis.metrics import Metrics, folded
from core.kpis.numbers import number_in

HEAD_AT_MOST = 15
"""Rows from the top in which the names are looked for."""
TURNED_AT_MOST = 60
"""Rows of a table that is tried with its columns as rows."""
SIGNS = 2
LOOKED_AT = 40
_CURRENCY = frozenset({"currency", "currencycode"})
_PAIRED = {Marks.LAST: ("end", "until", "last"), Marks.FIRST: ("start", "begin", "first", "weekof")}


@dataclass(frozen=True, slots=True)
class Layout:
    """A table's rows below its head, and its columns by what they hold: numbers from 0, -1 where there is none.

    `days`: where a row's day stands, with the unit of its head, and what a single day there means. `ends`: first and last day in
    two columns. `counts` by name, `rates` and `own` by figure, `apart` the texts, `unknown` the heads that nothing was read from.
    """

    source: Source
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    head: tuple[str, ...]
    days: int = -1
    marks: Marks = Marks.EITHER
    ends: tuple[int, int] | None = None
    counts: Mapping[str, tuple[int, Count]] = field(default_factory=dict)
    rates: Mapping[str, int] = field(default_factory=dict)
    own: Mapping[str, int] = field(default_factory=dict)
    pivot: tuple[int, int] | None = None
    apart: tuple[int, ...] = ()
    unless: tuple[int, ...] = ()
    currency: int = -1

    @property
    def found(self) -> int:
        """How many columns hold something that a figure is made of."""
        return len(self._used) + 2 * bool(self.pivot)

    @property
    def _used(self) -> set[int]:
        return {at for at, _ in self.counts.values()} | set(self.rates.values()) | set(self.own.values())

    @property
    def unknown(self) -> tuple[str, ...]:
        """The names of columns that nothing is read from."""
        known = {self.days, self.currency, *(self.ends or ()), *self.apart, *self.unless, *(self.pivot or ())}
        known |= {at for _, count in self.counts.values() for at in _all([header(each) for each in self.head], count.with_)}
        return tuple(name for at, name in enumerate(self.head) if name and at not in known | self._used)

    def currency_of(self, at: int) -> str:
        """The currency that a column's head names, as it is written, or ""."""
        return currency_in(self.head[at])


def layout_of(grid: Grid, exports: Exports, metrics: Metrics) -> Layout | None:
    """The table's layout, also where it lies on its side; None where no figure can be made of it."""
    best = _best(grid, exports, metrics)
    small = len(grid.rows) <= TURNED_AT_MOST
    if small and (best is None or best.found < 2) and grid.rows:
        turned = _best(grid.turned, exports, metrics)
        if turned is not None and turned.found > (best.found if best else 0):
            return replace(turned, head=("", *turned.head[1:]))  # what stood above the names of the figures
    return best


def _best(grid: Grid, exports: Exports, metrics: Metrics) -> Layout | None:
    found = [
        layout
        for at, row in enumerate(grid.rows[:HEAD_AT_MOST])
        if at + 1 < len(grid.rows) and not any(map(number_in, row))
        for layout in [_with_head(row, grid.rows[at + 1 :], exports, metrics)]
        if layout.found
    ]
    return max(found, key=lambda each: each.found, default=None)


def _with_head(row: Sequence[str], rows: tuple[tuple[str, ...], ...], exports: Exports, metrics: Metrics) -> Layout:
    names = [header(each) for each in row]
    signs = {each.key: sum(header(sign) in names for sign in each.signs) for each in exports.tools}
    source = max(exports.tools, key=lambda each: signs[each.key])
    if signs[source.key] < SIGNS:
        source = exports.own
    layout = Layout(
        source=source,
        rows=rows,
        head=tuple(row),
        counts=dict(_counts(source, names)),
        rates={way.figure: at for way in reversed(source.figures) for at in [_at(names, way.rate)] if at >= 0},
        pivot=_pivot(source, names),
        apart=_all(names, source.apart),
        unless=_all(names, source.unless),
        currency=next((at for at, name in enumerate(names) if name in _CURRENCY), -1),
    )
    return _with_days(replace(layout, own=_own(row, names, metrics) if source.key == OWN else {}), names)


def _counts(source: Source, names: Sequence[str]) -> Iterator[tuple[str, tuple[int, Count]]]:
    """The columns that are added up; the first of a name's columns that is there."""
    taken = set()
    for count in source.counts:
        at = _at(names, count.headers)
        fits = not count.with_ or _at(names, count.with_) >= 0
        if at >= 0 and fits and count.name not in taken:
            taken.add(count.name)
            yield count.name, (at, count)


def _own(row: Sequence[str], names: Sequence[str], metrics: Metrics) -> dict[str, int]:
    """Figures by their own names."""
    by_name = {header(name): metric.field for metric in metrics.file.metrics for name in metric.names}
    found: dict[str, int] = {}
    for at, name in enumerate(names):
        field_name = by_name.get(name) or (metrics.by_name[folded(row[at])].field if folded(row[at]) in metrics.by_name else "")
        if field_name:
            found.setdefault(field_name, at)
    return found


def _with_days(layout: Layout, names: Sequence[str]) -> Layout:
    source = layout.source
    first, last = _at(names, source.first), _at(names, source.last)
    for heads in (source.day, source.week, source.month):
        at = _at(names, heads)
        if at >= 0 and _holds_days(layout, at):
            tool = source.key != OWN
            marks = Marks.FIRST if heads is source.week and tool else Marks.EITHER
            return replace(layout, days=at, marks=marks)
    if first >= 0 and last >= 0:
        return replace(layout, ends=(first, last))
    if max(first, last) >= 0:
        return replace(layout, days=max(first, last), marks=Marks.FIRST if first >= 0 else Marks.LAST)
    used = {at for at, _ in layout.counts.values()} | set(layout.own.values())
    unnamed = next((at for at in range(len(names)) if at not in used and _holds_days(layout, at, serials=False)), -1)
    marks = next((mark for mark, words in _PAIRED.items() if unnamed >= 0 and names[unnamed].startswith(words)), Marks.EITHER)
    return replace(layout, days=unnamed, marks=marks)


def _holds_days(layout: Layout, at: int, *, serials: bool = True) -> bool:
    """Whether the first cells of a column are days, but for one in ten."""
    cells = [row[at] for row in layout.rows[:LOOKED_AT] if row[at]]
    read = sum(any(read_days(each, month_first=first, serials=serials) for first in (False, True)) for each in cells)
    return bool(cells) and read >= max(1, len(cells) * 0.9 - 1)


def _pivot(source: Source, names: Sequence[str]) -> tuple[int, int] | None:
    if source.pivot is None:
        return None
    by, of = _at(names, source.pivot.by), _at(names, source.pivot.of)
    return (by, of) if min(by, of) >= 0 else None


def _at(names: Sequence[str], wanted: Sequence[str]) -> int:
    """The first column with one of these names, in the order of the names; -1 where none has."""
    return next((names.index(name) for name in map(header, wanted) if name in names), -1)


def _all(names: Sequence[str], wanted: Sequence[str]) -> tuple[int, ...]:
    heads = set(map(header, wanted))
    return tuple(at for at, name in enumerate(names) if name in heads)
