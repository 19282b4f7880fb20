"""An asset's run, and what of the Foundation has changed since."""

from __future__ import annotations

from core.contents import SHIPPED
from core.foundation.cells import Cells
from core.foundation.service import Foundations
from core.people.model import Person
from core.playbook.model import Execution
from core.playbook.origins import RunOrigins
from persistence.documents import Database
from persistence.foundation import FoundationRecord
from persistence.runs import ExecutionRecord
from tests.core.playbook.world import PLAYBOOK
from tests.records import NOON

PAINS, VOICE = "customerAvatar.pains", "companyContext.brandVoiceAdjectives"


def run_of(person: Person, key: str, **more: object) -> Execution:
    """A run that read pains alone."""
    made = Execution(
        id=key,
        user_id=person.user_id,
        organization_id=person.organization_id,
        prompt_code="H1",
        elevate_step="Hook",
        input_context_snapshot={"customerAvatar": {"pains": ("fuzz",)}},
        ai_request_timestamp=NOON,
    )
    return made.model_copy(update=more)


async def test_only_cells_that_the_run_used_count_and_only_later_changes(database: Database, nora: Person) -> None:
    foundations = Foundations(FoundationRecord(database), Cells(SHIPPED))
    store = ExecutionRecord(database)
    origins = RunOrigins(store, PLAYBOOK, foundations)
    await foundations.save(nora, {PAINS: "fuzz"}, NOON)
    await store.add(nora, run_of(nora, "run_1", foundation_version=1))
    await foundations.save(nora, {VOICE: "warm"}, NOON)
    found = await origins.of(nora, "run_1")
    assert found is not None
    assert (found.code, found.title, found.foundation_version, found.changed) == ("H1", "Pain headlines", 1, ())
    await foundations.save(nora, {PAINS: "lids"}, NOON)
    found = await origins.of(nora, "run_1")
    assert found is not None
    assert found.changed == ("Said pains",)


async def test_a_refined_run_leads_back_to_the_one_that_read_the_foundation(database: Database, nora: Person) -> None:
    foundations = Foundations(FoundationRecord(database), Cells(SHIPPED))
    store = ExecutionRecord(database)
    await store.add(nora, run_of(nora, "run_1", foundation_version=3))
    await store.add(nora, run_of(nora, "run_2", prompt_code="R1", refines="run_1", input_context_snapshot={}))
    found = await RunOrigins(store, PLAYBOOK, foundations).of(nora, "run_2")
    assert found is not None
    assert (found.execution_id, found.code, found.refined) == ("run_1", "H1", True)


async def test_an_old_run_is_judged_by_its_time_and_a_lost_one_is_not_made_up(database: Database, nora: Person) -> None:
    foundations = Foundations(FoundationRecord(database), Cells(SHIPPED))
    store = ExecutionRecord(database)
    origins = RunOrigins(store, PLAYBOOK, foundations)
    await foundations.save(nora, {PAINS: "fuzz"}, NOON)
    await store.add(nora, run_of(nora, "run_1"))
    found = await origins.of(nora, "run_1")
    assert found is not None
    assert (found.foundation_version, found.changed) == (None, ())
    assert await origins.of(nora, "run_9") is None
