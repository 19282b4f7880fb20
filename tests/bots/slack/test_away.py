"""The record is away: Slack keeps what we could not, people who pressed something are told, and nothing is shown twice."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from pymongo.uri_parser import parse_uri
from structlog.testing import capture_logs

from core.errors import StoreDown
from persistence.mongo import open_mongo
from scheduler.worker import Rhythm
from tests.bots.slack.whole import BRISK, answers_in, office, told
from tests.records import come
from tests.servers.claude import ClaudeServer, Says
from tests.servers.slack import Person, SlackServer
from tests.servers.wire import Wire
from tests.stories.slack import MANIFEST

AWAY = StoreDown().message.split(";")[0]


@dataclass(frozen=True, slots=True)
class Line:
    """A database by a wire that can be cut, and directly."""

    wire: Wire
    direct: str
    cuttable: str


@pytest.fixture
async def line(mongo_address: str) -> AsyncGenerator[Line]:
    [(host, port)] = parse_uri(mongo_address)["nodelist"]
    wire, name = Wire(host, port), f"elevate_{secrets.token_hex(6)}"
    database = await open_mongo(mongo_address, database=name, selection_seconds=60)
    await database.ping()  # it may have been started this moment
    async with wire.up():
        yield Line(wire, f"{mongo_address.rstrip('/')}/{name}", f"mongodb://127.0.0.1:{wire.port}/{name}?directConnection=true")
    await database.drop()
    await database.close()


@pytest.fixture
async def slack() -> AsyncGenerator[SlackServer]:
    async with SlackServer(MANIFEST) as server:
        server.deliveries.echoes = False
        server.deliveries.pauses = (0,) * 1000
        yield server


@pytest.fixture
async def claude() -> AsyncGenerator[ClaudeServer]:
    async with ClaudeServer() as server:
        yield server


async def test_an_event_that_cannot_be_kept_is_not_acknowledged_and_an_interaction_is_answered_with_the_reason(
    tmp_path: Path, slack: SlackServer, maria: Person, claude: ClaudeServer, line: Line
) -> None:
    async with office(told(tmp_path, slack, claude, line.cuttable), slack, patience_seconds=1.5) as here:
        await line.wire.cut()
        asked = maria.says("@Teacher what is a hook?")
        await come(lambda: len(slack.deliveries.missed) >= 2)
        assert not slack.acks
        await maria.commands("/agents")
        assert not maria.troubles
        await come(lambda: bool(maria.answers))
        assert AWAY in maria.last.text
        await line.wire.mend()
        await slack.settled(until=lambda: bool(answers_in(maria, asked)), within=30)
        await here.idle()
        await slack.settled()
    assert len(answers_in(maria, asked)) == 1
    assert len(claude.requests) == 1
    assert not slack.deliveries.lost


async def test_a_form_that_cannot_be_kept_stays_open_and_says_so(
    tmp_path: Path, slack: SlackServer, maria: Person, line: Line
) -> None:
    async with office(told(tmp_path, slack, None, line.cuttable), slack, patience_seconds=1.5) as here:
        await maria.commands("/assets", "add")
        await slack.settled(until=lambda: maria.modal is not None)
        await here.idle()
        await slack.settled()
        assert maria.modal
        fields = {each.label: "Hooked" for each in maria.modal.fields if each.kind == "plain_text_input"}
        menus = {each.label: each.options[0] for each in maria.modal.fields if each.options}
        await line.wire.cut()
        wrong = await maria.submits({**fields, **menus})
        assert AWAY in "".join(wrong.values())
        await line.wire.mend()
        assert not await maria.submits()
        await slack.settled(until=lambda: bool(maria.answers), within=30)
    assert "Hooked" in maria.last.text


async def test_what_was_shown_by_a_process_that_could_not_say_so_any_more_is_not_shown_again(
    tmp_path: Path, slack: SlackServer, maria: Person, claude: ClaudeServer, line: Line
) -> None:
    # Longer than the first one waits for the record before it ends its answer without it.
    short = Rhythm(lease=timedelta(seconds=5), poll_seconds=BRISK.poll_seconds)
    hold = asyncio.Event()
    claude.usual = Says(("It stops the right person.",))
    claude.replies.append(Says(("It stops ", "the right person."), hold=hold))
    async with office(told(tmp_path, slack, claude, line.direct), slack, rhythm=short):
        theirs = list(slack.sockets.connections)
        for each in theirs:
            each.leaving = True  # what comes goes to the one whose wire is cut
        async with office(told(tmp_path, slack, claude, line.cuttable), slack, rhythm=short, patience_seconds=1.5):
            asked = maria.says("@Teacher what is a hook?")
            await slack.settled(until=lambda: bool(claude.requests), midway=True)
            with capture_logs() as logged:
                await line.wire.cut()
                hold.set()
                # The other one takes it over when the lease has run out, and finds that it was shown.
                await come(lambda: any(each["event"] == "work done" for each in logged))
            await line.wire.mend()
        await slack.settled()
    assert len(claude.requests) == 2
    assert sum("right person" in each for each in answers_in(maria, asked)) == 1
    assert not any("interrupted" in each for each in answers_in(maria, asked))
