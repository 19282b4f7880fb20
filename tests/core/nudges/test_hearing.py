"""A coach who writes to a student silences the bot for them; whoever turns to us is met."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.commitments.commands import Which, not_yet
from core.commitments.model import CommitmentState
from core.nudges.hearing import Coaching
from core.nudges.model import Kind
from core.nudges.service import Reminders
from core.people.model import Person
from core.people.service import NobodyCalled, People
from core.request import Address, Asked, Platform, Said
from core.roles import Role
from persistence.cohorts import CohortRecord
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.people import PeopleRecord
from tests.core.conftest import AT
from tests.core.nudges.asking import Asking, direct
from tests.core.others import Words
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
        *(
            (each, "by Friday 6 March")
            for each in (
                "not quite, can i do it by friday",
                "not quite, can I do it by friday?",
                "Can I do it by Friday?",
                "nearly, could i have until friday please?",
                "not yet, one broke. can we move it to friday?",
                "no can i get it done by friday",
                "friday?",
            )
        ),
        *((each, "When is it likely now") for each in ("no not yet", "nearly", "havent yet", "im not done yet")),
        ("ive done it", "you did it"),
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
    asking.talk = [Words(AT - timedelta(minutes=5))]
    assert told in await asking.hears(direct(words, 20 * 60))
    found = await asking.commitments.one(asking.student, kept.id)
    assert found.open is (told != "you did it")
    if found.changed_at:
        assert await asking.hears(direct(words, 20 * 60 + 1)) == "", "it is answered"


EVENING, NEXT_MORNING = 60 * 3, (60 * 15, 60 * 26)


@pytest.mark.parametrize("minutes", [EVENING, *NEXT_MORNING])
@pytest.mark.parametrize(
    ("words", "told"),
    [
        *(
            (each, "by Friday 6 March")
            for each in (
                "nearly, two left. friday",
                "almost - friday",
                "not quite, ill finish friday",
                "nearly! 2 to go, by friday",
            )
        ),
        *(
            (each, "by Friday 6 March")
            for each in (
                "nearly finished, will do the rest on friday",
                "almost, i'll do the last two friday",
                "half done. friday",
            )
        ),
        *((each, "by Friday 6 March") for each in ("not all of it, friday", "almost there, needs till friday", "almost. friday")),
        *(
            (each, "When is it likely now")
            for each in ("nearly, two left", "almost, the lids are missing", "nearly finished, sorry")
        ),
    ],
)
async def test_what_is_nearly_done_is_heard_the_same_evening_and_the_next_morning(
    asking: Asking, words: str, told: str, minutes: float
) -> None:
    [kept] = await asking.about("Ring three shops")
    assert told in await asking.hears(direct(words, minutes))
    assert (await asking.commitments.one(asking.student, kept.id)).open


async def test_a_monday_said_the_morning_after_is_the_next(asking: Asking) -> None:
    await asking.about("Fill the cells")
    assert "by Monday 9 March" in await asking.hears(direct("nearly, a few cells left. monday", 60 * 22))


@pytest.mark.parametrize(
    "words",
    [
        *(
            "nearly, what do i do friday",
            "nearly sold out, friday was great",
            "almost forgot, market on friday",
            "nearly, I think",
        ),
        *(
            "mostly, friday nights are busy",
            "half, what about friday",
            "nearly, sold two. friday is market day",
            "im ill, friday",
        ),
        *("not quite sure, friday?", "almost, can you help me on friday", "nearly £200, friday was good", "the rest is left"),
        *("mostly, the rest is wholesale", "mostly, friday", "half, friday", "almost, the rest is at my mums"),
    ],
)
async def test_the_next_morning_what_may_be_about_anything_is_for_the_agents(asking: Asking, words: str) -> None:
    [kept] = await asking.about("Ring three shops")
    for minutes in NEXT_MORNING:
        assert await asking.hears(direct(words, minutes)) == ""
    assert (await asking.commitments.one(asking.student, kept.id)).local_date == AT.date().isoformat()


async def test_a_day_later_it_is_heard_only_where_no_other_reminder_came_and_nobody_is_talked_with(asking: Asking) -> None:
    await asking.about("Ring three shops")
    words = direct("nearly, two left. friday", 60 * 26)
    asking.talk = [Words(AT + timedelta(hours=25.8))]
    assert await asking.hears(words) == ""
    asking.talk, asking.letters = [], [AT + timedelta(hours=20)]
    assert await asking.hears(words) == ""
    asking.letters = []
    assert await asking.hears(direct("friday", 60 * 26)) == "", "that alone may be for anything by now"
    assert await asking.hears(replace(words, at=AT + timedelta(hours=31))) == ""
    [sent] = await asking.reminders.came(asking.student, AT)
    other = {"id": "ndg_other", "kind": Kind.STALLED, "created_at": AT + timedelta(hours=24), "local_date": "2026-03-03"}
    await asking.nudges.add(asking.student, sent.model_copy(update=other))
    assert await asking.hears(words) == ""


@pytest.mark.parametrize(
    ("words", "told"), [("yep done it", "you did it"), ("done", "you did it"), ("not yet", "When is it likely")]
)
@pytest.mark.parametrize("hours", [25, 30, 47])
async def test_a_plain_answer_to_the_question_of_the_day_before_is_heard_where_nothing_came_since(
    asking: Asking, words: str, told: str, hours: int
) -> None:
    await asking.about("Ring three shops")
    said = direct(words, 60 * hours)
    asking.letters = [AT + timedelta(hours=20)]
    assert await asking.hears(said) == ""
    asking.letters, asking.talk = [], [Words(said.at - timedelta(minutes=10))]
    assert await asking.hears(said) == "", "an agent is talked with"
    asking.talk = [Words(AT + timedelta(hours=1))]
    assert told in await asking.hears(said)


async def test_a_day_later_a_plain_answer_below_another_reminder_is_not_for_the_question(asking: Asking) -> None:
    [kept] = await asking.about("Ring three shops")
    [sent] = await asking.reminders.came(asking.student, AT)
    other = {"id": "ndg_other", "kind": Kind.STALLED, "created_at": AT + timedelta(hours=20), "local_date": "2026-03-03"}
    await asking.nudges.add(asking.student, sent.model_copy(update=other))
    await asking.hears(direct("done", 60 * 26))
    assert (await asking.commitments.one(asking.student, kept.id)).open


@pytest.mark.parametrize(
    "words",
    [
        *("How do I write a hook?", "I want to talk to a person", "@Guide done", "thanks", "A hook is done with care", "12.5"),
        *("I need help with my price", "yesterday", "Marit is lovely"),
        *("can you remind me on friday?", "not yet, can i talk to somebody on friday?", "can we talk on friday?"),
        *("not quite, can i do it by friday and what comes next?", "not yet, can i do it by friday or monday, which?"),
        *("is it friday?", "not yet, is there a call on friday?"),
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
    assert await asking.hears(replace(words, at=AT + timedelta(hours=13))) == ""
    assert await asking.hears(direct("no, the customers like blue better", 60 * 13)) == ""
    asking.talk = [Words(AT + timedelta(minutes=10))]
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
    asking.letters, asking.talk = [], [Words(AT + timedelta(minutes=5))]
    assert await asking.hears(direct("done")) == ""
    for late in ("done", "all done", "done now"):
        told = await asking.hears(direct(late, 60 * 49))
        assert told.startswith("Is Ring three shops done, by Monday 2 March?"), (
            "two days later it is asked, and nothing is changed"
        )
    assert await asking.hears(replace(direct("done", 60), direct=False)) == ""
    assert "you did it" in await asking.hears(direct("done", 60))


@pytest.mark.parametrize("words", ["no not yet", "wednesday", "nearly", "not done, wednesday", "done"])
async def test_where_no_key_is_set_words_that_got_the_help_do_not_end_the_question(asking: Asking, words: str) -> None:
    [kept] = await asking.about("Ring three shops")
    asking.talk = [Words(AT + timedelta(minutes=19))]
    assert await asking.hears(direct(words)) == "", "Claude may go on"
    asking.practice = True
    assert await asking.hears(direct("I rang two of the three")) == "", "no plain answer"
    assert await asking.hears(direct(words)) != ""
    if words != "done":
        await not_yet(pressed(21), asking.student, Which(kept.id), asking.commitments)
        asking.talk = [Words(AT + timedelta(minutes=22))]
        assert "by Thursday 5 March" in await asking.hears(direct("thursday", 23))


def pressed(minutes: float) -> Asked:
    return Asked(id="pressed", actor=DISCORD, address=DISCORD.direct, at=AT + timedelta(minutes=minutes), command="commit")


def reply(text: str, minutes: float = 20, thread: str = "") -> Said:
    said = direct(text, minutes)
    return replace(said, replies_to="letter", address=replace(said.address, thread=thread))


@pytest.mark.parametrize(
    ("minutes", "words", "told"),
    [
        *((each, "done", "you did it") for each in (20, 60 * 24 * 6)),
        (60 * 30, "yes, all three rang back", "you did it"),
        (60 * 30, "no i didnt have time", "When is it likely now"),
        (60 * 30, "can i do it by friday?", "by Friday 6 March"),
        (60 * 30, "I rang two of the three", "I changed nothing"),
        *((60 * 24 * 8, each, "") for each in ("done", "friday")),
        *((20, each, "") for each in ("How do I ring them?", "@Guide done", "thanks")),
    ],
)
async def test_a_reply_to_the_very_letter_is_for_it_whatever_came_since(
    asking: Asking, minutes: float, words: str, told: str
) -> None:
    [kept] = await asking.about("Ring three shops")
    asking.letters, asking.talk = [AT + timedelta(minutes=5)], [Words(AT + timedelta(minutes=5))]
    asking.interviewed = AT + timedelta(minutes=6)
    assert await asking.hears(direct(words, minutes)) == "", "the letter came since"
    answered = await asking.hears(reply(words, minutes))
    assert told in answered
    assert bool(told) == bool(answered)
    await asking.commitments.settle(asking.student, kept.id, CommitmentState.DONE, AT + timedelta(minutes=minutes))
    assert await asking.hears(reply(words, minutes + 1)) == "", "it is settled"


async def test_in_its_thread_it_is_asked_again_once_and_a_new_day_can_be_done_there(asking: Asking) -> None:
    [kept] = await asking.about("Ring three shops")
    asking.letters = [AT + timedelta(minutes=5)]
    assert "I changed nothing" in await asking.hears(reply("I rang two of the three", 30))
    assert await asking.hears(reply("I rang two of the three", 31)) == "", "the agents hear it now"
    await not_yet(pressed(32), asking.student, Which(kept.id), asking.commitments)
    assert "by Thursday 5 March" in await asking.hears(reply("probably thursday, one was out", 33))
    assert await asking.hears(reply("I will do it then", 34)) == "", "it has its day"
    assert "you did it" in await asking.hears(reply("done!", 60 * 50))


async def test_a_talk_with_an_agent_in_its_thread_goes_on(asking: Asking, database: Database, student: Person) -> None:
    await asking.about("Ring three shops")
    there = reply("yes", 20, thread="letter")
    await said(database, student, there.address, "How do I ring them?", AT + timedelta(minutes=10))
    assert await asking.hears(there) == ""
    assert await asking.hears(reply("done", 20, thread="letter")) == "", "the agent may have asked"
    assert await asking.hears(reply("thursday", 20, thread="letter")) == "", "nor is a day alone for the reminder beyond doubt"
    assert await asking.hears(reply("not yet, what do I say on thursday", 20, thread="letter")) == ""
    assert "by Thursday 5 March" in await asking.hears(reply("not yet, thursday", 21, thread="letter"))
    assert "you did it" in await asking.hears(reply("done", 50, thread="letter"))


async def test_a_reply_to_another_reminder_or_to_nothing_of_ours_is_heard_as_before(asking: Asking) -> None:
    await asking.about("Ring three shops")
    asking.letters = [AT + timedelta(minutes=5)]
    assert await asking.hears(replace(reply("done"), replies_to="else")) == ""
    asking.letters = []
    assert "you did it" in await asking.hears(replace(reply("done"), replies_to="else"))


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
