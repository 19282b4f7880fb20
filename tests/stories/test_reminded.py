"""Reminders as they arrive with time, on Slack and on Discord."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.nudges.model import Kind, Nudge, Outcome
from core.request import Actor, Platform
from persistence.embedded import open_embedded
from persistence.nudges import NudgeRecord
from persistence.people import PeopleRecord
from scheduler.worker import RHYTHM
from tests.servers.claude import ClaudeServer, Says, calls
from tests.servers.slack import Person
from tests.servers.slack.reading import Seen
from tests.stories.conftest import told
from tests.stories.discord import DiscordStudent, Server, a_server
from tests.stories.slack import Office, SlackStudent, an_office

QUICK = replace(RHYTHM, tick_seconds=0.1)


@dataclass(frozen=True, slots=True)
class Reached:
    """A student whom the clock reminds."""

    office: Office | Server
    maria: SlackStudent | DiscordStudent
    actor: Actor
    folder: Path

    def until(self, hour: int, minute: int = 0, *, weekday: int) -> None:
        """It is this time (UTC) of the next such day: 1 is Monday."""
        now = self.office.now()
        then = now.replace(hour=hour, minute=minute, second=0) + timedelta(days=(weekday - now.isoweekday()) % 7)
        self.office.goes_on((then if then > now else then + timedelta(days=7)) - now)

    async def kept(self) -> list[Nudge]:
        """Her reminders, as the record has them while the program is closed, the first one first."""
        database = await open_embedded(self.folder / "data")
        try:
            maria = await PeopleRecord(database).by_identity(self.actor.identity)
            assert maria is not None
            return [*reversed(await NudgeRecord(database).since(maria, datetime(2020, 1, 1, tzinfo=UTC)))]
        finally:
            await database.close()

    def later(self, **time: float) -> None:
        """So much later."""
        self.office.goes_on(timedelta(**time))


@pytest.fixture(params=("slack", "discord"))
async def reached(request: pytest.FixtureRequest, tmp_path: Path, claude: ClaudeServer) -> AsyncGenerator[Reached]:
    """Maria, on a Wednesday at half past nine in a place whose clock is UTC."""
    async with AsyncExitStack() as stack:
        settings = told(tmp_path, claude, "")
        if request.param == "slack":
            slack = await stack.enter_async_context(an_office(settings))
            person = slack.server.person("Maria", tz="Africa/Abidjan")
            actor = Actor(Platform.SLACK, slack.server.team.id, person.id, "Maria")
            reached = Reached(slack, SlackStudent(slack, person), actor, tmp_path)
        else:
            discord = await stack.enter_async_context(a_server(settings))
            somebody = discord.server.person("Maria")
            actor = Actor(Platform.DISCORD, str(discord.server.guild.id), str(somebody.id), "Maria")
            reached = Reached(discord, DiscordStudent(discord, somebody), actor, tmp_path)
        await reached.office.closes()
        reached.office.rhythm = QUICK
        reached.until(9, 30, weekday=3)
        await reached.office.opens()
        yield reached


async def test_a_new_student_picks_their_time_and_is_reminded_at_it(reached: Reached) -> None:
    maria = reached.maria
    await maria.types("/help")
    reached.later(minutes=20)
    await maria.hears("Pick a time")
    maria.sees("Hello Maria", "A plan of one module a week", "Hook", "Why now: You are new here")
    await maria.presses("Evenings at 18")
    maria.sees("every day at 18:00", "Monday", "18:0", "A new week, and no day is set in it yet")
    await maria.types("/commit ring three shops tomorrow")
    reached.until(18, 15, weekday=4)
    await maria.hears("Why now: You set this day yourself")
    await maria.types("I rang two of the three")
    maria.sees("I cannot tell from that where it stands", "ring three shops")
    maria.offers("Done", "Not yet", "New date")
    await maria.types("Done!")
    maria.sees("ring three shops", "You said it, and you did it.")
    reached.until(18, 15, weekday=1)
    await maria.hears("Why now: A new week, and no day is set in it yet")
    await maria.presses("In 1 hour")
    maria.sees("I come back to it on Monday", "19:15")
    reached.later(minutes=61)
    await maria.hears("Why now: You asked me to come back to this now")
    maria.offers_no("Tonight")
    maria.turns_back()
    await maria.presses("Tomorrow")
    maria.sees("I come back to it on Tuesday", "18:00")
    maria.turns_back()
    await maria.presses("Next week")
    maria.sees("I come back to it on Monday", "18:00")
    maria.turns_back()
    await maria.presses("Open Module 0")
    maria.sees("Module 0, Foundation", "Choose one focus product")
    reached.until(18, 15, weekday=1)
    await maria.hears("Why now")
    await maria.leaves()
    reached.later(days=20)
    await maria.comes_back()
    maria.turns_back()
    await maria.presses("Stop these")
    maria.sees("Stopped: I do not remind you of anything any more.", "planning your week")
    await maria.presses("Only stop this kind")
    maria.sees("I leave out planning your week from now on")
    await maria.leaves()
    welcome, _, first, again, *_ = await reached.kept()
    assert (welcome.kind, welcome.outcome) == (Kind.WELCOME, Outcome.ACTED)
    assert (first.kind, first.occasion, first.outcome) == (Kind.RECOMMIT, "due", Outcome.OPENED)
    assert (again.kind, again.occasion, again.outcome) == (Kind.RECOMMIT, "asked", Outcome.OPENED)


async def test_a_new_student_says_in_words_when_they_work_and_is_asked_which_hour_is_meant(reached: Reached) -> None:
    maria = reached.maria
    await maria.types("/help")
    reached.later(minutes=20)
    await maria.hears("Pick a time")
    await maria.types("evenings work best for me, around 7")
    maria.sees("Kept.", "every day at 19:00", "Next")
    maria.offers("Change")
    await maria.types("sorry, weekdays at 8")
    maria.sees("I write at full hours. Which one do you mean?")
    await maria.presses("On weekdays at 20:00")
    maria.sees("Kept.", "on weekdays at 20:00")


async def test_a_yes_hours_after_the_question_is_done_and_the_week_is_planned_in_words(
    reached: Reached,
) -> None:
    maria = reached.maria
    await maria.types("/help")
    reached.later(minutes=20)
    await maria.hears("Pick a time")
    await maria.presses("Evenings at 18")
    await maria.types("/commit list three boxes tomorrow")
    reached.until(18, 15, weekday=4)
    await maria.hears("Why now: You set this day yourself")
    reached.later(hours=4.5)
    await maria.types("yes, all three are listed now – took me an hour")
    maria.sees("list three boxes", "You said it, and you did it.")
    await maria.presses("Not done after all")
    maria.sees("list three boxes", "is open again", "When is it likely now?")
    await maria.presses("Let it go")
    maria.sees("list three boxes", "is off your list")
    reached.until(18, 15, weekday=1)
    await maria.hears("Why now: A new week, and no day is set in it yet")
    reached.later(hours=3)
    await maria.types("ill choose my focus product by thursday")
    maria.sees("Noted: choose my focus product, by Thursday")


async def came(office: Office, somebody: Person, words: str) -> Seen:
    """The message with these words, as soon as they have it."""
    await office.settled(lambda: any(words in each.text for each in somebody.answers))
    return next(each for each in reversed(somebody.answers) if words in each.text)


@pytest.mark.parametrize("reached", ["slack"], indirect=True)
async def test_a_reply_in_the_thread_of_the_question_is_for_it_though_a_coach_wrote_since(
    reached: Reached, claude: ClaudeServer
) -> None:
    office, maria = reached.office, reached.maria
    assert isinstance(office, Office)
    assert isinstance(maria, SlackStudent)
    ida, student = office.server.person("Ida"), maria.maria
    office.server.world.users[ida.id].owner = True
    await SlackStudent(office, ida).types("/cohort new Autumn")
    await maria.types("/help")
    reached.later(minutes=20)
    await maria.hears("Pick a time")
    await maria.presses("Evenings at 18")
    await maria.types("/commit list three boxes tomorrow")
    reached.until(18, 15, weekday=4)
    question = await came(office, student, "Why now: You set this day yourself")
    await student.commands("/person", "ask")
    await student.presses("Add something", on=await came(office, student, "A person will answer you"))
    await office.settled()
    await student.submits({"Your words": "Which price should I take?"})
    ida.says("Take 39. Is the page done?", thread=await came(office, ida, "Which price should I take?"))
    letter = await came(office, student, "Is the page done?")
    student.says("yes, all three are listed now", thread=question)
    assert "list three boxes" in (await came(office, student, "You said it, and you did it.")).text.replace("*", "")
    student.says("yes, since noon", thread=letter)
    await came(office, ida, "yes, since noon")
    assert not any("all three are listed" in each.text for each in ida.answers)
    assert claude.requests == [], "none of it was the agents'"


@pytest.mark.parametrize("reached", ["discord"], indirect=True)
async def test_what_somebody_asked_to_be_reminded_of_comes_once_and_is_then_over(reached: Reached, claude: ClaudeServer) -> None:
    maria = reached.maria
    claude.replies.extend([calls("schedule_reminder", what="call the printer", on="tomorrow", time="14:00"), Says(("Save it.",))])
    await maria.types("@Guide remind me tomorrow at two to call the printer")
    await maria.presses("Save")
    maria.sees("Noted:", "call the printer", "Thursday", "14:00", "I write to you then.")
    reached.until(14, 5, weekday=4)
    await maria.hears("call the printer")
    maria.sees("Why now: You asked on Wednesday", "to be reminded")
    maria.offers("In 1 hour", "Stop these")
    await maria.types("/commitments")
    maria.sees("call the printer", "told")
    maria.offers_no("call the printer")


@pytest.mark.parametrize("reached", ["slack", "discord"], indirect=True)
async def test_whoever_says_when_is_reminded_then_and_no_agent_is_asked(reached: Reached, claude: ClaudeServer) -> None:
    maria = reached.maria
    await maria.types("/foundation interview")
    await maria.types("remind me tomorrow evening at 8")
    maria.sees("Noted:", "go on with your Foundation", "20:00. I write to you then.")
    await maria.types("remind me tomorrow at 2 to call the printer")
    maria.sees("call the printer", "14:00. I write to you then.")
    await maria.presses("Take it back")
    maria.sees("call the printer is off your list; I will not remind you of it.")
    reached.until(20, 5, weekday=4)
    await maria.hears("go on with your Foundation")
    maria.offers("Interview me")
    maria.sees_no("call the printer")
    await maria.types("done")
    maria.sees("go on with your Foundation: done. You said it, and you did it.")
    assert claude.requests == []
