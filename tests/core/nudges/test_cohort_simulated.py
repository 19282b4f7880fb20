"""A cohort all over the world through both changes of the clocks, reminded by three processes of which one dies each day.

The small cohort runs with the suite; the whole, 1,000 students for 12 weeks, with `ELEVATE_LONG_TESTS=1`: some fifty
seconds of a processor.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.core.nudges.cohort import simulated
from tests.core.nudges.onethread import on_one_thread
from tests.core.nudges.promises import promises_kept

LONG = "ELEVATE_LONG_TESTS"


async def _story(folder: Path, seed: int, size: int, days: int) -> dict[str, str]:
    """When what arrived, of a small cohort."""
    async with on_one_thread(folder) as database:
        cohort = await simulated(database, seed=seed, size=size, days=days)
        return {key: at.isoformat() for key, at in cohort.post.arrived.items()}


async def test_a_cohort_gets_what_it_was_promised_whatever_dies(tmp_path: Path) -> None:
    async with on_one_thread(tmp_path) as database:
        cohort = await simulated(database, seed=1, size=72, days=14)
        due = await promises_kept(cohort)
    assert cohort.killed >= 8
    assert len(cohort.post.arrived) > 100
    assert due > 5


async def test_the_same_seed_gives_the_same_story(tmp_path: Path) -> None:
    stories = [await _story(tmp_path / str(number), seed, 24, 5) for number, seed in enumerate((7, 7, 8))]
    assert stories[0] == stories[1]
    assert stories[0] != stories[2]


@pytest.mark.timeout(900)
async def test_the_whole_cohort_gets_what_it_was_promised(tmp_path: Path) -> None:
    if not os.environ.get(LONG):
        pytest.skip(f"set {LONG}=1 to simulate 1,000 students for 12 weeks")
    async with on_one_thread(tmp_path) as database:
        cohort = await simulated(database, seed=1, size=1000, days=84)
        due = await promises_kept(cohort)
    assert cohort.killed >= 60
    assert len(cohort.post.arrived) > 10_000
    assert due > 1_000
