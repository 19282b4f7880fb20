"""What came of reminders: counted by rule and template, told only where there is enough, and only to coaches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NotAllowed
from core.nudges import results_views
from core.nudges.coach_commands import Aside
from core.nudges.model import Kind, Nudge, Outcome
from core.nudges.results import ENOUGH, Count, Outcomes, Results, newcombe, wilson
from core.nudges.results_views import GONE, Order, Seen
from core.nudges.service import Reminders
from core.nudges.words import Templates
from core.people.model import Person
from core.people.service import People
from core.plain import message
from core.roles import Role
from core.ui import Menu
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from tests.core.conftest import AT, actor
from tests.core.nudges.learners import PERSON, WISHES

WORDINGS = Templates()
NOBODY: Mapping[str, str] = {}


def shown(found: Results, coach: Person = PERSON, at: datetime = AT, names: Mapping[str, str] = NOBODY) -> str:
    """What a coach reads; `names`: of members, by their accounts."""
    return message(results_views.results(found, Seen(coach, at, names, WORDINGS), Aside(), Order.LONGEST))


async def put(
    database: Database, person: Person, number: int, outcome: Outcome | None, *, held_back: bool = False, **more: object
) -> None:
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
    assert await NudgeRecord(database).add(person, nudge.model_copy(update=more)) is not None


async def test_reminders_are_counted_by_rule_and_template_for_coaches_alone(
    database: Database, nora: Person, people: People
) -> None:
    outcomes = Outcomes(NudgeRecord(database), NudgePreferencesRecord(database))
    with pytest.raises(NotAllowed):
        await outcomes.of(nora, AT)
    coach = await people.appoint(await people.meet(actor("coach"), AT), Role.COACH)
    assert "No reminder has gone out yet" in shown(await outcomes.of(coach, AT), coach)
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
    text = shown(found, coach, names={nora.user_id: nora.name})
    assert "Too few to tell yet: 2 of 5 acted when reminded, 1 of 1 without." in text
    assert nora.name in text


def test_columns_in_which_there_is_nothing_are_left_out_and_who_needs_a_person_comes_first() -> None:
    counts = [Count("stalled", sent=7, acted=2), Count("drafts", sent=3, stopped=1)]
    text = shown(Results(counts, counts, (WISHES,), whole=True))
    assert "Sent  Opened  Acted  Ignored  Stopped\n" in text
    assert "Held back  " not in text
    assert text.startswith("Who may need a person")
    assert "Do they help?" not in text, "nothing was held back to compare with"
    assert "By wording" not in text, "a dozen say nothing about a wording"


async def test_what_was_answered_late_is_opened_and_not_ignored_and_a_win_cannot_be(
    database: Database, nora: Person, people: People
) -> None:
    coach = await people.appoint(await people.meet(actor("coach"), AT), Role.COACH)
    await put(database, nora, 0, Outcome.IGNORED, opened_at=AT)
    await put(database, nora, 1, Outcome.IGNORED)
    await put(database, nora, 2, Outcome.IGNORED, kind=Kind.WIN, template="win-back-good")
    found = await Outcomes(NudgeRecord(database), NudgePreferencesRecord(database)).of(coach, AT)
    assert [(each.name, each.sent, each.opened, each.ignored) for each in found.kinds] == [
        ("win", 1, 0, None),
        ("stalled", 2, 1, 1),
    ]
    assert [each.ignored for each in found.templates if each.name == "win-back-good"] == [None]
    lines = shown(found, coach).splitlines()
    assert [each.split() for each in lines if each.startswith("Wins")] == [["Wins", "1", "0", "0", "–"]]


async def test_who_has_turned_to_us_since_is_set_aside_no_more(database: Database, nora: Person, people: People) -> None:
    coach = await people.appoint(await people.meet(actor("coach"), AT), Role.COACH)
    store = NudgePreferencesRecord(database)
    outcomes = Outcomes(NudgeRecord(database), store)
    await Reminders(store, NudgeRecord(database), CommitmentRecord(database)).met(nora, AT)
    for minutes, listed in ((-5, False), (5, True)):
        await store.change(nora, {"set_aside_at": AT + timedelta(minutes=minutes)}, AT)
        assert bool((await outcomes.of(coach, AT)).aside) is listed


def test_for_whom_a_person_took_over_the_row_says_so_and_offers_it_no_more() -> None:
    alone, taken = (WISHES.model_copy(update={"user_id": each, "set_aside_at": AT}) for each in ("a", "b"))
    taken = taken.model_copy(update={"silent_until": AT + timedelta(days=3)})
    told = Seen(PERSON, AT, {"a": "Ada", "b": "Bo"}, WORDINGS)
    first = results_views.results(Results((), (), (alone, taken), whole=True), told, Aside(), Order.LONGEST).cards[0]
    [menu] = [each for each in first.body if isinstance(each, Menu)]
    assert [each.label for each in menu.options] == ["Ada"]
    only = Results((), (), (taken,), whole=True)
    assert "2 March, kept quiet until Thursday 5 March" in shown(only, names={"b": "Bo"})
    assert "I take over" not in shown(only, names={"b": "Bo"})
    assert "I take over" in shown(only, at=AT + timedelta(days=3), names={"b": "Bo"}), "when that is over it is offered again"


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("stalled-ten", "Ten minutes are enough to get [module] …"),
        ("reminder-plain", "[what]"),
        ("review-brief", "[month]: [moved]. Next: [next]."),
        ("stalled-1998", GONE),
    ],
)
def test_a_wording_is_shown_as_people_read_it(name: str, begins: str) -> None:
    assert results_views.wording(Count(name), WORDINGS, 40) == begins


@pytest.mark.parametrize(
    ("count", "says"),
    [
        (
            Count("x", judged=70, acted=56, kept_from=80, acted_anyway=48),
            "They help: +20 in 100, range +5 to +33. 56 of 70 acted",
        ),
        (Count("x", judged=80, acted=48, kept_from=70, acted_anyway=56), "They do harm: -20 in 100, range -33 to -5. "),
        (Count("x", judged=40, acted=20, kept_from=40, acted_anyway=20), "Nothing can be told: +0 in 100, range -21 to +21. "),
        (
            Count("x", judged=4, acted=2, kept_from=40, acted_anyway=20),
            "Too few to tell yet: 2 of 4 acted when reminded, 20 of 40",
        ),
    ],
)
def test_what_they_did_is_said_in_words(count: Count, says: str) -> None:
    assert results_views.effect_said(count).startswith(says)


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
