"""What those are told who watch over the program: whether it lives, whether it is ready, and its numbers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from functools import partial

import aiohttp
import pytest

from bots.healthy import NoPort, asked
from bots.readiness import Readiness
from bots.web.health import healthz, metrics, readyz
from bots.web.server import serving
from core.errors import StoreDown
from tests.records import NOON, Time

HOST = "127.0.0.1"
TOKEN = "a-token-of-sixteen"


class Office:
    """A program, as its readiness sees it: all is well until a test says otherwise."""

    def __init__(self) -> None:
        self.time = Time()
        self.away = False
        self.asked = 0
        self.deaf = {"slack": "", "discord": ""}
        self.looked: Mapping[str, datetime | None] = {"jobs": NOON, "clock": NOON}
        self.readiness = Readiness(self.ping, self.time.now, seconds=0.05, kept_seconds=0)

    async def ping(self) -> None:
        """The record answers, or does not."""
        self.asked += 1
        if self.away:
            raise StoreDown("mongodb://user:password@host is away")

    def begins(self) -> None:
        """It begins to work."""
        self.readiness.watch({name: partial(self.deaf.__getitem__, name) for name in self.deaf}, lambda: self.looked)


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """Somebody who asks."""
    async with aiohttp.ClientSession() as session:
        yield session


async def _get(session: aiohttp.ClientSession, url: str, **headers: str) -> tuple[int, str]:
    async with session.get(url, headers=headers) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.status, await answer.text()


async def test_it_is_ready_when_the_record_answers_somebody_is_heard_and_all_look_for_work(
    session: aiohttp.ClientSession,
) -> None:
    office = Office()
    async with serving([readyz(office.readiness.missing)], HOST, 0) as address:
        assert await _get(session, f"{address}/readyz") == (503, "not ready\nit has not begun to work yet\n")
        office.begins()
        assert await _get(session, f"{address}/readyz") == (200, "ready\n")


async def test_the_record_that_is_away_is_told_without_its_address_and_comes_back(session: aiohttp.ClientSession) -> None:
    office = Office()
    office.begins()
    async with serving([readyz(office.readiness.missing), healthz()], HOST, 0) as address:
        office.away = True
        assert await _get(session, f"{address}/readyz") == (503, "not ready\nrecord: it does not answer\n")
        office.away, before = False, office.asked
        assert await _get(session, f"{address}/healthz") == (200, "ok\n")
        assert office.asked == before, "whether it lives is not the record's to say"
        assert (await _get(session, f"{address}/readyz"))[0] == 200


async def test_a_record_that_hangs_is_not_waited_for() -> None:
    readiness = Readiness(asyncio.Event().wait, Time().now, seconds=0.01)
    readiness.watch({"slack": lambda: ""}, dict)
    assert await readiness.missing() == (False, ("record: it does not answer",))


async def test_who_asks_often_asks_the_record_once() -> None:
    office = Office()
    readiness = Readiness(office.ping, office.time.now)
    await asyncio.gather(*(readiness.missing() for _ in range(20)))
    assert office.asked == 1


async def test_one_platform_that_is_heard_is_enough_and_the_other_is_named() -> None:
    office = Office()
    office.begins()
    office.deaf["discord"] = "no connection to the gateway"
    assert await office.readiness.missing() == (True, ("discord: no connection to the gateway",))
    office.deaf["slack"] = "no connection is open"
    ready, lines = await office.readiness.missing()
    assert not ready
    assert lines == ("slack: no connection is open", "discord: no connection to the gateway")


async def test_a_worker_that_stands_still_is_named_with_the_time_since_when() -> None:
    office = Office()
    office.begins()
    office.time.pass_by(timedelta(minutes=3).total_seconds())
    office.looked = {"jobs": NOON, "messages": office.time.now(), "clock": None}
    assert await office.readiness.missing() == (
        False,
        (f"workers: jobs stood still since {NOON:%H:%M:%S} UTC", "workers: clock has not begun"),
    )


async def test_nothing_new_is_sent_to_a_program_that_ends() -> None:
    office = Office()
    office.begins()
    office.readiness.end()
    assert await office.readiness.missing() == (False, ("it is ending",))


async def _numbers() -> bytes:
    return b"elevate_ready 1\n"


async def test_the_numbers_are_for_whoever_brings_the_token_and_nobody_else(session: aiohttp.ClientSession) -> None:
    async with serving([metrics(_numbers, "text/plain", token=TOKEN, at_home=True)], HOST, 0) as address:
        url = f"{address}/metrics"
        assert await _get(session, url, Authorization=f"Bearer {TOKEN}") == (200, "elevate_ready 1\n")
        for wrong in ("", f"Basic {TOKEN}", "Bearer", "Bearer wrong", f"Bearer {TOKEN}x", "Bearer pässword"):
            status, words = await _get(session, url, Authorization=wrong)
            assert (status, words) == (401, "wrong token\n")
        assert (await _get(session, url))[0] == 401, "also for this machine: a proxy may stand on it"


async def test_without_a_token_the_numbers_are_for_this_machine_alone(session: aiohttp.ClientSession) -> None:
    async with serving([metrics(_numbers, "text/plain", token=None, at_home=True)], HOST, 0) as address:
        url = f"{address}/metrics"
        assert await _get(session, url) == (200, "elevate_ready 1\n")
        for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
            assert (await _get(session, url, **{header: "203.0.113.7"}))[0] == 403
        assert (await _get(session, url, Host="coach.example.org"))[0] == 403


async def test_where_the_server_is_reached_from_outside_nobody_reads_the_numbers_without_a_token(
    session: aiohttp.ClientSession,
) -> None:
    async with serving([metrics(_numbers, "text/plain", token=None, at_home=False)], HOST, 0) as address:
        status, words = await _get(session, f"{address}/metrics")
        assert status == 403
        assert "ELEVATE_METRICS_TOKEN" in words


async def test_elevate_healthy_tells_what_the_program_says_and_where_there_is_none() -> None:
    office = Office()
    async with serving([healthz(), readyz(office.readiness.missing)], HOST, 0) as address:
        port = int(address.rpartition(":")[2])
        lives = await asked("0.0.0.0", port)
        assert (lives.well, lives.words) == (True, "ok")
        ready = await asked(HOST, port, ready=True)
        assert not ready.well
        assert ready.words.startswith("not ready")
    gone = await asked(HOST, port)
    assert not gone.well
    assert gone.words.startswith(f"No Elevate listens at 127.0.0.1, port {port}")
    with pytest.raises(NoPort):
        await asked(HOST, 0)


async def test_elevate_healthy_waits_for_nobody_long() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.read()
        finally:  # the test may be over before
            writer.close()

    server = await asyncio.start_server(silent, HOST, 0)
    async with server:
        told = await asked(HOST, server.sockets[0].getsockname()[1], seconds=0.02)
    assert not told.well
    assert "within 0.02 seconds" in told.words
