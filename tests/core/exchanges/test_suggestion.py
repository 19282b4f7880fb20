"""What a coach could write: true to where the student is, different for different students, and never a reproach."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from core.commitments.model import Commitment
from core.exchanges.model import NO_WORDS
from core.exchanges.suggestion import Own, suggestion
from core.members.model import Member
from core.members.risk import Risk
from core.members.service import Row
from core.people.model import Person

AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
NORA = Person(id="per_1", user_id="usr_1", organization_id="org_1", name="Nora Byrne", created_at=AT)
OMAR = Person(id="per_2", user_id="usr_2", organization_id="org_1", name="Omar Haddad", created_at=AT)


LATE = AT - timedelta(days=3)


def promised(what: str, due_at: datetime = LATE) -> Commitment:
    day = f"{due_at - timedelta(days=1):%Y-%m-%d}"
    here = {"person_id": "per_1", "user_id": "usr_1", "organization_id": "org_1"}
    return Commitment.model_validate(here | {"id": "cmt_1", "what": what, "local_date": day, "due_at": due_at, "created_at": AT})


def words(own: Own = Own(), **more: object) -> str:  # noqa: B008 - it cannot be changed
    plain: dict[str, object] = {
        "id": "per_1",
        "organization_id": "org_1",
        "name": "Nora Byrne",
        "joined_at": AT - timedelta(days=40),
        "shares": (100, 20, 0, 0, 0, 0, 0, 0, 0, 0),
        "module": 1,
        "seen_at": AT - timedelta(days=2),
        "rolled_at": AT,
    }
    return suggestion(Row(Member.model_validate(plain | more), Risk()), NORA, OMAR, AT, own)


def test_it_is_about_this_student_and_signed_by_this_coach() -> None:
    text = words(completed=(0,))
    assert text.startswith(
        "Hi Nora, you have closed Foundation, well done. you have made a start on Hook.".replace(". you", ". You")
    )
    assert text.endswith("\n\nOmar")


def test_different_students_get_different_words() -> None:
    stories = [
        words(),
        words(shares=(100, 70), shipped=2),
        words(seen_at=AT - timedelta(days=20)),
        words(seen_at=None, module=0, shares=(0,)),
        words(Own(promise=promised("the Hook headlines"))),
        words(Own(asked="Which price?")),
        words(module_begun_at=AT - timedelta(days=16)),
        words(ignored=3),
        words(module=None),
    ]
    assert len(set(stories)) == len(stories)
    for each in stories:
        assert re.sub("“[^”]*”", "", each).count("?") == 1, "one question, which can be answered in a line"
        assert not re.search(r"\b(you should|you must|you have not|you failed|behind)\b", each)
        assert "  " not in each


def test_each_sentence_begins_with_a_capital() -> None:
    for text in (words(completed=(0,)), words(shipped=1), words(seen_at=None)):
        body = text.split(", ", 1)[1]
        assert not re.search(r"[.?] [a-z]", body), text


STATES: dict[str, dict[str, object]] = {
    "stuck": {"module_begun_at": AT - timedelta(days=20)},
    "silent": {"seen_at": AT - timedelta(days=20)},
    "never began": {"seen_at": None, "module": 0, "shares": (0,)},
    "reminders ignored": {"ignored": 3},
    "finished": {"module": None, "completed": tuple(range(10)), "shipped": 1},
}
SPOKEN = (
    Own(offer="Mugs that keep tea warm", pain="My tea is cold by nine"),
    Own(offer="Dog beds from old sails", pain="Beds flatten in a month"),
)


@pytest.mark.parametrize("state", STATES)
def test_two_students_of_the_same_state_are_not_written_to_in_the_same_words(state: str) -> None:
    first, second = (words(own, **STATES[state]) for own in SPOKEN)
    assert first != second
    assert [own.offer in text or own.pain in text for own, text in zip(SPOKEN, (first, second), strict=True)] == [True, True]


@pytest.mark.parametrize("state", [each for each in STATES if each != "finished"])
def test_what_they_said_they_would_do_comes_before_what_they_sell(state: str) -> None:
    told = words(Own(promise=promised("Film the  glaze\nclip."), offer="Mugs"), **STATES[state])
    assert "You had planned “Film the glaze clip” for Saturday 11 April." in told
    assert "Mugs" not in told


def test_a_promise_that_is_still_to_come_is_asked_about_and_not_called_late() -> None:
    told = words(Own(promise=promised("Film the clip", AT + timedelta(days=3))))
    assert "You plan “Film the clip” for Friday 17 April. What would make that easy?" in told


def test_whoever_asked_for_a_person_is_answered_on_that_alone() -> None:
    own = Own(asked="My gift gets no leads", promise=promised("the clip"), offer="Mugs")
    told = words(own, ignored=3)
    assert told.startswith("Hi Nora, you wrote: “My gift gets no leads”. I am glad you did. ")
    assert "clip" not in told
    assert words(Own(asked=NO_WORDS)).startswith("Hi Nora, you asked for a person. ")


def test_whoever_answered_a_coach_has_asked_for_nobody() -> None:
    told = words(Own(asked="No, they do not mind", answered=True), ignored=3)
    assert told.startswith("Hi Nora, you wrote: “No, they do not mind”. Thank you for telling me. What would help you most")


def test_long_words_are_cut_at_a_word() -> None:
    told = words(Own(promise=promised("word " * 60)))
    assert "word word …”" in told
    assert len(told) < 400
