"""A direct message keeps unseen which guild it belongs to, through discord.py's own objects."""

from __future__ import annotations

from collections.abc import Mapping

import discord
import pytest

from bots.discord.homes import home_of, homed
from bots.discord.posts import Post
from tests.bots.discord.heard import GUILD, Heard
from tests.bots.discord.test_parse import kept

TEXT = {"type": 10, "content": "Done?"}
ROW = {"type": 1, "components": [{"type": 2, "style": 2, "label": "Done", "custom_id": "a"}]}
CARD = {"type": 17, "components": [TEXT, ROW]}


@pytest.fixture(scope="module")
async def heard() -> Heard:
    return Heard()


def numbered(component: Mapping[str, object], first: int) -> tuple[dict[str, object], int]:
    """The component as Discord sends it: whatever had no number has one of its own."""
    found, number = {"id": first, **component}, first + 1
    children = component.get("components")
    if isinstance(children, list):
        told = []
        for each in children:
            one, number = numbered(each, number)
            told.append(one)
        found["components"] = told
    return found, number


def seen(heard: Heard, post: Post) -> discord.Message:
    told, number = [], 1
    for each in post.components:
        one, number = numbered(each, number)
        told.append(one)
    message = heard.came("MESSAGE_CREATE", {**kept("message_direct")["payload"], "components": told})
    assert isinstance(message, discord.Message)
    return message


@pytest.mark.parametrize("parts", [(CARD,), (TEXT, ROW), (TEXT, CARD), (TEXT, TEXT, TEXT)])
async def test_the_guild_is_read_from_what_was_written(heard: Heard, parts: tuple[dict[str, object], ...]) -> None:
    assert home_of(seen(heard, homed(Post(parts), GUILD))) == GUILD
    assert home_of(seen(heard, Post(parts))) == ""
    first, *_ = homed(Post(parts), GUILD).components
    assert "id" not in first, "that is where the message has its mark"


@pytest.mark.parametrize(
    ("parts", "guild"), [((TEXT,), GUILD), ((ROW,), GUILD), ((CARD,), ""), ((CARD,), "guildless"), ((), GUILD)]
)
async def test_without_room_or_a_guild_nothing_is_written(parts: tuple[dict[str, object], ...], guild: str) -> None:
    assert homed(Post(parts), guild) == Post(parts)


async def test_nothing_is_read_where_there_is_no_message() -> None:
    assert home_of(None) == ""
