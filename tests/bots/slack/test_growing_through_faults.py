"""Whatever goes wrong between Slack and us while an answer grows: every word of it is there, once, and in its order."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator

import pytest

from bots.slack.posts import Feature
from core.plans import Step
from core.ui import Began, Ended, Grew, Live, Message, Update
from tests.bots.slack.sending import WRITER, Sent
from tests.servers.slack import Person, SlackServer
from tests.servers.slack.shapes import Json

METHODS = (
    "chat.startStream",
    "chat.appendStream",
    "chat.stopStream",
    "chat.update",
    "chat.postMessage",
    "conversations.replies",
    "*",
)


def _something_goes_wrong(slack: SlackServer, chance: random.Random) -> None:
    method = chance.choice(METHODS)
    match chance.randrange(5):
        case 0:
            slack.fail(method, drop="before", times=chance.choice([1, 3]))
        case 1:
            slack.fail(method, drop="after")
        case 2:
            slack.fail(method, status=500, carried_out=chance.random() < 0.5, times=chance.choice([1, 2]))
        case 3:
            slack.fail(method, status=429, retry_after=1, times=chance.choice([1, 8]))
        case _:
            stream = chance.choice(["chat.appendStream", "chat.stopStream"])
            slack.fail(stream, error="message_not_in_streaming_state", when=lambda args: _slack_ended(slack, args))


def _slack_ended(slack: SlackServer, args: Json) -> bool:
    message = slack.world.message(args["channel"], args["ts"])
    assert message is not None
    assert message.stream is not None
    message.stream.state, message.text = "errored", message.stream.text
    return True


async def _grows(sent: Sent, text: str, chance: random.Random) -> AsyncGenerator[Update, None]:
    """The text in pieces of any size, some of them when Slack has heard of those before, and now and then five minutes later."""
    yield Began(WRITER)
    at = 0
    while at < len(text):
        size = chance.choice([3, 20, 200, 2_000])
        if chance.random() < 0.1:
            yield Step(f"s{at}", "Look", chance.choice(["running", "done"]))
        yield Grew(text[at : at + size])
        at += size
        before, patience = len(sent.slack.calls), 2_000 if chance.random() < 0.5 else 0
        while len(sent.slack.calls) == before and patience:
            patience -= 1
            await asyncio.sleep(0)
        if chance.random() < 0.05:
            sent.time.passes(300)
    yield Ended(Message(text, speaker=WRITER))


@pytest.mark.parametrize("seed", range(40))
async def test_nothing_is_lost_and_nothing_comes_twice(sent: Sent, slack: SlackServer, maria: Person, seed: int) -> None:
    chance = random.Random(seed)
    root = maria.says("hello")
    words = [f"w{number}" for number in range(chance.choice([5, 40, 400, 4_000]))]
    text = "".join(word + chance.choice([" ", " ", " ", "\n", "\n\n"]) for word in words)
    for _ in range(chance.choice([0, 2, 4, 8])):
        _something_goes_wrong(slack, chance)
    if len(words) < 500 and chance.random() < 0.4:
        sent.means.abilities.refuse(slack.team.id, Feature.STREAM)
    await sent.growing.grow(sent.origin(maria, thread=root.ts), Live(_grows(sent, text, chance)), "evt:1")
    said = " ".join(each.text for each in maria.answers).split()
    assert [each for each in said if each.startswith("w")] == words
    assert not any(each.streaming for each in maria.answers)
