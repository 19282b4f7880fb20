"""A coach who writes to a student silences the bot for them; whoever turns to us is met."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.commitments.model import Commitment, CommitmentState
from core.commitments.service import Commitments
from core.nudges.hearing import Coaching
from core.nudges.model import Kind, Nudge, nudge_id
from core.nudges.service import Reminders
from core.nudges.settling import Settling
from core.people.model import Person
from core.people.service import NobodyCalled, People
from core.plain import message as plain
from core.request import Address, Asked, Platform, Said
from core.roles import Role
from core.ui import Message
from persistence.cohorts import CohortRecord
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.people import PeopleRecord
from tests.core.conftest import AT
from tests.students import DISCORD, OMAR, met, said

THREAD = Address(Platform.DISCORD, "G1", "general", "thread")
SILENT = AT + timedelta(days=3)


@pytest.fixture
def store(database: Database) -> NudgePreferencesRecord:
    return NudgePreferencesRecord(database)


@pytest.fixture
def coaching(database: Database, store: NudgePreferencesRecord) -> Coaching:
    reminders = Reminders(store, NudgeRecord(database), CommitmentRecord(database))
    return Coaching(reminders, People(PeopleRecord(database)), CohortRecord(database))


@pytest.fixture
async def student(database: Database) -> Person:
    return await met(database, DISCORD)


@pytest.fixture
async def coach(database: Database, people: People) -> Person:
    return await people.appoint(await met(database, OMAR), Role.COACH)


def words(text: str, address: Address = THREAD) -> Said:
    return Said(id="ev", actor=OMAR, address=address, at=AT, text=text, direct=False, addressed=False)


async def silent(store: NudgePreferencesRecord, person: Person) -> bool:
    wishes = await store.of(person)
    return wishes is not None and wishes.silent_until == SILENT


async def test_a_coach_in_a_students_thread_silences_us_for_them(
    coaching: Coaching, database: Database, store: NudgePreferencesRecord, student: Person, coach: Person
) -> None:
    await coaching.hear(words("Nice start"), coach)
    assert not await silent(store, student), "the student takes no part there"
    await said(database, student, THREAD, "Which hook?", AT)
    assert await coaching.hear(words("The second one"), coach) is None
    assert await silent(store, student)
    assert await store.of(coach) is None


async def test_a_coach_who_names_a_student_silences_us_for_them(
    coaching: Coaching, store: NudgePreferencesRecord, student: Person, coach: Person
) -> None:
    there = replace(THREAD, thread="")
    await coaching.hear(words("@Nobody how is it going?", there), coach)
    assert not await silent(store, student)
    await coaching.hear(words(f"Well done, @{student.name}, keep at it", there), coach)
    assert await silent(store, student)


async def test_students_silence_nobody(
    coaching: Coaching, database: Database, store: NudgePreferencesRecord, student: Person
) -> None:
    other = await met(database, OMAR)
    await coaching.hear(words(f"@{student.name} look at this"), other)
    assert not await silent(store, student)


async def test_whoever_is_only_overheard_is_not_met(coaching: Coaching, store: NudgePreferencesRecord, student: Person) -> None:
    overheard = Said(id="ev", actor=DISCORD, address=THREAD, at=AT, text="hello", direct=False, addressed=False)
    await coaching.hear(overheard, student)
    assert await store.of(student) is None
    await coaching.hear(replace(overheard, addressed=True), student)
    assert await store.of(student) is not None


async def test_a_student_is_found_by_the_name_that_only_one_has(
    database: Database, people: People, student: Person, coach: Person
) -> None:
    assert (await people.member(coach, f"@{student.name.upper()}")).id == student.id
    assert (await people.member(coach, student.id)).id == student.id
    assert (await people.member(coach, f"{student.name},")).id == student.id, "as it stands before words to them"
    assert (await people.member(coach, "nora")).id == student.id, "nobody else is called so"
    with pytest.raises(NobodyCalled, match="Did you mean Nora Discord"):
        await people.member(coach, "Nor")
    await met(database, replace(DISCORD, user="D9"))
    with pytest.raises(NobodyCalled, match="Several are called"):
        await people.member(coach, student.name)
    with pytest.raises(NobodyCalled, match="Several are called"):
        await people.member(coach, "nora")


def direct(text: str, minutes: float = 20) -> Said:
    return Said(id="ev", actor=DISCORD, address=DISCORD.direct, at=AT + timedelta(minutes=minutes), text=text)


class Asking:
    """A student who promised things for today and was asked about the first; the test says who else talks with them."""

    def __init__(self, database: Database, student: Person) -> None:
        self.reminders = Reminders(NudgePreferencesRecord(database), NudgeRecord(database), CommitmentRecord(database))
        self.commitments = Commitments(CommitmentRecord(database), self.reminders)
        self.nudges, self.student = NudgeRecord(database), student
        self.letters: list[datetime] = []
        self.talk: list[datetime] = []
        self.interviewed: datetime | None = None
        self.passed = 0

    async def asked_at(self, _: Person) -> datetime | None:
        return self.interviewed

    async def passed_by(self, asked: Asked, person: Person) -> None:
        self.passed += 1

    async def about(self, *promised: str) -> list[Commitment]:
        """Asked at `AT` about these, promised the day before."""
        kept = [await self.commitments.promise(self.student, each, AT.date(), AT - timedelta(days=1), each) for each in promised]
        asked = Nudge(
            id=nudge_id(self.student.id, AT.date().isoformat()),
            person_id=self.student.id,
            organization_id=self.student.organization_id,
            kind=Kind.COMMITMENT,
            about=kept[0].id,
            local_date=AT.date().isoformat(),
            template="commitment-honest",
            reason="You set this day yourself",
            created_at=AT,
            lettered_at=AT,
        )
        await self.nudges.add(self.student, asked)
        return kept

    async def hears(self, said: Said) -> str:
        """What is answered, or "" where it is for somebody else."""

        async def since(times: list[datetime], at: datetime) -> list[datetime]:
            return [each for each in times if each >= at]

        async def names(_: Person, words: str) -> bool:
            return words.startswith("@")

        settling = Settling(
            self.reminders,
            self.commitments,
            names,
            lambda _, at: since(self.letters, at),
            lambda _, at: since(self.talk, at),
            self,
            self,
        )
        answer = await settling.hear(said, self.student)
        assert answer is None or isinstance(answer, Message)
        return plain(answer) if answer else ""


@pytest.fixture
def asking(database: Database, student: Person) -> Asking:
    return Asking(database, student)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        *((each, "you did it") for each in ("done", "Yes, done!", "I did it", "it's finished", "all done, thanks")),
        *((each, "When is it likely now") for each in ("not yet", "No, sorry", "Not done yet.", "almost", "still working on it")),
        *(
            (each, "by Friday 6 March")
            for each in ("friday", "move it to Friday", "Can we make it friday please", "not yet, friday")
        ),
        ("i'll do it in 3 days", "by Friday 6 March"),
        *(
            (each, "you did it")
            for each in (
                "done, both want a new candle!",
                "Done and the third one rang back",
                "I did it – 9 of them came",
                "done 🎉",
            )
        ),
        *(
            (each, "When is it likely now")
            for each in ("not yet, the light was bad", "No, not yet because my son is ill", "Still working on it. It takes time")
        ),
        *((each, "by Friday 6 March") for each in ("not yet, the light was bad, I'll do it friday", "not yet but friday")),
    ],
)
async def test_what_plainly_answers_the_question_does_what_its_button_does(asking: Asking, words: str, told: str) -> None:
    [kept] = await asking.about("Ring three shops")
    asking.talk = [AT - timedelta(minutes=5)]
    assert told in await asking.hears(direct(words, 20 * 60))
    found = await asking.commitments.one(asking.student, kept.id)
    assert found.open is (told != "you did it")
    if found.changed_at:
        assert await asking.hears(direct(words, 20 * 60 + 1)) == "", "it is answered"


@pytest.mark.parametrize(
    "words",
    [
        *("How do I write a hook?", "I want to talk to a person", "@Guide done", "thanks", "A hook is done with care", "12.5"),
        *("I need help with my price", "yesterday", "Marit is lovely"),
        *(
            "done, but I want to talk to a person",
            "Done. What comes next",
            "not yet, how do I begin?",
            "done, can you look at it",
        ),
    ],
)
async def test_what_is_no_answer_to_the_question_is_for_the_agents(asking: Asking, words: str) -> None:
    await asking.about("Ring three shops")
    assert await asking.hears(direct(words)) == ""


async def test_what_is_not_plain_is_asked_again_once_and_only_soon_after_with_nothing_between(asking: Asking) -> None:
    [kept] = await asking.about("Ring three shops")
    words = direct("I rang two of the three")
    assert await asking.hears(replace(words, at=AT + timedelta(hours=3))) == ""
    assert await asking.hears(direct("no, the customers like blue better", 60 * 3)) == ""
    asking.talk = [AT + timedelta(minutes=10)]
    assert await asking.hears(words) == ""
    asking.talk = []
    told = await asking.hears(words)
    assert "I changed nothing" in told
    assert "Ring three shops" in told
    assert await asking.hears(direct("I rang two of the three", 22)) == "", "the agents hear it now"
    assert "you did it" in await asking.hears(direct("done", 24))
    assert not (await asking.commitments.one(asking.student, kept.id)).open


async def test_what_is_done_in_part_is_asked_again_within_the_day_and_nothing_is_changed(asking: Asking) -> None:
    [kept] = await asking.about("Ring three shops")
    assert "I changed nothing" in await asking.hears(direct("done, but only two of them", 60 * 9))
    assert (await asking.commitments.one(asking.student, kept.id)).open


async def test_where_a_person_or_an_agent_was_the_last_to_speak_nothing_is_taken_for_an_answer(asking: Asking) -> None:
    await asking.about("Ring three shops")
    asking.letters = [AT + timedelta(minutes=5)]
    assert await asking.hears(direct("done")) == ""
    asking.letters, asking.talk = [], [AT + timedelta(minutes=5)]
    assert await asking.hears(direct("done")) == ""
    assert await asking.hears(direct("done", 60 * 25)) == "", "a day later"
    assert await asking.hears(replace(direct("done", 60), direct=False)) == ""
    assert "you did it" in await asking.hears(direct("done", 60))


async def test_an_interview_that_asked_before_loses_only_a_plain_answer_and_ends_there(asking: Asking) -> None:
    await asking.about("Ring three shops")
    asking.interviewed = AT + timedelta(minutes=5)
    assert await asking.hears(direct("friday")) == "", "it asked last"
    asking.interviewed = AT - timedelta(minutes=5)
    assert await asking.hears(direct("I rang two of the three")) == ""
    assert asking.passed == 0
    assert "you did it" in await asking.hears(direct("done"))
    assert asking.passed == 1


async def test_both_done_settles_both(asking: Asking) -> None:
    both = await asking.about("Ring three shops", "Write the hook")
    told = await asking.hears(direct("yes, both done :)"))
    assert "Done, all of it." in told
    assert [(await asking.commitments.one(asking.student, each.id)).state for each in both] == [CommitmentState.DONE] * 2


async def test_of_several_it_is_asked_which_and_of_two_days_which(asking: Asking) -> None:
    first, second = await asking.about("Ring three shops", "Write the hook")
    told = await asking.hears(direct("done"))
    assert "Which do you mean" in told
    assert first.what in told
    assert second.what in told
    assert (await asking.commitments.one(asking.student, first.id)).open
    await asking.commitments.settle(asking.student, first.id, CommitmentState.DONE, AT + timedelta(minutes=21))
    told = await asking.hears(direct("next friday", 22))
    assert "Write the hook: which day do you mean?" in told.replace("*", "")
    assert "by Friday" not in told
