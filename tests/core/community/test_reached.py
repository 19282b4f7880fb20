"""What is told of an announcement: its numbers add up at every moment, and it is called back while that spares somebody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.community.commands import List
from core.community.model import Announcement, State, Tally, To
from core.community.reached import reached, stands
from core.community.views import cancelled, listed, opened
from core.people.model import Person
from core.plain import message

AT = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
COACH = Person(
    id="per_9", user_id="usr_9", organization_id="org_1", name="Omar", timezone="Europe/London", created_at=AT - timedelta(days=9)
)


def announced(tally: Tally, state: State = State.PLANNED, **more: object) -> Announcement:
    """One that each reads at nine on this day, sent off the day before."""
    began, version = AT - timedelta(days=1), 1
    plain: dict[str, object] = {
        "id": "ann_1",
        "person_id": COACH.id,
        "organization_id": "org_1",
        "cohort_id": "coh_1",
        "by_name": "Omar",
        "words": "Today we begin.",
        "to": To.DIRECT,
        "on": "2026-03-06",
        "hour": 9,
        "state": state,
        "began_at": began,
        "tally": tally,
        "version": version,
        "created_at": began,
        "changed_at": began,
    }
    return Announcement.model_validate(plain | more)


@pytest.mark.parametrize("readers", [12, 14, 16, 3])
def test_the_numbers_add_up_also_after_some_joined_or_left(readers: int) -> None:
    far = reached(announced(Tally(delivered=9, leaving=1, waiting=2, missed=1)), readers)
    assert far.people == far.delivered + far.leaving + far.waiting + far.missed == max(readers, 10)


def test_two_who_joined_midway_are_still_to_come() -> None:
    told = message(opened(announced(Tally(delivered=12, waiting=2)), 16, COACH, AT))
    for row in ("State: On its way", "To: 16 people, by direct message", "Delivered: 12", "Still to come: 4", "[Call it back]"):
        assert row in told
    assert "Called back, it no longer goes to the 4 to whom it has not been sent. Whoever has it keeps it." in told


def test_once_all_have_it_the_card_and_the_list_say_so_and_what_calling_back_still_does() -> None:
    all_have_it = announced(Tally(delivered=16))
    told = message(opened(all_have_it, 16, COACH, AT))
    assert "State: Delivered to all so far" in told
    assert "Planned" not in told
    assert (
        "Who joins before about Friday 6 March at 21:00, your time, may still get it; called back, it goes to nobody else" in told
    )
    in_list = message(listed([all_have_it], COACH, List(), 16))
    assert "Delivered to all so far, Friday 6 March at 09:00, each in their own time zone. 16 have it." in in_list
    assert "On its way" in message(listed([all_have_it], COACH, List(), 17)), "one has joined since"


def test_what_went_out_at_once_is_not_called_back_once_nobody_waits() -> None:
    going = announced(Tally(delivered=2, leaving=1), on=None, hour=None)
    told = message(opened(going, 3, COACH, AT))
    assert "State: On its way" in told
    assert "Call it back" not in told


def test_in_the_channel_people_are_not_counted_as_posts() -> None:
    posted = message(opened(announced(Tally(delivered=1), to=To.CHANNEL), 16, COACH, AT))
    assert "State: Posted" in posted
    assert "There: In the channel." in posted
    assert "Delivered" not in posted
    assert "Call it back" not in posted
    assert "[Call it back]" in message(opened(announced(Tally(waiting=1), to=To.CHANNEL), 16, COACH, AT))


def test_the_first_round_is_told_of_while_it_is_under_way() -> None:
    assert reached(announced(Tally(), counting=Tally(leaving=100)), 120).leaving == 100


@pytest.mark.parametrize(
    ("state", "tally", "began_at", "said"),
    [
        (State.PLANNED, Tally(waiting=3), AT, "Planned"),
        (State.SENT, Tally(delivered=3), AT, "Sent"),
        (State.SENT, Tally(missed=3), AT, "Over"),
        (State.CANCELLED, Tally(delivered=3), AT, "Called back"),
        (State.CANCELLED, Tally(), None, "Thrown away"),
    ],
)
def test_where_it_stands_is_said_as_it_is(state: State, tally: Tally, began_at: datetime | None, said: str) -> None:
    announcement = announced(tally, state, began_at=began_at)
    assert stands(announcement, reached(announcement, 3)) == said


def test_what_was_called_back_counts_nobody_twice() -> None:
    midway = announced(Tally(delivered=100), State.CANCELLED, counting=Tally(delivered=100), reached="per_5")
    assert "100 people had it already; nobody else gets it" in message(cancelled(midway))
    told = message(opened(announced(Tally(delivered=3, leaving=1, waiting=12), State.CANCELLED), 16, COACH, AT))
    for row in ("State: Called back", "To: 4 people, by direct message", "Delivered: 3", "On its way as it was called back: 1"):
        assert row in told
