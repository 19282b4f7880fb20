"""A stand-in for Slack on loopback: it speaks Slack's protocols to the real SDKs, and refuses what Slack refuses.

    async with SlackServer(manifest) as slack:
        maria = slack.person("Maria", tz="Europe/Madrid")
        # the program under test: base_url=slack.api_url, tokens slack.bot_token and slack.app_token
        await slack.sockets.connected()
        maria.says("hello")
        await slack.settled()
        maria.sees("Hello, Maria")

As a program: `python -m tests.servers.slack --port 8898`, which prints its address and tokens.
"""

from tests.servers.clock import Clock
from tests.servers.slack.person import Person
from tests.servers.slack.server import SlackServer
from tests.servers.slack.shapes import Impossible
from tests.servers.slack.things import Called, Channel, Message, Team

__all__ = ["Called", "Channel", "Clock", "Impossible", "Message", "Person", "SlackServer", "Team"]
