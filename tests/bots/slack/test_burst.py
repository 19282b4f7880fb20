"""A burst of events over two sockets: nothing lost, nothing answered twice, and every acknowledgement in time.

ELEVATE_TEST_BURST says how many; 10,000 take some minutes.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.bots.slack.whole import office, told
from tests.servers.slack import SlackServer
from tests.stories.slack import MANIFEST

EVENTS = int(os.environ.get("ELEVATE_TEST_BURST", "300"))
PEOPLE = 50
UNDER_WAY = 200
"""Events that are sent and not acknowledged at the same time."""
GROWTH_MB = 150 + EVENTS // 50
"""Of which the stand-in, which is in the same process and forgets nothing, has the most."""


async def until(there: Callable[[], bool]) -> None:
    """Let everything else go on until it is so."""
    while not there():  # noqa: ASYNC110 - the stand-in only keeps lists
        await asyncio.sleep(0)


@pytest.mark.timeout(60 + EVENTS)
async def test_a_burst_loses_nothing_and_answers_nothing_twice(tmp_path: Path) -> None:
    async with SlackServer(MANIFEST) as slack:
        slack.deliveries.echoes = False
        people = [slack.person(f"Person {number}") for number in range(PEOPLE)]
        roots: set[str] = set()

        async with office(told(tmp_path, slack, None), slack) as here:
            before, began = psutil.Process().memory_info().rss, time.monotonic()
            for number in range(EVENTS):
                await until(lambda: len(roots) - len(slack.acks) < UNDER_WAY)
                roots.add(people[number % PEOPLE].says("/agents").ts)
            await until(lambda: len(slack.acks) >= EVENTS)
            acknowledged = time.monotonic() - began
            await until(lambda: len(slack.world.messages) >= 2 * EVENTS)
            await here.idle()
            await slack.settled()
            seconds, grown = time.monotonic() - began, (psutil.Process().memory_info().rss - before) / 2**20
    counted = Counter(each.thread_ts for each in slack.world.messages if each.thread_ts)
    took = sorted(each.seconds for each in slack.acks)
    half, slowest = took[len(took) // 2], took[-1]
    sys.stdout.write(
        f"{EVENTS} events: acknowledged within {slowest:.3f} s, half of them within {half:.3f} s, all in {acknowledged:.1f} s;"
        f" answered in {seconds:.1f} s; missed {len(slack.deliveries.missed)}; memory grew by {grown:.0f} MB\n"
    )
    assert counted == dict.fromkeys(roots, 1)
    assert not slack.deliveries.lost
    assert len({each.payload["event_id"] for each in slack.acks}) == EVENTS
    assert grown < GROWTH_MB
