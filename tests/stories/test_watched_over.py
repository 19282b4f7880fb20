"""The program as a process, watched over while it works: what it answers to a health check, a balancer and Prometheus."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest
from pymongo.uri_parser import parse_uri

from persistence.mongo import open_mongo
from tests.bots.discord.whole import reached
from tests.bots.test_prometheus import values
from tests.servers.claude import ClaudeServer, Says
from tests.servers.discord.faulty import Fault
from tests.servers.discord.server import DiscordServer
from tests.servers.slack import SlackServer
from tests.servers.wire import Wire
from tests.stories.process import PATIENCE_SECONDS, Running, running
from tests.stories.slack import MANIFEST

RUN = ("-m", "bots", "run")
TOKEN = "the-token-of-prometheus"
QUESTION = "@Teacher what is a hook?"
NAMES = ("Zerlina Quaxwort", "Ottokar Plimsoll")
"""Two people whose names stand nowhere else."""


class Watcher:
    """Whoever watches over the program."""

    def __init__(self, address: str, session: aiohttp.ClientSession) -> None:
        self._address = address
        self._session = session

    async def asks(self, path: str, token: str = "") -> tuple[int, str]:
        """The status and the words."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with self._session.get(f"{self._address}{path}", headers=headers) as answer:
            return answer.status, await answer.text()

    async def waits_for(self, status: int, words: str) -> str:
        """What `/readyz` says as soon as it has this status and these words."""
        async with asyncio.timeout(60):
            while True:
                found = await self.asks("/readyz")
                if found[0] == status and words in found[1]:
                    return found[1]
                await asyncio.sleep(0.1)  # as whoever watches does; it is another process that is waited for

    async def scrapes(self) -> tuple[str, dict[str, float]]:
        """The numbers, as text and by name and labels."""
        status, text = await self.asks("/metrics", TOKEN)
        assert status == 200, text
        return text, values(text.encode())


async def address_of(program: Running) -> str:
    """Where the program says that it listens."""
    await program.shows("Listening at ", "Elevate is running.")
    found = re.search(r"Listening at (http://127\.0\.0\.1:\d+)\.", program.shown)
    assert found
    return found[1]


@pytest.fixture
async def slack() -> AsyncGenerator[SlackServer]:
    async with SlackServer(MANIFEST) as server:
        server.deliveries.pauses, server.deliveries.echoes = (0, 0, 0), False
        yield server


@pytest.fixture
async def discord_server() -> AsyncGenerator[DiscordServer]:
    async with DiscordServer() as server:
        yield server


@pytest.fixture
async def session() -> AsyncGenerator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


async def test_what_the_program_tells_of_itself_while_it_works_and_while_the_database_is_away(
    tmp_path: Path,
    slack: SlackServer,
    discord_server: DiscordServer,
    claude: ClaudeServer,
    mongo_address: str,
    session: aiohttp.ClientSession,
) -> None:
    [(host, port)] = parse_uri(mongo_address)["nodelist"]
    wire, name = Wire(host, port), f"elevate_{secrets.token_hex(6)}"
    database = await open_mongo(mongo_address, database=name, selection_seconds=60)
    await database.ping()  # it may have been started this moment
    zerlina, ottokar = slack.person(NAMES[0]), discord_server.person(NAMES[1])
    async with wire.up():
        settings = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
            "ELEVATE_MONGODB_URI": f"mongodb://127.0.0.1:{wire.port}/{name}?directConnection=true",
            "ELEVATE_WEB_PORT": "0",
            "ELEVATE_METRICS_TOKEN": TOKEN,
        }
        async with running(tmp_path, claude, program=RUN, **settings, **reached(discord_server)) as here:
            watcher = Watcher(await address_of(here), session)
            await slack.sockets.connected(2)
            await discord_server.gateway.connected(1)
            await watcher.waits_for(200, "ready\n")
            slack.fail("users.info", status=429, retry_after=1)
            discord_server.fail(Fault("POST", r"/messages$", status=429, retry_after=0.1))
            claude.replies.extend(
                [
                    Says(
                        (
                            "It stops ",
                            "the right person.",
                        )
                    ),
                    Says(("It stops ", "the right person.")),
                ]
            )
            zerlina.says(QUESTION)
            await slack.settled(
                within=PATIENCE_SECONDS, until=lambda: any("right person" in each.text for each in zerlina.answers), midway=True
            )
            ottokar.says(QUESTION)
            await discord_server.settled(
                within=PATIENCE_SECONDS, until=lambda: any("right person" in each.text for each in ottokar.answers), midway=True
            )
            text, found = await watcher.scrapes()
            told_of_the_work(found)
            hidden = (*NAMES, *" ".join(NAMES).split(), zerlina.id, str(ottokar.id), slack.team.id, name, "hook?", TOKEN)
            assert [each for each in hidden if each in text] == []

            await wire.cut()
            assert await watcher.waits_for(503, "record") == "not ready\nrecord: it does not answer\n"
            assert await watcher.asks("/healthz") == (200, "ok\n")
            assert await watcher.asks("/metrics") == (401, "wrong token\n")
            _, found = await watcher.scrapes()
            assert found["elevate_ready"] == 0
            await wire.mend()
            await watcher.waits_for(200, "ready\n")
            assert (await watcher.scrapes())[1]["elevate_ready"] == 1
            assert await here.terminated() == 0
    await database.drop()
    await database.close()


def told_of_the_work(found: dict[str, float]) -> None:
    """Two people asked one question each, and a platform wanted to be asked less."""
    for platform in ("slack", "discord"):
        assert found[f"elevate_requests_total{{command=,kind=said,outcome=answered,platform={platform}}}"] == 1
        assert found[f"elevate_turns_total{{outcome=answered,platform={platform}}}"] == 1
        assert found[f"elevate_first_words_seconds_count{{platform={platform}}}"] == 1
        assert found[f"elevate_platform_calls_total{{platform={platform},status=2xx}}"] >= 1
        assert found[f"elevate_rate_limited_total{{platform={platform}}}"] == 1
    assert found["elevate_rate_limit_wait_seconds_total{platform=slack}"] == 1
    assert found["elevate_tokens_total{kind=written,model=claude-sonnet-5-5}"] > 0
    assert found["elevate_cost_dollars_total{model=claude-sonnet-5-5,use=chat}"] > 0
    assert found["elevate_queue_rows{queue=inbox,state=waiting}"] == 0
    assert (found["elevate_queues_known"], found["elevate_ready"]) == (1, 1)
    assert found["elevate_last_tick_timestamp_seconds"] > 0
    assert found["elevate_web_requests_total{method=GET,route=/readyz,status=200}"] >= 1
