"""Every answer of the real product is one that Slack takes, with each newer thing and without."""

from __future__ import annotations

from pathlib import Path

from bots.settings import Settings
from bots.slack.render import home, page_posts, posts, to_draw
from bots.slack.wording import reserved, worded, worded_page
from bots.wiring import build
from core.request import Actor, Address, Platform
from core.ui import Message, Page
from tests.bots.answers import answers
from tests.bots.slack.sound import refused, refused_home
from tests.bots.slack.test_render import WAYS

NORA = Actor(Platform.SLACK, "T1", "U1", "Nora", "Europe/London")
PLACE = Address(Platform.SLACK, "T1", "D1", "1.1")


async def test_slack_takes_every_answer_of_the_product(tmp_path: Path) -> None:
    async with build(Settings.model_validate({"ELEVATE_DATA_DIR": tmp_path})) as program:
        kept = reserved(frozenset(program.app.catalog.groups))
        assert kept == {"me"}
        seen = 0
        async for name, answer in answers(program, NORA, PLACE):
            if isinstance(answer, Message):
                seen += 1
                _sound(name, worded(answer, kept))
            elif isinstance(answer, Page):
                page = worded_page(answer, kept)
                assert (name, refused_home(home(page))) == (name, [])
                assert [refused(each) for way in WAYS for each in page_posts(page, way) if refused(each)] == []
        assert seen > 25


def _sound(name: str, message: Message) -> None:
    for way in WAYS:
        drawn = dict.fromkeys(to_draw(message.cards, way), b"\x89PNG")
        shown = posts(message, way, drawn)
        assert shown, name
        assert (name, way, [refused(each) for each in shown if refused(each)]) == (name, way, [])
        assert len(shown) <= 3, f"{name} is more than a phone's reader wants: {len(shown)} posts"
        assert not any("/me " in f"{each.text} " or "`/me`" in each.text for each in shown), name
