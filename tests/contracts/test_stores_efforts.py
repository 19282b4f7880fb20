"""When somebody last ran a prompt or logged figures themselves, the same on both databases."""

from __future__ import annotations

from datetime import date, timedelta

from core.kpis.history import Source
from core.kpis.model import Snapshot
from core.kpis.periods import Period, Span
from core.people.model import Person
from core.playbook.model import Status
from persistence.efforts import EffortRecord
from persistence.runs import ExecutionRecord
from persistence.snapshots import SnapshotRecord
from tests.contracts.strict import Strict
from tests.contracts.test_stores_run_counts import run
from tests.students import NOON, OMAR, SLACK, met

DAY = timedelta(days=1)


def figures(person: Person, days: int) -> Snapshot:
    """Figures of one week, as they were brought after so many days."""
    period, at = Period(Span.WEEK, date(2026, 3, 1)), NOON + days * DAY
    return Snapshot(
        id=f"snp_{person.id}_{days}",
        user_id=person.user_id,
        organization_id=person.organization_id,
        snapshot_date=period.ends_at,
        time_period=period.text,
        created_at=at,
        changed_at=at,
        figures={"hook_AvgCTR": 2.0 + days},
    )


async def test_the_last_run_and_the_last_figures_that_no_program_sent_are_found(strict: Strict) -> None:
    runs, snapshots, efforts = ExecutionRecord(strict), SnapshotRecord(strict), EffortRecord(strict)
    nora, omar = await met(strict, SLACK), await met(strict, OMAR)
    assert (await efforts.ran(nora), await efforts.logged(nora)) == (None, None)
    for number, days in enumerate((1, 4, 2)):
        made = run(nora, number, "H1", Status.SUCCESS)
        await runs.add(nora, made.model_copy(update={"ai_request_timestamp": NOON + days * DAY}))
    await snapshots.put(nora, figures(nora, 1), Source.LOGGED)
    await snapshots.put(nora, figures(nora, 3), Source.IMPORTED)
    await snapshots.put(nora, figures(nora, 5), Source.SENT)
    await snapshots.put(omar, figures(omar, 6), Source.SENT)
    assert (await efforts.ran(nora), await efforts.logged(nora)) == (NOON + 4 * DAY, NOON + 3 * DAY)
    assert (await efforts.ran(omar), await efforts.logged(omar)) == (None, None)
