"""Agents propose commitments and reminders; they are kept by the student's tap alone, once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.abilities.proposals import ProposalGone
from core.chat.ports import Used
from core.commitments.model import CommitmentKind
from core.people.model import Person
from core.ui import Card, Form, Message
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from tests.core.abilities.world import Hands, hands
from tests.core.conftest import AT


@pytest.fixture
def able(database: Database) -> Hands:
    return hands(database)


def card(used: Used) -> Card:
    assert not used.failed, used.text
    (found,) = used.cards
    return found


async def test_a_commitment_is_noted_by_a_tap_and_only_once(able: Hands, nora: Person, database: Database) -> None:
    store = CommitmentRecord(database)
    proposed = card(await able.use(nora, "commit", what="the Hook headlines", by="Friday"))
    assert not await store.recent(nora, AT)
    told = await able.press(nora, proposed, "Save")
    assert isinstance(told, Message)
    (kept,) = await store.recent(nora, AT)
    assert (kept.what, kept.local_date, kept.module_id) == ("the Hook headlines", "2026-03-06", "mod_1")
    with pytest.raises(ProposalGone):
        await able.press(nora, proposed, "Save")


async def test_it_can_be_changed_first_and_what_is_wrong_comes_back(able: Hands, nora: Person, database: Database) -> None:
    proposed = card(await able.use(nora, "commit", what="the page", by="2026-03-06"))
    form = await able.press(nora, proposed, "Change")
    assert isinstance(form, Form)
    assert form.values["what"] == "the page"
    again = await able.press(nora, proposed, "Save", {"what": "the page", "by": "sometime"})
    assert isinstance(again, Form)
    assert "I do not know that day" in again.problems["by"]
    await able.press(nora, proposed, "Save", {"what": "half the page", "by": "next Monday"})
    (kept,) = await CommitmentRecord(database).recent(nora, AT)
    assert (kept.what, kept.local_date) == ("half the page", "2026-03-09")


async def test_a_reminder_is_set_for_a_time_of_theirs(able: Hands, nora: Person, database: Database) -> None:
    proposed = card(await able.use(nora, "schedule_reminder", what="call the printer", on="tomorrow", time="15:30"))
    await able.press(nora, proposed, "Save")
    (kept,) = await CommitmentRecord(database).recent(nora, AT)
    assert (kept.kind, kept.due_at) == (CommitmentKind.REMINDER, datetime(2026, 3, 3, 15, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("commit", {"what": "x", "by": "soon"}, "I do not know that day"),
        ("commit", {"what": "x", "by": "Monday"}, "may be Monday 2 March (2026-03-02) or Monday 9 March"),
        ("commit", {"what": "x", "by": "2026-03-01"}, "That day is over"),
        ("schedule_reminder", {"what": "x", "on": "today", "time": "08:00"}, "That time is over"),
        ("schedule_reminder", {"what": "x", "on": "tomorrow", "time": "25:00"}, "not a time of the day"),
    ],
)
async def test_what_is_not_clear_is_said_to_the_agent(
    able: Hands, nora: Person, tool: str, arguments: dict[str, str], told: str
) -> None:
    used = await able.use(nora, tool, **arguments)
    assert used.failed
    assert told in used.text


async def test_leave_it_keeps_nothing(able: Hands, nora: Person, database: Database) -> None:
    proposed = card(await able.use(nora, "commit", what="the page", by="Friday"))
    await able.press(nora, proposed, "Leave it")
    assert not await CommitmentRecord(database).recent(nora, AT)
