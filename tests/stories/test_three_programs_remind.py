"""Three processes of the program remind a cohort in Slack over one MongoDB, and one is killed at any moment: all is as promised.

A few students and days with the suite; 50 students and a week with `ELEVATE_LONG_TESTS=1`.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bots.backing import now
from persistence.migrations.runner import Migrations
from persistence.mongo import open_mongo
from tests.core.nudges.promises import promises_kept
from tests.core.nudges.test_cohort_simulated import LONG
from tests.servers.slack import SlackServer
from tests.stories.slack import MANIFEST
from tests.stories.three import Three


@pytest.fixture
async def slack() -> AsyncGenerator[SlackServer]:
    async with SlackServer(MANIFEST) as server:
        server.deliveries.echoes = False  # nobody hears here
        yield server


async def _kept(folder: Path, slack: SlackServer, mongo_address: str, *, size: int, days: int) -> tuple[Three, int]:
    """A cohort whose time has passed, and how many days of promises were held against what came."""
    name = f"elevate_{secrets.token_hex(6)}"
    database = await open_mongo(mongo_address, database=name, selection_seconds=60)
    try:
        await database.prepare()
        await Migrations(database, owner="the release", now=now).apply()  # who begins at once with others waits for that lock
        three = Three(database, slack, folder, f"{mongo_address.rstrip('/')}/{name}", seed=1, size=size, days=days)
        async with three:
            await three.begin()
            await three.run()
        due = await promises_kept(three)
    finally:
        await database.drop()
        await database.close()
    assert not three.astray
    assert not slack.refusals
    return three, due


async def test_three_programs_keep_what_was_promised_though_one_is_killed(
    tmp_path: Path, slack: SlackServer, mongo_address: str
) -> None:
    three, _ = await _kept(tmp_path, slack, mongo_address, size=12, days=2)
    assert three.killed
    assert len(three.post.arrived) > 3


@pytest.mark.timeout(600)
async def test_three_programs_keep_what_was_promised_for_a_week_though_one_is_killed_each_day(
    tmp_path: Path, slack: SlackServer, mongo_address: str
) -> None:
    if not os.environ.get(LONG):
        pytest.skip(f"set {LONG}=1 to play a week of 50 students")
    three, due = await _kept(tmp_path, slack, mongo_address, size=50, days=7)
    assert three.killed >= 4
    assert len(three.post.arrived) > 40
    assert due > 2
