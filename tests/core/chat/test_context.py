"""What agents are told of the student: what the last run gave too, of which people speak by number."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from core.chat.context import RUN_AT_MOST, StudentContext
from core.people.model import Person
from core.playbook.model import Execution, Status
from persistence.documents import Database
from tests.core.abilities.world import hands
from tests.core.chat.world import ROSTER
from tests.core.conftest import AT


@dataclass
class Ran:
    """The last run is that."""

    run: Execution | None = None

    async def latest(self, person: Person) -> Execution | None:
        return self.run


def run(response: str | None, status: Status = Status.SUCCESS, asset: str | None = None) -> Execution:
    return Execution(
        id="exe_1",
        user_id="usr_1",
        organization_id="org_1",
        prompt_code="H1",
        elevate_step="Hook",
        input_context_snapshot={},
        ai_request_timestamp=AT,
        ai_response=response,
        status=status,
        refined_output_asset_id=asset,
    )


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (None, ""),
        (run(None, Status.PENDING), ""),
        (run("1. Warm hands", Status.ERROR), ""),
        (run("1. Warm hands"), "Nothing of it is saved: Save what it gave you, below it, does. It gave:\n1. Warm hands"),
        (run("1. Warm hands", asset="ast_1"), "It is saved as an asset. It gave:\n1. Warm hands"),
        (run("a" * (RUN_AT_MOST + 1)), f"{'a' * RUN_AT_MOST} […]"),
    ],
)
async def test_agents_know_what_the_last_run_gave(database: Database, nora: Person, last: Execution | None, told: str) -> None:
    able, agent = hands(database), ROSTER.agents[0]
    known = await StudentContext(able.foundations, able.progress, able.snapshots, Ran(last), able.pending).of(nora, agent, AT)
    assert ("## Last run of a prompt\nH1, " in known) is bool(told)
    assert told in known
