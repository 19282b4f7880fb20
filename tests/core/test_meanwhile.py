"""Words below a question of ours that are for somebody else, by where they stand and what happened since."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.people.model import Person
from core.request import Said
from tests.core.conftest import AT
from tests.core.others import Others, Words
from tests.students import DISCORD, SLACK

MINUTE = timedelta(minutes=1)
NORA = Person(id="per_1", user_id="usr_1", organization_id="org_1", name="Nora", created_at=AT)
YES = Said(id="evt", actor=DISCORD, address=DISCORD.direct, at=AT + 40 * MINUTE, text="yes")
IN_A_THREAD = replace(YES, address=replace(SLACK.direct, thread="1.2"), replies_to="1.2", replies_to_at=AT + MINUTE)
"""Below our question, which came at `AT`, where conversations have threads."""


@pytest.fixture
def others() -> Others:
    return Others()


async def _are_for_others(others: Others, said: Said, talking: timedelta | None = None) -> bool:
    return await others.meanwhile.is_for_others(said, NORA, AT, talking=talking)


async def test_words_are_for_whoever_asked_where_nobody_spoke_since(others: Others) -> None:
    others.letters, others.talk = [AT - MINUTE], [Words(AT - MINUTE)]
    assert not await _are_for_others(others, YES)


async def test_they_are_for_an_agent_by_name_and_for_who_wrote_since(others: Others) -> None:
    assert await _are_for_others(others, replace(YES, text="Teacher, yes"))
    others.letters = [AT + MINUTE]
    assert await _are_for_others(others, YES)


async def test_a_talk_since_goes_on_for_as_long_as_is_said_and_no_courtesy_opens_one(others: Others) -> None:
    others.talk = [Words(AT + MINUTE)]
    assert await _are_for_others(others, YES)
    assert not await _are_for_others(others, YES, talking=30 * MINUTE), "it was 39 minutes ago"
    others.talk = [Words(AT + MINUTE, little=True), Words(AT + 40 * MINUTE, event=YES.id)]
    assert not await _are_for_others(others, YES)


async def test_what_was_for_us_as_well_is_no_talk(others: Others) -> None:
    others.talk = [Words(AT + MINUTE, "evenings, I think")]
    meanwhile = others.meanwhile
    assert not await meanwhile.is_for_others(YES, NORA, AT, ours=lambda words: words.startswith("evenings"))
    assert await meanwhile.is_for_others(YES, NORA, AT, ours=lambda words: words.startswith("mornings"))


async def test_words_that_were_asked_about_and_are_for_us_answer_no_letter(others: Others) -> None:
    others.letters = [AT + MINUTE]
    others.talk = [Words(AT + 2 * MINUTE, "yes", event=YES.id, meant=("exc_1",))]
    assert not await _are_for_others(others, YES)
    assert await _are_for_others(others, replace(YES, id="another")), "those were not asked about"
    assert await _are_for_others(others, replace(YES, text="Teacher, yes"))


async def test_where_letters_wait_for_no_such_words_only_a_talk_and_a_call_count(others: Others) -> None:
    others.letters = [AT + MINUTE]
    meanwhile = others.meanwhile
    assert not await meanwhile.is_for_others(YES, NORA, AT, letters=False)
    assert await meanwhile.is_for_others(replace(YES, text="Teacher, yes"), NORA, AT, letters=False)
    others.talk = [Words(AT + MINUTE)]
    assert await meanwhile.is_for_others(YES, NORA, AT, letters=False)


async def test_in_the_thread_of_a_talk_they_are_for_the_agents_and_in_that_of_our_question_for_us(others: Others) -> None:
    assert not await _are_for_others(others, IN_A_THREAD)
    others.talks_here = "cnv_1"
    assert await _are_for_others(others, IN_A_THREAD)


async def test_without_threads_a_reply_is_for_what_it_replies_to_though_agents_were_talked_with_there(others: Others) -> None:
    others.talks_here, others.talk = "cnv_1", [Words(AT - MINUTE)]
    assert not await _are_for_others(others, replace(YES, replies_to="7", replies_to_at=AT + MINUTE)), "our question"
    assert await _are_for_others(others, replace(YES, replies_to="5", replies_to_at=AT - MINUTE)), "an earlier word of theirs"
    assert await _are_for_others(others, replace(YES, replies_to="5")), "nobody knows which"


async def test_with_the_practice_model_nobody_is_in_a_talk(others: Others) -> None:
    others.practice, others.talk, others.talks_here = True, [Words(AT + MINUTE)], "cnv_1"
    assert not await _are_for_others(others, YES)
    assert not await _are_for_others(others, IN_A_THREAD)
    others.letters = [AT + MINUTE]
    assert await _are_for_others(others, YES)
