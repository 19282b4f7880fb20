"""What the figures of a period come to: counts are added up over its rows, and rates are worked out from the sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.kpis.figures import shown, stored
from core.kpis.imports.amounts import Amount, NoAmount, Reader
from core.kpis.imports.columns import Layout
from core.kpis.imports.exports import Way, header
from core.kpis.metrics import Metric, Metrics, Unit
from core.kpis.money import could_be

ADDED_UP = frozenset({"revenue", "spend"})
"""Sums of money among the figures; every other amount of money is an average."""


@dataclass(slots=True)
class Reckoned:
    """The figures of a period as they could be typed, by field, and in words what could not be made of the rows."""

    typed: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    bad: dict[str, dict[int, str]] = field(default_factory=dict)
    """Cells that are no numbers, by the head of their column and their row."""
    counted: set[int] = field(default_factory=set)
    """The columns that counts were read from."""
    used: set[int] = field(default_factory=set)
    """The columns of which a figure came."""


@dataclass(frozen=True, slots=True)
class Reckoner:
    """Makes figures of rows. `currency` is the student's own; a table that names another is written in that one."""

    layout: Layout
    metrics: Metrics
    reader: Reader
    currency: str
    settings: Mapping[str, str]

    def figures(self, rows: Sequence[int]) -> Reckoned:
        """The figures of the rows with these numbers, those that sum up the others left out before."""
        done = Reckoned()
        whole = self._sums(rows, done)
        for way in self.layout.source.figures:
            self._add(way, rows, whole, done)
        if len(rows) == 1:
            for name, at in self.layout.own.items():
                if self.layout.rows[rows[0]][at]:
                    done.typed[name] = self._as_typed(name, at, rows[0])
        else:
            self._add_own(rows, done)
        done.used |= {at for name, at in self.layout.own.items() if name in done.typed}
        done.left = {name: why for name, why in done.left.items() if name not in done.typed}
        return done

    def _add(self, way: Way, rows: Sequence[int], whole: Mapping[str, Amount], done: Reckoned) -> None:
        if way.figure in done.typed or way.figure not in self.metrics.by_field:
            return
        metric = self.metrics.by_field[way.figure]
        if way.rate and way.figure not in self.layout.rates:
            return
        sums = self._sums([each for each in rows if self._has(each, way.only)], done) if way.only else whole
        found = self._rated(metric, way, rows, done) if way.rate else _worked_out(metric, way, sums)
        if found is None:
            return
        wrong = [key for key, value in way.when.items() if self.settings.get(key) != value]
        if wrong:
            choice = next((each.label for each in self.metrics.choices[wrong[0]].options if each.value == way.when[wrong[0]]), "")
            so = (
                ", which is not what you chose in /kpi settings"
                if wrong[0] in self.settings
                else "; if that is yours, say so in /kpi settings"
            )
            done.left[way.figure] = f"{metric.title}: this table gives “{choice}”{so}."
            return
        done.typed[way.figure] = self._text(metric, found)
        names = (way.sum, way.top, way.bottom, way.weight)
        done.used |= {at for name, (at, _) in self.layout.counts.items() if name in names}
        if way.note and way.note not in done.notes:
            done.notes.append(way.note)

    def _rated(self, metric: Metric, way: Way, rows: Sequence[int], done: Reckoned) -> Amount | None:
        """A rate that the table gives: of one row as it stands, of several weighted by what they are rates of."""
        at = self.layout.rates[way.figure]
        given = [(each, amount) for each in rows for amount in self._cell(each, at, done)]
        if not given:
            return None
        scaled = [(each, self._points(metric, way, amount)) for each, amount in given]
        if len(scaled) == 1:
            return Amount(scaled[0][1], currency=given[0][1].currency or self.layout.currency_of(at))
        weighing = self.layout.counts.get(way.weight)
        weights = (
            {each: sum((one.value for one in self._cell(each, weighing[0], done, whole=True)), Decimal(0)) for each, _ in scaled}
            if weighing
            else {}
        )
        total = sum(weights.values(), Decimal(0))
        if not total:
            name = self.layout.head[at]
            done.left[metric.field] = (
                f"{metric.title}: “{name}” of several rows cannot be averaged without what it is a share of."
            )
            return None
        value = sum((amount * weights[each] for each, amount in scaled), Decimal(0)) / total
        return Amount(value, currency=given[0][1].currency or self.layout.currency_of(at))

    def _points(self, metric: Metric, way: Way, amount: Amount) -> Decimal:
        fraction = way.fraction and metric.unit is Unit.PERCENT and not amount.percent
        return amount.value * 100 if fraction else amount.value

    def _add_own(self, rows: Sequence[int], done: Reckoned) -> None:
        """Figures of a table of one's own over several rows: sums where they can be added up."""
        for name, at in self.layout.own.items():
            metric = self.metrics.by_field[name]
            if name in done.typed:
                continue
            given = [amount for each in rows for amount in self._cell(each, at, done, whole=metric.unit is Unit.COUNT)]
            if not given:
                continue
            if metric.unit is Unit.COUNT or name in ADDED_UP:
                total = sum((each.value for each in given), Decimal(0))
                done.typed[name] = self._text(metric, Amount(total, currency=given[0].currency or self.layout.currency_of(at)))
            elif len(given) == 1:
                done.typed[name] = self._text(metric, given[0])
            else:
                done.left[name] = (
                    f"{metric.title}: the rows of a period cannot be averaged without the counts behind them. Add those as "
                    "columns, or send a row a period."
                )

    def _sums(self, rows: Sequence[int], done: Reckoned) -> dict[str, Amount]:
        """Each count added up; one that no row has is missing, and not zero."""
        sums: dict[str, Amount] = {}
        for name, (at, count) in self.layout.counts.items():
            if count.counted:
                sums[name] = Amount(Decimal(sum(bool(self.layout.rows[each][at]) for each in rows)))
                done.counted.add(at)
                continue
            given = [amount for each in rows for amount in self._cell(each, at, done, whole=not count.money)]
            if given:
                done.counted.add(at)
                written = self.layout.currency_of(at) or given[0].currency or self._currency_cell(rows)
                sums[name] = Amount(sum((each.value for each in given), Decimal(0)), currency=written)
            if count.note and given and count.note not in done.notes:
                done.notes.append(count.note)
        return {**sums, **dict(self._pivoted(rows, done))}

    def _pivoted(self, rows: Sequence[int], done: Reckoned) -> Iterator[tuple[str, Amount]]:
        if self.layout.pivot is None or self.layout.source.pivot is None:
            return
        by, of = self.layout.pivot
        for event, name in self.layout.source.pivot.gives.items():
            given = [
                amount
                for each in rows
                if self.layout.rows[each][by].strip().casefold() == event
                for amount in self._cell(each, of, done, whole=True)
            ]
            if given:
                yield name, Amount(sum((each.value for each in given), Decimal(0)))

    def _cell(self, row: int, at: int, done: Reckoned, *, whole: bool = False) -> list[Amount]:
        """The number of a cell, none where it holds none; what is no number is noted."""
        cell = self.layout.rows[row][at]
        try:
            amount = self.reader.amount(cell, whole=whole)
        except NoAmount:
            done.bad.setdefault(self.layout.head[at], {})[row] = cell
            return []
        return [amount] if amount is not None else []

    def _has(self, row: int, words: Sequence[str]) -> bool:
        texts = " ".join(self.layout.rows[row][at] for at in self.layout.apart).casefold()
        return any(header(word) in header(texts) for word in words)

    def _as_typed(self, name: str, at: int, row: int) -> str:
        """A figure of a row by itself as it stands; where the head names the currency, with that."""
        cell, metric = self.layout.rows[row][at], self.metrics.by_field[name]
        try:
            amount = self.reader.amount(cell)
        except NoAmount:
            return cell
        if amount is None:
            return ""
        named = "" if amount.currency or metric.unit is not Unit.MONEY else self.layout.currency_of(at)
        fraction = metric.unit is Unit.PERCENT and not amount.percent and abs(amount.value) < 1
        if (
            fraction or metric.unit is Unit.COUNT or not self.reader.decimal
        ):  # what is unclear is asked about as if it had been typed
            return f"{named} {cell}".strip()
        return self._text(metric, Amount(amount.value, currency=amount.currency or named))

    def _text(self, metric: Metric, amount: Amount) -> str:
        """The amount so that it can be typed in one meaning only."""
        value = amount.value if metric.unit is not Unit.COUNT else amount.value.to_integral_value()
        written = amount.currency
        options = could_be(written) if written else (self.currency,)
        currency = self.currency if self.currency in options else options[0]
        return shown(metric, stored(metric, value, currency), currency)

    def _currency_cell(self, rows: Sequence[int]) -> str:
        at = self.layout.currency
        return next((self.layout.rows[each][at] for each in rows if self.layout.rows[each][at]), "") if at >= 0 else ""


def _worked_out(metric: Metric, way: Way, sums: Mapping[str, Amount]) -> Amount | None:
    """A figure of the sums; None where one of them is missing, or there is nothing to divide by."""
    if way.sum:
        return sums.get(way.sum)
    top, bottom = sums.get(way.top), sums.get(way.bottom)
    if top is None or bottom is None or not bottom.value:
        return None
    share = top.value / bottom.value
    if way.lost:
        share = 1 - share
    money = top.currency if metric.unit is Unit.MONEY else ""
    return Amount(share * 100 if metric.unit is Unit.PERCENT else share, currency=money)
