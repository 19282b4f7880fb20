"""A stand-in for Discord on loopback: it speaks REST and gateway to the real client, and refuses what Discord refuses.

    async with DiscordServer() as discord:
        maria = discord.person("Maria")
        # the program under test: DISCORD_API_URL=discord.api_url, DISCORD_GATEWAY_URL=discord.gateway_url, and discord.token
        await discord.gateway.connected()
        maria.says("hello")
        await discord.settled()
        maria.sees("Hello, Maria")

As a program: `python -m tests.servers.discord --port 8899`, which prints its addresses and token.
"""

from tests.servers.clock import Clock
from tests.servers.discord.faulty import Fault
from tests.servers.discord.permissions import Permission
from tests.servers.discord.person import Person
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.shapes import Impossible
from tests.servers.discord.things import Called, Channel, Guild, Message

__all__ = ["Called", "Channel", "Clock", "DiscordServer", "Fault", "Guild", "Impossible", "Message", "Permission", "Person"]
