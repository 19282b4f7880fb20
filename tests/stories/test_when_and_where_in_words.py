"""A student says in their own words when and where they work: in Discord, which tells no time zone, and in Slack, which does."""

from __future__ import annotations

from tests.servers.claude import ClaudeServer, Says
from tests.stories.discord import DiscordStudent, Server
from tests.stories.slack import Office, SlackStudent


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
    await maria.types("im in zutphen")
    maria.sees("I do not know Zutphen's time. Which country is it in")
    await maria.types("the netherlands")
    maria.sees("Thank you, Maria. I take your time as Europe/Amsterdam")
    maria.offers("Change")
    await maria.types("/nudges")
    maria.sees("on Tuesday and Thursday at 20:00", "Europe/Amsterdam")
    assert claude.requests == []


async def test_in_slack_which_tells_a_time_zone_the_place_that_somebody_names_is_kept_all_the_same(
    office: Office, claude: ClaudeServer
) -> None:
    maria = SlackStudent(office, office.server.person("Maria", tz="Europe/London"))
    await maria.types("/nudges")
    await maria.types("every day at 07:00, im in amsterdam btw")
    maria.sees("I take your time as Europe/Amsterdam", "every day at 07:00", "these now end at 07:00")
    await maria.types("sorry, i live in madrid")
    maria.sees("Thank you, Maria. I take your time as Europe/Madrid")
    await maria.types("/nudges")
    maria.sees("every day at 07:00", "Europe/Madrid", "never from 21:00 to 07:00")
    assert claude.requests == []
    claude.replies.append(Says(("Both at once, then.",)))
    await maria.types("i live in lisbon and ship to spain, what should I write about that")
    maria.sees("Both at once, then.")
