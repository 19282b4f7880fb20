"""The members' list: rolled up from what is kept, searched and sorted, for coaches alone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.cohort.model import Cohort
from core.cohort.service import Cohorts
from core.cohort.timetable import Timetable
from core.commitments.model import CommitmentKind, CommitmentState
from core.course.model import current
from core.errors import NotAllowed
from core.exchanges.model import Exchange, Line
from core.exchanges.who_waits import WhoWaits
from core.members.commands import List
from core.members.model import Member
from core.members.risk import Level, Risk, risk_of
from core.members.rolling import Touched
from core.members.service import Members, Order, Row
from core.members.sums import by_module
from core.members.views import listed, one
from core.nudges.known import Known
from core.people.model import Organization, Person
from core.plain import message
from core.roles import Role
from core.ui import Meter
from persistence.cohorts import CohortRecord
from persistence.documents import Database
from persistence.exchanges import ExchangeRecord
from persistence.members import MemberRecord
from persistence.people import PeopleRecord
from tests.core.nudges.learners import AT, PERSON, ago, asset, learner, promise, standing, standings


def test_a_learner_is_rolled_up_to_counts_and_times() -> None:
    known = learner(
        standings=standings(standing(1, 3, 5), standing(2)),
        assets=[asset("Ten pains", live=4), asset("Hooks")],
        last_seen_at=ago(2),
    )
    rolled = Member.rolled_up(known, AT)
    total = len(known.standings[1].module.checklist)
    assert (rolled.id, rolled.completed, rolled.begun, rolled.module) == ("per_1", (0,), (1,), 1)
    assert rolled.shares[:3] == (700 // 8, 300 // total, 0), "a closed module counts what was ticked of it"
    assert rolled.ticked[:3] == ((7, 8), (3, total), (0, len(known.standings[2].module.checklist)))
    assert (rolled.module_begun_at, rolled.module_moved_at) == (ago(5), ago(5))
    assert (rolled.closings, rolled.closed, rolled.closed_at) == (((0, ago(35)),), 0, ago(35))
    assert (rolled.assets, rolled.shipped, rolled.foundation, rolled.seen_at) == (2, 1, 100, ago(2))
    assert Member.of(rolled.document()) == rolled
    through = rolled.model_copy(update={"module": None})
    assert Member.of(through.document()) == through, "whoever has closed all ten is not read back as in the first"


def test_work_on_the_course_is_more_than_ticks() -> None:
    """Whoever fills the Foundation, runs prompts and keeps what comes of them works in the modules, without a tick."""
    begun = (standing(0, days=21, begun=True), *standings()[1:])
    figures, kept = ago(4), promise(AT.date()).model_copy(update={"state": CommitmentState.DONE, "changed_at": ago(2)})
    filled = {"standings": begun, "foundation": (Meter("Company", 5, 9),), "foundation_changed_at": ago(3)}
    assert _work(learner(standings=begun)) == (ago(21), ago(21))
    assert _work(learner(**filled)) == (ago(3), ago(3))
    assert _work(learner(**{**filled, "foundation": (Meter("Company", 0, 9),)})) == (ago(21), ago(21)), "it was only opened"
    assert _work(learner(standings=begun, assets=[asset(days=6)])) == (ago(6), ago(6))
    assert _work(learner(standings=begun), ran=ago(5)) == (ago(5), ago(5))
    assert _work(learner(standings=begun), logged=figures) == (ago(21), figures), "that moves no module"
    assert _work(learner(standings=begun, commitments=[kept]), logged=figures) == (ago(21), ago(2))
    others = (
        promise(AT.date()),
        kept.model_copy(update={"state": CommitmentState.GIVEN_UP}),
        kept.model_copy(update={"kind": CommitmentKind.REMINDER}),
    )
    assert _work(learner(standings=begun, commitments=others)) == (ago(21), ago(21)), "only a promise that was kept is work"
    busy = Member.rolled_up(learner(**filled, timetable=Timetable(AT.date() - timedelta(days=21))), AT)
    assert risk_of(busy, Timetable(AT.date() - timedelta(days=21)), AT).reasons == ("two modules behind the plan",)


def _work(known: Known, ran: datetime | None = None, logged: datetime | None = None) -> tuple[datetime | None, datetime | None]:
    """When somebody last did something in a module, and anything at all for the course."""
    rolled = Member.rolled_up(known, AT, ran=ran, logged=logged)
    return rolled.module_moved_at, rolled.last_work_at


def test_a_prompt_that_was_run_is_a_sign_of_life() -> None:
    assert Member.rolled_up(learner(last_seen_at=ago(30)), AT, ran=ago(2)).seen_at == ago(2)
    assert Member.rolled_up(learner(last_seen_at=ago(1)), AT, ran=ago(2), logged=ago(9)).seen_at == ago(1)
    assert Member.rolled_up(learner(last_seen_at=None), AT, logged=ago(3)).seen_at == ago(3)


def test_who_only_pressed_start_is_not_said_to_have_ticked() -> None:
    first = standing(0, days=7, begun=True)
    assert first.progress is not None
    started = replace(first, progress=first.progress.model_copy(update={"changed_at": None}))
    member = Member.rolled_up(learner(standings=(started, *standings()[1:])), AT)
    assert member.only_started
    told = message(one(Row(member, Risk()), AT, "nothing", ()))
    assert "Last work on the course: started Foundation on 8 April 2026 (7 days ago)" in told
    ticked = Member.rolled_up(learner(standings=(standing(0, 1, days=7), *standings()[1:])), AT)
    assert "Last work on the course: 8 April 2026 (7 days ago)" in message(one(Row(ticked, Risk()), AT, "nothing", ()))


def test_a_coach_sees_somebody_where_they_see_themselves() -> None:
    """All of the Foundation is ticked and it is not closed, Hook is closed, and Gift is what they work in."""
    known = learner(standings=(standing(0, 8, 30), *standings(standing(1, 2, 20, closed=True), standing(2, 3, 4))[1:]))
    rolled = Member.rolled_up(known, AT)
    assert (rolled.module, rolled.begun, rolled.completed) == (2, (0, 2), (1,))
    here = current(known.standings)
    assert here is not None
    assert here.module.number == rolled.module
    told = message(one(Row(rolled, Risk()), AT, "nothing", ()))
    assert f"Gift, 3 of {here.total} ticked" in told
    assert [each.not_begun for each in by_module([Row(rolled, Risk())])[:4]] == [0, 0, 0, 1]


def test_when_something_was_last_done_in_the_module_is_what_somebody_is_stuck_since() -> None:
    begun = standing(1, 3, 2)
    assert begun.progress is not None
    long_ago = replace(begun, progress=begun.progress.model_copy(update={"started_at": ago(40)}))
    rolled = Member.rolled_up(learner(standings=standings(long_ago)), AT)
    assert (rolled.module_begun_at, rolled.module_worked_at) == (ago(40), ago(2))
    kept = Member.rolled_up(learner(standings=standings(long_ago), assets=[asset(days=1)]), AT)
    assert kept.module_worked_at == ago(1), "an asset of its step is work in it"
    assert Member.rolled_up(learner(), AT).module_worked_at is None, "Hook has not begun"


def test_a_closed_module_shows_what_was_ticked_of_it() -> None:
    known = learner(standings=(standing(0, 1, 9, closed=True), *standings(standing(1, 0, 8, closed=True))[1:]))
    told = message(one(Row(Member.rolled_up(known, AT), Risk()), AT, "nothing", ()))
    assert re.search(r"0 Foundation, closed \S+ 1 of 8", told)
    assert re.search(r"1 Hook, closed \S+ 0 of 8", told)
    assert "of 100" not in told
    through = Member.rolled_up(learner(standings=[standing(number, 1, 5, closed=True) for number in range(10)]), AT)
    told = message(listed([Row(through, Risk())], List(), PERSON, AT, 0))
    assert f"All ten modules closed, 10 of {sum(total for _, total in through.ticked)} items ticked" in told


def test_who_was_rolled_up_before_items_were_kept_is_told_of_in_percent() -> None:
    before = Member.rolled_up(learner(standings=standings(standing(1, 4, 1))), AT).model_copy(update={"ticked": ()})
    assert "Hook, 50% ticked" in message(one(Row(before, Risk()), AT, "nothing", ()))
    over = before.model_copy(update={"module": None})
    assert "All ten modules closed, seen" in message(listed([Row(over, Risk())], List(), PERSON, AT, 0))


@pytest.mark.parametrize(("periods", "words"), [(1, "figures logged once"), (2, "figures logged twice"), (3, "logged 3 times")])
def test_how_often_figures_were_logged_is_told_as_that(periods: int, words: str) -> None:
    row = Row(Member.rolled_up(learner(), AT).model_copy(update={"periods": periods}), Risk())
    assert words in message(listed([row], List(), PERSON, AT, 0))


def test_whoever_is_written_of_is_noted_once_and_taken_once() -> None:
    touched = Touched()
    touched.note({"_id": "ast_1", "userId": "usr_1"})
    touched.note({"_id": "per_2"})
    touched.note({"personId": "per_3", "userId": "usr_1"})
    touched.note({"_id": "job_1", "status": "Due"})
    assert touched.take(2) == ["usr_1", "per_2"]
    assert touched.take(9) == ["per_3"]
    assert touched.take(9) == []


@pytest.fixture
async def members(both: Database) -> Members:
    """Three students and a coach of one organization, and a student of another."""
    store = MemberRecord(both)
    await both.collection("members").delete({})
    await both.collection("organizations").delete({})
    await both.collection("exchanges").delete({})
    community = Organization(id="org_1", name="Shop owners", owner_id="usr_9", platform="slack", workspace="T1")
    await both.collection("organizations").insert(community.document())

    async def there(number: int, name: str, seen: datetime | None, **more: object) -> None:
        await store.keep(_member(number, name, seen, **more))

    await there(1, "Nora Byrne", ago(1), completed=(0, 1, 2, 3), module=4)
    await there(2, "Ben Ó Faoláin", ago(20), module_moved_at=ago(30))
    await there(3, "Zoë Byrne", None, shipped=4)
    await there(4, "Coach Carla", ago(0), role=Role.COACH)
    await there(5, "Somebody Else", ago(90), organization_id="org_2")
    return Members(store, Cohorts(CohortRecord(both), PeopleRecord(both)), WhoWaits(ExchangeRecord(both)))


def _member(number: int, name: str, seen: datetime | None, **more: object) -> Member:
    plain: dict[str, object] = {
        "id": f"per_{number}",
        "organization_id": "org_1",
        "name": name,
        "joined_at": AT - timedelta(days=60),
        "module": 0,
        "module_moved_at": seen,
        "seen_at": seen,
        "rolled_at": AT,
    }
    return Member.model_validate(plain | more)


COACH = PERSON.model_copy(update={"id": "per_4", "user_id": "usr_4", "role": Role.COACH})


async def test_who_may_need_a_person_comes_first_and_coaches_are_no_students(members: Members) -> None:
    assert [each.member.name for each in await members.of(COACH, AT)] == ["Ben Ó Faoláin", "Zoë Byrne", "Nora Byrne"]
    assert [each.member.name for each in await members.at_risk(COACH, AT)][1] == "Zoë Byrne"


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (Order.NAME, ["Ben Ó Faoláin", "Nora Byrne", "Zoë Byrne"]),
        (Order.PLACE, ["Nora Byrne", "Ben Ó Faoláin", "Zoë Byrne"]),
        (Order.SEEN, ["Nora Byrne", "Ben Ó Faoláin", "Zoë Byrne"]),
        (Order.SHIPPED, ["Zoë Byrne", "Ben Ó Faoláin", "Nora Byrne"]),
    ],
)
async def test_the_list_is_sorted_as_asked(members: Members, order: Order, names: list[str]) -> None:
    assert [each.member.name for each in await members.of(COACH, AT, order=order)] == names


async def test_who_waits_for_a_person_comes_first_and_is_never_fine(both: Database, members: Members) -> None:
    nora = PERSON.model_copy(update={"id": "per_1", "name": "Nora Byrne"})
    line = Line(by_person_id="per_1", name="Nora Byrne", words="My gift gets no leads", at=ago(12))
    times = {"created_at": ago(12), "changed_at": ago(12), "shown_at": ago(12)}
    whose = {"id": "exc_1", "person_id": "per_1", "organization_id": "org_1", "name": "Nora Byrne"}
    exchanges = ExchangeRecord(both)
    asked = await exchanges.add(nora, Exchange.model_validate({**whose, **times, "lines": (line,)}))
    first, *others = await members.of(COACH, AT)
    assert (first.member.id, first.risk.level) == ("per_1", Level.NEEDS_A_PERSON)
    assert first.risk.reasons[0] == "waits for an answer since Friday 3 April"
    assert not any(each.risk.waits for each in others)
    assert (await members.named(COACH, nora, AT)).risk.waits
    told = message(listed(await members.of(COACH, AT), List(), COACH, AT, 0))
    assert "3 need a person" in told
    assert "● Nora Byrne" in told
    assert "Waits for an answer since Friday 3 April" in told
    assert "Needs a person: waits for an answer since Friday 3 April" in message(one(first, AT, "nothing", ()))
    again = Line(by_person_id="per_4", name="Carla", coach=True, words="Let us look at it", at=AT)
    await exchanges.replace(COACH, asked, asked.model_copy(update={"lines": (line, again)}))
    assert not any(each.risk.waits for each in await members.of(COACH, AT)), "they have an answer"


async def test_all_the_searched_words_have_to_be_in_the_name(members: Members) -> None:
    assert [each.member.id for each in await members.of(COACH, AT, search="BYRNE no")] == ["per_1"]
    assert await members.of(COACH, AT, search="nobody") == []


async def test_those_of_an_archived_cohort_are_listed_for_whoever_looks_after_it_alone(both: Database, members: Members) -> None:
    await both.collection("cohorts").delete({})
    cohorts = CohortRecord(both)
    for name, over in (("Spring", AT), ("Autumn", None), ("Winter", None)):
        await cohorts.add(
            COACH, Cohort(id=f"coh_{name}", organization_id="org_1", name=name, code=name, created_at=AT, archived_at=over)
        )
    await MemberRecord(both).keep(_member(1, "Nora Byrne", ago(1), cohort_id="coh_Spring"))
    await MemberRecord(both).keep(_member(2, "Ben Ó Faoláin", ago(20), cohort_id="coh_Autumn"))
    looking = COACH.model_copy(update={"cohort_id": "coh_Spring"})
    assert {each.member.id for each in await members.of(COACH, AT)} == {"per_2", "per_3"}, "nor are they counted or told of"
    assert {each.member.id for each in await members.of(looking, AT)} == {"per_1", "per_3"}
    await cohorts.change(COACH, "coh_Spring", {"archived_at": None})
    assert {each.member.id for each in await members.of(COACH, AT)} == {"per_1", "per_2", "per_3"}


@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEAM_MEMBER, Role.PROSPECT_CONTACT])
async def test_nobody_else_sees_the_list(members: Members, role: Role) -> None:
    other: Person = COACH.model_copy(update={"role": role})
    with pytest.raises(NotAllowed):
        await members.of(other, AT)


async def test_what_is_not_so_any_more_is_not_kept(both: Database, members: Members) -> None:
    store = MemberRecord(both)
    await store.keep(_member(1, "Nora Byrne", ago(1), paused_until=AT))
    await store.keep(_member(1, "Nora Byrne", ago(1)))
    [nora] = [each for each in await store.of_organization(COACH) if each.id == "per_1"]
    assert nora.paused_until is None


async def test_those_rolled_up_longest_ago_have_their_turn_first(both: Database, members: Members) -> None:
    store = MemberRecord(both)
    await store.keep(_member(2, "Ben", ago(1), rolled_at=ago(3)))
    await store.keep(_member(3, "Zoë", ago(1), rolled_at=ago(2)))
    assert [each.id for each in await store.stale(ago(1), 5)] == ["per_2", "per_3"]
    assert [each.id for each in await store.stale(ago(2.5), 5)] == ["per_2"]
