"""One's own figures among those of the cohort: only by consent, only of five and more, and nobody's to be found out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.assets.service import Assets
from core.cohort.service import Cohorts
from core.kpis import commands, comparison_commands
from core.kpis.comparison import FINER_FROM, SHARED_AT_LEAST, Percentile, cuts, percentile, rounded
from core.kpis.comparison_views import in_report
from core.kpis.comparisons import Compared, Comparisons
from core.kpis.figures import Stored
from core.kpis.impacts import Following
from core.kpis.metrics import Metrics
from core.kpis.periods import Period, Span
from core.kpis.service import Snapshots
from core.people.link import Linking
from core.people.model import SHARES_FIGURES, Person
from core.people.service import People
from core.plain import message
from core.privacy.service import Privacy
from core.request import Actor, Platform
from core.roles import Role
from core.ui import Message
from persistence.assets import AssetRecord
from persistence.cohorts import CohortRecord
from persistence.compared import ComparedRecord
from persistence.documents import Database
from persistence.drafts import FormDraftRecord
from persistence.links import LinkRecord
from persistence.people import PeopleRecord
from persistence.privacy import PrivacyRecord
from persistence.snapshots import SnapshotRecord
from tests.blank import record_in
from tests.core.course.world import ACTOR, NOON, Student, pressables, student
from tests.students import SECRET

METRICS = Metrics()
CTR, CPL, NPS, LEADS = (METRICS.by_field[each] for each in ("hook_AvgCTR", "gift_CPL", "educate_CSAT_NPS", "attract_LeadsTotal"))
LAST_WEEK = Period(Span.WEEK, date(2026, 4, 5))
FIVE = (1.0, 2.0, 3.0, 4.0, 5.0)
AMOUNTS = st.lists(st.decimals(min_value=0, max_value=100_000, places=2), min_size=SHARED_AT_LEAST, max_size=60)


def _decimals(*values: float) -> list[Decimal]:
    return [Decimal(str(each)) for each in values]


def test_of_four_nothing_is_told_and_of_five_the_quarters() -> None:
    assert cuts(CTR, _decimals(*FIVE[:4])) is None
    told = cuts(CTR, _decimals(*FIVE))
    assert told is not None
    assert told.at == ((25, Decimal(2)), (50, Decimal(3)), (75, Decimal(4)))
    assert told.median == 3


def test_of_twenty_the_tenths_are_told() -> None:
    told = cuts(CTR, _decimals(*(each / 10 for each in range(FINER_FROM))))
    assert told is not None
    assert [each for each, _ in told.at] == [10, 20, 30, 40, 50, 60, 70, 80, 90]
    assert percentile(CTR, told, Decimal("1.65")) == Percentile(80, 90)


def test_where_the_own_figure_stands_counts_towards_the_better() -> None:
    told, costs = cuts(CTR, _decimals(*FIVE)), cuts(CPL, _decimals(*FIVE))
    assert told is not None
    assert costs is not None
    assert percentile(CTR, told, Decimal("9")) == Percentile(75, 100)
    assert percentile(CPL, costs, Decimal("9")) == Percentile(0, 25)
    assert percentile(CTR, told, Decimal("2.5")) == Percentile(25, 50)
    assert percentile(CTR, told, Decimal("3")) == Percentile(25, 75)
    assert percentile(CPL, costs, Decimal("0.5")) == Percentile(75, 100)


@pytest.mark.parametrize(
    ("amount", "told"),
    [("2.1347", "2.1"), ("0.04712", "0.047"), ("14.9", "15"), ("1234", "1200"), ("0", "0"), ("99.6", "1.0E+2")],
)
def test_two_digits_are_told(amount: str, told: str) -> None:
    assert rounded(CTR, Decimal(amount)) == Decimal(told)


@pytest.mark.parametrize(("amount", "told"), [("-12", "-10"), ("2", "0"), ("-2", "0"), ("38", "40"), ("100", "100")])
def test_of_what_can_be_below_zero_fives_are_told(amount: str, told: str) -> None:
    assert rounded(NPS, Decimal(amount)) == Decimal(told)


@settings(deadline=None)
@given(AMOUNTS)
def test_what_is_told_is_in_order_within_what_there_is_and_the_same_whoever_comes_first(amounts: list[Decimal]) -> None:
    told = cuts(CTR, amounts)
    assert told is not None
    values = [each for _, each in told.at]
    assert values == sorted(values)
    assert rounded(CTR, min(amounts)) <= values[0]
    assert values[-1] <= rounded(CTR, max(amounts))
    assert cuts(CTR, amounts[::-1]) == told
    for each in values:
        assert len(each.normalize().as_tuple().digits) <= 2


@settings(deadline=None)
@given(AMOUNTS, st.decimals(min_value=0, max_value=100_000, places=2))
def test_a_percentile_is_a_range_that_holds_where_the_figure_really_is(amounts: list[Decimal], own: Decimal) -> None:
    """By rounded amounts on both sides, so that trying values finds out no more than the cuts themselves say."""
    told = cuts(CTR, amounts)
    assert told is not None
    place = percentile(CTR, told, own)
    assert 0 <= place.low < place.high <= 100
    assert place == percentile(CTR, told, rounded(CTR, own))


@settings(deadline=None)
@given(AMOUNTS)
def test_the_lowest_and_the_highest_leave_no_trace(amounts: list[Decimal]) -> None:
    ordered = sorted(amounts)
    assert cuts(CTR, [Decimal(0), *ordered[1:-1], ordered[-1] * 2 + 1]) == cuts(CTR, ordered)


@dataclass(slots=True)
class World:
    """A cohort over one record."""

    database: Database
    people: People
    snapshots: Snapshots
    comparisons: Comparisons
    cohorts: Cohorts
    nora: Student

    async def member(
        self, number: int, figures: Mapping[str, Stored], *, period: Period = LAST_WEEK, currency: str = "GBP", share: bool = True
    ) -> Person:
        """Somebody of Nora's organization with these figures."""
        person = await self.people.meet(Actor(Platform.TERMINAL, "here", f"u{number}", f"Member {number}", "Europe/London"), NOON)
        return await self.logs(person, figures, period=period, currency=currency, share=share)

    async def logs(
        self,
        person: Person,
        figures: Mapping[str, Stored],
        *,
        period: Period = LAST_WEEK,
        currency: str = "GBP",
        share: bool = True,
    ) -> Person:
        """They log, and share if they do."""
        await self.snapshots.log(person, period, figures, currency=currency, at=NOON, notes="secret words")
        return await self.comparisons.share(person, yes=True, at=NOON) if share else person

    async def compared(self, field: str = "hook_AvgCTR") -> Compared | None:
        """What Nora sees of one figure; None where she sees nothing at all."""
        self.nora.person = await self.people.meet(ACTOR, NOON)
        found = await self.comparisons.of(self.nora.person, NOON)
        return next((each for each in found or () if each.metric.field == field), None)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    database = await record_in(tmp_path)
    people = People(PeopleRecord(database))
    person = await people.meet(ACTOR, NOON)
    snapshots = Snapshots(SnapshotRecord(database), METRICS, people, FormDraftRecord(database))
    cohorts = Cohorts(CohortRecord(database), PeopleRecord(database))
    comparisons = Comparisons(ComparedRecord(database), snapshots, people, cohorts)
    following = Following(snapshots, Assets(AssetRecord(database)))
    listed = (*commands.COMMANDS, *comparison_commands.COMMANDS)
    nora = student(people, person, listed, comparisons, snapshots, following)
    yield World(database, people, snapshots, comparisons, cohorts, nora)
    await database.close()


async def _five(world: World) -> None:
    """Nora with 3 among 1 to 5, all of whom share."""
    await world.logs(world.nora.person, {"hook_AvgCTR": 3.0})
    for number, value in enumerate((1.0, 2.0, 4.0, 5.0)):
        await world.member(number, {"hook_AvgCTR": value})


async def test_five_who_share_see_the_median_and_where_they_stand(world: World) -> None:
    await _five(world)
    found = await world.compared()
    assert found is not None
    assert found.told is not None
    assert found.told.median == 3
    assert found.place == Percentile(25, 75)
    text = await world.nora.text("kpi cohort")
    for words in ("CTR", "3%", "25 to 75", "Percentiles count towards the better"):
        assert words in text
    assert "Member" not in text


async def test_four_who_share_see_nothing_and_a_fifth_who_does_not_share_does_not_count(world: World) -> None:
    await world.logs(world.nora.person, {"hook_AvgCTR": 3.0})
    for number in range(4):
        await world.member(number, {"hook_AvgCTR": 2.0}, share=number > 0)
    found = await world.compared()
    assert found is not None
    assert (found.told, found.place) == (None, None)
    assert "Fewer than 5 people share" in await world.nora.text("kpi cohort")


async def test_whoever_does_not_share_is_told_what_that_means_and_sees_nothing(world: World) -> None:
    await _five(world)
    person = await world.comparisons.share(world.nora.person, yes=False, at=NOON)
    assert await world.comparisons.of(person, NOON) is None
    shown = await world.nora.message("kpi cohort")
    assert "You do not share" in message(shown)
    assert "25 to 75" not in message(shown)
    assert "cohort" not in await world.nora.text("kpi report")
    assert in_report(await world.comparisons.of(person, NOON)) == ()


async def test_sharing_is_asked_for_in_plain_words_and_kept_with_its_time(world: World) -> None:
    asked = await world.nora.message("kpi sharing")
    assert "no names, no notes, no shop" in message(asked)
    assert "fewer than 5 people share" in message(asked)
    assert not world.nora.person.shares_figures
    agreed = await world.nora.press(asked, "Share my figures")
    assert isinstance(agreed, Message)
    person = await world.people.meet(ACTOR, NOON)
    assert person.shares_figures
    assert person.settled(SHARES_FIGURES) == NOON
    assert "You have shared since 8 April 2026" in message(agreed)
    assert [each.label for each in pressables(await world.nora.message("kpi sharing"))] == ["Me and my cohort", "Stop sharing"]
    assert "You do not share" in await world.nora.text("kpi sharing", "no")
    assert not (await world.people.meet(ACTOR, NOON)).shares_figures


async def test_who_withdraws_is_out_at_once_and_with_the_fifth_goes_the_comparison(world: World) -> None:
    await _five(world)
    other = await world.people.meet(Actor(Platform.TERMINAL, "here", "u0", "Member 0", "Europe/London"), NOON)
    await world.comparisons.share(other, yes=False, at=NOON)
    found = await world.compared()
    assert found is not None
    assert found.told is None


@pytest.mark.parametrize(
    ("period", "currency", "answer"),
    [
        (Period(Span.MONTH, date(2026, 3, 31)), "GBP", "leads"),
        (Period(Span.DAYS_30, date(2026, 4, 5)), "GBP", "leads"),
        (LAST_WEEK, "USD", "leads"),
        (LAST_WEEK, "GBP", "sessions"),
        (Period(Span.WEEK, date(2026, 1, 4)), "GBP", "leads"),
    ],
    ids=["a month", "thirty days", "another currency", "another meaning", "three months ago"],
)
async def test_only_what_is_alike_and_recent_is_compared(world: World, period: Period, currency: str, answer: str) -> None:
    field = "gift_CPL" if currency == "USD" else "sell_ConversionRate"
    await world.people.settle(world.nora.person, "conversionBasis", "leads", NOON)
    await world.logs(await world.people.meet(ACTOR, NOON), {field: 300})
    for number in range(5):
        member = await world.people.meet(Actor(Platform.TERMINAL, "here", f"u{number}", "M", "Europe/London"), NOON)
        member = await world.people.settle(member, "conversionBasis", answer if number == 0 else "leads", NOON)
        strange = number in (0, 1)
        await world.logs(member, {field: 200}, period=period if strange else LAST_WEEK, currency=currency if strange else "GBP")
    found = await world.compared(field)
    assert found is not None
    strangers = 1 if answer == "sessions" else 2
    assert (found.told is None) == (6 - strangers < SHARED_AT_LEAST)


async def test_a_rate_is_compared_across_currencies(world: World) -> None:
    await world.logs(world.nora.person, {"hook_AvgCTR": 3.0})
    for number in range(4):
        await world.member(number, {"hook_AvgCTR": 2.0}, currency="USD" if number else "EUR")
    found = await world.compared()
    assert found is not None
    assert found.told is not None


async def test_each_counts_once_with_their_latest(world: World) -> None:
    await _five(world)
    earlier = Period(Span.WEEK, LAST_WEEK.end - timedelta(days=7))
    for number in range(4):
        await world.member(number, {"hook_AvgCTR": 90.0}, period=earlier)
    found = await world.compared()
    assert found is not None
    assert found.told is not None
    assert found.told.median == 3


async def test_another_community_is_no_cohort_of_mine(world: World) -> None:
    await world.logs(world.nora.person, {"hook_AvgCTR": 3.0})
    for number in range(6):
        elsewhere = await world.people.meet(Actor(Platform.SLACK, "T1", f"U{number}", "Elsewhere", "Europe/London"), NOON)
        await world.logs(elsewhere, {"hook_AvgCTR": 2.0})
    found = await world.compared()
    assert found is not None
    assert found.told is None


async def test_two_cohorts_of_a_community_are_not_compared(world: World) -> None:
    await _five(world)
    coach = await world.people.appoint(await world.member(9, {"hook_AvgCTR": 9.0}, share=False), Role.COACH)
    spring, coach = await world.cohorts.create(coach, "Spring", None, (), NOON)
    found = await world.compared()
    assert found is not None
    assert found.told is not None, "nobody has joined, and there is one cohort: all are in it"
    await world.cohorts.create(coach, "Autumn", None, (), NOON)
    await world.cohorts.join(await world.people.meet(ACTOR, NOON), spring.code)
    found = await world.compared()
    assert found is not None
    assert found.told is None


async def test_consent_holds_for_the_community_in_which_it_was_given_though_linking_makes_settings_one(world: World) -> None:
    agreed = await world.comparisons.share(world.nora.person, yes=True, at=NOON)
    elsewhere = await world.people.meet(Actor(Platform.SLACK, "T1", "U1", "Nora", "Europe/London"), NOON)
    linking = Linking(LinkRecord(world.database), SECRET)
    await linking.confirm(elsewhere, await linking.give_code(agreed, NOON), NOON)
    await linking.resume(NOON + timedelta(hours=1))
    here, there = [await world.people.by_id(each.id) for each in (agreed, elsewhere)]
    assert here is not None
    assert there is not None
    assert (here.user_id, here.settings) == (there.user_id, there.settings)
    assert (here.shares_figures, there.shares_figures) == (True, False)
    await world.comparisons.share(there, yes=False, at=NOON + timedelta(hours=2))
    after = await world.people.by_id(here.id)
    assert after is not None
    assert not after.shares_figures, "no is said for all of the account"


async def test_consent_is_taken_along_and_goes_with_the_person(world: World) -> None:
    await _five(world)
    privacy = Privacy(PrivacyRecord(world.database), SECRET)
    member = await world.people.meet(Actor(Platform.TERMINAL, "here", "u0", "Member 0", "Europe/London"), NOON)
    file = await privacy.export(member, NOON)
    with zipfile.ZipFile(io.BytesIO(file.content)) as zipped:
        kept = zipped.read("json/persons.json").decode()
    assert SHARES_FIGURES in kept
    assert "settledAt" in kept
    await privacy.erase(member, NOON)
    found = await world.compared()
    assert found is not None
    assert found.told is None, "four are left"


async def test_the_record_gives_figures_without_whose_they_are(world: World) -> None:
    await _five(world)
    nora = await world.people.meet(ACTOR, NOON)
    found = await ComparedRecord(world.database).shared(nora, [None], ["hook_AvgCTR"], NOON - timedelta(days=62))
    assert len(found) == 5
    assert sorted(each[0].figures["hook_AvgCTR"] for each in found) == list(FIVE)
    told = repr(found)
    assert not any(word in told for word in ("usr_", "per_", "snp_", "secret", "Member", "Nora"))
    assert await ComparedRecord(world.database).shared(nora, [None], ["gift_CPL"], NOON - timedelta(days=62)) == ()


async def test_nothing_recent_says_what_to_do(world: World) -> None:
    await world.logs(world.nora.person, {"hook_AvgCTR": 3.0}, period=Period(Span.WEEK, date(2025, 1, 5)))
    assert "None of your figures is from the last six weeks" in await world.nora.text("kpi cohort")


async def test_the_report_shows_a_card_to_those_who_can_be_compared(world: World) -> None:
    await _five(world)
    await world.logs(await world.people.meet(ACTOR, NOON), {"gift_CPL": 300})
    cards = in_report(await world.comparisons.of(await world.people.meet(ACTOR, NOON), NOON))
    assert [each.title for each in cards] == ["You and your cohort"]
    assert "25 to 75" in await world.nora.text("kpi report")
    assert "CPL" not in repr(cards)
    assert "Fewer than 5 people share yet: CPL in GBP." in await world.nora.text("kpi cohort")
