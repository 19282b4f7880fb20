"""Where people are reached in Discord: directly, in a private thread where that is closed, and in which of several guilds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.servers.claude import ClaudeServer, Says
from tests.servers.discord.person import Person
from tests.stories.discord import Server

CLOSED = 50007


@pytest.fixture
def maria(guild: Server) -> Person:
    return guild.server.person("Maria")


async def test_where_direct_messages_are_closed_a_private_thread_stands_for_them(
    guild: Server, maria: Person, claude: ClaudeServer
) -> None:
    claude.usual = Says(("Well.",))
    guild.refuses = {CLOSED}
    nora, room = guild.server.person("Nora"), guild.server.channel("cohort-7")
    maria.closes_direct()
    await maria.commands("/foundation interview", room)
    await guild.settled(lambda: any("Company: What we sell" in each.text for each in maria.answers))
    question = maria.last
    aside = guild.server.world.channels[question.place]
    assert aside.thread
    assert aside.parent == room.id
    assert nora.answers == []
    maria.says("@Teacher what is a hook?", thread=question)
    answer = await guild.answers(maria)
    assert (answer.place, "Well." in answer.text) == (aside.id, True)
    assert nora.answers == []


async def test_in_that_thread_an_interview_goes_on_as_it_would_directly(
    guild: Server, maria: Person, claude: ClaudeServer
) -> None:
    guild.refuses = {CLOSED}
    room = guild.server.channel("cohort-7")
    maria.closes_direct()
    await maria.commands("/foundation interview", room)
    await guild.settled(lambda: any("Company: What we sell" in each.text for each in maria.answers))
    aside = guild.server.world.channels[maria.last.place]
    maria.says("Hand-thrown mugs for small cafés", thread=maria.last)
    saved = await guild.answers(maria)
    assert (saved.place, "Saved under **What we sell**" in saved.text) == (aside.id, True)
    await maria.presses("Skip")
    await guild.settled()
    following = maria.last
    assert (following.place, following.ephemeral) == (aside.id, True), "moderators read private threads: no more than must be"
    maria.says("Every mug is fired twice", thread=saved)
    again = await guild.answers(maria)
    assert (again.place, "Saved under **Why we exist**" in again.text) == (aside.id, True)
    assert claude.requests == []


async def test_a_reply_to_an_agent_is_for_that_agent_and_one_to_the_interview_is_its_answer(
    guild: Server, maria: Person, claude: ClaudeServer
) -> None:
    claude.usual = Says(("Well.",))
    await maria.commands("/foundation interview")
    await guild.settled()
    question = maria.last
    guild.goes_on(timedelta(minutes=1))
    maria.says("@Writer how would you say that in one line?")
    written = await guild.answers(maria)
    guild.goes_on(timedelta(minutes=1))
    maria.says("shorter please", reply=written)
    again = await guild.answers(maria)
    assert "Well." in again.text
    maria.says("Hand-thrown mugs for small cafés", reply=question)
    saved = await guild.answers(maria)
    assert "Saved under **What we sell**" in saved.text
    guild.goes_on(timedelta(minutes=1))
    maria.says("Every mug is fired twice", reply=saved)
    assert "Saved under **How it works**" in (await guild.answers(maria)).text
    maria.says("and in French?", reply=written)
    assert "Well." in (await guild.answers(maria)).text


async def test_two_guilds_are_two_organizations_and_what_is_direct_belongs_to_the_last(guild: Server, maria: Person) -> None:
    here, other = guild.server.channel("cohort-7"), guild.server.another_guild("Bakers")
    maria.joins(other)
    there = guild.server.channel("cohort-8", guild=other)
    await maria.commands("/me edit", here, name="Maria Ortiz")
    await guild.settled()
    await maria.submits({"Your time zone": "Europe/London"})
    await guild.settled()
    shown = []
    for place in (here, maria.direct, there, maria.direct):
        await maria.commands("/me show", place)
        await guild.settled()
        shown.append("Maria Ortiz" in maria.last.text)
    assert shown == [True, True, False, False]


async def test_whoever_is_in_two_guilds_reads_which_of_them_speaks_and_changes_it_by_a_reply(
    guild: Server, maria: Person, claude: ClaudeServer
) -> None:
    claude.usual = Says(("Well.",))
    here, other = guild.server.channel("cohort-7"), guild.server.another_guild("Bakers")
    maria.joins(other)
    await maria.commands("/me edit", here, name="Maria Ortiz")
    await guild.settled()
    await maria.submits({"Your time zone": "Europe/London"})
    maria.says("what is a hook?")
    first = await guild.answers(maria)
    assert "-#" not in first.text, "there is but one"
    await maria.commands("/me show", guild.server.channel("cohort-8", guild=other))
    await guild.settled()
    maria.says("what is a hook?")
    second = await guild.answers(maria)
    assert second.text.startswith("-# Bakers. Meant for another server? Reply to a message from it")
    maria.says("and a gift?", reply=first)
    third = await guild.answers(maria)
    assert third.text.startswith("-# Acme. Meant for another server?")
    await maria.commands("/me show")
    await guild.settled()
    assert "Maria Ortiz" in maria.last.text, "words go on where the reply led"
    await maria.presses("👍", on=second)
    await guild.settled()
    await maria.commands("/me show")
    await guild.settled()
    assert maria.last.text.startswith("-# Bakers")


async def test_what_one_guild_sent_is_pressed_in_that_guild_wherever_somebody_was_met_last(guild: Server, maria: Person) -> None:
    here, other = guild.server.channel("cohort-7"), guild.server.another_guild("Bakers")
    maria.joins(other)
    there = guild.server.channel("cohort-8", guild=other)
    await maria.commands("/nudges show", here)
    await guild.settled()
    await maria.commands("/nudges show")
    shown = await guild.answers(maria, 0)
    await maria.commands("/nudges show", there)
    await guild.settled()
    await maria.presses("Weekdays at 9", on=shown)
    await guild.settled()
    chosen = []
    for place in (there, here):
        await maria.commands("/nudges show", place)
        await guild.settled()
        chosen.append("on weekdays at 09:00" in maria.last.text)
    assert chosen == [False, True]
