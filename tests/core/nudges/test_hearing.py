"""A coach who writes to a student silences the bot for them; whoever turns to us is met."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.nudges.hearing import Coaching
from core.nudges.service import Reminders
from core.people.model import Person
from core.people.service import NobodyCalled, People
from core.request import Address, Platform, Said
from core.roles import Role
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
    assert (await people.member(coach, "nora")).id == student.id, "nobody else is called so"
    with pytest.raises(NobodyCalled, match="Did you mean Nora Discord"):
        await people.member(coach, "Nor")
    await met(database, replace(DISCORD, user="D9"))
    with pytest.raises(NobodyCalled, match="Several are called"):
        await people.member(coach, student.name)
    with pytest.raises(NobodyCalled, match="Several are called"):
        await people.member(coach, "nora")
