"""What is settled with a student is kept with its time: of two linked accounts the newer choice holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.kpis.metrics import Metrics
from core.kpis.service import Snapshots
from core.people.service import People
from persistence.drafts import FormDraftRecord
from persistence.people import PeopleRecord
from persistence.snapshots import SnapshotRecord
from tests.students import SLACK, met, opened

NOON = datetime(2026, 4, 8, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


async def test_a_choice_is_kept_with_the_time_at_which_it_was_made(tmp_path: Path) -> None:
    database = await opened(tmp_path)
    nora = await met(database, SLACK, NOON)
    snapshots = Snapshots(SnapshotRecord(database), Metrics(), People(PeopleRecord(database)), FormDraftRecord(database))
    nora = await snapshots.settle(nora, {"currency": "EUR"}, NOON)
    nora = await snapshots.settle(nora, {"currency": "EUR", "scoreType": "nps"}, LATER)
    assert nora.settled_at == {"currency": NOON, "scoreType": LATER}
    assert (await met(database, SLACK, LATER)).settled_at == nora.settled_at
    await database.close()
