"""What the renderer makes, sent through the real client to a Slack that refuses what Slack refuses."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest

from bots.charts.pictures import Charts
from bots.slack.clients import one_token
from bots.slack.drawn import Drawn
from bots.slack.posts import Feature
from core.ui import Began, Button, Buttons, Call, Card, Chart, Ended, Facts, Feedback, Grew, Message, Series, Table, Text
from tests.bots.passing import live
from tests.bots.slack.sending import WRITER, Sent, sending
from tests.servers.slack import Person, SlackServer
from tests.servers.slack.things import Channel

CHART = Chart("line", "Sales", "£", (Series("Sales", (("May", 1.0), ("June", 2.0))),))
CARDS = (
    Card("Figures", (Facts((("Sales", "£12"),)), CHART, Table(("Week", "Sales"), (("1", "12"),), numeric=frozenset({1})))),
    Card("What now?", (Text("Pick **one**."), Buttons((Button("Go on", Call("next"), primary=True),)))),
    Card(body=(Feedback(Call("good"), Call("bad")),)),
)
LONG = "\n\n".join(
    ("```python\n" + f"x = {number}\n" * 60 + "```" if number % 3 == 0 else f"Paragraph {number}. " + "Some words here. " * 50)
    for number in range(40)
)


@pytest.fixture
async def drawn(slack: SlackServer) -> AsyncGenerator[Sent]:
    charts = Charts()
    async with sending(slack, tokens=one_token(slack.bot_token), draw=Drawn(charts, frozenset())) as one:
        yield one
    await charts.close()


async def test_an_answer_with_cards_streams_and_nothing_is_refused(drawn: Sent, slack: SlackServer, maria: Person) -> None:
    root = maria.says("hello")
    grown = (Began(WRITER), Grew("Here are your figures."), Ended(Message("Here are your figures.", CARDS)))
    await drawn.growing.grow(drawn.origin(maria, thread=root.ts), live(*grown), "evt:1")
    for words in ("Here are your figures.", "£12", "Go on"):
        assert words in maria.last.text
    assert slack.refusals == []


@pytest.mark.parametrize("streams", [True, False], ids=["streamed", "changed"])
async def test_a_very_long_answer_is_all_there(drawn: Sent, slack: SlackServer, maria: Person, streams: bool) -> None:
    if not streams:
        drawn.means.abilities.refuse(slack.team.id, Feature.STREAM)
    root = maria.says("hello")
    grown = [Grew(LONG[at : at + 37]) for at in range(0, len(LONG), 37)]
    answer = live(Began(WRITER), *grown, Ended(Message(LONG, CARDS)))
    await drawn.growing.grow(drawn.origin(maria, thread=root.ts), answer, "evt:1")
    said = "\n".join(each.text for each in maria.answers)
    handed = "".join((file.content or b"").decode() for file in slack.world.files.values())
    for number in (each for each in range(40) if each % 3):
        assert f"Paragraph {number}." in said + handed
    assert slack.refusals == []
    assert not any(each.streaming for each in maria.answers)


@pytest.mark.parametrize("refused", ["data_visualization", "table", "context_actions", "markdown"])
async def test_each_newer_block_has_its_plainer_way(drawn: Sent, slack: SlackServer, maria: Person, refused: str) -> None:
    def knows_not(args: dict[str, object]) -> bool:
        return f"'type': '{refused}'" in str(args.get("blocks"))

    slack.fail("chat.postMessage", error="invalid_blocks", when=knows_not, times=99)
    await drawn.messenger.answer(drawn.origin(maria), Message("Here are your **figures**.", CARDS), "evt:1")
    before = len(slack.refusals)
    assert before
    await drawn.messenger.answer(drawn.origin(maria), Message("And again.", CARDS), "evt:2")
    assert len(slack.refusals) == before
    said = "\n".join(each.text for each in maria.answers)
    for words in ("figures", "And again.", "£12", "Go on"):
        assert words in said


async def test_a_workspace_that_takes_no_blocks_reads_text(drawn: Sent, slack: SlackServer, maria: Person, room: Channel) -> None:
    slack.fail("chat.postMessage", error="invalid_blocks", when=lambda args: bool(args.get("blocks")), times=99)
    await drawn.messenger.answer(drawn.origin(maria, room), Message("Here are your figures.", CARDS), "evt:1")
    assert "£12" in maria.answers[0].text


async def test_without_faces_the_name_stands_above_the_words(drawn: Sent, slack: SlackServer, maria: Person) -> None:
    drawn.means.abilities.refuse(slack.team.id, Feature.FACE)
    root = maria.says("hello")
    origin = drawn.origin(maria, thread=root.ts)
    await drawn.growing.grow(origin, live(Began(WRITER), Grew("Hello there."), Ended(Message("Hello there."))), "evt:1")
    await drawn.messenger.answer(origin, Message("Again.", speaker=WRITER), "evt:2")
    said = [each.text.replace("*", "").split() for each in maria.answers]
    assert said == [["Writer", "Hello", "there."], ["Writer", "Again."]]
