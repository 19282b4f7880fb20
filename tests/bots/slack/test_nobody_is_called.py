"""Whatever an agent writes or names, Slack is sent nothing in it that calls people together."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest

from bots.charts.pictures import Charts
from bots.slack.clients import one_token
from bots.slack.drawn import Drawn
from core.request import Address, File, Platform
from core.ui import Began, Button, Buttons, Call, Card, Ended, Facts, Grew, Message, Speaker, Table, Text
from tests.bots.passing import live
from tests.bots.slack.sending import WRITER, Sent, sending
from tests.servers.slack import Person, SlackServer
from tests.servers.slack.things import Channel

CALLS = (
    "<!channel>",
    "<!here|here>",
    "<!everyone>",
    "<!subteam^S012|coaches>",
    "<@U0MARIA>",
    "<#C0ROOM>",
    "@channel",
    "&lt;!channel&gt;",
)
WORDS = " ".join(CALLS)
_SIGNS = re.compile(r"<(?:[!#]|@[UW])|(?<![\w.])@(?:channel|everyone|here)\b")


def everywhere() -> Message:
    """The calls in every place that words can stand in."""
    body = (
        Text(f"{WORDS}\n\n> {WORDS}\n\n- {WORDS}\n\n[{WORDS}](https://a.example)"),
        Facts(((WORDS, WORDS),)),
        Table((WORDS[:60], "Jar"), ((WORDS, "1"),), caption=WORDS),
        Buttons((Button(WORDS[:70], Call("help")),)),
    )
    file = File(f"{WORDS}.txt".replace("/", ""), "text/plain", b"x")
    return Message(WORDS, (Card(WORDS, body),), (file,), speaker=Speaker(WORDS[:70]))


@pytest.fixture
async def drawn(slack: SlackServer) -> AsyncGenerator[Sent]:
    charts = Charts()
    async with sending(slack, tokens=one_token(slack.bot_token), draw=Drawn(charts, frozenset())) as one:
        yield one
    await charts.close()


async def test_no_sign_of_a_call_reaches_slack(drawn: Sent, slack: SlackServer, maria: Person, room: Channel) -> None:
    root = maria.says("hello")
    grown = (Began(WRITER), Grew(WORDS), Grew(f"\n\n{WORDS}"), Ended(replace(everywhere(), text=f"{WORDS}\n\n{WORDS}", files=())))
    await drawn.growing.grow(drawn.origin(maria, thread=root.ts), live(*grown), "evt:1")
    place = Address(Platform.SLACK, slack.team.id, room.id)
    posted = await drawn.messenger.post(place, everywhere(), key="let:1")
    await drawn.messenger.edit(place, posted, everywhere())
    methods = ("chat.postMessage", "chat.update", "chat.startStream", "chat.appendStream", "chat.stopStream")
    calls = [call for method in methods for call in slack.called(method)]
    assert len(calls) >= 3
    for call in calls:
        assert "link_names" not in call
        for words in _read(json.loads(json.dumps(call.get("chunks", [])))):
            assert not _SIGNS.search(words), words
        for words in _read(json.loads(json.dumps(call.get("blocks", [])))):
            assert not _SIGNS.search(words), words
        assert "<!" not in str(call.get("text"))
        assert "<@" not in str(call.get("text"))


def _read(blocks: object) -> list[str]:
    """The words in which Slack reads signs: Markdown and mrkdwn."""
    match blocks:
        case {"type": "markdown" | "mrkdwn" | "markdown_text", "text": str(text)}:
            return [text]
        case dict():
            return [words for each in blocks.values() for words in _read(each)]
        case list():
            return [words for each in blocks for words in _read(each)]
        case _:
            return []
