"""Every answer of the real product is one that Discord takes, and one that is read on a phone."""

from __future__ import annotations

from pathlib import Path

from bots.discord.posts import Post
from bots.discord.render import posts, to_draw
from bots.settings import Settings
from bots.wiring import build
from core.request import Actor, Address, Platform
from core.ui import Message, Page
from tests.bots.answers import answers
from tests.bots.discord.sound import inside, refused

NORA = Actor(Platform.DISCORD, "1", "2", "Nora")
PLACE = Address(Platform.DISCORD, "1", "3", "4")
COLUMNS = 36
"""Characters of code that a phone shows in a line."""


async def test_discord_takes_every_answer_of_the_product(tmp_path: Path) -> None:
    async with build(Settings.model_validate({"ELEVATE_DATA_DIR": tmp_path})) as program:
        seen = 0
        async for name, answer in answers(program, NORA, PLACE):
            if isinstance(answer, Message | Page):
                seen += 1
                shown = posts(answer, ":owl: **Sage**", dict.fromkeys(to_draw(answer.cards), b"\x89PNG"))
                assert (name, [refused(each) for each in shown]) == (name, [[]])
                assert (name, _wide(shown)) == (name, [])
        assert seen > 25


def _wide(shown: tuple[Post, ...]) -> list[str]:
    """Lines of code that a phone would break."""
    texts = [each["content"] for post in shown for each in inside(post.components) if each["type"] == 10]
    code = [block for text in texts for block in text.split("```")[1::2]]
    return [line for block in code for line in block.splitlines() if len(line) > COLUMNS]
