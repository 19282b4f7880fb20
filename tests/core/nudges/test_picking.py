"""When somebody works on the course, typed in words: what is read of them, when it is kept, and what is left to others."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.asked_later import AskedLater
from core.nudges.commands import Chosen, Picked, at_hour, pick, show
from core.nudges.contract import PRESETS, Preset
from core.nudges.foresight import Foresight
from core.nudges.model import Kind, Nudge, nudge_id
from core.nudges.picking import TypedTimes
from core.nudges.placing import Placing
from core.nudges.said_times import times_said
from core.nudges.service import Reminders
from core.people.model import Person
from core.people.service import People
from core.plain import message as plain
from core.request import Actor, Asked, Said
from core.ui import Button, Buttons, Message
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.people import PeopleRecord
from tests.core.conftest import AT
from tests.core.nudges.asking import direct
from tests.core.nudges.test_preview import Learners, nothing
from tests.core.others import Others, Words
from tests.students import DISCORD, met

EVERY_DAY, WEEKDAYS = (1, 2, 3, 4, 5, 6, 7), (1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("words", "days", "hours"),
    [
        *((each, (), (18,)) for each in ("evenings at 18", "Evenings!", "in the evening please", "after work", "evenings, 6pm")),
        *((each, (), (10,)) for each in ("mornings at 10 would be good", "Mornings at ten", "hi, mornings, 10am")),
        *((each, (), (19,)) for each in ("evenings work best for me, around 7", "in the evenings, 7-9pm", "evenings, 7ish")),
        *((each, WEEKDAYS, (9,)) for each in ("weekdays at 9", "Monday to Friday at 9", "mon-fri 9am", "weekday mornings")),
        *((each, (6,), (8,)) for each in ("saturdays 8am", "Saturday at 08:00", "every Saturday morning at 8", "sat 8am")),
        *((each, (), (20,)) for each in ("after 20:00", "20:00", "at 8pm", "evenings between 8 and 9 are best")),
        ("Monday, Wednesday, Friday at 12", (1, 3, 5), (12,)),
        ("tuesdays and thursdays around 4", (2, 4), (16,)),
        ("every day at noon", EVERY_DAY, (12,)),
        ("weekends, afternoons at 2", (6, 7), (14,)),
        ("friday to monday at 10", (1, 5, 6, 7), (10,)),
        *((each, (), (7, 19)) for each in ("at 7", "around seven", "maybe at 7", "at 7 o'clock")),
        ("weekdays at 8", WEEKDAYS, (8, 20)),
        ("evenings at 18:30", (), (18, 19)),
        ("weekdays", WEEKDAYS, ()),
        *((each, (), (20, 21)) for each in ("20u30", "20h30", "evening, half 8", "after half 8 in the evening", "20.30 uhr")),
        *((each, (), (20,)) for each in ("20h", "20 uhr", "8 p.m.", "um 20 Uhr", "8.00 pm")),
        ("its better at 21h", (), (21,)),
        ("could we do mornings instead?", (), (9,)),
        ("only sunday morning from now", (7,), (9,)),
        ("saturdays and sundays", (6, 7), ()),
    ],
)
def test_plain_words_say_when_somebody_works(words: str, days: tuple[int, ...], hours: tuple[int, ...]) -> None:
    times = times_said(words)
    assert times is not None
    assert (times.days, times.hours) == (days, hours)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        *(
            (each, (1, 2, 3, 4, 6, 7))
            for each in ("evenings at 8, not fridays", "evenings at 8 (no fridays)", "not fridays, evenings at 8")
        ),
        ("weekdays except wed 8pm", (1, 2, 4, 5)),
        ("evening 20.00 not wednesday", (1, 2, 4, 5, 6, 7)),
        ("8pm but not sundays", (1, 2, 3, 4, 5, 6)),
        ("evenings at 8 but not on saturdays and sundays", WEEKDAYS),
        ("evenings at 8, not weekends", WEEKDAYS),
    ],
)
async def test_days_that_are_left_out_are_taken_out(newcomer: Newcomer, words: str, days: tuple[int, ...]) -> None:
    await newcomer.welcomed()
    assert "Kept." in await newcomer.hears(words)
    assert await newcomer.chosen() == (days, 20)


@pytest.mark.parametrize(
    "words",
    [
        *("by friday", "friday", "on friday", "friday works for me", "friday evening", "the weekend", "Hook by Friday at 10"),
        *("good morning", "Morning!", "evening", "hello", "ok thanks", "yes", "works for me", "that works", "best"),
        *("18", "12.5", "3.20", "at 3.20", "about 10", "9-5", "24", "at 40", "at 19:75", "£24", "7 30", "in 3 days"),
        *("evenings at 18?", "not evenings", "no evenings", "mornings or evenings", "evenings at 10am", "mornings at 18"),
        *("mondays at 9 and tuesdays at 10", "tomorrow at 9", "this evening at 7", "tonight", "remind me at 7pm", "done by 9"),
        *("sold 12 on saturdays", "I work evenings", "How do evenings work?", "we photograph in the mornings", "I like it"),
        *("we open weekdays at 9", "@Guide evenings at 18", "mornings, since my shop opens at noon", "evenings " * 20, ""),
    ],
)
def test_words_about_anything_else_say_nothing_of_it(words: str) -> None:
    assert times_said(words) is None


class Newcomer(Others):
    """A student who may have been asked for their time; the test says who else talks with them. `actor`: as their platform has
    them.
    """

    def __init__(self, database: Database, student: Person, actor: Actor = DISCORD) -> None:
        super().__init__()
        self.actor = actor
        self.interviewed_at: datetime | None = None
        self.reminders = Reminders(NudgePreferencesRecord(database), NudgeRecord(database), CommitmentRecord(database))
        self.foresight = Foresight(PeopleRecord(database), Learners(), nothing)
        self.nudges, self.student = NudgeRecord(database), student
        self.people = People(PeopleRecord(database), self.reminders)
        self.placing = Placing(self.reminders, self.people)

    async def gets(self, kind: Kind, minutes: float = 0) -> None:
        """A reminder of this kind; the first of its day."""
        at = AT + timedelta(minutes=minutes)
        sent = Nudge(
            id=nudge_id(self.student.id, at.date().isoformat(), kind),
            person_id=self.student.id,
            organization_id=self.student.organization_id,
            kind=kind,
            local_date=at.date().isoformat(),
            template=kind,
            reason="You are new here",
            created_at=at,
            lettered_at=at,
        )
        await self.nudges.add(self.student, sent)

    async def welcomed(self) -> None:
        """Met, and asked for their time at `AT`."""
        await self.reminders.met(self.student, AT - timedelta(minutes=5))
        await self.gets(Kind.WELCOME)

    async def answered(self, said: Said) -> Message | None:
        times = TypedTimes(self.reminders, self.foresight, self.meanwhile, self.placing)
        hears = AskedLater(self, self.came_since, (times,)) if self.interviewed_at else times
        answer = await hears.hear(replace(said, actor=self.actor), await self.people.meet(self.actor, said.at))
        assert answer is None or isinstance(answer, Message)
        return answer

    async def asked_at(self, person: Person) -> datetime | None:
        return self.interviewed_at

    async def came_since(self, person: Person, since: datetime) -> datetime | None:
        came = await self.reminders.came(person, since)
        return max((each.created_at for each in came if each.created_at > since), default=None)

    async def hears(self, text: str, minutes: float = 20) -> str:
        """What is answered, or "" where it is for somebody else."""
        answer = await self.answered(direct(text, minutes))
        return plain(answer).replace("*", "") if answer else ""

    async def chosen(self) -> tuple[tuple[int, ...], int] | None:
        wishes = await self.reminders.of(self.student, AT)
        return (wishes.days, wishes.hour) if wishes.chosen_at else None


@pytest.fixture
async def newcomer(database: Database) -> Newcomer:
    return Newcomer(database, await met(database, DISCORD))


def pressed(minutes: float) -> Asked:
    return Asked(id="pressed", actor=DISCORD, address=DISCORD.direct, at=AT + timedelta(minutes=minutes), command="nudges")


@pytest.mark.parametrize("preset", list(Preset))
async def test_the_words_of_a_button_do_what_it_does_and_are_answered_with_its_card(newcomer: Newcomer, preset: Preset) -> None:
    await newcomer.welcomed()
    told = await newcomer.answered(direct(PRESETS[preset].label))
    assert told is not None
    kept = await newcomer.reminders.of(newcomer.student, AT)
    answer = await pick(pressed(20), newcomer.student, Picked(preset), newcomer.reminders, newcomer.foresight)
    assert told == answer
    assert "[Change]" in plain(told)
    assert kept == await newcomer.reminders.of(newcomer.student, AT)


@pytest.mark.parametrize(
    ("words", "days", "hour"),
    [
        ("evenings work best for me, around 7", EVERY_DAY, 19),
        ("mornings at 10 would be good", EVERY_DAY, 10),
        ("after 20:00", EVERY_DAY, 20),
        ("Saturdays 8am", (6,), 8),
        ("weekdays", WEEKDAYS, 9),
    ],
)
async def test_a_time_typed_below_the_welcome_is_kept(newcomer: Newcomer, words: str, days: tuple[int, ...], hour: int) -> None:
    await newcomer.welcomed()
    assert f"at {hour:02d}:00, your time" in await newcomer.hears(words, 60 * 50)
    assert await newcomer.chosen() == (days, hour)


async def test_an_interview_keeps_its_question_unless_the_welcome_came_after_it(newcomer: Newcomer) -> None:
    await newcomer.welcomed()
    newcomer.interviewed_at = AT + timedelta(minutes=10)
    assert await newcomer.hears("evenings at 19") == "", "it was the last to ask"
    newcomer.interviewed_at = AT - timedelta(minutes=10)
    assert await newcomer.hears("we sell candles in the evening") == ""
    assert "19:00" in await newcomer.hears("evenings at 19")
    assert await newcomer.chosen() == (EVERY_DAY, 19)


async def test_an_hour_that_may_be_of_the_morning_or_the_evening_is_asked(newcomer: Newcomer) -> None:
    await newcomer.welcomed()
    answer = await newcomer.answered(direct("weekdays at 8"))
    assert answer is not None
    assert "Which one do you mean?" in plain(answer)
    assert await newcomer.chosen() is None
    [_, evening, choose] = [e for card in answer.cards for row in card.body if isinstance(row, Buttons) for e in row.items]
    assert isinstance(evening, Button)
    assert isinstance(choose, Button)
    assert (evening.label, choose.label) == ("On weekdays at 20:00", "Choose myself")
    args = Chosen(str(evening.call.values["days"]), str(evening.call.values["hour"]))
    await at_hour(pressed(21), newcomer.student, args, newcomer.reminders, newcomer.foresight)
    assert await newcomer.chosen() == (WEEKDAYS, 20)


@pytest.mark.parametrize(
    ("words", "hour", "quiet", "told"),
    [
        ("mornings at 6", 6, (21, 6), "06:00 was in your quiet hours: these now end at 06:00."),
        ("every day at 07:00", 7, (21, 7), "07:00 was in your quiet hours: these now end at 07:00."),
        ("at 22:00", 22, (23, 8), "22:00 was in your quiet hours: these now begin at 23:00."),
        ("at 00:00", 0, (1, 8), "00:00 was in your quiet hours: these now begin at 01:00."),
        ("evenings at 20", 20, (21, 8), ""),
        ("mornings at 8", 8, (21, 8), ""),
    ],
)
async def test_an_hour_in_the_quiet_ones_is_kept_and_they_make_room_for_it_as_little_as_they_can(
    newcomer: Newcomer, words: str, hour: int, quiet: tuple[int, int], told: str
) -> None:
    await newcomer.welcomed()
    answer = await newcomer.hears(words)
    assert f"Kept. This is what we agreed on. {told}".strip() in answer
    assert ("in your quiet hours" in answer) is bool(told)
    kept = await newcomer.reminders.of(newcomer.student, AT)
    assert (kept.days, kept.hour, kept.quiet_from, kept.quiet_until) == (EVERY_DAY, hour, *quiet)


async def test_a_common_choice_in_the_quiet_hours_makes_room_too(newcomer: Newcomer) -> None:
    await newcomer.reminders.choose(newcomer.student, {"days": (1,), "hour": 20, "quiet_from": 8, "quiet_until": 19}, AT)
    answer = await pick(pressed(1), newcomer.student, Picked(Preset.EVENINGS), newcomer.reminders, newcomer.foresight)
    assert isinstance(answer, Message)
    assert "18:00 was in your quiet hours: these now end at 18:00." in plain(answer)


async def test_of_quiet_hours_that_are_this_hour_alone_none_are_left(newcomer: Newcomer) -> None:
    await newcomer.reminders.choose(newcomer.student, {"days": (1,), "hour": 20, "quiet_from": 6, "quiet_until": 7}, AT)
    told = await newcomer.hears("mornings at 6", 2)
    assert "06:00 was in your quiet hours: now you have none." in told
    assert "and never from" not in told


async def test_below_the_card_of_nudges_a_time_is_chosen_or_changed_and_what_was_not_said_stays(newcomer: Newcomer) -> None:
    await newcomer.reminders.met(newcomer.student, AT)
    assert await newcomer.hears("evenings at 18", 1) == "", "nobody asked"
    await show(pressed(2), newcomer.student, newcomer.reminders, newcomer.foresight)
    assert "Kept." in await newcomer.hears("weekdays at 9", 10)
    assert "Kept." in await newcomer.hears("no, at 4pm", 20), "right below the card of what was chosen"
    assert await newcomer.chosen() == (WEEKDAYS, 16)
    assert await newcomer.hears("evenings", 90) == ""
    await show(pressed(100), newcomer.student, newcomer.reminders, newcomer.foresight)
    assert "Kept." in await newcomer.hears("Saturdays and Sundays", 110)
    assert await newcomer.chosen() == ((6, 7), 16)


@pytest.mark.parametrize(
    ("words", "days", "hour"),
    [
        *(
            (each, WEEKDAYS, 21)
            for each in (
                "sorry make it 9 not 7, I'm never done by 7",
                "make it 9 instead of 7",
                "9 instead of 7",
                "not 7, 9",
                "9 not 7",
                "9 rather than 7 please",
                "make it 9pm instead of 7pm",
                "make it 9",
                "its better at 21h",
            )
        ),
        ("only sunday morning from now", (7,), 9),
        ("from now on sundays at 10", (7,), 10),
        ("could we do mornings instead?", EVERY_DAY, 9),
        ("weekdays except wed 8pm", (1, 2, 4, 5), 20),
        ("9pm, but not fridays", (1, 2, 3, 4), 21),
    ],
)
async def test_right_below_the_card_what_was_chosen_is_put_right(
    newcomer: Newcomer, words: str, days: tuple[int, ...], hour: int
) -> None:
    await newcomer.welcomed()
    assert "Kept." in await newcomer.hears("weekdays at 7pm")
    assert "Kept." in await newcomer.hears(words, 50)
    assert await newcomer.chosen() == (days, hour)
    assert await newcomer.hears(words, 50 + 61) == "", "an hour later it may be about anything"


@pytest.mark.parametrize(
    "words",
    [
        *("9 not 7 orders", "make it 9 posts", "leads were 9 not 7", "make it 9% not 7%", "make it 9.50 not 7", "not 7"),
        *("can we do friday at 10?", "can we talk at 9?", "could you make it shorter", "only sunday", "instead of 7", "5h", "9"),
        *("can we do 3 captions instead?", "not fridays", "except wed", "make it nicer, not longer", "9 instead of 7 grams?"),
    ],
)
async def test_right_below_the_card_other_words_change_nothing(newcomer: Newcomer, words: str) -> None:
    await newcomer.welcomed()
    await newcomer.hears("weekdays at 7pm")
    assert await newcomer.hears(words, 30) == ""
    assert await newcomer.chosen() == (WEEKDAYS, 19)


async def test_where_nothing_was_chosen_an_hour_instead_of_another_is_no_answer_and_does_not_close_the_question(
    newcomer: Newcomer,
) -> None:
    await newcomer.welcomed()
    assert await newcomer.hears("make it 9 instead of 7", 5) == ""
    newcomer.talk = [Words(AT + timedelta(minutes=5), "make it 9 instead of 7")]
    assert "Kept." in await newcomer.hears("evenings at 9 please", 7)
    assert await newcomer.chosen() == (EVERY_DAY, 21)


async def test_after_a_week_after_a_stop_and_below_another_reminder_the_words_are_for_others(newcomer: Newcomer) -> None:
    await newcomer.welcomed()
    assert await newcomer.hears("evenings at 18", 60 * 24 * 8) == ""
    await newcomer.gets(Kind.COMMITMENT, 30)
    assert await newcomer.hears("evenings at 18", 40) == "", "it asked something else"
    await show(pressed(50), newcomer.student, newcomer.reminders, newcomer.foresight)
    await newcomer.reminders.stop(newcomer.student, AT + timedelta(minutes=51))
    assert await newcomer.hears("evenings at 18", 52) == ""
    assert await newcomer.chosen() is None


@pytest.mark.parametrize(
    ("words", "hour"),
    [
        *(
            (each, 20)
            for each in ("20:00 is fine", "8 then", "the first", "the first one please", "20", "8pm", "at eight", "20h")
        ),
        *((each, 19) for each in ("7pm", "at 19:00 rather")),
    ],
)
async def test_an_hour_typed_below_the_question_for_it_keeps_the_days_it_was_about(
    newcomer: Newcomer, words: str, hour: int
) -> None:
    await newcomer.welcomed()
    assert "[On Tuesday and Thursday at 20:00] [On Tuesday and Thursday at 21:00]" in await newcomer.hears(
        "tuesday and thursday evenings around 8.30"
    )
    assert "Kept." in await newcomer.hears(words, 60 * 5)
    assert await newcomer.chosen() == ((2, 4), hour)
    assert await newcomer.hears("the first", 60 * 5 + 1) == "", "nothing is asked any more"


async def test_an_hour_that_is_offered_is_kept_when_it_is_taken_also_a_quiet_one(newcomer: Newcomer) -> None:
    await newcomer.welcomed()
    assert "[On Tuesday and Thursday at 21:00]" in await newcomer.hears("tuesday and thursday evenings around 8.30")
    assert "21:00 was in your quiet hours: these now begin at 22:00." in await newcomer.hears("the second", 22)
    assert await newcomer.chosen() == ((2, 4), 21)


async def test_other_days_and_what_is_no_hour_below_that_question_are_read_for_themselves(newcomer: Newcomer) -> None:
    await newcomer.welcomed()
    await newcomer.hears("weekdays at 8")
    assert await newcomer.hears("what is a hook", 21) == ""
    assert await newcomer.hears("by friday", 22) == ""
    assert "[On weekdays at 08:00] [On weekdays at 20:00]" in await newcomer.hears("at 8", 23)
    assert "Kept." in await newcomer.hears("saturdays at 10am", 24)
    assert await newcomer.chosen() == ((6,), 10)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("evenings after the kids are in bed, like half past 8", "[Every day at 20:00] [Every day at 21:00] [Another time]"),
        (
            "mostly tuesday and thursday evenings after the kids are in bed, so around half past eight please",
            "[On Tuesday and Thursday at 20:00] [On Tuesday and Thursday at 21:00] [Another time]",
        ),
        ("saturday morning with coffee", "Did you mean on Saturday at 09:00?"),
    ],
)
async def test_what_is_likely_meant_is_offered_and_one_word_takes_it(newcomer: Newcomer, words: str, asked: str) -> None:
    await newcomer.welcomed()
    assert asked in await newcomer.hears(words)
    assert await newcomer.chosen() is None
    assert "Kept." in await newcomer.hears("yes please" if "Saturday" in asked else "the first", 22)


async def test_after_a_day_only_plain_words_are_an_answer(newcomer: Newcomer) -> None:
    await newcomer.welcomed()
    assert await newcomer.hears("saturday morning with coffee", 60 * 30) == ""
    assert "Kept." in await newcomer.hears("saturday mornings", 60 * 30)


@pytest.mark.parametrize("before", ["evenings, though I am often tired then", "half past nine or so I guess", "im in utrecht"])
async def test_an_answer_of_an_agent_to_a_try_that_was_not_understood_is_no_talk(newcomer: Newcomer, before: str) -> None:
    await newcomer.welcomed()
    newcomer.talk = [Words(AT + timedelta(minutes=5), before)]
    assert "Kept." in await newcomer.hears("evenings at 18", 7)


async def test_where_a_person_spoke_since_words_are_for_them_and_after_a_talk_nothing_is_kept(
    newcomer: Newcomer,
) -> None:
    await newcomer.welcomed()
    said = direct("evenings at 18")
    newcomer.letters = [AT + timedelta(minutes=5)]
    assert await newcomer.answered(said) is None
    newcomer.letters, newcomer.talk = [], [Words(AT + timedelta(minutes=5))]
    assert await newcomer.hears("at 18:00") == ""
    assert await newcomer.chosen() is None
    newcomer.talk = [Words(AT + timedelta(minutes=5), little=True)]
    assert await newcomer.answered(replace(said, direct=False)) is None
    assert await newcomer.answered(replace(said, text="Guide, evenings at 18")) is None
    assert "Kept." in await newcomer.hears("evenings at 18"), "they had only greeted"


async def test_times_that_nobody_asked_for_are_offered_where_no_agent_could_answer(newcomer: Newcomer) -> None:
    assert not await newcomer.hears("evenings at 8"), "it may be for Claude"
    newcomer.practice = True
    assert not await newcomer.hears("evening"), "a greeting"
    assert "Shall I remind you every day at 20:00? Nothing is set yet." in await newcomer.hears("evenings at 8")
    assert await newcomer.chosen() is None


async def test_a_place_that_is_named_with_them_is_kept_all_the_same(newcomer: Newcomer) -> None:
    newcomer.practice, newcomer.actor = True, replace(DISCORD, timezone=None)
    told = await newcomer.hears("im in manchester, tuesdays and thursdays 8pm")
    assert "I take your time as Europe/London" in told
    assert "Shall I remind you on Tuesday and Thursday at 20:00?" in told
    assert (await newcomer.people.meet(newcomer.actor, AT)).timezone == "Europe/London"
