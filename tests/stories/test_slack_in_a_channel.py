"""In a channel of Slack, where others read along: agents answer for all, and what is private stays so until it is shared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.servers.claude import ClaudeServer, Says
from tests.servers.slack import Channel, Person
from tests.stories.slack import Office, an_office
from tests.stories.test_running_a_prompt import ANSWERS, HEADLINES

SHARE = "Share with everyone here"


@pytest.fixture
def maria(office: Office) -> Person:
    return office.server.person("Maria", tz="Europe/Madrid")


@pytest.fixture
def nora(office: Office) -> Person:
    return office.server.person("Nora")


@pytest.fixture
def room(office: Office, maria: Person, nora: Person) -> Channel:
    return office.server.channel("cohort-7", maria, nora)


@pytest.mark.parametrize("words", ["@Elevate @Writer two hooks for a jar, please", "@Writer two hooks for a jar, please"])
async def test_an_agent_answers_in_the_thread_under_its_own_name(
    office: Office, maria: Person, nora: Person, room: Channel, claude: ClaudeServer, words: str
) -> None:
    claude.replies.append(Says(("1. Fuzzy jar? ", "It was the lid.")))
    asked = maria.says(words, channel=room)
    await office.settled()
    [answer] = nora.answers
    assert (answer.author, answer.thread_ts, answer.ephemeral) == ("Writer", asked.ts, False)
    assert "Fuzzy jar? It was the lid." in answer.text
    assert answer.icon
    assert len(claude.requests) == 1


async def test_a_follow_up_in_the_thread_stays_with_the_agent_and_small_talk_is_nobodys_business(
    office: Office, maria: Person, nora: Person, room: Channel, claude: ClaudeServer
) -> None:
    claude.replies.extend([Says(("A hook is a first line.",)), Says(("It names a pain.",))])
    asked = maria.says("@Elevate @Teacher what is a hook?", channel=room)
    await office.settled()
    nora.says("good question", channel=room, thread=asked)
    nora.says("lunch?", channel=room)
    await office.settled()
    assert len(claude.requests) == 1
    maria.says("@Elevate and what makes a good one?", channel=room, thread=asked)
    await office.settled()
    assert [each.author for each in nora.answers] == ["Teacher", "Teacher"]
    assert [each.thread_ts for each in nora.answers] == [asked.ts, asked.ts]
    assert "It names a pain." in nora.last.text


async def test_what_is_private_is_seen_by_one_and_shared_for_all(
    office: Office, maria: Person, nora: Person, room: Channel
) -> None:
    await maria.commands("/module", "1", room)
    await office.settled()
    assert maria.last.ephemeral
    assert "Module 1, Hook" in maria.last.text
    assert nora.answers == []
    await maria.presses(SHARE, on=maria.last)
    await office.settled()
    shown = nora.last
    assert shown.channel == room.id
    assert "Shared by Maria" in shown.text
    assert "Module 1, Hook" in shown.text
    assert "[" not in shown.text.replace("[ ]", "").replace("[x]", "")  # what only she may press is not there


async def test_a_form_from_a_channel_is_answered_to_that_person_alone(
    office: Office, maria: Person, nora: Person, room: Channel, claude: ClaudeServer
) -> None:
    claude.replies.append(Says((HEADLINES,)))
    await maria.commands("/run", "H1", room)
    await office.settled()
    await maria.submits(ANSWERS)
    await office.settled()
    assert maria.last.ephemeral
    assert maria.last.channel == room.id
    assert "Fuzzy jar? It was the lid." in maria.last.text
    assert nora.answers == []
    await maria.presses(SHARE, on=maria.last)
    await office.settled()
    assert "Fuzzy jar? It was the lid." in nora.last.text


async def test_an_interview_that_is_asked_for_in_a_channel_goes_on_between_the_two(
    office: Office, maria: Person, nora: Person, room: Channel
) -> None:
    await maria.commands("/foundation", "interview", room)
    await office.server.settled(until=lambda: len(maria.answers) == 2)
    there, question = maria.answers
    assert there.ephemeral
    assert "in our direct messages" in there.text
    assert question.channel == maria.dm.id
    assert "Company: What we sell" in question.text
    maria.says("A starter kit with a jar, a press and a card")
    await office.settled()
    assert "Company: How it works" in maria.last.text
    assert nora.answers == []


async def test_a_foundation_is_known_to_agents_between_the_two_and_not_where_others_read_along(
    office: Office, maria: Person, nora: Person, room: Channel, claude: ClaudeServer
) -> None:
    claude.usual = Says(("Start with module 0.",))
    await maria.commands("/foundation", "edit pains")
    await office.settled()
    await maria.submits({"Said pains": "My first batch went fuzzy"})
    maria.says("@Director where do I begin?")
    await office.settled()
    assert "My first batch went fuzzy" in json.dumps(claude.requests[-1])
    maria.says("@Elevate @Director where do I begin?", channel=room)
    await office.settled()
    assert "Start with module 0." in nora.last.text
    assert "My first batch went fuzzy" not in json.dumps(claude.requests[-1])


async def test_where_the_bot_is_no_member_answers_come_and_are_shared_all_the_same(
    office: Office, maria: Person, nora: Person, claude: ClaudeServer
) -> None:
    office.refuses = {"not_in_channel", "channel_not_found"}
    claude.usual = Says(("It says nothing of the lid.",))
    room = office.server.channel("shop", maria, nora, kind="private", bot=False)
    await maria.commands("/module", "1", room)
    await office.settled()
    assert maria.last.ephemeral
    await maria.presses(SHARE, on=maria.last)
    await office.settled()
    assert "Shared by Maria" in nora.last.text
    written = nora.says("My first batch went fuzzy", channel=room)
    await maria.shortcut("Ask an agent about this", written)
    await office.settled()
    await maria.submits({"Agent": "Teacher"})
    await office.settled()
    assert "It says nothing of the lid." in maria.last.text
    assert maria.troubles == []


async def test_only_whoever_asked_says_whether_an_answer_helped(
    office: Office, maria: Person, nora: Person, room: Channel, claude: ClaudeServer
) -> None:
    claude.usual = Says(("A first line.",))
    maria.says("@Elevate @Teacher what is a hook?", channel=room)
    await office.settled()
    await nora.presses("This helped", on=nora.last)
    await office.settled()
    assert nora.last.ephemeral
    assert "Only whoever asked can say whether that answer helped." in nora.last.text
    await maria.presses("This helped", on=maria.last)
    await office.settled()
    assert "Thank you, that is noted." in maria.last.text


async def test_without_a_key_nobody_is_led_to_the_interview_where_others_read_along(tmp_path: Path) -> None:
    async with an_office({"ELEVATE_DATA_DIR": tmp_path / "data"}) as office:
        maria = office.server.person("Maria")
        room = office.server.channel("cohort-7", maria)
        maria.says("@Elevate @Guide it is raining here and the shop is empty", channel=room)
        await office.settled()
        assert "cannot talk it over with you" in maria.last.text
        assert "interview" not in maria.last.text
        maria.says("@Guide it is raining here and the shop is empty")
        await office.settled()
        assert "/foundation interview" in maria.last.text
