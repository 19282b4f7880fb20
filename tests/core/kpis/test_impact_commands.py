"""/kpi impact on the embedded store, as a student uses it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.assets import commands as assets_commands
from core.assets.model import Entry, Heading
from core.assets.service import Assets, NoSuchAsset
from core.course.steps import Step
from core.kpis import impact_commands
from core.kpis.figures import Stored
from core.kpis.impact_words import averages, briefly, counted, verdict
from core.kpis.impacts import Following, Impact, NotLiveYet
from core.kpis.marks import marks_of
from core.kpis.metrics import Metrics
from core.kpis.periods import Period, Span, day
from core.kpis.service import Snapshots
from core.kpis.verdict import Verdict
from core.listing import ROWS
from core.people.service import People
from core.plain import message
from core.ui import Chart, Mark, Message, Table
from persistence.assets import AssetRecord
from persistence.drafts import FormDraftRecord
from persistence.people import PeopleRecord
from persistence.snapshots import SnapshotRecord
from tests.blank import record_in
from tests.core.course.world import ACTOR, NOON, Student, pressables, student
from tests.core.kpis.planted import CTR
from tests.core.kpis.test_impact import PLANTED

LIVE = date(2026, 3, 9)
"""A Monday: on NOON, Wednesday 8 April, four full weeks have passed since."""
METRICS = Metrics()
OF_CAUSE = ("because", "caused", "thanks to", "due to", "led to", "made it", "worked", "result of", "effect")


@dataclass(frozen=True, slots=True)
class World:
    """A student, and what they keep."""

    nora: Student
    assets: Assets
    snapshots: Snapshots

    async def keep(self, title: str, step: Step = Step.HOOK, live: date | None = LIVE) -> str:
        """Keep an asset, live since that day; without one it is a draft."""
        person = self.nora.person
        kept = await self.assets.keep(person, step=step, asset_type="Headline", content=title, at=NOON)
        if live:
            await self.assets.implement(person, await self.assets.show(person, kept.id), NOON, since=live)
        return kept.id

    async def log(self, field: str, before: Sequence[Stored], after: Sequence[Stored]) -> None:
        """Weeks before the Monday and after it."""
        ends = [LIVE - timedelta(days=1 + 7 * (len(before) - 1 - at)) for at in range(len(before))]
        ends += [LIVE + timedelta(days=6 + 7 * at) for at in range(len(after))]
        for end, each in zip(ends, (*before, *after), strict=True):
            await self.snapshots.log(self.nora.person, Period(Span.WEEK, end), {field: each}, currency="GBP", at=NOON)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    database = await record_in(tmp_path)
    people = People(PeopleRecord(database))
    person = await people.meet(ACTOR, NOON)
    snapshots = Snapshots(SnapshotRecord(database), METRICS, people, FormDraftRecord(database))
    assets = Assets(AssetRecord(database))
    commands = (*impact_commands.COMMANDS, *assets_commands.COMMANDS)
    yield World(student(people, person, commands, assets, snapshots, Following(snapshots, assets)), assets, snapshots)
    await database.close()


def _charts(shown: Message) -> list[Chart]:
    return [each for card in shown.cards for each in card.body if isinstance(each, Chart)]


async def test_before_anything_is_live_it_says_what_to_do(world: World) -> None:
    await world.keep("Only a draft", live=None)
    shown = await world.nora.message("kpi impact")
    assert "Nothing of yours is live yet" in message(shown)
    assert [each.call.command for each in pressables(shown)] == ["assets list"]


async def test_one_asset_shows_its_verdict_its_picture_and_the_day(world: World) -> None:
    key = await world.keep("Fuzzy jar")
    await world.log(CTR, (2.0, 2.1, 1.9, 2.0), (2.6, 2.8, 2.7, 2.7))
    shown = await world.nora.message("kpi impact", "1")
    text = message(shown)
    assert "Click-through rate went up after it went live: 2% on average in the 4 weeks before, 2.7% in the 4 weeks after" in text
    assert "4 weeks before, 4 weeks after" in text
    assert "not why" in text
    [chart] = _charts(shown)
    assert [label for label, _ in chart.series[0].points] == [
        "15 Feb",
        "22 Feb",
        "1 Mar",
        "8 Mar",
        "15 Mar",
        "22 Mar",
        "29 Mar",
        "5 Apr",
    ]
    assert chart.marks == (Mark("15 Mar", "Live since 9 Mar", dated=True),)
    assert (chart.unit, chart.kind) == ("%", "line")
    back = next(each for each in pressables(shown) if each.label == "Open the asset")
    assert back.call.values == {"asset": key}


async def test_the_assets_own_card_leads_there_once_it_is_live(world: World) -> None:
    await world.keep("Fuzzy jar")
    await world.keep("Only a draft", live=None)
    live, draft = await world.nora.message("assets show", "1"), await world.nora.message("assets show", "2")
    button = next(each for each in pressables(live) if each.label == "Before and after")
    assert "Before and after: Fuzzy jar" in message(await world.nora.message(button.call.command, "", button.call.values))
    assert "Before and after" not in [each.label for each in pressables(draft)]


async def test_a_draft_has_no_before_and_after(world: World) -> None:
    await world.keep("Only a draft", live=None)
    with pytest.raises(NotLiveYet):
        await world.nora.ask("kpi impact", "1")
    with pytest.raises(NoSuchAsset):
        await world.nora.ask("kpi impact", "7")


async def test_all_that_is_live_is_listed_newest_first_with_its_verdict(world: World) -> None:
    await world.log(CTR, (2.0, 2.1, 1.9, 2.0), (2.6, 2.8, 2.7, 2.7))
    await world.keep("Fuzzy jar")
    await world.keep("Gift page", Step.GIFT, LIVE + timedelta(days=7))
    await world.keep("Only a draft", live=None)
    shown = await world.nora.message("kpi impact")
    table = next(each for each in shown.cards[0].body if isinstance(each, Table))
    assert table.rows == (
        ("2. Gift page", "16 Mar 2026", "Opt-in", "", "Cannot tell"),
        ("1. Fuzzy jar", "9 Mar 2026", "CTR", "2% → 2.7%", "Up after"),
    )


async def test_a_long_list_has_pages(world: World) -> None:
    for at in range(ROWS + 2):
        await world.keep(f"Hook {at}", live=LIVE - timedelta(days=at))
    first = await world.nora.message("kpi impact")
    assert "Page 1 of 2" in message(first)
    older = next(each for each in pressables(first) if each.label == "Next")
    second = await world.nora.message(older.call.command, "", older.call.values)
    assert "Page 2 of 2" in message(second)
    assert "Hook 11" in message(second)
    assert "Hook 0" not in message(second)
    assert [each.label for each in pressables(second) if each.label in ("Back", "Next")] == ["Back"]
    assert "Page 2 of 2" in message(await world.nora.message("kpi impact", "", {"page": "99"}))


async def test_what_is_known_of_another_figure_of_the_step_stands_beside_it(world: World) -> None:
    await world.keep("Fuzzy jar")
    await world.log("hook_CPC", (120, 118, 121), (80, 82, 81))
    text = message(await world.nora.message("kpi impact", "1"))
    assert "Cost per click went down after it went live: £1.20 on average" in text
    assert "For this figure, lower is better" in text
    await world.log(CTR, (2, 2, 2), (2, 2, 2))
    text = message(await world.nora.message("kpi impact", "1"))
    assert "Click-through rate did not move" in text
    assert "Cost per click: Down after: £1.20 → £0.81" in text


async def test_two_things_at_once_are_named(world: World) -> None:
    await world.keep("Fuzzy jar")
    await world.keep("Second jar")
    await world.log(CTR, (2, 2, 2), (3, 3, 3))
    text = message(await world.nora.message("kpi impact", "1"))
    assert "Two things changed at once: “Second jar” went live in the same weeks." in text


async def test_what_was_archived_since_is_not_listed_and_still_stands_in_the_way(world: World) -> None:
    await world.keep("Fuzzy jar")
    key = await world.keep("Old jar")
    await world.log(CTR, (2, 2, 2), (3, 3, 3))
    await world.assets.archive(world.nora.person, await world.assets.show(world.nora.person, key), NOON)
    assert "Old jar" not in message(await world.nora.message("kpi impact"))
    assert "“Old jar” went live" in message(await world.nora.message("kpi impact", "1"))
    assert "“Fuzzy jar” went live" in message(await world.nora.message("kpi impact", "2"))


async def test_the_day_is_one_of_the_students_own_zone(world: World) -> None:
    key = await world.keep("Fuzzy jar")
    found = await Following(world.snapshots, world.assets).of(world.nora.person, key, NOON)
    assert found.live_on == LIVE
    east = world.nora.person.model_copy(update={"timezone": "Pacific/Kiritimati"})
    assert (await Following(world.snapshots, world.assets).of(east, key, NOON)).live_on == LIVE + timedelta(days=1)


async def test_marks_stand_at_the_period_in_which_something_of_the_step_went_live(world: World) -> None:
    await world.keep("Fuzzy jar")
    await world.keep("Of long ago", live=date(2025, 1, 1))
    await world.keep("Gift page", Step.GIFT)
    await world.keep("A title of more than twenty-four letters", live=LIVE + timedelta(days=8))
    labels = [(day(end), Period(Span.WEEK, end)) for end in (date(2026, 3, 8), date(2026, 3, 15), date(2026, 3, 29))]
    headings = await world.assets.every(world.nora.person)
    zone = world.nora.person.zone
    marks = marks_of(headings, METRICS.by_field[CTR], labels, zone)
    assert marks == (
        Mark("15 March 2026", f"{LIVE:%-d %b}: Fuzzy jar live", dated=True),
        Mark("29 March 2026", f"{LIVE + timedelta(days=8):%-d %b}: A title of more than tw… live", dated=True),
    )
    whole = marks_of(headings, METRICS.by_field["overallROI"], labels, zone)
    assert whole[0] == Mark("15 March 2026", "2 assets live")
    assert marks_of(headings, METRICS.by_field[CTR], (), zone) == ()


@pytest.mark.parametrize("name", PLANTED)
def test_words_give_both_numbers_of_periods_and_never_a_cause(name: str) -> None:
    asking, snapshots, _, _ = PLANTED[name]
    heading = Heading(
        id="ast_1",
        user_id="usr_1",
        organization_id="org_1",
        elevate_step=asking.step,
        asset_type="Headline",
        title="Fuzzy jar",
        created_at=NOON,
        last_updated_at=NOON,
    )
    found = asking.of(snapshots)
    impact = Impact(Entry(1, heading), asking.on, found, (), (Entry(1, heading),) * len(found.together))
    words = verdict(impact)
    assert not any(each in f"{words} {briefly(impact)} {counted(found)} {averages(found)}".casefold() for each in OF_CAUSE)
    if found.verdict in (Verdict.MOVED, Verdict.DID_NOT):
        assert re.search(r"in the [34] \w+ before, \S+ (% )?in the [34] \w+ after", words)
    assert "None" not in words
    assert "  " not in words
