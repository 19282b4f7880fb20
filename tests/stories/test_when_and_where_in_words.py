"""A student in Discord, which tells nobody's time zone, says in their own words when and where they work on the course."""

from __future__ import annotations

from tests.servers.claude import ClaudeServer
from tests.stories.discord import DiscordStudent, Server


async def test_when_and_where_somebody_works_is_kept_as_they_say_it_and_claude_is_not_asked(
    guild: Server, claude: ClaudeServer
) -> None:
    maria = DiscordStudent(guild, guild.server.person("Maria"))
    await maria.types("/nudges")
    maria.sees("You have not picked your time yet")
    await maria.types("tuesday and thursday evenings after the kids are in bed, like half past eight")
    maria.sees("Did you mean one of these? I write at full hours.")
    maria.offers("On Tuesday and Thursday at 20:00", "Another time")
    await maria.types("20:00 is fine")
    maria.sees("on Tuesday and Thursday at 20:00", "I take your time as UTC: if that is not so")
    await maria.types("im in utrecht")
    maria.sees("I do not know Utrecht's time. Which country is it in")
    await maria.types("the netherlands")
    maria.sees("Thank you, Maria. I take your time as Europe/Amsterdam")
    maria.offers("Change")
    await maria.types("/nudges")
    maria.sees("on Tuesday and Thursday at 20:00", "Europe/Amsterdam")
    assert claude.requests == []
