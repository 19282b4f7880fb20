"""In a channel of Discord, where others read along: agents answer in threads, and what is private stays so until it is shared."""

from __future__ import annotations

import asyncio
import json

import pytest

from tests.servers.claude import ClaudeServer, Says
from tests.servers.discord.person import Person
from tests.servers.discord.things import Channel
from tests.stories.discord import Server, open_form
from tests.stories.test_running_a_prompt import ANSWERS, HEADLINES

SHARE = "Share with everyone here"


@pytest.fixture
def maria(guild: Server) -> Person:
    return guild.server.person("Maria")


@pytest.fixture
def nora(guild: Server) -> Person:
    return guild.server.person("Nora")


@pytest.fixture
def room(guild: Server) -> Channel:
    return guild.server.channel("cohort-7")


async def test_a_question_gets_a_thread_that_is_named_after_it_and_the_agent_answers_under_its_name_and_face(
    guild: Server, maria: Person, nora: Person, room: Channel, claude: ClaudeServer
) -> None:
    hold = asyncio.Event()
    claude.replies.append(Says(("1. Fuzzy jar? ", "It was the lid."), hold=hold))
    asked = maria.says("@Elevate @Writer two hooks for a jar, please", channel=room)
    await guild.server.settled(until=lambda: bool(claude.requests), midway=True)
    hold.set()
    await guild.settled(lambda: any("It was the lid." in each.text for each in nora.answers))
    [answer] = nora.answers
    thread = nora.thread(asked)
    assert thread.name == "@Writer two hooks for a jar, please"
    assert (answer.author, answer.place, answer.ephemeral) == ("Writer", thread.id, False)
    assert answer.face.startswith("https://cdn.discordapp.com/emojis/")
    assert "1. Fuzzy jar? It was the lid." in answer.text
    assert any(place == thread.id for place, _ in guild.server.world.typing)
    assert [each.text for each in nora.messages(channel=room) if each.by_bot] == []


async def test_a_thread_goes_on_without_a_mention_and_its_agent_answers(
    guild: Server, maria: Person, room: Channel, claude: ClaudeServer
) -> None:
    claude.replies.extend([Says(("A hook is a first line.",)), Says(("It names a pain.",)), Says(("Try a question.",))])
    asked = maria.says("@Elevate @Teacher what is a hook?", channel=room)
    await guild.answers(maria)
    maria.says("and what makes a good one?", thread=asked)
    answer = await guild.answers(maria)
    assert (answer.author, answer.place) == ("Teacher", maria.thread(asked).id)
    assert len(claude.requests[-1]["messages"]) == 3
    maria.says("@Writer write me one", thread=asked)
    answer = await guild.answers(maria)
    assert (answer.author, answer.place) == ("Writer", maria.thread(asked).id)


async def test_where_only_mentions_can_be_read_that_is_said_once_a_thread(
    guild: Server, maria: Person, room: Channel, claude: ClaudeServer
) -> None:
    await guild.closes()
    guild.server.world.application.flags = 0
    await guild.opens()
    claude.usual = Says(("A first line.",))
    asked = maria.says("@Elevate @Teacher what is a hook?", channel=room)
    await guild.answers(maria)
    maria.says("and what makes a good one?", thread=asked)
    hint = await guild.answers(maria)
    assert "messages that mention me" in hint.text
    maria.says("hello?", thread=asked)
    maria.says("@Elevate and what makes a good one?", thread=asked)
    answer = await guild.answers(maria)
    assert (answer.author, len(maria.answers), len(claude.requests)) == ("Teacher", 3, 2)


async def test_small_talk_in_a_channel_is_nobodys_business(
    guild: Server, maria: Person, room: Channel, claude: ClaudeServer
) -> None:
    maria.says("lunch?", channel=room)
    maria.says("@Writer are you there?", channel=room)  # no person and no role of that name: Discord does not tell whom it means
    await guild.settled()
    assert (maria.answers, claude.requests) == ([], [])


async def test_an_answer_in_a_channel_is_stopped_by_whoever_asked(
    guild: Server, maria: Person, nora: Person, room: Channel, claude: ClaudeServer
) -> None:
    hold = asyncio.Event()
    claude.replies.append(Says(("A hook is a line.\n\nIt names", " a pain."), hold=hold))
    maria.says("@Elevate @Teacher what is a hook?", channel=room)
    await guild.server.settled(until=lambda: any("A hook is" in each.text for each in nora.answers), midway=True)
    await nora.presses("Stop")
    await guild.server.settled(midway=True)
    assert "Stopped" not in nora.last.text
    await maria.presses("Stop")
    await guild.settled(lambda: "Stopped. What came until then is kept." in maria.last.text)
    assert "A hook is a line." in maria.last.text
    assert "Stop" not in maria.last.buttons
    assert maria.last.author == "Teacher"
    hold.set()


async def test_what_is_private_is_seen_by_one_and_shared_for_all(
    guild: Server, maria: Person, nora: Person, room: Channel
) -> None:
    await maria.commands("/module show 1", room)
    await guild.settled()
    assert maria.last.ephemeral
    assert "Module 1, Hook" in maria.last.text
    assert nora.answers == []
    await maria.presses(SHARE)
    await guild.settled()
    shown = nora.last
    assert shown.place == room.id
    assert "Shared by" in shown.text
    assert "Module 1, Hook" in shown.text
    assert (shown.buttons, shown.menus) == ((), ())  # what only she may press is not there
    assert guild.server.world.messages[-1].mentions == []


async def test_a_form_from_a_channel_is_answered_to_that_person_alone(
    guild: Server, maria: Person, nora: Person, room: Channel, claude: ClaudeServer
) -> None:
    claude.replies.append(Says((HEADLINES,)))
    await maria.commands("/run H1", room)
    await guild.settled()
    await maria.presses("Fill it in")
    await maria.submits(ANSWERS)
    await guild.settled()
    assert maria.last.ephemeral
    assert "Fuzzy jar? It was the lid." in maria.last.text
    assert nora.answers == []
    await maria.presses(SHARE)
    await guild.settled()
    assert "Fuzzy jar? It was the lid." in nora.last.text


async def test_an_interview_that_is_asked_for_in_a_channel_goes_on_between_the_two(
    guild: Server, maria: Person, nora: Person, room: Channel
) -> None:
    await maria.commands("/foundation interview", room)
    await guild.settled(lambda: len(maria.answers) == 2)
    there, question = maria.answers
    assert there.ephemeral
    assert "in our direct messages, or in a private thread where yours are closed" in there.text
    assert question.place == maria.direct.id
    assert "Company: What we sell" in question.text
    maria.says("A starter kit with a jar, a press and a card")
    assert "Company: How it works" in (await guild.answers(maria)).text
    assert nora.answers == []


async def test_a_foundation_is_known_to_agents_between_the_two_and_not_where_others_read_along(
    guild: Server, maria: Person, room: Channel, claude: ClaudeServer
) -> None:
    claude.usual = Says(("Start with module 0.",))
    await maria.commands("/foundation edit pains", room)
    await guild.settled()
    await maria.submits({open_form(maria).fields[0].label: "My first batch went fuzzy"})
    await guild.settled()
    maria.says("@Director where do I begin?")
    await guild.answers(maria)
    assert "My first batch went fuzzy" in json.dumps(claude.requests[-1])
    maria.says("@Elevate @Director where do I begin?", channel=room)
    await guild.answers(maria)
    assert "My first batch went fuzzy" not in json.dumps(claude.requests[-1])


async def test_only_whoever_asked_says_whether_an_answer_helped_and_why_not(
    guild: Server, maria: Person, nora: Person, room: Channel, claude: ClaudeServer
) -> None:
    claude.usual = Says(("A first line.",))
    maria.says("@Elevate @Teacher what is a hook?", channel=room)
    answer = await guild.answers(maria)
    await nora.presses("👍", on=answer)
    await guild.settled()
    assert nora.last.ephemeral
    assert "Only whoever asked can say whether that answer helped." in nora.last.text
    await maria.presses("👎", on=answer)
    await guild.settled()
    await maria.submits({open_form(maria).fields[0].label: "Too short for me"})
    await guild.settled()
    assert "Thank you, that is noted." in maria.last.text
    await maria.presses("👍", on=answer)
    await guild.settled()
    assert "Thank you, that is noted." in maria.last.text
    assert maria.troubles == []
