"""An agent's name and face: uploaded once, as an emoji of the application."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bots.discord.faces import EMOJI_AT_MOST, SIGNS, Face, emoji_name
from core.agents.faces import FACES
from core.ui import Speaker
from tests.bots.discord.sending import WRITER, Sent, sending
from tests.servers.discord.faulty import Fault
from tests.servers.discord.server import DiscordServer

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


async def test_a_face_is_uploaded_once_whoever_asks(sent: Sent, discord_server: DiscordServer) -> None:
    faces = await asyncio.gather(*(sent.means.faces.of(WRITER) for _ in range(4)))
    (emoji,) = discord_server.world.emojis.values()
    assert {each.name for each in faces} == {"Writer"}
    assert {each.opening for each in faces} == {f"<:{emoji.name}:{emoji.id}> **Writer**"}
    assert all(str(emoji.id) in (each.picture or "") for each in faces)


async def test_another_process_finds_it_and_another_picture_is_uploaded_anew(
    discord_server: DiscordServer, tmp_path: Path
) -> None:
    (tmp_path / "writer.png").write_bytes(PNG)
    for _ in range(2):
        async with sending(discord_server, tmp_path) as one:
            await one.means.faces.of(WRITER)
    assert len(discord_server.world.emojis) == 1
    (tmp_path / "writer.png").write_bytes(PNG + b"1")
    async with sending(discord_server, tmp_path) as one:
        await one.means.faces.of(WRITER)
    assert len(discord_server.world.emojis) == 2


@pytest.mark.parametrize("picture", [None, b"0" * (EMOJI_AT_MOST + 1)])
async def test_without_a_picture_an_emoji_of_everybody_stands_in(
    discord_server: DiscordServer, tmp_path: Path, picture: bytes | None
) -> None:
    if picture is not None:
        (tmp_path / "writer.png").write_bytes(picture)
    async with sending(discord_server, tmp_path) as one:
        assert await one.means.faces.of(WRITER) == Face("Writer", None, "**Writer**")
        assert await one.means.faces.of(Speaker("Sage")) == Face("Sage", None, "**Sage**")
        assert await one.means.faces.of(None) == Face()


async def test_where_discord_takes_no_picture_the_name_stays_and_it_is_not_tried_again(
    sent: Sent, discord_server: DiscordServer
) -> None:
    discord_server.fail(Fault("POST", "/emojis$", status=400, code=30008, times=9))
    assert [(await sent.means.faces.of(WRITER)).picture for _ in range(2)] == [None, None]
    assert sum(each.method == "POST" and each.path.endswith("/emojis") for each in discord_server.calls) == 1


async def test_an_agent_that_a_person_made_goes_by_the_sign_they_chose(sent: Sent) -> None:
    assert (await sent.means.faces.of(Speaker("Milo", emoji="bee"))).opening == "🐝 **Milo**"
    assert SIGNS.keys() == {each.emoji for each in FACES}


async def test_a_name_that_no_webhook_may_have_is_changed_a_little(sent: Sent) -> None:
    face = await sent.means.faces.of(Speaker("Clyde the Discord helper"))
    assert face.name == "C.lyde the D.iscord helper"
    assert face.opening == "**Clyde the Discord helper**"


def test_the_name_of_an_emoji_is_one_that_discord_takes() -> None:
    name = emoji_name("faces/A very-long name of a picture.svg", PNG)
    assert len(name) <= 32
    assert name.replace("_", "a").isalnum()
