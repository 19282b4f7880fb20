"""What the tests of sending share: a time that passes when a test says so, plain drawing, and the means over a stand-in Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bots.slack import calls
from bots.slack.api import Api
from bots.slack.arrived import Origin
from bots.slack.clients import Tokens, opened
from bots.slack.delivery import Drawing
from bots.slack.faces import Faces
from bots.slack.growing import Growing
from bots.slack.means import Means
from bots.slack.posts import Block, Feature, Post
from bots.slack.sender import SlackMessenger
from core import plain
from core.ui import Buttons, Chart, Feedback, Message, Page, Speaker, Table
from tests.bots.passing import Time
from tests.servers.slack import Person, SlackServer
from tests.servers.slack.things import Channel

WRITER = Speaker("Writer", "writer.svg", "pencil2")
SAGE = Speaker("Sage", "sage.svg", "owl")


class PlainDrawing:
    """Blocks of Markdown, charts, tables and feedback: enough to be refused. `----` on a line of its own parts posts."""

    async def posts(self, shown: Message | Page, without: frozenset[Feature]) -> tuple[Post, ...]:
        if isinstance(shown, Page):
            return (Post(plain.page(shown), _text(plain.page(shown), without)),)
        named = f"{shown.speaker.name}: " if shown.speaker and Feature.FACE in without and shown.text else ""
        parts = (named + shown.text).split("\n----\n")
        posts = [Post(each, _text(each, without)) for each in parts if each]
        for ending in await self.ending(shown, without):
            last = posts.pop() if posts else Post("")
            text = "\n".join(each for each in (last.text, ending.text) if each)
            posts.append(Post(text, (*last.blocks, *ending.blocks), ending.pictures, ending.files))
        return tuple(posts)

    async def ending(self, message: Message, without: frozenset[Feature]) -> tuple[Post, ...]:
        if not message.cards and not message.files:
            return ()
        blocks = [each for card in message.cards for element in card.body for each in _element(element, without)]
        pictures = tuple(card.image.file for card in message.cards if card.image)
        blocks += [
            {"type": "image", "alt_text": card.image.alt, "slack_file": {"id": f"picture:{number}"}}
            for number, card in enumerate(card for card in message.cards if card.image)
            if card.image
        ]
        shown = () if Feature.BLOCKS in without else tuple(blocks)
        return (Post(plain.message(Message(cards=message.cards)), shown, pictures, message.files),)

    def marked(self, markdown: str) -> str:
        return markdown.replace("<!", "<\u200b!")


def _text(text: str, without: frozenset[Feature]) -> tuple[Block, ...]:
    if Feature.BLOCKS in without:
        return ()
    if Feature.MARKDOWN in without:
        return ({"type": "section", "text": {"type": "mrkdwn", "text": text}},)
    return ({"type": "markdown", "text": text},)


def _element(element: object, without: frozenset[Feature]) -> list[Block]:
    match element:
        case Chart(title=title) if Feature.CHART not in without:
            points = [{"label": label, "value": value} for label, value in element.series[0].points]
            series = [{"name": element.series[0].name, "data": points}]
            axis = {"categories": [point["label"] for point in points]}
            return [
                {"type": "data_visualization", "title": title, "chart": {"type": "line", "series": series, "axis_config": axis}}
            ]
        case Table(columns=columns) if Feature.TABLE not in without:
            return [{"type": "table", "rows": [[{"type": "raw_text", "text": each} for each in columns]]}]
        case Feedback(good=good, bad=bad) if Feature.FEEDBACK not in without:
            button = {
                "type": "feedback_buttons",
                "action_id": "call:1",
                "positive_button": {"text": {"type": "plain_text", "text": "Good"}, "value": calls.written(good)},
                "negative_button": {"text": {"type": "plain_text", "text": "Bad"}, "value": calls.written(bad)},
            }
            return [{"type": "context_actions", "elements": [button]}]
        case Buttons():
            return [{"type": "section", "text": {"type": "plain_text", "text": "buttons"}}]
        case _:
            return [{"type": "section", "text": {"type": "plain_text", "text": "plain"}}]


@dataclass
class Sent:
    """The senders, and what they stand on."""

    slack: SlackServer
    time: Time
    api: Api
    means: Means
    messenger: SlackMessenger
    growing: Growing
    off: list[str] = field(default_factory=list)
    leaving: bool = False

    def origin(self, who: Person, channel: Channel | None = None, thread: str = "", response_url: str = "") -> Origin:
        """Where this person asked something: directly, or in the channel."""
        place = channel or self.slack.world.direct(who.user)
        return Origin(self.slack.team.id, who.id, place.id, thread, response_url=response_url)


@asynccontextmanager
async def sending(
    slack: SlackServer, *, tokens: Tokens, time: Time | None = None, draw: Drawing | None = None
) -> AsyncIterator[Sent]:
    """The senders over a stand-in Slack."""
    time = time or Time()
    calls_wait = Time().wait  # what the client itself waits for is over at once
    async with opened(api_url=slack.api_url, tokens=tokens, now=time.now, wait=calls_wait) as clients:
        off: list[str] = []
        api = Api(clients, off.append)
        means = Means.over(api, draw or PlainDrawing(), Faces(), now=time.now, wait=time.wait)
        messenger = SlackMessenger(means)
        sent = Sent(slack, time, api, means, messenger, Growing(means, messenger, lambda: sent.leaving), off)
        yield sent
