"""Talking in the direct messages of Discord: one conversation, Stop, files, long answers, and what is changed or deleted."""

from __future__ import annotations

import asyncio
import base64
import json

import pytest

from tests.servers.claude import ClaudeServer, Says
from tests.servers.discord.person import Person
from tests.stories.discord import Server
from tests.stories.discord_reading import plain

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


@pytest.fixture
def maria(guild: Server) -> Person:
    return guild.server.person("Maria")


async def test_a_conversation_goes_on_with_its_agent_who_is_named_over_each_answer(
    guild: Server, maria: Person, claude: ClaudeServer
) -> None:
    claude.usual = Says(("Well.",))
    maria.says("@Teacher what is a hook?")
    first = await guild.answers(maria)
    maria.says("and what makes a good one?")
    second = await guild.answers(maria)
    for each in (first, second):
        assert (each.place, each.reply_to) == (maria.direct.id, None)
        assert "**Teacher**" in each.text.splitlines()[0]
    assert len(claude.requests[-1]["messages"]) == 3


async def test_two_agents_answer_one_after_the_other(guild: Server, maria: Person, claude: ClaudeServer) -> None:
    claude.usual = Says(("Hello ", "there."))
    maria.says("@Writer @Teacher hello you two, what do you do?")
    await guild.settled(lambda: len(maria.answers) == 2)
    assert [plain(each.text.splitlines()[0]).rpartition(" ")[2] for each in maria.answers] == ["Writer", "Teacher"]


async def test_questions_that_come_together_are_answered_in_their_order(
    guild: Server, maria: Person, claude: ClaudeServer
) -> None:
    claude.replies.extend([Says(("First.",)), Says(("Second.",)), Says(("Third.",))])
    maria.says("@Teacher what is a hook?")
    maria.says("and a gift?")
    maria.says("and an upsell?")
    await guild.settled(lambda: len(maria.answers) == 3)
    said = "\n".join(each.text for each in maria.answers)
    assert said.index("First.") < said.index("Second.") < said.index("Third.")


async def test_an_event_that_discord_sends_twice_is_answered_once(guild: Server, maria: Person, claude: ClaudeServer) -> None:
    claude.usual = Says(("Well.",))
    guild.server.gateway.copies = 1
    maria.says("@Teacher what is a hook?")
    await guild.answers(maria)
    await maria.commands("/agents list")
    await guild.settled()
    assert (len(maria.answers), len(claude.requests)) == (2, 1)


async def test_a_long_answer_is_split_at_its_blocks_and_nothing_of_it_is_cut(
    guild: Server, maria: Person, claude: ClaudeServer
) -> None:
    blocks = [f"Paragraph {number} of the answer. " + "It says what a hook is, in many words. " * 12 for number in range(30)]
    claude.replies.append(Says(("\n\n".join(blocks),)))
    room = guild.server.channel("cohort-7")
    maria.says("@Elevate @Teacher tell me everything about hooks", channel=room)
    await guild.settled(lambda: any("Paragraph 29" in each.text for each in maria.answers))
    assert len(maria.answers) >= 4
    assert {each.author for each in maria.answers} == {"Teacher"}
    shown = "\n".join(each.text for each in maria.answers)
    assert all(block.strip() in shown for block in blocks)
    assert [len(each.buttons) for each in maria.answers[:-1]] == [0] * (len(maria.answers) - 1)
    assert "👍" in maria.last.buttons


async def test_an_agent_reads_a_table_sees_a_picture_and_says_what_it_cannot_read(
    guild: Server, maria: Person, claude: ClaudeServer
) -> None:
    claude.replies.append(Says(("Your reel did best.",)))
    files = {"figures.csv": b"post,clicks\nreel,240\n", "jar.png": PNG, "plan.pdf": b"%PDF-1.7"}
    maria.says("@Teacher which post did best?", files=files)
    await guild.answers(maria)
    shown = "\n".join(each.text for each in maria.answers)
    assert "Your reel did best." in shown
    assert "I cannot read PDF files" in shown
    sent = json.dumps(claude.requests[0]["messages"])
    assert "reel,240" in sent
    assert base64.b64encode(PNG).decode() in sent


async def test_a_message_that_is_edited_or_deleted_is_so_in_the_conversation(
    guild: Server, maria: Person, claude: ClaudeServer
) -> None:
    claude.usual = Says(("Noted.",))
    first = maria.says("@Teacher we sell glass jars")
    await guild.answers(maria)
    maria.edits(first, "@Teacher we sell clay crocks")
    second = maria.says("my secret is the brine")
    await guild.answers(maria)
    maria.deletes(second)
    await guild.settled()
    assert len(maria.answers) == 2  # neither is answered anew
    maria.says("and what do we sell?")
    await guild.answers(maria)
    sent = json.dumps(claude.requests[-1]["messages"])
    assert "clay crocks" in sent
    assert "glass jars" not in sent
    assert "brine" not in sent


async def test_what_is_being_answered_when_the_program_ends_is_answered_by_its_next_start(
    guild: Server, maria: Person, claude: ClaudeServer
) -> None:
    hold = asyncio.Event()
    claude.replies.extend([Says(("A hook is a line.\n\nIt names", " a pain."), hold=hold), Says(("It stops the right person.",))])
    maria.says("@Teacher what is a hook?")
    await guild.server.settled(until=lambda: any("A hook is" in each.text for each in maria.answers), midway=True)
    await guild.closes(grace_seconds=0)
    hold.set()
    await guild.opens()
    await guild.settled(lambda: "It stops the right person." in maria.last.text)
    assert not any("Stopped" in each.text for each in maria.answers)
    assert len(claude.requests) == 2
