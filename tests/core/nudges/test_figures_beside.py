"""Figures beside where a promise stands: both are heard, and the answer says both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.commitments.model import CommitmentState
from core.kpis.metrics import Metrics
from core.kpis.service import Snapshots
from core.kpis.typed import in_words
from core.nudges.figures_beside import FiguresBeside, parted
from core.people.service import People
from core.plain import message as plain
from core.request import Said, as_command
from core.ui import Message
from persistence.documents import Database
from persistence.drafts import FormDraftRecord
from persistence.people import PeopleRecord
from persistence.snapshots import SnapshotRecord
from tests.core.conftest import AT
from tests.core.nudges.asking import Asking, direct
from tests.students import DISCORD, met

METRICS = Metrics()


@pytest.fixture
async def asked(database: Database) -> Asking:
    return Asking(database, await met(database, DISCORD))


@pytest.fixture
def snapshots(database: Database) -> Snapshots:
    return Snapshots(SnapshotRecord(database), METRICS, People(PeopleRecord(database)), FormDraftRecord(database))


async def _hears(asked: Asking, snapshots: Snapshots, said: Said | str) -> str:
    """What is answered, or "" where the words are for somebody else."""
    await asked.hears(direct("thanks"))  # which makes its listener
    assert asked.settling is not None
    words = direct(said) if isinstance(said, str) else said
    answer = await FiguresBeside(asked.settling, snapshots).hear(words, asked.student)
    assert answer is None or isinstance(answer, Message)
    return plain(answer) if answer else ""


async def _state(asked: Asking) -> CommitmentState:
    return (await asked.commitments.all(asked.student, AT))[0].state


@pytest.mark.parametrize(
    "words",
    [
        "yep all done, visitors 310, leads 14",
        "yep all done visitors 310 leads 14",
        "visitors 310 leads 14 and yes I did it",
        "visitors 310, leads 14. done",
        "done. leads 14 and visitors 310",
        "Done, and last week 310 visitors and 14 leads",
        "all done\nvisitors 310\nleads 14",
        "finished it yesterday, took 2 hours, visitors 310, leads 14",
        "done & leads: 14, visitors: 310",
        "all done, leads 14 ctr 2% opt-in 31%",
        "did it, last week 14 leads",
        "done leads 14, ctr 2%, opt-in 31%",
        "done, please log visitors 310, leads 14",
    ],
)
async def test_done_and_figures_are_both_heard_in_either_order(asked: Asking, snapshots: Snapshots, words: str) -> None:
    await asked.about("Gift page live")
    told = await _hears(asked, snapshots, words)
    assert "Gift page live: done." in told
    assert "I read these figures" in told
    assert ("14" in told, "[Save]" in told) == (True, True)
    assert ("310" in told) == ("310" in words), "what has no place of its own is told too"
    assert await _state(asked) is CommitmentState.DONE
    assert (await snapshots.waiting(asked.student))[0].typed[METRICS.named("leads").field] == "14"
    assert await snapshots.latest(asked.student) is None, "nothing is saved before they say so"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("not yet, visitors 310, leads 14", "is still open"),
        ("visitors 310, leads 14, not done yet sorry", "is still open"),
        ("yes, visitors 310, leads 14", "Gift page live"),
    ],
)
async def test_not_yet_and_figures_too(asked: Asking, snapshots: Snapshots, words: str, told: str) -> None:
    await asked.about("Gift page live")
    answer = await _hears(asked, snapshots, words)
    assert (told in answer, "I read these figures" in answer) == (True, True)


@pytest.mark.parametrize(
    "words",
    [
        "all done",
        "done, sold 14 bowls",
        "done, took 2 hours",
        "done, leads 14",
        "yep all done, 3 reviews",
        "done! is 310 visitors and 14 leads good?",
        "done, next week I want 310 visitors and 14 leads",
        "done, about 310 visitors",
        "done, order 1423 is out",
        "yes please log visitors 310, leads 14",
        "visitors 310 leads 14",
        "last week 310 visitors and 14 leads",
        "what are leads",
        "done, I wrote the page about our 310 visitors and 14 leads in June for Sam",
    ],
)
async def test_what_is_no_figure_by_itself_or_nothing_else_is_left_as_it_was(
    asked: Asking, snapshots: Snapshots, words: str
) -> None:
    await asked.about("Gift page live")
    assert "I read these figures" not in await _hears(asked, snapshots, words)
    assert await snapshots.waiting(asked.student) == ()


async def test_where_nothing_was_asked_the_whole_is_for_others(asked: Asking, snapshots: Snapshots) -> None:
    words = "yep all done, visitors 310, leads 14"
    assert await _hears(asked, snapshots, words) == ""
    await asked.about("Gift page live")
    assert await _hears(asked, snapshots, replace(direct(words), direct=False)) == ""
    asked.letters = [AT]
    assert await _hears(asked, snapshots, words) == ""
    assert await snapshots.waiting(asked.student) == ()


async def test_a_no_before_figures_below_a_read_back_is_for_those_figures(asked: Asking, snapshots: Snapshots) -> None:
    await asked.about("Gift page live")
    await in_words(as_command(direct("", 10), "kpi log"), asked.student, "leads 12 orders 9", snapshots)
    told = await _hears(asked, snapshots, "no, leads 14, orders 9")
    assert "I read these figures" not in told
    told = await _hears(asked, snapshots, "all done, leads 14, orders 9")
    assert ("Gift page live: done." in told, "I read these figures" in told) == (True, True)


@pytest.mark.parametrize(
    ("words", "rest", "figures"),
    [
        ("done, and visitors 310 and leads 14", "done", "visitors 310 and leads 14"),
        ("Visitors 310, leads 14 and also did it", "did it", "Visitors 310, leads 14"),
        ("done in 2 hours, leads 14 and ctr 2%", "done in 2 hours", "leads 14 and ctr 2%"),
    ],
)
def test_the_figures_have_all_that_is_theirs_and_no_more(words: str, rest: str, figures: str) -> None:
    found = parted(words, METRICS, AT.date())
    assert found is not None
    assert (found[0], found[1].words) == (rest, figures)
