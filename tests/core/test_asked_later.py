"""Whoever asked after an interview's question is heard before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.asked_later import AskedLater, LastAsked
from core.people.model import Person
from core.request import Said
from core.ui import Answer, Message
from tests.core.conftest import AT
from tests.core.nudges.asking import direct

ASKED = AT + timedelta(minutes=1)


class Open:
    """An interview and a reminder, and who hears what."""

    def __init__(self, asked_at: datetime | None, came_at: datetime | None) -> None:
        self._asked_at, self._came_at = asked_at, came_at

    async def asked_at(self, _: Person) -> datetime | None:
        return self._asked_at

    async def came(self, _: Person, since: datetime) -> datetime | None:
        return self._came_at if self._came_at and self._came_at > since else None

    async def hear(self, said: Said, _: Person) -> Answer:
        return Message(said.text) if said.text == "mine" else None


async def heard(given: Open, said: Said, nora: Person) -> str | None:
    answer = await AskedLater(given, given.came, (given,)).hear(said, nora)
    return answer.text if isinstance(answer, Message) else None


async def test_what_came_after_the_question_is_heard_first_and_leaves_other_words(nora: Person) -> None:
    later = Open(ASKED, ASKED + timedelta(minutes=1))
    assert await heard(later, direct("mine"), nora) == "mine"
    assert await heard(later, direct("soft wax"), nora) is None
    assert await LastAsked(later, later.came).asked_at(nora) is None


@pytest.mark.parametrize(
    ("asked_at", "came_at"), [(None, AT), (ASKED, None), (ASKED, ASKED - timedelta(minutes=5))], ids=["none", "alone", "before"]
)
async def test_where_the_interview_asked_last_or_not_at_all_nobody_stands_before_it(
    nora: Person, asked_at: datetime | None, came_at: datetime | None
) -> None:
    given = Open(asked_at, came_at)
    assert await heard(given, direct("mine"), nora) is None
    assert await LastAsked(given, given.came).asked_at(nora) == asked_at


async def test_a_reply_to_the_question_and_words_among_others_are_not_for_whoever_asked_later(nora: Person) -> None:
    later = Open(ASKED, ASKED + timedelta(minutes=1))
    assert await heard(later, replace(direct("mine"), replies_to="1", replies_to_at=ASKED), nora) is None
    assert await heard(later, replace(direct("mine"), direct=False), nora) is None
