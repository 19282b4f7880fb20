"""What a coach could write: true to where the student is, different for different students, and never a reproach."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from core.exchanges.suggestion import suggestion
from core.members.model import Member
from core.members.risk import Risk
from core.members.service import Row
from core.people.model import Person

AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
NORA = Person(id="per_1", user_id="usr_1", organization_id="org_1", name="Nora Byrne", created_at=AT)
OMAR = Person(id="per_2", user_id="usr_2", organization_id="org_1", name="Omar Haddad", created_at=AT)


def words(**more: object) -> str:
    plain: dict[str, object] = {
        "id": "per_1",
        "organization_id": "org_1",
        "name": "Nora Byrne",
        "joined_at": AT - timedelta(days=40),
        "shares": (100, 20, 0, 0, 0, 0, 0, 0, 0, 0),
        "module": 1,
        "seen_at": AT - timedelta(days=9),
        "rolled_at": AT,
    }
    return suggestion(Row(Member.model_validate(plain | more), Risk()), NORA, OMAR, AT)


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
        words(promises_late=1),
        words(ignored=3),
        words(module=None),
    ]
    assert len(set(stories)) == len(stories)
    for each in stories:
        assert each.count("?") <= 1, "one question, which can be answered in a line"
        assert not re.search(r"\b(you should|you must|you have not|you failed|behind)\b", each)
        assert "  " not in each


def test_each_sentence_begins_with_a_capital() -> None:
    for text in (words(completed=(0,)), words(shipped=1), words(seen_at=None)):
        body = text.split(", ", 1)[1]
        assert not re.search(r"[.?] [a-z]", body), text
