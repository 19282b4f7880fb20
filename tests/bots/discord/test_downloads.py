"""Files that people send: fetched from where Discord keeps them alone."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bots.discord.downloads import Downloads
from bots.downloading import BYTES_AT_MOST, FileNotRead
from core.errors import Refusal, Trouble
from core.request import Address, File, Platform

PLACE = Address(Platform.DISCORD, "7", "8")
asked: list[str | None] = []


async def keep(request: web.Request) -> web.Response:
    """What the path's last part says."""
    asked.append(request.headers.get("Authorization"))
    match request.match_info["name"]:
        case "jars.csv":
            return web.Response(body=b"jars,4")
        case "large.bin":
            return web.Response(body=bytes(BYTES_AT_MOST + 1))
        case "moved.csv":
            raise web.HTTPFound("/attachments/jars.csv")
        case status:
            return web.Response(status=int(status))


@pytest.fixture(scope="module")
async def cdn() -> AsyncGenerator[str]:
    """Where a stand-in for Discord keeps files."""
    app = web.Application()
    app.router.add_get("/attachments/{name}", keep)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    yield str(server.make_url("")).rstrip("/")
    await server.close()


async def fetched(cdn: str, name: str, api_url: str = "") -> File:
    """The file, as the core would get it."""
    file = File("jars.csv", "text/csv", source=f"{cdn}/attachments/{name}", size=1)
    async with ClientSession() as session:
        return await Downloads(session, api_url or f"{cdn}/api/v10").fetch(PLACE, file)


async def test_a_file_comes_with_its_content_and_no_token_goes_along(cdn: str) -> None:
    asked.clear()
    assert (await fetched(cdn, "jars.csv")) == File("jars.csv", "text/csv", b"jars,4", f"{cdn}/attachments/jars.csv", 6)
    assert asked == [None]


@pytest.mark.parametrize("name", ["404", "403", "moved.csv", "large.bin"])
async def test_what_is_gone_moved_or_too_large_is_not_read(cdn: str, name: str) -> None:
    with pytest.raises(FileNotRead):
        await fetched(cdn, name)


@pytest.mark.parametrize("name", ["500", "503", "429"])
async def test_a_discord_that_is_away_is_to_be_asked_again(cdn: str, name: str) -> None:
    with pytest.raises(Trouble, match="try again in a minute") as raised:
        await fetched(cdn, name)
    assert not isinstance(raised.value, Refusal)


async def test_nobody_elses_server_is_asked(cdn: str) -> None:
    asked.clear()
    elsewhere = (
        cdn,
        "https://evil.example",
        "http://cdn.discordapp.com",
        "https://cdn.discordapp.com.evil.example",
        "file:///etc",
    )
    for place in (*elsewhere, "https://cdn.discordapp.com@evil.example", "https://[", "nothing"):
        with pytest.raises(FileNotRead):
            await fetched(place, "jars.csv", "https://discord.com/api/v10")
    assert asked == []
