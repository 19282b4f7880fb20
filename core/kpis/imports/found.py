"""The figures that tables hold, period by period, ready to be read back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.kpis.imports.amounts import reader_for
from core.kpis.imports.columns import Layout, layout_of
from core.kpis.imports.days import Days, read_column, read_days
from core.kpis.imports.exports import OWN, Exports, header
from core.kpis.imports.grid import Grid
from core.kpis.imports.reckoning import Reckoned, Reckoner
from core.kpis.imports.spans import Block, Cut, Marks, cut, spelt
from core.kpis.metrics import Metrics, Unit
from core.kpis.money import could_be
from core.kpis.numbers import number_in
from core.kpis.periods import Period, Span
from core.kpis.reading import Reading

_STARTS = re.compile(r"start date:?\s*(.+)", re.IGNORECASE)
_ENDS = re.compile(r"end date:?\s*(.+)", re.IGNORECASE)
_FROM_TO = re.compile(r"(\d{8})\s*-\s*(\d{8})")
NTH = "nthday"
REMARKS_AT_MOST = 8
IDLE_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class Student:
    """For whom a table is read: what they settled, their currency, the length they log, how they write days, and their day.

    `settled`: the currency is theirs, and not only what their locale suggests; a table that names one decides it else.
    """

    settings: Mapping[str, str]
    currency: str
    usual: Span
    american: bool
    today: date
    settled: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """What tables hold. `source` names the tool; `readings` are the periods, earliest first.

    `undated`: nothing says which period it is, so that there is one reading, for the seven days to the last that is known.
    `taken`: each day was taken as the first or the last of its week, but may be the other; else `EITHER`.
    `unknown`: the heads nothing was read from.
    """

    source: str
    readings: tuple[Reading, ...]
    undated: bool = False
    taken: Marks = Marks.EITHER
    unknown: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def find(grids: Sequence[Grid], exports: Exports, metrics: Metrics, student: Student) -> Found | None:
    """The figures of the table that holds the most of them; None where none holds any."""
    layouts = [(layout, grid) for grid in grids for layout in [layout_of(grid, exports, metrics)] if layout is not None]
    for layout, grid in sorted(layouts, key=lambda each: each[0].found, reverse=True):
        found = _Table(layout, grid.about, exports, metrics, student).found()
        if found.readings or found.remarks:
            return found
    return None


def merged(parts: Sequence[Found]) -> Found:
    """The figures of several files, those of one period together; what stands in two is taken from the first."""
    by_period: dict[Period, Reading] = {}
    for part in parts:
        for reading in part.readings:
            there = by_period.get(reading.period)
            typed = {**reading.typed, **there.typed} if there else reading.typed
            by_period[reading.period] = replace(there or reading, typed=typed)
    return Found(
        source=" and ".join(dict.fromkeys(each.source for each in parts)),
        readings=tuple(sorted(by_period.values(), key=lambda each: each.period.end)),
        undated=len(parts) == 1 and parts[0].undated,
        taken=next((each.taken for each in parts if each.taken is not Marks.EITHER), Marks.EITHER),
        unknown=tuple(dict.fromkeys(name for each in parts for name in each.unknown)),
        remarks=tuple(dict.fromkeys(remark for each in parts for remark in each.remarks))[:REMARKS_AT_MOST],
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """One table, whose layout is known."""

    layout: Layout
    about: Sequence[str]
    exports: Exports
    metrics: Metrics
    student: Student

    def found(self) -> Found:
        """Its periods and their figures."""
        layout, student = self.layout, self.student
        by_tool = layout.source.key != OWN
        reader = reader_for((cell for row in layout.rows[:200] for cell in row), by_tool=by_tool)
        currency = student.currency if student.settled else self._currency()
        reckoner = Reckoner(layout, self.metrics, reader, currency, student.settings)
        rows = self._rows()
        parts, undated, remarks = self._cut(rows)
        done = [(block, reckoner.figures(block.rows)) for block in parts.blocks]
        readings = [Reading(each.typed, self._period(block), currency) for block, each in done if each.typed]
        if undated and parts.blocks[0].days:
            remarks.append(f"The table covers {spelt(parts.blocks[0].days)}.")
        told = [*remarks, *parts.remarks, *self._idle([each for _, each in done]), *_told([each for _, each in done])]
        return Found(
            source=layout.source.name,
            readings=tuple(readings),
            undated=undated,
            taken=parts.taken,
            unknown=layout.unknown,
            remarks=tuple(dict.fromkeys(told))[:REMARKS_AT_MOST],
        )

    def _idle(self, done: Sequence[Reckoned]) -> Iterator[str]:
        """The counts of which no figure came in any period: they are kept in rates only, and are not to vanish without a word."""
        idle = {at for each in done for at in each.counted} - {at for each in done for at in each.used}
        if idle:
            shown = ", ".join(self.layout.head[at][:40] for at in sorted(idle)[:IDLE_AT_MOST])
            more = f" and {len(idle) - IDLE_AT_MOST} more" if len(idle) > IDLE_AT_MOST else ""
            yield f"Not taken, since I keep no such figure by itself: {shown}{more}."

    def _currency(self) -> str:
        """The currency that the table names, in its head or in a cell, or else the student's."""
        layout, known = self.layout, self.student.currency
        money = [at for at, count in layout.counts.values() if count.money]
        money += [
            at for name, at in (*layout.own.items(), *layout.rates.items()) if self.metrics.by_field[name].unit is Unit.MONEY
        ]
        cells = [row[at] for row in layout.rows[:1] for at in money]
        written = [layout.currency_of(at) for at in money] + [each.currency for each in map(number_in, cells) if each]
        written += [row[layout.currency] for row in layout.rows[:1] if layout.currency >= 0]
        options = could_be(next(filter(None, written), known))
        return known if known in options else options[0]

    def _rows(self) -> list[int]:
        """The numbers of the rows that count: neither sums of the others nor cancelled."""
        every = [at for at, row in enumerate(self.layout.rows) if not any(row[one] for one in self.layout.unless)]
        single = [at for at in every if not self._is_total(at)]
        return single or every

    def _is_total(self, at: int) -> bool:
        """A row that sums up others: it says so, or it has no name where the others have one."""
        layout, row = self.layout, self.layout.rows[at]
        keys = [each for each in (*layout.apart, layout.days, *(layout.ends or ()), *(layout.pivot or ())[:1], 0) if each >= 0]
        if any(header(row[each]) in self.exports.totals for each in keys):
            return True
        names = layout.apart or ((layout.days,) if layout.days >= 0 else ())
        return bool(names) and not any(row[each] for each in names)

    def _cut(self, rows: Sequence[int]) -> tuple[Cut, bool, list[str]]:
        """The periods, whether none is known, and remarks."""
        days = self._days(rows)
        if days:
            parts = cut(days, self.student.usual, self.layout.marks, self.student.today)
            lost = len(rows) - len(days)
            remarks = [_left_out(lost)] if lost else []
            known = parts.blocks or not rows
            return parts, bool(known) and any(each.period is None for each in parts.blocks), remarks
        whole = self._whole()
        if whole:
            parts = cut(dict.fromkeys(rows, whole), self.student.usual, self.layout.marks, self.student.today)
            return parts, any(each.period is None for each in parts.blocks), []
        return Cut((Block(None, tuple(rows)),)), True, []

    def _days(self, rows: Sequence[int]) -> dict[int, Days]:
        layout, american = self.layout, self.student.american
        if layout.ends:
            first, last = (read_column([layout.rows[at][each] for at in rows], american=american) for each in layout.ends)
            both = zip(rows, first, last, strict=True)
            return {at: Days(one.first, other.last) for at, one, other in both if one and other and one.first <= other.last}
        if layout.days >= 0:
            found = read_column([layout.rows[at][layout.days] for at in rows], american=american)
            return {at: days for at, days in zip(rows, found, strict=True) if days}
        return self._counted_days(rows)

    def _counted_days(self, rows: Sequence[int]) -> dict[int, Days]:
        """GA4 numbers the days of a report from 0."""
        whole, heads = self._whole(), [header(each) for each in self.layout.head]
        if whole is None or NTH not in heads:
            return {}
        at = heads.index(NTH)
        cells = {each: self.layout.rows[each][at] for each in rows}
        counted = {each: int(cell) for each, cell in cells.items() if re.fullmatch(r"[0-9]{1,4}", cell)}
        days = {each: whole.first + timedelta(days=number) for each, number in counted.items()}
        return {each: Days(day, day) for each, day in days.items()}

    def _whole(self) -> Days | None:
        """The days that the lines above the table name."""
        first = last = None
        for line in self.about:
            if found := _FROM_TO.search(line):
                first, last = read_days(found[1]), read_days(found[2])
            if found := _STARTS.search(line):
                first = read_days(found[1])
            if found := _ENDS.search(line):
                last = read_days(found[1])
        return Days(first.first, last.last) if first and last and first.first <= last.last else None

    def _period(self, block: Block) -> Period:
        """The block's period; where it has none, the seven days to its last one."""
        ends = block.days.last if block.days else self.student.today - timedelta(days=1)
        return block.period or Period(Span.WEEK, ends)


def _told(done: Sequence[Reckoned]) -> Iterator[str]:
    """What could not be made of the rows, once each."""
    for each in done:
        yield from each.notes
        yield from each.left.values()
    bad: dict[str, list[str]] = {}
    for each in done:
        for name, found in each.bad.items():
            bad.setdefault(name, []).extend(found.values())
    for name, cells in bad.items():
        shown = ", ".join(f"“{cell[:20]}”" for cell in dict.fromkeys(cells[:3]))
        yield f"In “{name[:40]}” {'one cell is' if len(cells) == 1 else f'{len(cells)} cells are'} no number: {shown}."


def _left_out(rows: int) -> str:
    if rows == 1:
        return "One row has no day that I can read, so I left it out."
    return f"{rows} rows have no day that I can read, so I left them out."
