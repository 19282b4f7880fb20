"""Conversations, who takes part in them and what is said: the same on both databases."""

from __future__ import annotations

import asyncio
from typing import Literal

import pytest

from core.chat.model import (
    AgentParticipant,
    Conversation,
    Memory,
    Mentioned,
    ParticipantMessage,
    SystemMessage,
    Told,
    UserParticipant,
    participant_id,
    place,
)
from core.errors import NotFound
from core.ids import new_id
from core.people.model import Person
from core.request import Address, Platform
from persistence.conversations import ConversationsRecord
from tests.contracts.strict import Strict
from tests.students import DISCORD, HOUR, NOON, OMAR, SLACK, met

GENERAL = Address(Platform.DISCORD, "G1", "general", "t1")


def conversation_of(person: Person, title: str = "Jars") -> Conversation:
    """A conversation at one address."""
    return Conversation(
        id=new_id("cnv"),
        title=title,
        created_by=person.user_id,
        last_message_time=NOON,
        organization_id=person.organization_id,
        **place(GENERAL),
    )


def message_of(
    person: Person, conversation: Conversation, text: str, number: int = 1, event: str | None = None
) -> ParticipantMessage:
    """What the person says."""
    return ParticipantMessage(
        id=new_id("msg"),
        conversation_id=conversation.id,
        organization_id=person.organization_id,
        content=text,
        created_at=NOON,
        number=number,
        author_participant_id=participant_id(conversation.id, "user", person.user_id),
        author_kind="user",
        user_id=person.user_id,
        mentions=(Mentioned(id="agt_sage", display="Sage"),),
        metadata={"incomplete": True, "model": "practice"},
        platform="discord",
        external_message_id=event,
    )


async def test_ten_who_open_one_address_at_once_are_in_one_conversation(strict: Strict) -> None:
    chat, nora, omar = ConversationsRecord(strict), await met(strict, DISCORD), await met(strict, OMAR)
    opened = await asyncio.gather(*(chat.open(who, conversation_of(who)) for who in (nora, omar) * 5))
    assert len({each.id for each in opened}) == 1
    kept = await chat.conversation_at(nora, GENERAL)
    assert kept is not None
    assert set(kept.member_user_ids) == {nora.user_id, omar.user_id}
    assert await chat.conversation_at(omar, GENERAL) == kept == await chat.conversation(omar, kept.id)
    assert await chat.conversation_at(nora, Address(Platform.DISCORD, "G1", "general")) is None


async def test_whoever_takes_no_part_sees_and_changes_nothing(strict: Strict) -> None:
    chat, nora, other = ConversationsRecord(strict), await met(strict, DISCORD), await met(strict, SLACK)
    made = await chat.open(nora, conversation_of(nora))
    assert await chat.conversation(other, made.id) is None
    assert await chat.conversation_at(other, GENERAL) is None
    for asked in (
        chat.participants(other, made.id),
        chat.recent(other, made.id, 5),
        chat.next_number(other, made.id, NOON),
        chat.say(other, message_of(other, made, "hello")),
        chat.set_status(other, made.id, "prt_x", "thinking"),
        chat.talk(other, made.id, 5),
        chat.let_go(other, made.id, 1),
        chat.tell(other, made.id, Told(user_id=other.user_id, covers=0, text="hello")),
    ):
        with pytest.raises(NotFound):
            await asked
    assert not await chat.remember(other, made.id, Memory(version=1, text="forged"))
    kept = await chat.conversation(nora, made.id)
    assert kept is not None
    assert (kept.memory, kept.told) == (Memory(), None)


async def test_joining_again_keeps_the_first_time_and_takes_the_new_name(strict: Strict) -> None:
    chat, nora = ConversationsRecord(strict), await met(strict, DISCORD)
    made = await chat.open(nora, conversation_of(nora))
    common = {"conversation_id": made.id, "organization_id": nora.organization_id}
    here = participant_id(made.id, "user", nora.user_id)
    sage = participant_id(made.id, "agent", "agt_sage")
    user = UserParticipant(id=here, name="Nora", added_at=NOON, user_id=nora.user_id, **common)
    await chat.join(nora, user)
    await chat.join(nora, user.model_copy(update={"name": "Nora Lind", "added_at": NOON + HOUR}))
    await chat.join(nora, AgentParticipant(id=sage, name="Sage", added_at=NOON, agent_id="agt_sage", **common))
    await chat.set_status(nora, made.id, sage, "thinking")
    kept = await chat.participants(nora, made.id)
    assert kept.keys() == {here, sage}
    assert (kept[here].name, kept[here].added_at) == ("Nora Lind", NOON)
    states: dict[str, Literal["inactive", "thinking"]] = {key: each.status for key, each in kept.items()}
    assert states == {here: "inactive", sage: "thinking"}


async def test_numbers_are_given_once_each_and_note_time_and_agent(strict: Strict) -> None:
    chat, nora = ConversationsRecord(strict), await met(strict, DISCORD)
    made = await chat.open(nora, conversation_of(nora))
    given = await asyncio.gather(*(chat.next_number(nora, made.id, NOON + HOUR) for _ in range(10)))
    assert sorted(given) == list(range(1, 11))
    assert await chat.next_number(nora, made.id, NOON, "agt_sage") == 11
    kept = await chat.conversation(nora, made.id)
    assert kept is not None
    assert (kept.last_message_time, kept.last_agent_id, kept.message_count) == (NOON + HOUR, "agt_sage", 11)


async def test_an_event_that_comes_ten_times_is_one_message(strict: Strict) -> None:
    chat, nora = ConversationsRecord(strict), await met(strict, DISCORD)
    made = await chat.open(nora, conversation_of(nora))
    said = await asyncio.gather(*(chat.say(nora, message_of(nora, made, "hello", event="ev1")) for _ in range(10)))
    assert len({each.id for each in said}) == 1
    assert await chat.by_event(nora, "discord", "ev1") == said[0] == await chat.message(nora, said[0].id)
    assert await chat.by_event(nora, "slack", "ev1") is None
    for _ in range(2):
        await chat.say(nora, message_of(nora, made, "without an event"))
    assert len(await chat.recent(nora, made.id, 10)) == 3


async def test_the_newest_messages_come_oldest_first_with_what_happened_among_them(strict: Strict) -> None:
    chat, nora, omar = ConversationsRecord(strict), await met(strict, DISCORD), await met(strict, OMAR)
    made = await chat.open(nora, conversation_of(nora))
    await chat.open(omar, conversation_of(omar))
    first = await chat.say(nora, message_of(nora, made, "one", 1))
    await chat.say(omar, message_of(omar, made, "two", 2))
    happened = SystemMessage(
        id=new_id("msg"),
        conversation_id=made.id,
        organization_id="org_forged",
        content="Sage could not answer",
        created_at=NOON,
        number=3,
        user_id="usr_forged",
        meta={"trouble": "ModelDown"},
    )
    await chat.note(nora, happened)
    recent = await chat.recent(nora, made.id, 2)
    assert [each.content for each in recent] == ["two", "Sage could not answer"]
    assert (recent[1].user_id, recent[1].organization_id) == (nora.user_id, nora.organization_id)
    assert [each.number for each in await chat.recent(omar, made.id, 10)] == [1, 2, 3]
    for agent in ("agt_sage", "agt_writer", "agt_sage"):
        await chat.answered(nora, first.id, agent)
    await chat.answered(omar, first.id, "agt_seller")
    kept = await chat.message(nora, first.id)
    assert kept is not None
    assert kept.answered_by == ("agt_sage", "agt_writer")
    assert await chat.message(omar, first.id) is None


async def test_only_who_said_it_rewords_it_and_takes_it_back(strict: Strict) -> None:
    chat, nora, omar = ConversationsRecord(strict), await met(strict, DISCORD), await met(strict, OMAR)
    made = await chat.open(nora, conversation_of(nora))
    await chat.open(omar, conversation_of(omar))
    said = await chat.say(nora, message_of(nora, made, "a hock", event="ev1"))
    await chat.correct(omar, said.id, "forged", NOON, withdrawn=True)
    assert await chat.message(nora, said.id) == said
    await chat.correct(nora, said.id, "a hook", NOON + HOUR, withdrawn=False)
    assert await chat.message(nora, said.id) == said.model_copy(update={"content": "a hook", "edited_at": NOON + HOUR})
    await chat.correct(nora, said.id, "", NOON + 2 * HOUR, withdrawn=True)
    kept = await chat.by_event(nora, "discord", "ev1")
    assert kept is not None
    assert (kept.content, kept.edited_at, kept.withdrawn_at) == ("", NOON + HOUR, NOON + 2 * HOUR)
    talk = await chat.conversation(omar, made.id)
    assert talk is not None
    assert talk.title == "Conversation", "the title was made of the words that were taken back"


async def test_a_talk_is_what_no_memory_covers_with_who_is_heard_and_nothing_is_ever_lost(strict: Strict) -> None:
    chat, nora = ConversationsRecord(strict), await met(strict, DISCORD)
    made = await chat.open(nora, conversation_of(nora))
    for number in range(1, 6):
        await chat.say(nora, message_of(nora, made, f"line {number}", number))
    assert await chat.remember(nora, made.id, Memory(covers=3, summed=3, version=1, text="Three lines.", facts=("a", "b")))
    talk = await chat.talk(nora, made.id, 10)
    assert [each.number for each in talk.said] == [4, 5]
    assert talk.conversation.memory == Memory(covers=3, summed=3, version=1, text="Three lines.", facts=("a", "b"))
    assert [each.number for each in (await chat.talk(nora, made.id, 10, whole=True)).said] == [1, 2, 3, 4, 5]
    assert len(await chat.recent(nora, made.id, 10)) == 5
    await chat.let_go(nora, made.id, 4)
    await chat.let_go(nora, made.id, 2)
    assert [each.number for each in (await chat.talk(nora, made.id, 10)).said] == [5]
    await chat.tell(nora, made.id, Told(user_id="usr_forged", covers=4, text="Their Foundation"))
    kept = await chat.conversation(nora, made.id)
    assert kept is not None
    assert kept.told == Told(user_id=nora.user_id, covers=4, text="Their Foundation")


async def test_of_two_who_sum_up_at_once_one_is_kept_and_a_window_never_goes_back(strict: Strict) -> None:
    chat, nora = ConversationsRecord(strict), await met(strict, DISCORD)
    made = await chat.open(nora, conversation_of(nora))
    await chat.let_go(nora, made.id, 9)
    one, other = Memory(covers=3, summed=3, version=1, text="one"), Memory(covers=4, summed=4, version=1, text="other")
    won = await asyncio.gather(*(chat.remember(nora, made.id, each) for each in (one, other)))
    assert sorted(won) == [False, True]
    memory = (await chat.talk(nora, made.id, 1)).conversation.memory
    assert (memory.version, memory.covers, memory.text) == (1, 9, "one" if won[0] else "other")
    assert not await chat.remember(nora, made.id, Memory(covers=5, version=1, text="late"))
    assert await chat.remember(nora, made.id, Memory(covers=12, summed=12, version=2, text="next"))


@pytest.mark.parametrize("withdrawn", [True, False])
async def test_words_that_are_taken_back_or_changed_live_on_in_no_summary(strict: Strict, *, withdrawn: bool) -> None:
    chat, nora = ConversationsRecord(strict), await met(strict, DISCORD)
    made = await chat.open(nora, conversation_of(nora))
    said = [await chat.say(nora, message_of(nora, made, f"line {number}", number)) for number in (1, 2, 3)]
    assert await chat.remember(nora, made.id, Memory(covers=2, summed=2, version=1, text="line 1, line 2", facts=("line 2",)))
    await chat.correct(nora, said[2].id, "", NOON, withdrawn=withdrawn)
    memory = (await chat.talk(nora, made.id, 1)).conversation.memory
    assert (memory.text, memory.version) == ("line 1, line 2", 2), "the third line is no part of it"
    assert not await chat.remember(nora, made.id, Memory(covers=3, summed=3, version=2, text="with line 3")), "it was being read"
    await chat.correct(nora, said[1].id, "", NOON, withdrawn=withdrawn)
    memory = (await chat.talk(nora, made.id, 1)).conversation.memory
    assert memory == Memory(covers=2, summed=0, version=3)
    assert await chat.remember(nora, made.id, Memory(covers=2, summed=2, version=4, text="line 1"))
