"""The contract: it is met once, chosen by one tap or a form, kept to the person alone, and looked at when it says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core.cohort.timetable import Timetable
from core.command import read
from core.commitments.model import CommitmentState
from core.commitments.service import Commitments
from core.nudges.commands import Contract, Until
from core.nudges.contract import Preset, days_said, pause_ends, problems
from core.nudges.hearing import StopWords
from core.nudges.known import Known
from core.nudges.model import Kind, Nudge, Outcome, nudge_id
from core.nudges.outcomes import outcome_of
from core.nudges.service import ReminderGone, Reminders, Settled, Stopped
from core.nudges.times import Snooze, spread
from core.nudges.views import Upcoming, contract
from core.people.model import Person
from core.people.service import People
from core.plain import message as plain
from core.request import Asked, Said
from core.roles import Role
from core.ui import Message
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.people import PeopleRecord
from tests.core.conftest import ADDRESS, AT, actor
from tests.students import DISCORD, SLACK, met

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def reminders(database: Database) -> Reminders:
    return Reminders(NudgePreferencesRecord(database), NudgeRecord(database), CommitmentRecord(database))


@pytest.fixture
async def sent(database: Database, nora: Person) -> Nudge:
    return await reminded(database, nora)


async def reminded(database: Database, person: Person, day: str = "2026-03-02") -> Nudge:
    """A reminder of the person's."""
    nudge = Nudge(
        id=nudge_id(person.id, day),
        person_id=person.id,
        organization_id=person.organization_id,
        kind=Kind.STALLED,
        local_date=day,
        template="stalled-1",
        reason="Module 3 has had no tick for 5 days",
        created_at=AT,
        lettered_at=AT,
    )
    kept = await NudgeRecord(database).add(person, nudge)
    assert kept is not None
    return kept


MOVED = "My last two had no answer at 09:00, so I try 12:00 now"


@pytest.mark.parametrize(
    ("upcoming", "says"),
    [
        (
            Upcoming(AT, "A new week", MOVED),
            ("08:00. My last two had no answer at 09:00, so I try 12:00 now.\n", "Why then: A new week"),
        ),
        (Upcoming(None, "Nothing, as things stand now", MOVED), ("so I try 12:00 now.\n", "Next: Nothing, as things stand now")),
        (Upcoming(AT, "A new week"), ("21:00 to 08:00.\n", "Next: Monday 2 March, ")),
        (None, ("21:00 to 08:00.\n", "Next: Nothing, as things stand now")),
    ],
)
async def test_another_hour_than_was_agreed_is_explained_beside_it(
    reminders: Reminders, nora: Person, upcoming: Upcoming | None, says: tuple[str, str]
) -> None:
    wishes = (await reminders.of(nora, AT)).model_copy(update={"chosen_at": AT, "days": (1,)})
    said = plain(contract(nora, wishes, upcoming, AT))
    assert [each for each in says if each not in said] == [], said


async def test_who_has_not_chosen_is_told_what_comes_all_the_same(reminders: Reminders, nora: Person) -> None:
    said = plain(contract(nora, await reminders.of(nora, AT), None, AT))
    assert (
        "nothing comes by itself: only what you ask me to remind you of, and a question on the day of what you promised" in said
    )
    assert "Next: " not in said


def slot(person: Person, at: datetime) -> datetime:
    return at + spread(person.id)


@pytest.mark.parametrize(("minutes", "answered"), [(30, True), (239, True), (241, False)])
async def test_whoever_turns_to_us_soon_after_a_reminder_has_not_ignored_it(
    database: Database, reminders: Reminders, nora: Person, sent: Nudge, minutes: int, answered: bool
) -> None:
    await reminders.met(nora, AT - timedelta(minutes=15))  # so that this sign of life is still the one of the hour
    await reminders.met(nora, AT + timedelta(minutes=minutes))
    wishes = await reminders.of(nora, AT)
    [judged] = await NudgeRecord(database).since(nora, AT - DAY)
    known = Known(person=nora, wishes=wishes, timetable=Timetable(AT.date()), sent=[judged])
    assert outcome_of(judged, known, AT + 2 * DAY) is (Outcome.OPENED if answered else Outcome.IGNORED)


async def test_whoever_turns_to_us_is_asked_a_few_minutes_on_and_never_in_quiet_hours(
    reminders: Reminders, nora: Person, people: People
) -> None:
    night = datetime(2026, 3, 2, 23, tzinfo=UTC)
    await reminders.met(nora, AT)
    assert (await reminders.of(nora, AT)).next_check_at == AT + timedelta(minutes=3)
    owl = await people.meet(actor("owl"), night)
    await reminders.met(owl, night)
    assert (await reminders.of(owl, night)).next_check_at == datetime(2026, 3, 3, 8, tzinfo=UTC)


async def test_coaches_are_not_asked(reminders: Reminders, nora: Person, people: People, database: Database) -> None:
    coach = (await people.appoint(nora, Role.COACH)).model_copy(update={"identities": ("slack:T1:UNORA",)})
    await reminders.met(coach, AT)
    assert await NudgePreferencesRecord(database).of(coach) is None


async def test_an_admin_alone_at_a_terminal_is_asked(reminders: Reminders, nora: Person, people: People) -> None:
    await reminders.met(await people.appoint(nora, Role.ADMIN), AT)
    assert (await reminders.of(nora, AT)).next_check_at == AT + timedelta(minutes=3)


async def test_a_preset_is_one_tap_and_the_next_look_is_its_first_slot(reminders: Reminders, nora: Person) -> None:
    kept = await reminders.pick(nora, Preset.THREE, AT)
    assert (kept.days, kept.hour, kept.chosen_at) == ((1, 3, 5), 12, AT)
    assert kept.next_check_at == slot(nora, datetime(2026, 3, 2, 12, tzinfo=UTC))
    again = await reminders.pick(nora, Preset.EVENINGS, AT + DAY)
    assert again.next_check_at == slot(nora, datetime(2026, 3, 3, 18, tzinfo=UTC))


async def test_a_change_of_zone_counts_from_now(database: Database, reminders: Reminders, nora: Person) -> None:
    people = People(PeopleRecord(database), reminders)
    await reminders.pick(nora, Preset.THREE, AT)
    moved = await people.introduce(nora, name="Nora", timezone="America/New_York", at=AT)
    assert (await reminders.of(moved, AT)).next_check_at == slot(nora, datetime(2026, 3, 2, 17, tzinfo=UTC))


async def test_a_pause_ends_with_the_first_slot_after_it(reminders: Reminders, nora: Person) -> None:
    await reminders.pick(nora, Preset.THREE, AT)
    until = pause_ends(nora.zone, date(2026, 3, 10), AT)
    assert until is not None
    kept = await reminders.pause(nora, until, AT)
    assert kept.next_check_at == slot(nora, datetime(2026, 3, 11, 12, tzinfo=UTC))
    assert (await reminders.start(nora, AT)).next_check_at == slot(nora, datetime(2026, 3, 2, 12, tzinfo=UTC))
    assert pause_ends(nora.zone, date(2026, 3, 2), AT) is None


async def test_after_a_stop_nobody_looks_and_a_second_press_changes_nothing(
    reminders: Reminders, nora: Person, sent: Nudge, database: Database
) -> None:
    await reminders.pick(nora, Preset.THREE, AT)
    for _ in range(2):
        stopped = await reminders.stop(nora, AT, sent.id)
        assert stopped is not None
        assert stopped.id == sent.id
    wishes = await reminders.of(nora, AT)
    assert (wishes.stopped_at, wishes.next_check_at) == (AT, None)
    kept = await NudgeRecord(database).find(nora, sent.id)
    assert kept is not None
    assert kept.outcome is Outcome.STOPPED
    with pytest.raises(Stopped):
        await reminders.later(nora, sent.id, Snooze.HOUR, AT)
    nudge, only = await reminders.stop_only(nora, sent.id, AT)
    assert nudge.kind in only.stopped_kinds
    assert only.stopped_at is None
    assert only.next_check_at is not None
    assert not (await reminders.all_kinds(nora, AT)).stopped_kinds


async def test_a_reminder_is_put_off_by_its_owner_weeks_later_and_by_nobody_else(
    reminders: Reminders, nora: Person, people: People, sent: Nudge
) -> None:
    await reminders.pick(nora, Preset.THREE, AT)
    weeks_on = AT + 21 * DAY
    when = await reminders.later(nora, sent.id, Snooze.HOUR, weeks_on)
    wishes = await reminders.of(nora, weeks_on)
    assert when == weeks_on + HOUR == wishes.next_check_at == wishes.snoozed_until
    assert await reminders.later(nora, sent.id, Snooze.HOUR, weeks_on) == when, "pressed twice, it comes once"
    other = await people.meet(actor("omar"), AT)
    for refused in (
        reminders.later(other, sent.id, Snooze.HOUR, AT),
        reminders.stop(other, AT, sent.id),
        reminders.stop_only(other, sent.id, AT),
    ):
        with pytest.raises(ReminderGone):
            await refused
    assert (await reminders.of(nora, AT)).stopped_at is None


async def test_what_was_promised_is_asked_about_on_its_day_and_a_reminder_comes_at_its_time(
    database: Database, reminders: Reminders, nora: Person
) -> None:
    commitments = Commitments(CommitmentRecord(database), reminders)
    await reminders.pick(nora, Preset.THREE, AT)
    tomorrow = datetime(2026, 3, 3, 12, tzinfo=UTC)
    await reminders.stop(nora, AT)
    await commitments.promise(nora, "Hook", tomorrow.date(), AT, "ev1")
    assert (await reminders.of(nora, AT)).next_check_at is None, "none after a stop"
    assert not await commitments.asked_about(nora)
    await reminders.start(nora, AT + 4 * HOUR)
    assert (await reminders.of(nora, AT)).next_check_at == slot(nora, tomorrow)
    soon = AT + 5 * HOUR + timedelta(minutes=15)
    for _ in range(2):
        kept = await commitments.remind(nora, "call the printer", soon, AT + 4 * HOUR, "ev2")
    assert (await reminders.of(nora, AT)).next_check_at == soon
    assert [each.what for each in await commitments.all(nora, AT + 4 * HOUR)] == ["call the printer", "Hook"]
    assert [each.what for each in await commitments.all(nora, soon) if each.open] == ["Hook"], "a reminder is over with its time"
    assert kept.due_at == soon


async def test_what_they_put_into_their_quiet_hours_is_looked_at_then_whatever_they_choose_after_it(
    database: Database, reminders: Reminders, nora: Person
) -> None:
    commitments = Commitments(CommitmentRecord(database), reminders)
    early = datetime(2026, 3, 3, 5, tzinfo=UTC)
    await commitments.remind(nora, "feed the starter", early, AT, "ev1")
    await reminders.pick(nora, Preset.THREE, AT + 10 * HOUR)
    assert (await reminders.of(nora, AT)).next_check_at == early


async def test_by_which_reminder_somebody_came_is_noted_for_its_owner_alone(
    reminders: Reminders, nora: Person, people: People, sent: Nudge, database: Database
) -> None:
    def pressed(by: str) -> Asked:
        return Asked(id="ev", actor=actor(by), address=ADDRESS, at=AT + HOUR, command="module show", values={"via": sent.id})

    await reminders.passed_by(pressed("omar"), await people.meet(actor("omar"), AT))
    found = await NudgeRecord(database).find(nora, sent.id)
    assert found is not None
    assert found.opened_at is None
    await reminders.passed_by(pressed("nora"), nora)
    found = await NudgeRecord(database).find(nora, sent.id)
    assert found is not None
    assert found.opened_at == AT + HOUR


async def test_a_linked_account_answers_from_any_of_its_platforms(database: Database, reminders: Reminders) -> None:
    slack = await met(database, SLACK, AT)
    discord = await met(database, DISCORD, AT)
    await reminders.pick(slack, Preset.WEEKDAYS, AT)
    sent = await reminded(database, slack)
    there = discord.model_copy(update={"user_id": slack.user_id})
    await reminders.came_by(sent.id, there, AT)
    assert await reminders.stop(there, AT, sent.id) is not None
    assert (await reminders.of(slack, AT)).stopped_at == AT


async def test_a_coach_who_writes_silences_us_for_three_days(reminders: Reminders, nora: Person) -> None:
    await reminders.pick(nora, Preset.EVENINGS, AT)
    until = await reminders.coached(nora, AT)
    wishes = await reminders.of(nora, AT)
    assert until == AT + 3 * DAY == wishes.silent_until
    assert wishes.next_check_at == slot(nora, datetime(2026, 3, 5, 18, tzinfo=UTC))


@pytest.mark.parametrize(
    "words",
    [
        "stop",
        "Stop.",
        "STOP!",
        " unsubscribe ",
        "please stop",
        "stop the reminders pls",
        "stop reminders thanks",
        "stop reminders",
    ],
)
async def test_a_word_in_a_direct_message_stops_at_once(reminders: Reminders, nora: Person, words: str) -> None:
    said = Said(id="ev", actor=actor(), address=ADDRESS, at=AT, text=words)
    answer = await StopWords(reminders).hear(said, nora)
    assert isinstance(answer, Message)
    assert (await reminders.of(nora, AT)).stopped_at == AT


async def test_start_is_heard_from_whoever_stopped_and_from_nobody_else(reminders: Reminders, nora: Person) -> None:
    hears = StopWords(reminders).hear
    words = Said(id="1", actor=actor(), address=ADDRESS, at=AT, text="Start again")
    assert await hears(words, nora) is None
    await reminders.pick(nora, Preset.THREE, AT)
    await reminders.stop(nora, AT)
    assert isinstance(await hears(words, nora), Message)
    assert (await reminders.of(nora, AT)).stopped_at is None


async def test_what_is_done_is_not_put_off(reminders: Reminders, nora: Person, database: Database) -> None:
    commitments = Commitments(CommitmentRecord(database), reminders)
    promise = await commitments.promise(nora, "Hook headlines", AT.date(), AT, "ev")
    asked = (await reminded(database, nora)).model_copy(
        update={"id": "ndg_2", "kind": Kind.COMMITMENT, "about": promise.id, "local_date": "2026-03-03"}
    )
    await NudgeRecord(database).add(nora, asked)
    assert await reminders.later(nora, "ndg_2", Snooze.HOUR, AT) == AT + HOUR
    planning = asked.model_copy(update={"id": "ndg_3", "kind": Kind.RECOMMIT, "about": "2026-W10", "local_date": "2026-03-04"})
    await NudgeRecord(database).add(nora, planning)
    with pytest.raises(Settled, match="A day is set by now"):
        await reminders.later(nora, "ndg_3", Snooze.HOUR, AT)
    await commitments.settle(nora, promise.id, CommitmentState.DONE, AT)
    with pytest.raises(Settled, match="nothing to come back to"):
        await reminders.later(nora, "ndg_2", Snooze.HOUR, AT)
    assert await reminders.later(nora, "ndg_3", Snooze.HOUR, AT) == AT + HOUR


def test_a_pause_takes_how_long_it_is_to_last() -> None:
    assert read(Until, {"until": "3 days"}, date(2026, 3, 2)) == Until(date(2026, 3, 5))
    assert read(Contract, {"pause_until": "a week"}, date(2026, 3, 2)) == Contract(pause_until=date(2026, 3, 9))


async def test_pause_is_a_week_and_other_words_are_for_others(reminders: Reminders, nora: Person) -> None:
    hears = StopWords(reminders).hear
    assert await hears(Said(id="1", actor=actor(), address=ADDRESS, at=AT, text="pause"), nora) is not None
    wishes = await reminders.of(nora, AT)
    assert wishes.paused_until == datetime(2026, 3, 9, tzinfo=UTC)
    for words, direct in (("when should I stop an ad?", True), ("stop", False), ("stop motion video ideas", True)):
        said = Said(id="2", actor=actor(), address=ADDRESS, at=AT, text=words, direct=direct)
        assert await hears(said, nora) is None
    assert (await reminders.of(nora, AT)).stopped_at is None


async def test_problems_say_what_to_do(reminders: Reminders, nora: Person) -> None:
    kept = await reminders.of(nora, AT)
    wishes = kept.model_copy(update={"hour": 22, "quiet_until": 7})
    found = problems(wishes, kept)
    assert "at least one day" in found["days"]
    assert found["hour"].startswith("22:00 lies in your quiet hours, 21:00 to 07:00.")
    assert not problems(wishes.model_copy(update={"hour": 8, "days": (1,)}), kept)
    assert "hour" not in problems(kept.model_copy(update={"hour": 22}), kept), "those that stood before make room"


def test_days_are_said_as_people_say_them() -> None:
    said = [days_said(each) for each in ((1, 3, 5), (7,), (1, 2, 3, 4, 5), range(1, 8), (6, 7), (2, 4))]
    assert said == [
        "on Monday, Wednesday and Friday",
        "on Sunday",
        "on weekdays",
        "every day",
        "at weekends",
        "on Tuesday and Thursday",
    ]
