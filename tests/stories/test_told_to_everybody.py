"""A coach tells everybody something, and a student tells the others of a win: seen first, sent by a tap, read once."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from pathlib import Path

from core.request import Actor, Platform
from tests.servers.discord.person import Person
from tests.servers.discord.reading import Seen
from tests.stories.cohort import a_cohort, becomes_coach
from tests.stories.conftest import told
from tests.stories.discord import DiscordStudent, Server
from tests.stories.slack import Office, SlackStudent

WORDS = "The call is on Thursday at six. Bring your hook."
ASKED = "Shall the others hear of it?"
NEWS = "My hook is done, and it makes me smile."


def to_noon(place: Office | Server) -> None:
    """Put the clock forward to noon, when nobody wants quiet."""
    local = place.now().astimezone(UTC)
    place.goes_on(timedelta(hours=(12 - local.hour) % 24))


async def announced(cora: SlackStudent | DiscordStudent) -> None:
    """Cora announces it to each student, once she has seen it."""
    await cora.types("/cohort new Spring")
    cora.sees("Spring is there")
    await cora.types("/cohort announce")
    await cora.fills({"Where": "Each student, by direct message", "Your words": "The call is on Friday."})
    cora.sees("This is what 1 person will read", "Cora to everybody", "The call is on Friday.")
    await cora.presses("Change it")
    await cora.fills({"Your words": WORDS})
    cora.sees(WORDS)
    await cora.presses("Send it now")
    cora.sees("It is on its way.")
    await cora.types("/cohort announcements")
    cora.sees("The call is on Thursday", "On its way")


async def test_in_slack_everybody_reads_it_and_a_win_is_told_by_a_tap(office: Office, tmp_path: Path) -> None:
    cora, maria = (office.server.person(name) for name in ("Cora", "Maria"))
    room = office.server.channel("cohort-7", maria, cora)
    await office.closes()
    await becomes_coach(tmp_path, Actor(Platform.SLACK, office.server.team.id, cora.id, "Cora"))
    to_noon(office)
    await office.opens()
    await maria.commands("/help")
    await announced(SlackStudent(office, cora))
    coach = SlackStudent(office, cora)
    await coach.types("/cohort announce Hello all, on Thursday at 17:00 we meet")
    await coach.fills({"Where": "Each student, by direct message"})
    coach.sees("This is what 1 person will read", "Hello all, on Thursday at 17:00 we meet")
    await office.settled(lambda: any(WORDS in each.text for each in maria.answers))
    assert len([each for each in maria.answers if WORDS in each.text]) == 1
    maria.says("I can't on Thursday")
    await office.settled(lambda: any("Is this for Cora?" in each.text for each in maria.answers))
    await maria.presses("Send it to Cora")
    await office.settled(lambda: any("Maria answers your letter to everybody" in each.text for each in cora.answers))
    await coach.types("/cohort asked")
    coach.sees("Nobody waits for an answer", "I can't on Thursday")
    await cora.commands("/cohort", "here", room)
    student = SlackStudent(office, maria)
    await student.types("/module complete Hook")
    await student.presses("Complete it")
    await office.settled(lambda: any(ASKED in each.text for each in maria.answers))
    [asked] = [each for each in maria.answers if ASKED in each.text]
    assert not any("Maria has news" in each.text for each in cora.answers)
    await maria.presses("Tell the others", on=asked)
    await office.settled()
    await student.fills({"Your words": NEWS})
    await office.settled(lambda: any(NEWS in each.text for each in cora.messages(channel=room)))


async def test_in_discord_everybody_reads_it_and_a_win_is_told_by_a_tap(guild: Server, tmp_path: Path) -> None:
    cora, maria = (guild.server.person(name) for name in ("Cora", "Maria"))
    room = guild.server.channel("cohort-7")
    await guild.closes()
    await becomes_coach(tmp_path, Actor(Platform.DISCORD, str(guild.server.guild.id), str(cora.id), "Cora"))
    to_noon(guild)
    await guild.opens()
    await maria.commands("help", room)
    await announced(DiscordStudent(guild, cora))
    await guild.settled(lambda: any(WORDS in each.text for each in maria.answers))
    [letter] = [each for each in maria.answers if WORDS in each.text]
    await maria.presses("Answer", on=letter)
    await guild.settled()
    await DiscordStudent(guild, maria).fills({"Your words": "Will it be recorded?"})
    await guild.settled(lambda: any("Maria answers your letter to everybody" in each.text for each in cora.answers))
    coach = DiscordStudent(guild, cora)
    await coach.types("/cohort asked")
    coach.sees("1 waits for an answer", "Will it be recorded?")
    await cora.commands("cohort here", room)
    student = DiscordStudent(guild, maria)
    await student.types("/module complete Hook")
    await student.presses("Complete it")
    await guild.settled(lambda: any(ASKED in each.text for each in maria.answers))
    [asked] = [each for each in maria.answers if ASKED in each.text]
    assert not any("Maria has news" in each.text for each in cora.messages(channel=room))
    await maria.presses("Tell the others", on=asked)
    await guild.settled()
    await student.fills({"Your words": NEWS})
    await guild.settled(lambda: any(NEWS in each.text for each in cora.messages(channel=room)))
    await is_left_to_people(guild, cora, next(each for each in cora.messages(channel=room) if NEWS in each.text))


async def is_left_to_people(guild: Server, reader: Person, news: Seen) -> None:
    """Whoever replies to what the bot posted by itself speaks to the others there; the bot is called by its name."""
    before = len(reader.answers)
    reader.says("Well done, Maria.", reply=news)
    await guild.settled()
    assert len(reader.answers) == before
    reader.says("@Elevate what is a hook?", reply=news)
    await guild.answers(reader)


async def test_at_a_terminal_a_coach_plans_one_and_calls_it_back(tmp_path: Path) -> None:
    async with a_cohort("terminal", told(tmp_path, None, ""), tmp_path) as people:
        cora, maria = people.cora, people.maria
        await maria.types("/help")
        await cora.types("/cohort new Spring")
        await cora.types("/cohort announce")
        await cora.fills({"Where": "Each student, by direct message", "Day": "2020-01-01", "Your words": WORDS})
        cora.sees("That hour is over everywhere.")
        await cora.fills({"Day": f"{date.today() + timedelta(days=9)}"})
        cora.sees(WORDS, "each in their own time zone")
        await cora.presses("Plan it")
        cora.sees("It is planned")
        await cora.presses("Call it back")
        cora.sees("Called back. Nobody has read it.")
        await maria.types("/cohort announcements")
        maria.sees("That is for coaches")
