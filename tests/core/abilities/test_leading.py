"""Agents put the bot's own commands before a student, filled in; nothing happens before the tap."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.chat.ports import Used
from core.commitments.model import Commitment, CommitmentState
from core.commitments.service import Commitments
from core.kpis.typed import in_words
from core.nudges.model import Kind, Nudge, nudge_id
from core.nudges.service import Reminders
from core.people.model import Person
from core.request import Asked
from core.ui import Call
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from tests.core.abilities.world import Hands, hands, pressables
from tests.core.conftest import ADDRESS, AT, actor

DAY = timedelta(days=1)


@pytest.fixture
def able(database: Database) -> Hands:
    return hands(database)


@pytest.fixture
def reminders(database: Database) -> Reminders:
    return Reminders(NudgePreferencesRecord(database), NudgeRecord(database), CommitmentRecord(database))


@pytest.fixture
def commitments(database: Database, reminders: Reminders) -> Commitments:
    return Commitments(CommitmentRecord(database), reminders)


@pytest.fixture
async def boxes(commitments: Commitments, nora: Person) -> Commitment:
    """Promised the day before, for `AT`'s own day."""
    return await commitments.promise(nora, "photograph the boxes", AT.date(), AT - DAY, "first")


def _call(used: Used) -> tuple[str, Call]:
    """The only button, and what it does."""
    assert not used.failed, used.text
    assert "It waits for the student" in used.text
    (card,) = used.cards
    (button,) = pressables(card)
    return button.label, button.call


@pytest.mark.parametrize(
    ("came", "label", "does"),
    [
        ({"came": "done"}, "Yes, it is done", Call("commit done")),
        ({"came": "another day", "day": "friday"}, "Move it to Friday 6 March", Call("commit date", {"by": "2026-03-06"})),
        ({"came": "let go"}, "Let it go", Call("commit drop")),
    ],
)
async def test_what_became_of_a_promise_waits_for_the_tap(
    able: Hands, nora: Person, commitments: Commitments, boxes: Commitment, came: dict[str, str], label: str, does: Call
) -> None:
    said, call = _call(await able.use(nora, "settle_commitment", promise=boxes.id, **came))
    assert (said, call.command, dict(call.values)) == (label, does.command, {"id": boxes.id, **does.values})
    assert (await commitments.one(nora, boxes.id)).state is CommitmentState.OPEN


async def test_a_day_is_never_chosen_for_them_and_what_is_over_or_nobodys_is_said(
    able: Hands, nora: Person, commitments: Commitments, boxes: Commitment
) -> None:
    for arguments, told in (
        ({"promise": boxes.id, "came": "another day"}, "Ask the student which"),
        ({"promise": boxes.id, "came": "another day", "day": "soon"}, "I do not know that day"),
        ({"promise": "cmt_nobodys", "came": "done"}, "not there any more"),
        ({"promise": boxes.id, "came": "perhaps"}, "not called rightly"),
    ):
        used = await able.use(nora, "settle_commitment", **arguments)
        assert used.failed
        assert told in used.text
    await commitments.settle(nora, boxes.id, CommitmentState.DONE, AT)
    assert "not open any more" in (await able.use(nora, "settle_commitment", promise=boxes.id, came="done")).text


async def test_reminders_figures_and_a_code_are_put_before_them_as_the_commands_take_them(able: Hands, nora: Person) -> None:
    said, call = _call(await able.use(nora, "change_reminders", days=["Thursday", "Tuesday"], hour=20))
    assert (said, call) == ("Yes, remind me then", Call("nudges at", {"days": "24", "hour": "20"}))
    assert _call(await able.use(nora, "log_figures", figures=" orders 19,\nleads 14 last week"))[1] == Call(
        "kpi log", {"words": "orders 19, leads 14 last week"}
    )
    assert _call(await able.use(nora, "join_cohort", code=" k7wq-3fhm "))[1] == Call("cohort join", {"code": "k7wq-3fhm"})
    for days, hour in (([], 9), (["Monday"], 24), (["Mon"], 9)):
        assert (await able.use(nora, "change_reminders", days=days, hour=hour)).failed


async def test_agents_are_told_what_stands_between_them_and_us(
    able: Hands, nora: Person, reminders: Reminders, boxes: Commitment, database: Database
) -> None:
    told = await able.pending.told(nora, AT)
    assert f"## What they promised, by id\n- {boxes.id}: photograph the boxes, by Monday 2 March" in told
    assert "which is over" not in told
    assert "They have not chosen their time yet." in told
    assert "not saved" not in told
    await reminders.choose(nora, {"days": (1, 3), "hour": 12}, AT)
    asked = Nudge(
        id=nudge_id(nora.id, AT.date().isoformat()),
        person_id=nora.id,
        organization_id=nora.organization_id,
        kind=Kind.COMMITMENT,
        about=boxes.id,
        local_date=AT.date().isoformat(),
        template="commitment",
        reason="You set this day yourself",
        created_at=AT,
        lettered_at=AT,
    )
    await NudgeRecord(database).add(nora, asked)
    logged = Asked(id="ev", actor=actor(), address=ADDRESS, at=AT, direct=True, command="kpi log")
    await in_words(logged, nora, "orders 9 leads 14 last month", able.snapshots)
    told = await able.pending.told(nora, AT + DAY)
    assert "by Monday 2 March, which is over" in told
    assert "They come on Monday and Wednesday at 12:00" in told
    assert "The last one came on Monday 2 March, 09:00, and asked whether what they promised is done." in told
    assert "## Read back, and not saved\nFor February 2026: " in told
    assert "Orders 9" in told
    await reminders.stop(nora, AT)
    assert "They stopped all reminders." in await able.pending.told(nora, AT + 3 * DAY)
