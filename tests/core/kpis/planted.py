"""Histories with something planted in them, around a Monday on which an asset went live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from core.course.steps import Step
from core.kpis.figures import Stored
from core.kpis.impact import Launch, dated, logged, outcome
from core.kpis.metrics import Metrics
from core.kpis.model import Snapshot
from core.kpis.periods import Period, Span
from core.kpis.verdict import Outcome

METRICS = Metrics()
LIVE = date(2026, 3, 2)
WEEK = timedelta(days=7)
CTR = "hook_AvgCTR"


def snapshot(
    span: Span, end: date, figures: Mapping[str, Stored], *, currency: str = "GBP", meanings: Mapping[str, str] | None = None
) -> Snapshot:
    """The figures of one period."""
    period = Period(span, end)
    return Snapshot(
        id=f"snp_{span.name}_{end}",
        user_id="usr_nora",
        organization_id="org_1",
        snapshot_date=period.ends_at,
        time_period=period.text,
        currency=currency,
        meanings=meanings or {},
        created_at=datetime(2026, 6, 1, tzinfo=UTC),
        figures=figures,
    )


def weeks(field: str, before: Sequence[Stored | None], after: Sequence[Stored | None], **also: Stored) -> list[Snapshot]:
    """Full weeks up to the day and from it on; None is a week that nobody logged. `also` stands in every week."""
    there = [(LIVE - WEEK * (len(before) - at) + timedelta(days=6), each) for at, each in enumerate(before)]
    there += [(LIVE + WEEK * at + timedelta(days=6), each) for at, each in enumerate(after)]
    return [snapshot(Span.WEEK, end, {field: each, **also}) for end, each in there if each is not None]


def months(field: str, before: Sequence[Stored], after: Sequence[Stored]) -> list[Snapshot]:
    """Calendar months: the last of `before` is February, March is not logged, the first of `after` is April."""
    ends = [date(2025 + (13 - at) // 12, (13 - at) % 12 + 1, 28) for at in range(len(before))][::-1]
    ends += [date(2026, 4 + at, 28) for at in range(len(after))]
    return [snapshot(Span.MONTH, _end(end), {field: each}) for end, each in zip(ends, (*before, *after), strict=True)]


def _end(within: date) -> date:
    return (within.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of the rule: by default of a hook, ninety days after it went live on that Monday."""

    field: str = CTR
    step: Step = Step.HOOK
    on: date = LIVE
    others: tuple[Launch, ...] = ()
    today: date = LIVE + timedelta(days=90)
    settings: tuple[tuple[str, str], ...] = ()

    def of(self, snapshots: Sequence[Snapshot]) -> Outcome:
        """What the figure did."""
        launch = Launch("ast_1", self.step, self.on)
        of = logged(METRICS.by_field[self.field], dated(snapshots), dict(self.settings))
        return outcome(of, launch, self.others, self.today)


def other(days: int, step: Step = Step.HOOK, name: str = "ast_2") -> Launch:
    """Something else that went live, so many days after the first."""
    return Launch(name, step, LIVE + timedelta(days=days))
