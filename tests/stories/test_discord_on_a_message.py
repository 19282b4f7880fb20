"""What is done with somebody's message in Discord: saved, added to the Foundation, or asked about."""

from __future__ import annotations

import json

import pytest

from tests.servers.claude import ClaudeServer, Says
from tests.servers.discord.person import Person, another_bot_says
from tests.servers.discord.things import Channel
from tests.stories.discord import Server, open_form


@pytest.fixture
def maria(guild: Server) -> Person:
    return guild.server.person("Maria")


@pytest.fixture
def room(guild: Server) -> Channel:
    return guild.server.channel("cohort-7")


async def test_a_message_is_saved_as_an_asset(guild: Server, maria: Person, room: Channel) -> None:
    nora = guild.server.person("Nora")
    written = nora.says("Fuzzy jar? It was the *lid* & nothing else.", channel=room)
    await maria.message_command("Save as asset", on=written)
    await guild.settled()
    text = next(each for each in open_form(maria).fields if "It was the *lid*" in each.value)
    assert text.value == "Fuzzy jar? It was the *lid* & nothing else."
    await maria.submits({"Step": "Hook", "What it is": "Headline"})
    await guild.settled()
    assert maria.last.ephemeral
    assert nora.answers == []
    await maria.commands("/assets list")
    await guild.settled()
    assert "Fuzzy jar?" in maria.last.text


async def test_an_agent_is_asked_about_a_message(guild: Server, maria: Person, room: Channel, claude: ClaudeServer) -> None:
    claude.replies.append(Says(("It says nothing of the lid.",)))
    written = maria.says("my first batch went fuzzy", channel=room)
    await maria.message_command("Ask an agent about this", on=written)
    await guild.settled()
    assert open_form(maria).field("Your question").value == "my first batch went fuzzy"
    await maria.submits({"Agent": "Teacher", "Your question": "What is missing in this?"})
    await guild.settled()
    assert "It says nothing of the lid." in maria.last.text
    assert "What is missing in this?" in json.dumps(claude.requests[-1])


async def test_a_message_is_added_to_the_foundation(guild: Server, maria: Person, room: Channel) -> None:
    written = another_bot_says(guild.server.world, room, "New review: my first batch went fuzzy")
    await maria.message_command("Add to my Foundation", on=written)
    await guild.settled()
    await maria.submits({"Cell": "Said pains"})
    await guild.settled()
    await maria.commands("/foundation edit pains")
    await guild.settled()
    assert "my first batch went fuzzy" in open_form(maria).fields[0].value
