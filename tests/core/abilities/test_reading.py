"""What agents read, always of the one who asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.abilities.toolbox import ABILITIES, READ_ONLY
from core.agents.own import OwnAgents
from core.agents.reading import READABLE
from core.course.steps import Step
from core.kpis.periods import Period, Span
from core.llm.calls import ToolCall
from core.people.model import Person
from persistence.documents import Database
from persistence.own_agents import OwnAgentsRecord
from tests.core.abilities.world import EVERY_TOOL, PAINS, ROSTER, asker, hands, someone_else
from tests.core.agents.making import MILO
from tests.core.conftest import AT


@pytest.fixture
def maria(nora: Person) -> Person:
    """Another student."""
    return someone_else(nora)


def test_every_tool_says_what_it_is_for_and_takes_nobodys_name() -> None:
    for ability in ABILITIES.values():
        assert len(ability.tool.description) > 40, ability.name
        assert ability.tool.schema["additionalProperties"] is False
        properties = ability.tool.schema["properties"]
        assert isinstance(properties, dict)
        assert not {"person", "user", "student", "user_id", "asker", "at"} & properties.keys()


def test_a_schema_is_made_from_the_signature() -> None:
    schema = ABILITIES["tick_checklist"].tool.schema
    assert schema["required"] == ["module", "item"]
    properties = schema["properties"]
    assert isinstance(properties, dict)
    assert properties["item"] == {
        "description": "The item's number in the module's checklist, from 1",
        "maximum": 99,
        "minimum": 1,
        "type": "integer",
    }


def test_what_people_may_give_their_own_agents_only_reads() -> None:
    assert READABLE.keys() <= READ_ONLY


async def test_tools_come_in_one_order_and_only_those_that_there_are(database: Database) -> None:
    tools = hands(database).toolbox.of(["save_asset", "hand_over", "read_foundation", "list_agents"])
    assert [each.name for each in tools] == ["list_agents", "read_foundation", "save_asset"]


async def test_the_foundation_is_read_word_for_word_with_its_dates_and_what_is_empty(database: Database, nora: Person) -> None:
    able = hands(database)
    await able.foundations.save(nora, {PAINS: ("My first batch went fuzzy",)}, AT)
    read = await able.use(nora, "read_foundation", grid="customer")
    assert "(customerAvatar.pains), changed on 2 March 2026\nMy first batch went fuzzy" in read.text
    assert "(nothing recorded yet)" in read.text
    assert "companyContext" not in read.text


async def test_nobody_elses_foundation_is_read_whatever_the_arguments_say(
    database: Database, nora: Person, maria: Person
) -> None:
    able = hands(database)
    await able.foundations.save(maria, {PAINS: ("Maria's secret",)}, AT)
    assert "secret" not in (await able.use(nora, "read_foundation")).text
    tries: tuple[dict[str, object], ...] = (
        {"person": maria.user_id},
        {"asker": {"person": {"user_id": maria.user_id}}},
        {"grid": maria.user_id},
    )
    for smuggled in tries:
        call = ToolCall("toolu_1", "read_foundation", smuggled)
        refused = await able.toolbox.use(asker(nora), EVERY_TOOL, call)
        assert refused.failed
        assert "secret" not in refused.text
        assert "read_foundation was not called rightly" in refused.text


async def test_what_the_agent_has_not_is_refused_in_words(database: Database, nora: Person) -> None:
    able = hands(database)
    for name in ("save_asset", "no_such_tool"):
        used = await able.toolbox.use(asker(nora), ("read_foundation",), ToolCall("toolu_1", name, {}))
        assert used.failed
        assert f"You have no tool called {name}" in used.text


async def test_a_module_is_read_by_its_parts(database: Database, nora: Person) -> None:
    able = hands(database)
    assert "Hook" in (await able.use(nora, "read_module", module="1")).text
    for part in ("lessons", "grid", "checklist", "example", "practice", "mistakes"):
        assert len((await able.use(nora, "read_module", module="hook", part=part)).text) > 100, part
    refused = await able.use(nora, "read_module", module="42")
    assert refused.failed
    assert "modules 0 to 9" in refused.text


async def test_progress_is_read_with_what_is_open_and_why(database: Database, nora: Person) -> None:
    able = hands(database)
    read = await able.use(nora, "read_progress")
    assert "Module 0, Foundation: Not Started" in read.text
    assert "- item 1:" in read.text
    assert "comes first" in read.text


async def test_assets_are_listed_searched_and_read_whole(database: Database, nora: Person, maria: Person) -> None:
    able = hands(database)
    await able.assets.keep(nora, step=Step.HOOK, asset_type="Headlines", content="Fuzzy jar?\nIt was the lid.", at=AT)
    await able.assets.keep(maria, step=Step.HOOK, asset_type="Headlines", content="Maria's lid", at=AT)
    assert "1. Fuzzy jar? (Headlines, Hook, Draft, 2 March 2026)" in (await able.use(nora, "search_assets")).text
    found = await able.use(nora, "search_assets", words="lid")
    assert "Fuzzy jar?" in found.text
    assert "Maria" not in found.text
    assert "It was the lid." in (await able.use(nora, "search_assets", number=1)).text
    assert (await able.use(nora, "search_assets", number=2)).failed


async def test_figures_are_read_by_period_and_compared_where_they_can_be(database: Database, nora: Person) -> None:
    able = hands(database)
    assert "No figures are logged yet" in (await able.use(nora, "read_snapshots")).text
    assert (await able.use(nora, "compare_periods")).failed
    for end, rate in ((date(2026, 2, 15), "2"), (date(2026, 2, 22), "2.5"), (date(2026, 3, 1), "3")):
        period = Period(Span.WEEK, end)
        await able.snapshots.log(nora, period, {"hook_AvgCTR": float(Decimal(rate))}, currency="EUR", at=AT)
    read = await able.use(nora, "read_snapshots")
    assert "the last 7 days to 1 March 2026" in read.text
    assert "3%; change: +0.5 points, better" in read.text
    assert "3. the last 7 days to 15 February 2026" in read.text
    compared = await able.use(nora, "compare_periods", newer=1, older=3)
    assert "2% then, 3% now (+1 point, better)" in compared.text
    assert (await able.use(nora, "compare_periods", older=9)).failed


async def test_prompts_are_listed_and_filled_from_the_askers_own_foundation(database: Database, nora: Person) -> None:
    able = hands(database)
    listed = await able.use(nora, "list_prompts", step="Hook")
    assert "- H1," in listed.text
    assert "(Gift)" not in listed.text
    lacking = await able.use(nora, "render_prompt", code="H1")
    assert lacking.failed
    assert "H1 needs" in lacking.text
    for cell in able.runs.playbook.named("H1").requires:
        await able.foundations.save(nora, {cell: "Fuzzy jars"}, AT)
    filled = await able.use(nora, "render_prompt", code="h1", answers={"channel": "Instagram"})
    assert "## Role" in filled.text
    assert "Fuzzy jars" in filled.text


async def test_agents_are_listed_with_what_to_ask_them(database: Database, nora: Person) -> None:
    assert "@Sage: Ask Sage what you said before" in (await hands(database).use(nora, "list_agents")).text


async def test_the_students_own_and_their_cohorts_agents_are_listed_too(database: Database, nora: Person, maria: Person) -> None:
    able = hands(database)
    own = OwnAgents(ROSTER, OwnAgentsRecord(database))
    await own.create(nora, replace(MILO, name="Label Lou"))
    listed = (await able.use(nora, "list_agents")).text
    assert "- @Writer: " in listed
    assert "- @Label Lou: " in listed
    assert "Label Lou" not in (await able.use(maria, "list_agents")).text
