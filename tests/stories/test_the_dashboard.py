"""A private link to the dashboard comes by direct message, wherever it was asked for."""

from __future__ import annotations

import re
from pathlib import Path

from tests.servers.claude import ClaudeServer
from tests.stories.conftest import told
from tests.stories.discord import a_server
from tests.stories.slack import an_office

URL = "https://coach.example"
LINK = re.compile(rf"{URL}/sign-in/[\w-]{{20,}}")


async def test_in_slack_it_comes_to_the_direct_messages_alone(tmp_path: Path, claude: ClaudeServer) -> None:
    async with an_office({**told(tmp_path, claude, ""), "ELEVATE_PUBLIC_URL": URL}) as office:
        maria, omar = office.server.person("Maria"), office.server.person("Omar")
        room = office.server.channel("cohort-7", maria, omar)
        await maria.commands("/dashboard", "", room)
        await office.settled(lambda: any(LINK.search(str(each.message)) for each in maria.messages()))
        assert not any(LINK.search(str(each.message)) for each in (*omar.messages(room), *maria.messages(room)))


async def test_in_discord_it_comes_to_the_direct_messages_alone(tmp_path: Path, claude: ClaudeServer) -> None:
    async with a_server({**told(tmp_path, claude, ""), "ELEVATE_PUBLIC_URL": URL}) as guild:
        maria, world = guild.server.person("Maria"), guild.server.world
        await maria.commands("/dashboard")

        def linked() -> list[int]:
            """The kinds of the channels in which a link stands."""
            return [each.kind for each in world.channels.values() if LINK.search(repr(world.history(each.id)))]

        await guild.settled(lambda: bool(linked()))
        assert linked() == [1], "direct messages alone"
