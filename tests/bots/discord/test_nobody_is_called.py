"""Whatever an agent writes or names, Discord is told with each message to call nobody."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from bots.charts.pictures import Charts
from bots.discord.drawn import Drawn
from bots.discord.sender import DiscordMessenger
from core.request import File
from core.ui import Button, Buttons, Call, Card, Facts, Message, Speaker, Table, Text
from tests.bots.discord.sending import Sent
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.things import Channel

CALLS = (
    "@everyone",
    "@here",
    "<@&123456789012345678>",
    "<@123456789012345678>",
    "<@!123456789012345678>",
    "<#123456789012345678>",
)
WORDS = " ".join(CALLS)
_SIGNS = re.compile(r"<(?:@[!&]?|#)\d|@(?:everyone|here)\b")


def everywhere() -> Message:
    """The calls in every place that words can stand in."""
    body = (
        Text(f"{WORDS}\n\n> {WORDS}\n\n- {WORDS}\n\n[{WORDS}](https://a.example)"),
        Facts(((WORDS, WORDS),)),
        Table(("Who", "Jar"), ((WORDS, "1"),), caption=WORDS),
        Buttons((Button(WORDS[:70], Call("help")),)),
    )
    return Message(WORDS, (Card(WORDS, body),), (File("@everyone.txt", "text/plain", b"x"),), speaker=Speaker("@everyone"))


async def test_no_sign_of_a_call_reaches_discord(sent: Sent, discord_server: DiscordServer, room: Channel) -> None:
    place = sent.at(room)
    charts = Charts()
    messenger = DiscordMessenger(replace(sent.means, draw=Drawn(charts)))
    posted = await messenger.post(place, everywhere(), key="let:1")
    await messenger.edit(place, posted, everywhere())
    await charts.close()
    calls = [
        each
        for name in ("create_message", "update_message", "execute_webhook", "update_webhook_message")
        for each in discord_server.called(name)
    ]
    assert calls
    for call in calls:
        assert call.body["allowed_mentions"]["parse"] == []
        for words in _read(json.loads(json.dumps(call.body["components"]))):
            assert not _SIGNS.search(words), words


def _read(components: object) -> list[str]:
    match components:
        case {"content": str(text)}:
            return [re.sub(r"```.*?```|`[^`]*`", " ", text, flags=re.DOTALL)]
        case dict():
            return [words for each in components.values() for words in _read(each)]
        case list():
            return [words for each in components for words in _read(each)]
        case _:
            return []
