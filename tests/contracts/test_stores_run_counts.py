"""How often prompts were run, counted the same on both databases: a person's own, of one organization."""

from __future__ import annotations

from core.people.model import Person
from core.playbook.model import Execution, Status
from persistence.run_counts import RunCountRecord
from persistence.runs import ExecutionRecord
from tests.contracts.strict import Strict
from tests.students import NOON, OMAR, SLACK, met


def run(person: Person, number: int, code: str, status: Status, asset: str | None = None) -> Execution:
    """A run of theirs, and the asset that was made of it."""
    return Execution(
        id=f"run_{person.id}_{number}",
        user_id=person.user_id,
        organization_id=person.organization_id,
        prompt_code=code,
        elevate_step="Hook",
        input_context_snapshot={},
        ai_request_timestamp=NOON,
        ai_response="What only they may read",
        status=status,
        refined_output_asset_id=asset,
    )


async def test_runs_are_counted_by_prompt_and_by_what_came_of_them(strict: Strict) -> None:
    runs, counts = ExecutionRecord(strict), RunCountRecord(strict)
    nora, omar = await met(strict, SLACK), await met(strict, OMAR)
    assert await counts.of(nora) == {}
    made = (
        ("H2", Status.SUCCESS, "ast_1"),
        ("H1", Status.SUCCESS, None),
        ("H2", Status.ERROR, None),
        ("H2", Status.PENDING, None),
    )
    for number, (code, status, asset) in enumerate(made):
        await runs.add(nora, run(nora, number, code, status, asset))
    await runs.add(omar, run(omar, 1, "H1", Status.ERROR))
    elsewhere = run(nora, 9, "H1", Status.SUCCESS).model_copy(update={"organization_id": "org_elsewhere"})
    await runs.add(nora, elsewhere)
    assert await counts.of(nora) == {"H1": (1, 1, 0), "H2": (3, 1, 1)}
    assert await counts.of(omar) == {"H1": (1, 0, 0)}
