"""Which question waits, and which one comes: what was told and what is asked agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.foundation.interview import PAUSES, WAITS, Interview
from core.foundation.service import Foundations
from core.people.model import Person
from core.ui import Call
from persistence.outbox import OutboxRecord
from tests.core.conftest import AT
from tests.core.foundation.test_interview import MECHANISM, OFFERS, asked, pressed, said, text_of

MISSION = "companyContext.missionVision"
SIDE = "how should I find out what my customers think"


async def left_at_the_third(interview: Interview, nora: Person) -> str:
    """Skipped past two questions that Hook needs, and left."""
    await interview.begin(asked(), nora)
    await interview.hear(said("skip"), nora)
    await interview.hear(said("skip"), nora)
    return text_of(await interview.hear(said("not now sorry"), nora))


@pytest.mark.parametrize("carries_on", [True, False])
@pytest.mark.parametrize("side", ["thanks", SIDE, "@Teacher what is a hook"])
async def test_the_question_that_was_said_to_wait_is_the_one_that_comes(
    interview: Interview, foundations: Foundations, nora: Person, side: str, *, carries_on: bool
) -> None:
    assert "The question for Why we exist waits" in await left_at_the_third(interview, nora)
    assert await interview.hear(said(side), nora) is None
    await interview.passed_by(replace(asked(), command="progress"), nora)
    way = interview.back if carries_on else interview.begin
    assert foundations.cells.by_key[MISSION].question in text_of(await way(asked(), nora))
    assert "Saved under Why we exist" in text_of(await interview.hear(said("Living food on every shelf"), nora))


async def test_after_a_side_question_back_is_still_heard_in_as_many_words_and_nothing_less(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await left_at_the_third(interview, nora)
    await interview.hear(said(SIDE), nora)
    for words in ("go on", "ready", "next please", "thanks"):
        assert await interview.hear(said(words), nora) is None
    assert foundations.cells.by_key[MISSION].question in text_of(await interview.hear(said("ok, back"), nora))


async def test_what_was_left_long_ago_waits_for_its_button_and_for_whoever_begins_as_they_were_told(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    assert "The question for Why we exist waits" in await left_at_the_third(interview, nora)
    late = replace(asked(), at=AT + WAITS + timedelta(days=2))
    assert foundations.cells.by_key[MISSION].question in text_of(await interview.begin(late, nora))
    await interview.leave(nora, AT)
    assert foundations.cells.by_key[MISSION].question in text_of(await interview.back(late, nora))


async def test_whoever_did_not_leave_and_begins_days_later_is_asked_what_hook_needs(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said("skip"), nora)
    await interview.hear(said("skip"), nora)
    late = replace(asked(), at=AT + WAITS + timedelta(hours=1))
    assert foundations.cells.by_key[MISSION].question not in text_of(await interview.begin(late, nora))


async def test_a_question_that_was_answered_elsewhere_does_not_wait(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await left_at_the_third(interview, nora)
    await foundations.save(nora, {MISSION: "Living food on every shelf"}, AT)
    assert "waits" not in text_of(await interview.leave(nora, AT))
    told = text_of(await interview.hear(said("back"), nora))
    assert foundations.cells.by_key["companyContext.valueProposition"].question in told


async def test_the_question_that_goes_deeper_waits_as_well(interview: Interview, foundations: Foundations, nora: Person) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said("Starter kits"), nora)
    assert "The question for What we sell waits" in text_of(await interview.leave(nora, AT))
    assert foundations.cells.by_key[OFFERS].dig in text_of(await interview.begin(asked(), nora))
    assert foundations.cells.by_key[OFFERS].dig in text_of(await interview.hear(said("what do you mean?"), nora)), "asked last"
    await interview.hear(said("€59 each"), nora)
    assert (await foundations.of(nora, AT)).value(OFFERS) == "Starter kits\n€59 each"


async def test_a_skip_below_a_question_that_a_command_came_after_skips_that_one(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    shown = await interview.begin(asked(), nora)
    assert Call("foundation skip") in pressed(shown)
    await interview.passed_by(replace(asked(), command="progress"), nora)
    assert foundations.cells.by_key[MECHANISM].question in text_of(await interview.skip(asked(), nora))


async def test_asked_for_among_others_the_question_that_waits_comes_in_direct_messages(
    interview: Interview, foundations: Foundations, outbox: OutboxRecord, nora: Person
) -> None:
    await left_at_the_third(interview, nora)
    told = text_of(await interview.begin(asked(direct=False), nora))
    assert "direct messages" in told
    [letter] = await outbox.claim("one", AT, timedelta(minutes=1), 5)
    assert foundations.cells.by_key[MISSION].question in text_of(letter.read())


async def test_after_two_weeks_nothing_waits_for_words(interview: Interview, nora: Person) -> None:
    await left_at_the_third(interview, nora)
    late = replace(said("back"), at=AT + PAUSES + timedelta(hours=1))
    assert await interview.hear(late, nora) is None
