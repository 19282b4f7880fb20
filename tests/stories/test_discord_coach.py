"""A coach in Discord: somebody asks for a person and is answered, Monday's digest leads to a message, and looks are told."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from core.request import Actor, Platform
from scheduler.worker import RHYTHM
from tests.servers.claude import ClaudeServer, Says
from tests.servers.discord.reading import Seen
from tests.stories.cohort import becomes_coach
from tests.stories.discord import DiscordStudent, Server
from tests.stories.discord_reading import modal_text

BRISK = replace(RHYTHM, tick_seconds=0.1, poll_seconds=0.1)
QUESTION = "Which price should I take?"
LONG = ("Thank you, I will: the big jar is 26 now, the small one 14, and the cafés pay 22 from five jars on. " * 4).strip()


def onto(guild: Server, weekday: int, hour: int, weeks: int = 0) -> None:
    """Put the clock forward to the next such weekday (Monday is 1) and hour, and so many weeks further."""
    now = guild.now().astimezone(UTC)
    then = (now + timedelta(days=(weekday - now.isoweekday()) % 7)).replace(hour=hour, minute=0, second=0)
    guild.goes_on(then + timedelta(weeks=weeks + (then <= now)) - now)


async def told(guild: Server, somebody: DiscordStudent, words: str) -> Seen:
    """Wait until the bot has said these words to them: the message."""
    await guild.settled(lambda: any(words in each.text for each in somebody.maria.answers))
    return next(each for each in reversed(somebody.maria.answers) if words in each.text)


@pytest.fixture
async def two(guild: Server, tmp_path: Path) -> AsyncGenerator[tuple[DiscordStudent, DiscordStudent], None]:
    """Maria, who is in Cora's cohort, and Cora, on a Tuesday at noon."""
    maria, cora = (guild.server.person(name) for name in ("Maria", "Cora"))
    await guild.closes()
    await becomes_coach(tmp_path, Actor(Platform.DISCORD, str(guild.server.guild.id), str(cora.id), "Cora"))
    onto(guild, weekday=2, hour=12)
    guild.rhythm = BRISK
    await guild.opens()
    student, coach = DiscordStudent(guild, maria), DiscordStudent(guild, cora)
    await coach.types("/cohort new Spring")
    code = re.search(r"\w{4}-\w{4}", coach.shown)
    assert code is not None
    await student.types(f"/cohort join {code[0]}")
    student.sees("You belong to Spring now.")
    yield student, coach
    assert (maria.troubles, cora.troubles) == ([], [])


async def test_who_asks_for_a_person_is_answered_and_one_who_waits_is_shown_again(
    guild: Server, two: tuple[DiscordStudent, DiscordStudent], claude: ClaudeServer
) -> None:
    maria, cora = two
    await maria.maria.commands("/person ask", about=QUESTION)
    await told(guild, cora, "Maria would like a person")
    guild.goes_on(timedelta(hours=25))
    waiting = await told(guild, cora, "Somebody is waiting")
    await cora.maria.presses("I take it", on=waiting)
    await told(guild, maria, "Cora has taken your question")
    await cora.maria.presses("Answer", on=waiting)
    form = cora.maria.modal
    assert form
    assert QUESTION in modal_text(form), "a form on a phone covers what stood above it"
    await cora.fills({"Your words": "Take 26 and say why."})
    cora.sees("Sent to Maria", "for three days")
    letter = await told(guild, maria, "Take 26 and say why.")
    maria.maria.says("And for cafés?", reply=letter)
    await told(guild, cora, "And for cafés?")
    await maria.types("/person")
    maria.sees("Cora")
    await cora.types("/cohort asked")
    cora.sees("Maria")
    cora.maria.says("For cafés take 22.")
    await cora.maria.presses("Send it to Maria", on=await told(guild, cora, "Is this for Maria?"))
    await told(guild, maria, "For cafés take 22.")
    maria.maria.says(LONG)
    asked = await told(guild, maria, "Is this for Cora?")
    for _ in range(2):
        await maria.maria.presses("Send it to Cora", on=asked)
    await cora.maria.presses("Settled", on=await told(guild, cora, LONG))
    assert sum(LONG in each.text for each in cora.maria.answers) == 1
    await told(guild, maria, "Cora marked your exchange as settled")
    await maria.types("/me looks")
    maria.sees("No coach has looked")
    await cora.types("/cohort member Maria")
    await maria.types("/me looks")
    maria.sees("Cora: where you are in the course")
    assert claude.requests == [], "what goes to a person is asked of no agent"


async def test_mondays_digest_leads_to_a_message_and_the_bot_keeps_quiet(
    guild: Server, two: tuple[DiscordStudent, DiscordStudent], claude: ClaudeServer
) -> None:
    maria, cora = two
    await maria.types("/nudges")
    await maria.presses("Weekdays at 9")
    onto(guild, weekday=1, hour=9, weeks=2)
    await told(guild, cora, "The week to")
    await cora.types("/cohort write Maria")
    cora.sees("Hi Maria")
    await cora.types("/cohort write Maria, shall we look at it together?")
    cora.sees("Sent to Maria")
    await told(guild, maria, "shall we look at it together?")
    await maria.types("/nudges")
    maria.sees("since your coach is with you")
    maria.maria.says("A headline for jars of jam")
    asked = await told(guild, maria, "Is this for Cora?")
    claude.replies.append(Says(("Jars that taste of July",)))
    await maria.maria.presses("No, it is for you", on=asked)
    await told(guild, maria, "Jars that taste of July")
