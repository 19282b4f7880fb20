"""Which run is meant by whoever says to keep what it gave them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from core.contents import SHIPPED
from core.people.model import Person
from core.playbook.model import Execution, Status
from core.playbook.prompts import Playbook
from core.playbook.unsaved import LATELY, Unsaved
from core.ui import Call
from persistence.documents import Database
from persistence.runs import ExecutionRecord
from tests.core.conftest import AT

PLAYBOOK = Playbook(SHIPPED)
HOUR = timedelta(hours=1)


def _run(person: Person, code: str, at: datetime, *, saved: str | None = None, status: Status = Status.SUCCESS) -> Execution:
    return Execution(
        id=f"run_{code}",
        user_id=person.user_id,
        organization_id=person.organization_id,
        prompt_code=code,
        elevate_step="Hook",
        input_context_snapshot={},
        ai_request_timestamp=at,
        ai_response="The prompt",
        status=status,
        refined_output_asset_id=saved,
    )


async def _last(database: Database, person: Person) -> str | None:
    """The title of the run that is offered."""
    found = await Unsaved(ExecutionRecord(database), PLAYBOOK, lambda: AT).last(person)
    return found.title if found else None


async def test_the_last_run_of_the_day_is_offered_with_its_own_button(database: Database, nora: Person) -> None:
    runs = ExecutionRecord(database)
    await runs.add(nora, _run(nora, "H2", AT - 2 * HOUR))
    await runs.add(nora, _run(nora, "H1", AT - HOUR))
    found = await Unsaved(runs, PLAYBOOK, lambda: AT).last(nora)
    assert found is not None
    assert found.title == "H1, Pain headlines"
    assert found.save.call == Call("run keep", {"run": "run_H1"}, form=True)


async def test_without_a_run_nothing_is_offered(database: Database, nora: Person) -> None:
    assert await _last(database, nora) is None


@pytest.mark.parametrize(
    "run",
    [
        {"at": AT - LATELY - HOUR},
        {"at": AT, "saved": "ast_1"},
        {"at": AT, "status": Status.ERROR},
        {"at": AT, "status": Status.PENDING},
    ],
    ids=["long ago", "saved", "broke off", "still running"],
)
async def test_a_run_that_cannot_be_meant_is_not_offered(database: Database, nora: Person, run: dict[str, Any]) -> None:
    await ExecutionRecord(database).add(nora, _run(nora, "H1", **run))
    assert await _last(database, nora) is None
