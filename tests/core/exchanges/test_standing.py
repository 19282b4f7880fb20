"""How an exchange stands is said in the same words everywhere, with its latest words; of those that rest the newest is first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.exchanges import listed, views
from core.exchanges.commands import Waiting
from core.exchanges.model import Exchange, Line, State
from core.exchanges.standing import latest, standing
from core.plain import message
from tests.core.conftest import AT
from tests.core.nudges.learners import PERSON

HOUR = timedelta(hours=1)


def exchange(*said: tuple[str, str], id: str = "exc_1", hours: int = 0, **more: object) -> Exchange:
    """One between Silas and Priya, of what each said, an hour apart; Priya has taken it."""
    lines = tuple(
        Line(by_person_id=name, name=name, coach=name != "Silas", words=words, at=AT + (hours + number) * HOUR)
        for number, (name, words) in enumerate(said)
    )
    plain = {"id": id, "person_id": "Silas", "organization_id": "org_1", "name": "Silas", "lines": lines, "taken_by": "Priya"}
    times = dict.fromkeys(("created_at", "changed_at", "shown_at"), AT)
    return Exchange.model_validate(plain | times | {"taken_name": "Priya", "state": State.TAKEN} | more)


@pytest.mark.parametrize(
    ("of", "stands"),
    [
        (exchange(("Priya", "How is it going?")), "Priya wrote"),
        (exchange(("Priya", "How is it going?"), ("Priya", "Or shall we talk?")), "Priya wrote"),
        (exchange(("Silas", "Which price?"), ("Priya", "Try 39.")), "Priya answered"),
        (exchange(("Priya", "Shall I call?"), ("Silas", "thanks!")), "Silas answered"),
        (exchange(("Silas", "I will be there"), to_all=True, taken_by=None, taken_name=""), "Silas answered"),
        (exchange(("Priya", "Shall I call?"), ("Silas", "Sure, call me")), "waits for Priya"),
        (exchange(("Silas", "Which price?"), taken_by=None, taken_name=""), "waits for a coach"),
        (exchange(("Silas", "Which price?"), state=State.CLOSED), "closed"),
    ],
)
def test_who_wrote_and_who_answered_is_told_apart(of: Exchange, stands: str) -> None:
    assert standing(of) == stands
    assert f"({stands})" in message(views.waiting(PERSON, [of], Waiting(), {}))


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (exchange(("Silas", "Which price?"), ("Priya", "Try 39.")), "Try 39."),
        (exchange(("Priya", "Shall I call?"), ("Silas", "Sure, call me"), ("Silas", "At ten")), "At ten"),
        (exchange(("Priya", "Shall I call?"), ("Silas", "Sure, at ten"), ("Silas", "thanks Priya")), "Sure, at ten thanks Priya"),
        (exchange(("Silas", "Which price?"), ("Priya", "Try 39."), ("Silas", "thanks Priya")), "thanks Priya"),
        (exchange(("Silas", "so on " * 40)), "so on so on so on so on so on so on so…"),
    ],
)  # fmt: skip
def test_the_list_shows_what_was_said_last(of: Exchange, words: str) -> None:
    assert latest(of, 40) == words


def test_after_those_who_wait_comes_what_was_written_last() -> None:
    old, new = exchange(("Priya", "Hello"), id="old"), exchange(("Priya", "Hello"), id="new", hours=9)
    first, second = exchange(("Silas", "Yes?"), id="first", hours=2), exchange(("Silas", "Yes?"), id="second", hours=3)
    found = listed.waiting([old, second, new, first])
    assert [each.id for each in found] == ["first", "second", "new", "old"]
