"""A coach who writes to a student where the bot reads along keeps reminders away for three days; nobody else's words are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.leases import State
from core.request import Actor, Platform
from persistence.embedded import open_embedded
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.people import PeopleRecord
from tests.records import come
from tests.servers.claude import ClaudeServer, Says
from tests.stories.cohort import becomes_coach
from tests.stories.discord import Server
from tests.stories.slack import Office

NAMES = ("Maria", "Nora", "Cora")


async def silent(folder: Path, *actors: Actor) -> list[str]:
    """Those of them, the coach last, for whom the bot is silent for three days from now; the program is closed."""
    database = await open_embedded(folder / "data")
    try:
        found, now = [], datetime.now(UTC)
        for each in actors:
            person = await PeopleRecord(database).by_identity(each.identity)
            wishes = await NudgePreferencesRecord(database).of(person) if person else None
            if wishes is not None and wishes.silent_until is not None:
                assert timedelta(days=2, hours=23) < wishes.silent_until - now <= timedelta(days=3)
                found.append(each.name)
        rows = await database.collection("inbox").find({})
        assert all(each["state"] == State.DONE.value for each in rows)
        assert not any("request" in each for each in rows), "what was said is not kept"
        assert {each["identity"] for each in rows if not each["addressed"]} <= {actors[-1].identity}, "others cost nothing"
        return found
    finally:
        await database.close()


async def opens(place: Office | Server, coach: Actor) -> None:
    """Begin the program, and wait until it knows its coach: it looks at its first tick."""
    await place.opens()
    await come(lambda: coach.identity in place.coaches)


async def test_in_slack_a_coach_is_heard_by_whom_they_write_to(office: Office, tmp_path: Path, claude: ClaudeServer) -> None:
    maria, nora, cora = (office.server.person(each) for each in NAMES)
    actors = [
        Actor(Platform.SLACK, office.server.team.id, each.id, name) for name, each in zip(NAMES, (maria, nora, cora), strict=True)
    ]
    room = office.server.channel("cohort-7", maria, nora, cora)
    await office.closes()
    await becomes_coach(tmp_path, actors[2])
    await opens(office, actors[2])
    for each in (maria, nora):
        await each.commands("/help", "", room)
    lunch = nora.says("lunch, anybody?", channel=room)
    nora.says("@Maria shall we look at it together?", channel=room)
    cora.says("good morning, all of you", channel=room)
    await office.settled()
    await office.closes()
    assert await silent(tmp_path, *actors) == []

    await opens(office, actors[2])
    cora.says("well done @Maria, the second one is the hook", channel=room)
    await office.settled()
    await office.closes()
    assert await silent(tmp_path, *actors) == ["Maria"]

    await opens(office, actors[2])
    cora.says("not today, I am afraid", channel=room, thread=lunch.ts)
    await office.settled()
    await office.closes()
    assert await silent(tmp_path, *actors) == ["Maria", "Nora"]
    assert claude.requests == []


async def test_in_slack_a_coach_is_heard_in_the_thread_of_an_answer(office: Office, tmp_path: Path, claude: ClaudeServer) -> None:
    maria, nora, cora = (office.server.person(each) for each in NAMES)
    actors = [
        Actor(Platform.SLACK, office.server.team.id, each.id, name) for name, each in zip(NAMES, (maria, nora, cora), strict=True)
    ]
    room = office.server.channel("cohort-7", maria, nora, cora)
    await office.closes()
    await becomes_coach(tmp_path, actors[2])
    await opens(office, actors[2])
    claude.replies.append(Says(("A hook is a first line.",)))
    opening = nora.says("hooks, please", channel=room)
    maria.says("@Elevate @Teacher what is a hook?", channel=room, thread=opening)
    await office.settled()
    cora.says("and it is never a slogan", channel=room, thread=opening)
    await office.settled()
    await office.closes()
    assert await silent(tmp_path, *actors) == ["Maria"]
    assert len(claude.requests) == 1


async def test_in_discord_a_coach_is_heard_by_whom_they_write_to(guild: Server, tmp_path: Path, claude: ClaudeServer) -> None:
    maria, nora, cora = (guild.server.person(each) for each in NAMES)
    home = str(guild.server.guild.id)
    actors = [Actor(Platform.DISCORD, home, str(each.id), name) for name, each in zip(NAMES, (maria, nora, cora), strict=True)]
    room = guild.server.channel("cohort-7")
    await guild.closes()
    await becomes_coach(tmp_path, actors[2])
    await opens(guild, actors[2])
    for each in (maria, nora):
        await each.commands("help", room)
    lunch = nora.says("lunch, anybody?", channel=room)
    nora.says("@Maria shall we look at it together?", channel=room)
    cora.says("good morning, all of you", channel=room)
    await guild.settled()
    await guild.closes()
    assert await silent(tmp_path, *actors) == []

    await opens(guild, actors[2])
    cora.says("well done @Maria, the second one is the hook", channel=room)
    await guild.settled()
    await guild.closes()
    assert await silent(tmp_path, *actors) == ["Maria"]

    await opens(guild, actors[2])
    cora.says("not today, I am afraid", channel=room, reply=lunch)
    await guild.settled()
    await guild.closes()
    assert await silent(tmp_path, *actors) == ["Maria", "Nora"]
    assert claude.requests == []
