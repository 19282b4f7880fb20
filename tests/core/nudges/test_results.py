"""What came of reminders: counted by rule and template, told only where there is enough, and only to coaches."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NotAllowed
from core.nudges import results_views
from core.nudges.coach_commands import Aside
from core.nudges.model import Kind, Nudge, Outcome
from core.nudges.results import ENOUGH, Count, Outcomes, Results, newcombe, wilson
from core.nudges.results_views import Order
from core.nudges.service import Reminders
from core.people.model import Person
from core.people.service import People
from core.plain import message
from core.roles import Role
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from tests.core.conftest import AT, actor
from tests.core.nudges.learners import PERSON, WISHES


async def put(database: Database, person: Person, number: int, outcome: Outcome | None, *, held_back: bool = False) -> None:
    """A reminder of theirs, and what came of it."""
    nudge = Nudge(
        id=f"ndg_{number}",
        person_id=person.id,
        organization_id=person.organization_id,
        kind=Kind.STALLED,
        local_date=(AT.date() - timedelta(days=number)).isoformat(),
        template=f"stalled-{number % 2}",
        reason="It stands still",
        held_back=held_back,
        created_at=AT - timedelta(hours=number),
        outcome=outcome,
    )
    assert await NudgeRecord(database).add(person, nudge) is not None


async def test_reminders_are_counted_by_rule_and_template_for_coaches_alone(
    database: Database, nora: Person, people: People
) -> None:
    outcomes = Outcomes(NudgeRecord(database), NudgePreferencesRecord(database))
    with pytest.raises(NotAllowed):
        await outcomes.of(nora, AT)
    coach = await people.appoint(await people.meet(actor("coach"), AT), Role.COACH)
    assert "No reminder has gone out yet" in message(
        results_views.results(await outcomes.of(coach, AT), {}, coach, Aside(), Order.LONGEST)
    )
    came = (Outcome.ACTED, Outcome.ACTED, Outcome.OPENED, Outcome.IGNORED, Outcome.STOPPED, Outcome.UNDELIVERED, None)
    for number, outcome in enumerate(came):
        await put(database, nora, number, outcome)
    await put(database, nora, 8, Outcome.ACTED, held_back=True)
    await Reminders(NudgePreferencesRecord(database), NudgeRecord(database), CommitmentRecord(database)).met(nora, AT)
    await NudgePreferencesRecord(database).change(nora, {"set_aside_at": AT}, AT)
    found = await outcomes.of(coach, AT)
    assert found.kinds == [
        Count("stalled", 7, 1, 2, 1, 1, 1, 1, judged=5, kept_from=1, acted_anyway=1),
    ]
    assert [(each.name, each.sent, each.held_back) for each in found.templates] == [("stalled-0", 4, 1), ("stalled-1", 3, 0)]
    shown = message(results_views.results(found, {nora.user_id: nora.name}, coach, Aside(), Order.LONGEST))
    assert "Too few to tell: 2 of 5 reminded, 1 of 1 held back" in shown
    assert nora.name in shown


def test_columns_in_which_there_is_nothing_are_left_out_and_who_needs_a_person_comes_first() -> None:
    counts = [Count("stalled", sent=7, acted=2), Count("drafts", sent=3, stopped=1)]
    shown = message(results_views.results(Results(counts, counts, (WISHES,), whole=True), {}, PERSON, Aside(), Order.LONGEST))
    assert "Sent  Opened  Acted  Ignored  Stopped\n" in shown
    assert "Held back  " not in shown
    assert shown.startswith("Who may need a person")
    assert "Do they help?" not in shown, "nothing was held back to compare with"
    assert "By template" not in shown, "a dozen say nothing about a wording"


def test_below_thirty_in_either_group_there_are_too_few_to_tell() -> None:
    assert Count("x", judged=ENOUGH - 1, kept_from=500).effect is None
    assert Count("x", judged=500, kept_from=ENOUGH - 1).effect is None
    assert Count("x", judged=ENOUGH, kept_from=ENOUGH).effect is not None


def test_the_interval_is_newcombes() -> None:
    """His own example, 56 of 70 against 48 of 80 (Statistics in Medicine 17, 1998, table II, method 10): 0.0524 to 0.3339."""
    found = newcombe(56, 70, 48, 80)
    assert (round(found.difference, 4), round(found.low, 4), round(found.high, 4)) == (0.2, 0.0524, 0.3339)


@given(st.integers(1, 5_000), st.integers(1, 5_000), st.data())
def test_an_interval_holds_its_difference_and_stays_within_what_is_possible(of: int, other_of: int, data: st.DataObject) -> None:
    hits, other = data.draw(st.integers(0, of)), data.draw(st.integers(0, other_of))
    low, high = wilson(hits, of)
    assert 0 <= low <= hits / of + 1e-9
    assert hits / of - 1e-9 <= high <= 1
    found = newcombe(hits, of, other, other_of)
    assert -1 - 1e-9 <= found.low <= found.difference + 1e-9
    assert found.difference - 1e-9 <= found.high <= 1 + 1e-9
