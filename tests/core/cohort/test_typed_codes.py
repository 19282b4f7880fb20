"""A code that is typed without a command has whoever typed it join; words that only look like one go on to the agents."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.cohort.model import Cohort
from core.cohort.service import Cohorts, UnknownJoinCode
from core.cohort.typed_codes import TypedCodes, code_said
from core.people.model import Person
from core.people.service import People
from core.plain import message
from core.request import File, Said
from core.roles import Role
from core.ui import Message
from persistence.cohorts import CohortRecord
from persistence.documents import Database
from persistence.people import PeopleRecord
from tests.core.conftest import AT, actor


@pytest.fixture
def cohorts(database: Database) -> Cohorts:
    return Cohorts(CohortRecord(database), PeopleRecord(database))


@pytest.fixture
async def spring(cohorts: Cohorts, people: People) -> Cohort:
    coach = await people.appoint(await people.meet(actor("coach"), AT), Role.COACH)
    return (await cohorts.create(coach, "Spring", None, (), AT))[0]


def said(text: str) -> Said:
    return Said(id="ev", actor=actor(), address=actor().direct, at=AT, text=text)


async def hears(cohorts: Cohorts, text: str, person: Person) -> str:
    """What is answered, or "" where the words are left to others."""
    answer = await TypedCodes(cohorts).hear(said(text), person)
    assert answer is None or isinstance(answer, Message)
    return message(answer) if answer else ""


SHAPES = (
    "join {}",
    "Join {} please",
    "/join {}",
    "cohort join {}",
    "please join {}",
    "join with code {}",
    "join the cohort {}",
    "I would like to join the course with the code {}",
    "i want to join: {}.",
    "can i join {}",
    "my code is {}",
    "My cohort code is {}, thanks",
    "the code: {}",
    "here is my code {}",
    "code {}",
    "i have the code {}",
    "{}",
    "`{}`",
    "{}.",
)


@pytest.mark.parametrize("shape", SHAPES)
async def test_a_code_of_ours_is_joined_by_however_it_is_said(
    cohorts: Cohorts, people: People, spring: Cohort, shape: str
) -> None:
    for name, code in (("zoe", spring.code), ("finn", spring.code.upper()), ("ana", spring.code.replace("-", " – "))):
        student = await people.meet(actor(name), AT)
        assert "Spring" in await hears(cohorts, shape.format(code), student)
        now = await people.by_id(student.id)
        assert now is not None
        assert now.cohort_id == spring.id


@pytest.mark.parametrize("shape", ["join {}", "my code is {}", "{}"])
async def test_a_code_of_ours_needs_no_dash(cohorts: Cohorts, nora: Person, spring: Cohort, shape: str) -> None:
    for between in ("", " "):
        assert "Spring" in await hears(cohorts, shape.format(spring.code.replace("-", between)), nora)


@pytest.mark.parametrize(
    "words",
    [
        "Hi, Jonas gave me this: {}",
        "Hiya, Ruth sent me this {} to join the course, is this the right place?",
        "the code she gave me is {} I think",
        "hello! new here, next week {} next step what",
    ],
)
async def test_a_code_of_ours_among_a_newcomers_words_is_why_they_wrote(
    cohorts: Cohorts, people: People, spring: Cohort, words: str
) -> None:
    for name, code in (("zoe", spring.code), ("finn", spring.code.upper().replace("-", " "))):
        student = await people.meet(actor(name), AT)
        assert await hears(cohorts, words.format("k99w-2gdz"), student) == "", "it is none of ours"
        assert "Spring" in await hears(cohorts, words.format(code), student)
        there = await people.by_id(student.id)
        assert there is not None
        assert await hears(cohorts, words.format(code), there) == "", "they belong to it already"


@pytest.mark.parametrize(
    "words", ["join k99w-2gdz", "join K99W-2GDZ please", "join k99w2gdz", "my code is k99w-2gdz", "k99w-2gdz"]
)
async def test_an_unknown_code_is_told_as_the_command_does(cohorts: Cohorts, nora: Person, spring: Cohort, words: str) -> None:
    with pytest.raises(UnknownJoinCode):
        await hears(cohorts, words, nora)


@pytest.mark.parametrize(
    "words",
    [
        *("join east-west", "join the best-ever", "join students", "join team 2345", "best-ever", "east-west", "greatest"),
        *("k99w2gdz", "k99w 2gdz", "2345-6789", "my code is 2345-6789", "the code is steamers", "join us tmrw", "join"),
        *("what is my code", "how do i join", "join k99w-2gdz and tell me what is next", "does k99w-2gdz still work?"),
        *(
            "my discount code is k99w-2gdz",
            "the code k99w-2gdz does not work",
            "I sold k99w-2gdz twice",
            "@Teacher join k99w-2gdz",
        ),
        *("join k99w-2gd", "join k99w-2gdzz", "join k99w-2gdo", "join k99w-2gd1", "join my shop", "K7WQ3FHM", "/link K7WQ3FHM"),
        "my code is k99w-2gdz " * 20,
    ],
)
async def test_what_only_looks_like_a_code_is_left_to_others(cohorts: Cohorts, nora: Person, spring: Cohort, words: str) -> None:
    assert await hears(cohorts, words, nora) == ""


@pytest.mark.parametrize("words", ["my code is k99w-2gdz", "k99w-2gdz", "code k99w-2gdz"])
async def test_whoever_is_in_a_cohort_may_write_of_other_codes(
    cohorts: Cohorts, database: Database, nora: Person, spring: Cohort, words: str
) -> None:
    await cohorts.join(nora, spring.code)
    there = await PeopleRecord(database).by_id(nora.id)
    assert there is not None
    assert await hears(cohorts, words, there) == ""
    with pytest.raises(UnknownJoinCode):
        await hears(cohorts, "join k99w-2gdz", there)


async def test_a_coach_who_writes_their_code_joins_nothing_unless_they_say_so(
    cohorts: Cohorts, people: People, spring: Cohort
) -> None:
    ida = await people.appoint(await people.meet(actor("ida"), AT), Role.COACH)
    for words in (spring.code, f"my code is {spring.code}"):
        assert await hears(cohorts, words, ida) == ""
    assert "Spring" in await hears(cohorts, f"join {spring.code}", ida)


async def test_a_code_in_a_channel_or_with_a_file_is_left_alone(cohorts: Cohorts, nora: Person, spring: Cohort) -> None:
    words, photo = said(f"join {spring.code}"), File("a.png", "image/png", source="https://files.example/a.png")
    hearing = TypedCodes(cohorts)
    for each in (replace(words, direct=False), replace(words, addressed=False), replace(words, files=(photo,))):
        assert await hearing.hear(each, nora) is None


def test_what_is_no_letter_of_ours_is_in_no_code() -> None:
    assert code_said("join k99w-2gdz") is not None
    for sign in "ilo01":
        assert code_said(f"join k99w-2gd{sign}") is None
