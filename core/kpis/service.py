"""Logging the funnel's figures, and setting them beside the equal period before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.errors import Refusal
from core.ids import new_id
from core.kpis import money
from core.kpis.diagnosis import diagnose
from core.kpis.figures import Stored
from core.kpis.findings import Diagnosis
from core.kpis.history import SnapshotChange, Source
from core.kpis.lights import LevelStatus, level_statuses
from core.kpis.lines import Line
from core.kpis.metrics import Metric, Metrics, Unit
from core.kpis.model import Snapshot
from core.kpis.periods import Period
from core.kpis.ports import AskedLately, SnapshotStore, nobody_asked
from core.kpis.reading import Reading
from core.kpis.told import told
from core.kpis.waiting import behind, packed, unpacked, with_one, without
from core.kpis.zones import currency_in
from core.people.model import Person
from core.people.service import People
from core.ports import FormDrafts

HISTORY_AT_MOST = 200
READING = "kpi reading"
"""The name under which readings wait among the drafts of forms."""


class AnotherCurrency(Refusal):
    """The figures of this period are kept in another currency."""


@dataclass(frozen=True, slots=True)
class Report:
    """The latest snapshot, the one of the equal period before where there is one, every figure in funnel order, and how each part
    of the funnel stands."""

    snapshot: Snapshot
    before: Snapshot | None
    lines: tuple[Line, ...]
    history: tuple[Snapshot, ...]
    levels: tuple[LevelStatus, ...]


class Snapshots:
    """What students logged."""

    def __init__(
        self,
        store: SnapshotStore,
        metrics: Metrics,
        people: People,
        drafts: FormDrafts,
        asked_for: AskedLately = nobody_asked,
    ) -> None:
        """`asked_for`: the latest reminder to a person since a time that asked for the figures of a period."""
        self._store = store
        self._people = people
        self._drafts = drafts
        self.metrics = metrics
        self.asked_for = asked_for

    async def log(
        self,
        person: Person,
        period: Period,
        figures: Mapping[str, Stored],
        *,
        currency: str,
        at: datetime,
        notes: str = "",
        source: Source = Source.LOGGED,
    ) -> Snapshot:
        """Keep figures by field, as they are stored, for a period; the history says how they came. Others of the period stay.

        Raises:
            AnotherCurrency: the period's figures are kept in another currency.
        """
        there = await self.kept(person, period)
        in_money = any(self.metrics.by_field[each].unit is Unit.MONEY for each in figures)
        if there and in_money and there.currency not in (None, currency):
            raise AnotherCurrency(
                f"The figures of {period.said} are kept in {there.currency}. Log these in {there.currency} too, or for "
                "another period."
            )
        choices = {self.metrics.by_field[each].choice for each in figures}
        fresh = Snapshot(
            id=new_id("snp"),
            user_id=person.user_id,
            organization_id=person.organization_id,
            snapshot_date=period.ends_at,
            time_period=period.text,
            notes=notes or None,
            currency=currency if in_money else None,
            meanings={key: value for key, value in person.settings.items() if key in choices},
            created_at=at,
            changed_at=at,
            figures=figures,
        )
        return await self._store.put(person, fresh, source)

    async def latest(self, person: Person) -> Snapshot | None:
        """The snapshot of the latest period, or None; of several with one end, the one that was changed last."""
        return _latest(await self._store.latest(person, 5))

    async def history(self, person: Person) -> tuple[Snapshot, ...]:
        """The last two hundred snapshots, latest period first."""
        return tuple(await self._store.latest(person, HISTORY_AT_MOST))

    async def lately(self, person: Person, limit: int) -> tuple[Snapshot, ...]:
        """The last few snapshots, latest period first."""
        return tuple(await self._store.latest(person, limit))

    async def report(self, person: Person) -> Report | None:
        """The latest snapshot beside the equal period before, or None before the first."""
        return self.report_of(person, await self.history(person))

    def report_of(self, person: Person, history: Sequence[Snapshot]) -> Report | None:
        """The same of snapshots that were read already, latest period first."""
        latest = _latest(history)
        if latest is None:
            return None
        before = _before(latest, history)
        lines = self.beside(person, latest, before)
        levels = level_statuses(self.metrics.file.levels, ((each.metric, each.light) for each in lines))
        return Report(latest, before, lines, tuple(history), levels)

    def diagnosis(self, person: Person, report: Report) -> Diagnosis:
        """The weakest link of the report's period."""
        return diagnose(self.metrics, report.lines, {**person.settings, **report.snapshot.meanings})

    async def compared(self, person: Person, snapshot: Snapshot) -> tuple[Line, ...]:
        """The snapshot's figures beside the equal period before."""
        lines = self.beside(person, snapshot, _before(snapshot, await self.history(person)))
        return tuple(each for each in lines if each.kept is not None)

    async def latest_text(self, person: Person) -> str:
        """The last snapshot in lines: its period, each figure with its change, benchmark and light, and the diagnosis; or ""."""
        report = await self.report(person)
        if report is None:
            return ""
        return told(report, said(report.snapshot), self.diagnosis(person, report))

    def before(self, snapshot: Snapshot, history: Sequence[Snapshot]) -> Snapshot | None:
        """The snapshot of the equal period before this one, or None."""
        return _before(snapshot, history)

    def trend(self, metric: Metric, history: Sequence[Snapshot]) -> tuple[tuple[Snapshot, Stored], ...]:
        """The figure in all periods that are like the latest with it: same length, meaning and currency; oldest first."""
        having = [each for each in history if metric.field in each.figures]
        like = [each for each in having if _comparable(metric, each, having[0])]
        return tuple((each, each.figures[metric.field]) for each in reversed(like))

    def currency(self, person: Person) -> str:
        """The student's currency: the one they settled, else that of where they live, else the one that their locale suggests."""
        return person.settings.get("currency") or currency_in(person.timezone) or money.guessed(person.locale)

    async def settle(self, person: Person, choices: Mapping[str, str], at: datetime) -> Person:
        """Keep the currency and the choices that decide what some figures mean. Of two linked accounts the newer ones hold."""
        for key, value in choices.items():
            if person.settings.get(key) != value:
                person = await self._people.settle(person, key, value, at)
        return person

    async def kept(self, person: Person, period: Period) -> Snapshot | None:
        """The snapshot of this period, or None."""
        return await self._store.of_period(person, period.text, period.ends_at)

    async def last_change(self, person: Person, snapshot: Snapshot) -> SnapshotChange | None:
        """The newest change of a snapshot."""
        return next(iter(await self._store.changes(person, snapshot.id, 1)), None)

    async def pass_by(self, person: Person, at: datetime) -> None:
        """They turned to something else: what waits is not the last that they read any more."""
        waiting = await self.waiting(person)
        if not all(each.passed for each in waiting):
            await self._drafts.keep(person, READING, packed([replace(each, passed=True) for each in waiting]), at)

    async def hold(self, person: Person, reading: Reading, at: datetime, *, direct: bool = True) -> None:
        """Keep what was typed until it is confirmed, in place of what it was typed instead of. `direct`: nobody reads along."""
        waiting = with_one(await self.waiting(person), replace(reading, held_at=at, passed=not direct))
        await self._drafts.keep(person, READING, packed(waiting), at)

    async def held(self, person: Person, token: str) -> Reading:
        """What was typed and waits to be confirmed, or with another token what took its place.

        Raises:
            ReadingGone: it was saved already, or much else was typed since.
        """
        return behind(await self.waiting(person), token)

    async def waiting(self, person: Person) -> tuple[Reading, ...]:
        """All that was typed and waits to be confirmed, newest first."""
        return unpacked(await self._drafts.find(person, READING))

    async def release(self, person: Person, token: str, at: datetime) -> None:
        """Forget what was held: it is saved."""
        left = without(await self.waiting(person), token)
        if left:
            await self._drafts.keep(person, READING, packed(left), at)
        else:
            await self._drafts.drop(person, READING)

    def beside(self, person: Person, snapshot: Snapshot, before: Snapshot | None) -> tuple[Line, ...]:
        """Every figure of the snapshot, in funnel order, beside the one before where that can be compared."""
        currency = snapshot.currency or self.currency(person)
        lines = []
        for metric in self.metrics.by_field.values():
            kept = snapshot.figures.get(metric.field)
            was = before.figures.get(metric.field) if before and _comparable(metric, before, snapshot) else None
            settings = {**person.settings, **snapshot.meanings}
            lines.append(Line(metric.meant(settings), kept, was, currency))
        return tuple(lines)


def said(snapshot: Snapshot) -> str:
    """A snapshot's period as it is read."""
    return snapshot.period.said if snapshot.period else snapshot.time_period


def _latest(history: Sequence[Snapshot]) -> Snapshot | None:
    def newest(each: Snapshot) -> tuple[datetime, datetime]:
        return each.snapshot_date, each.changed_at or each.created_at

    return max(history, key=newest, default=None)


def _before(snapshot: Snapshot, history: Sequence[Snapshot]) -> Snapshot | None:
    """The snapshot of the equal period before: of those that could be the one that adjoins best, and of two such the later."""
    here = snapshot.period
    if here is None:
        return None
    found = [(here.off(each.period), each) for each in history if each.period is not None and here.follows(each.period)]
    nearest = min((off for off, _ in found), default=0)
    return max((each for off, each in found if off == nearest), key=lambda each: each.snapshot_date, default=None)


def _comparable(metric: Metric, one: Snapshot, other: Snapshot) -> bool:
    """The figure means the same in both: equal length, equal currency for money, and the same answer to its choice."""
    if one.period is None or other.period is None or one.period.span is not other.period.span:
        return False
    if metric.unit is Unit.MONEY and one.currency != other.currency:
        return False
    return metric.choice is None or one.meanings.get(metric.choice) == other.meanings.get(metric.choice)
