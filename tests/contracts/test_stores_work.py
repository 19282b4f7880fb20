"""Runs, what is published of the course, and the operator's view: the same on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from core.agents.roster import read_roster
from core.contents import SHIPPED
from core.course.modules import Course
from core.errors import AlreadyThere
from core.people.model import Person
from core.playbook.model import Execution, Order, PublishedPrompt, Status
from core.playbook.prompts import Playbook
from persistence.agents import AgentsRecord
from persistence.course import CourseRecord
from persistence.indexes import INDEXES
from persistence.migrations.runner import MIGRATIONS, Migrations
from persistence.overview import Overview
from persistence.prompts import PromptRecord
from persistence.runs import ExecutionRecord
from tests.contracts.strict import Strict
from tests.records import Time
from tests.students import HOUR, NOON, OMAR, SLACK, met


def run_of(person: Person, key: str, hours: int = 0) -> Execution:
    """A run that is under way."""
    return Execution(
        id=key,
        user_id="usr_forged",
        organization_id=person.organization_id,
        prompt_code="H1",
        elevate_step="Hook",
        input_context_snapshot={
            "companyContext": {"coreOffers": "jars", "brandVoiceAdjectives": ("warm", "plain")},
            "ask": {"count": "5"},
            "summary": "",
        },
        ai_request_timestamp=NOON + hours * HOUR,
        prompt="Write five hooks.",
        model="practice",
    )


async def test_a_run_is_kept_with_what_it_used_and_is_its_persons_own(strict: Strict) -> None:
    store, nora, omar = ExecutionRecord(strict), await met(strict, SLACK), await met(strict, OMAR)
    await store.add(nora, run_of(nora, "run_1"))
    with pytest.raises(AlreadyThere):
        await store.add(omar, run_of(omar, "run_1"))
    kept = await store.find(nora, "run_1")
    assert kept == run_of(nora, "run_1").model_copy(update={"user_id": nora.user_id})
    assert kept.used("companyContext.coreOffers")
    assert not kept.used("companyContext.pricing")
    assert await store.find(omar, "run_1") is None
    await store.finish(omar, "run_1", status=Status.ERROR, response="forged", at=NOON)
    await store.link(omar, "run_1", "ast_forged")
    assert await store.find(nora, "run_1") == kept


async def test_of_a_run_the_first_outcome_counts_and_progress_only_before_it(strict: Strict) -> None:
    store, nora = ExecutionRecord(strict), await met(strict, SLACK)
    await store.add(nora, run_of(nora, "run_1"))
    await store.note_progress(nora, "run_1", "Fuzzy")
    ends = [(Status.SUCCESS, "Fuzzy jar?"), (Status.ERROR, "")] * 3
    await asyncio.gather(
        *(store.finish(nora, "run_1", status=status, response=said, at=NOON, tokens=(7, 9)) for status, said in ends)
    )
    first = await store.find(nora, "run_1")
    assert first is not None
    assert (first.status, first.ai_response) in ends
    assert (first.input_tokens, first.output_tokens, first.ai_response_timestamp) == (7, 9, NOON)
    await store.note_progress(nora, "run_1", "too late")
    await store.link(nora, "run_1", "ast_1")
    assert await store.find(nora, "run_1") == first.model_copy(update={"refined_output_asset_id": "ast_1"})


async def test_a_run_that_failed_says_what_the_person_was_told(strict: Strict) -> None:
    store, nora = ExecutionRecord(strict), await met(strict, SLACK)
    await store.add(nora, run_of(nora, "run_1"))
    await store.finish(nora, "run_1", status=Status.ERROR, response="Fuz", at=NOON, error="The model is busy.")
    kept = await store.find(nora, "run_1")
    assert kept is not None
    assert (kept.status, kept.ai_response, kept.error) == (Status.ERROR, "Fuz", "The model is busy.")


async def test_runs_are_listed_in_order_and_by_their_prompts(strict: Strict) -> None:
    store, nora, omar = ExecutionRecord(strict), await met(strict, SLACK), await met(strict, OMAR)
    for hours in (1, 3, 2):
        await store.add(nora, run_of(nora, f"run_{hours}", hours))
    await store.add(omar, run_of(omar, "run_9", 9))
    await store.add(nora, run_of(nora, "run_4", 4).model_copy(update={"prompt_code": "A1"}))
    assert [each.id for each in await store.listed(nora, 2)] == ["run_4", "run_3"]
    assert [each.id for each in await store.listed(nora, 9, order=Order.OLDEST)] == ["run_1", "run_2", "run_3", "run_4"]
    assert [each.id for each in await store.listed(nora, 9, order=Order.PROMPT)] == ["run_4", "run_3", "run_2", "run_1"]
    assert [each.id for each in await store.listed(nora, 9, ["A1", "Z9"])] == ["run_4"]
    assert [await store.count(nora), await store.count(nora, ["A1"]), await store.count(nora, [])] == [4, 1, 0]


async def test_prompts_follow_their_files_and_only_changes_are_written(strict: Strict) -> None:
    store, prompts = PromptRecord(strict), list(Playbook(SHIPPED).by_code.values())
    assert await store.publish(prompts) == len(prompts)
    assert await store.publish(prompts) == 0
    changed = prompts[0].model_copy(update={"title": "Another title"})
    assert await store.publish([changed, *prompts[2:]]) == 1
    kept = {str(each["_id"]): PublishedPrompt.of(each) for each in await strict.collection("playbookPrompts").find({})}
    assert len(kept) == len(prompts) - 1
    assert kept[f"prm_{changed.code.lower()}"].title == "Another title"


async def test_modules_follow_their_files_whoever_publishes_beside(strict: Strict) -> None:
    store, modules = CourseRecord(strict), Course().modules()
    await asyncio.gather(*(store.publish(modules) for _ in range(3)))
    assert await strict.collection("courseModules").count({}) == 10
    assert await store.publish(modules) == 0


async def test_the_twelve_are_published_once_and_found_by_their_role(strict: Strict) -> None:
    store, roster = AgentsRecord(strict), read_roster(SHIPPED / "agents")
    await asyncio.gather(*(roster.publish(store) for _ in range(3)))
    assert await strict.collection("agents").count({}) == 12
    for agent in roster.agents:
        assert await store.by_system_role(agent.role) == agent.kept()
    assert await store.by_system_role("Nobody") is None
    assert await roster.publish(store) == 0
    renamed = roster.director.kept().model_copy(update={"name": "Chair"})
    assert await store.publish([renamed, roster.agents[1].kept()]) == 1
    assert await store.by_system_role(renamed.system_role) == renamed


async def test_an_operator_sees_counts_indexes_and_what_is_to_be_migrated(strict: Strict) -> None:
    await met(strict, SLACK)
    await strict.collection("migrations").delete({})
    time = Time()
    overview = Overview(strict, Migrations(strict, owner="one", now=time.now, wait=time.wait))
    seen = {name: (count, indexes) for name, count, indexes in await overview.collections()}
    assert seen.keys() == INDEXES.keys()
    assert seen["persons"] == (1, ["by_identity", "by_userId", "by_email", "by_organization", "by_role", "by_board"])
    assert seen["jobs"][0] == 0
    names = [each.name for each in MIGRATIONS]
    assert await overview.pending() == names
    assert await overview.migrate() == names
    assert await overview.pending() == []
    assert await overview.migrate() == ()
    assert await overview.ping()


async def test_a_moment_is_cut_to_milliseconds(strict: Strict) -> None:
    store, nora = ExecutionRecord(strict), await met(strict, SLACK)
    fine = run_of(nora, "run_1").model_copy(update={"ai_request_timestamp": NOON + timedelta(microseconds=1999)})
    await store.add(nora, fine)
    kept = await store.find(nora, "run_1")
    assert kept is not None
    assert kept.ai_request_timestamp == NOON + timedelta(milliseconds=1)
