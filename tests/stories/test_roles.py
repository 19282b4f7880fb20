"""Who installed the bot administers it, and gives the other roles; who speaks first does not."""

from __future__ import annotations

from tests.stories.discord import DiscordStudent, Server
from tests.stories.slack import Office, SlackStudent


async def test_the_owner_of_a_slack_workspace_is_admin_and_makes_a_coach(office: Office) -> None:
    maria, omar = (SlackStudent(office, office.server.person(name)) for name in ("Maria", "Omar"))
    office.server.world.users[omar.maria.id].owner = True
    await maria.types("/staff")
    maria.sees("That is for coaches")
    await omar.types("/staff")
    omar.sees("Who looks after this community", "Omar", "Admin")
    await omar.types("/staff give Maria Coach")
    omar.sees("Maria is a Coach now, and was told")
    await office.settled(lambda: "Omar made you a Coach" in maria.maria.screen)
    await maria.types("/cohort members")
    maria.sees("Your students")
    await maria.types("/staff give Omar Student")
    maria.sees("That is for Admins")


async def test_the_owner_of_a_discord_guild_is_admin(guild: Server) -> None:
    olive, maria = (DiscordStudent(guild, guild.server.person(name)) for name in ("Olive", "Maria"))
    await guild.closes()
    for each in guild.server.world.guilds.values():
        each.owner = olive.maria.user.id
    await guild.opens()
    await maria.types("/staff")
    maria.sees("That is for coaches")
    await olive.types("/staff")
    olive.sees("Who looks after this community", "Olive", "Admin")
