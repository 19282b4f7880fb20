"""Drawing away from the loop, keeping what was drawn, and going on when the drawing process does not."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from bots.charts.drawing import draw
from bots.charts.packed import packed, unpacked
from bots.charts.pictures import AT_HAND_BYTES, WARM_AFTER_SECONDS, Charts
from bots.charts.shelf import END_OF_PNG, Shelf
from tests.bots.charts.shown import BARS, LINE

STALL_SECONDS = 0.5
"""A matplotlib that is loaded in this process holds the loop for longer; a busy machine for less."""


def now() -> datetime:
    return datetime.now(UTC)


async def test_charts_are_drawn_by_a_process_that_ends_when_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "pictures").write_bytes(b"a file where a folder should be: what is drawn cannot be kept")
    charts = Charts(Shelf(tmp_path, now))
    assert await charts.drawn(()) == {}
    assert charts.pid is None, "no picture, no process"
    gaps: list[float] = []
    beating = asyncio.create_task(_beat(gaps))
    light, dark = await charts.drawn((LINE, BARS)), await charts.drawn((LINE,), dark=True)
    beating.cancel()
    assert light == {LINE: draw(LINE), BARS: draw(BARS)}
    assert dark == {LINE: draw(LINE, dark=True)}
    assert max(gaps) < STALL_SECONDS
    assert charts.pid is not None
    process = psutil.Process(charts.pid)
    await charts.close()
    assert charts.pid is None
    assert not process.is_running()


async def test_a_process_that_is_killed_is_followed_by_another_once(tmp_path: Path) -> None:
    charts = Charts(Shelf(tmp_path, now))
    await charts.drawn((LINE,))
    first = charts.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert set(await charts.drawn((BARS,))) == {BARS}, "it is drawn once more"
    second = charts.pid
    assert second not in (None, first)
    broken = unpacked(packed(LINE, dark=False).replace(b"0.8", b'"no number"', 1))[0]
    assert await charts.drawn((broken,)) == {}, "it ends its process twice, and is shown as text"
    assert charts.pid is None
    await charts.close()


async def test_what_is_given_up_does_not_come_as_the_answer_to_another() -> None:
    charts = Charts()
    await charts.drawn((LINE,))
    given_up = asyncio.create_task(charts.drawn((BARS,)))
    for _ in range(3):
        await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.gather(given_up, return_exceptions=True)
    assert await charts.drawn((LINE, BARS), dark=True) == {each: draw(each, dark=True) for each in (LINE, BARS)}
    await charts.close()


async def test_a_picture_is_drawn_once_for_all_who_ask_and_for_all_processes(tmp_path: Path) -> None:
    one, other = Charts(Shelf(tmp_path, now)), Charts(Shelf(tmp_path, now))
    first, *rest = await asyncio.gather(*(one.drawn((LINE,)) for _ in range(5)))
    assert all(each == first for each in rest)
    assert len(list((tmp_path / "pictures").iterdir())) == 1
    await one.close()
    assert await other.drawn((LINE,)) == await one.drawn((LINE,)) == first
    assert one.pid is other.pid is None, "nobody drew again"


async def test_a_process_is_warm_before_anybody_asks_and_ends_when_nobody_does() -> None:
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    charts = Charts(idle_seconds=0.05)
    async with charts.kept_warm(wait), asyncio.timeout(30):
        while charts.pid is None:  # noqa: ASYNC110 - it is the other process that is waited for
            await asyncio.sleep(0.01)  # another process starts
        assert waited == [WARM_AFTER_SECONDS]
        while charts.pid is not None:  # noqa: ASYNC110
            await asyncio.sleep(0.01)  # the idle time is real


def test_the_shelf_forgets_what_is_old_what_is_too_much_and_what_is_broken(tmp_path: Path) -> None:
    clock = [now()]
    shelf = Shelf(tmp_path, lambda: clock[0], bytes_at_most=25_000)
    assert shelf.find("a") is None
    assert shelf.sweep() == 0
    for at, name in enumerate("abc"):
        shelf.keep(name, b"x" * 10_000 + END_OF_PNG)
        made = clock[0].timestamp() + at - 10
        os.utime(tmp_path / "pictures" / f"{name}.png", (made, made))
    assert shelf.sweep() == 1
    assert [bool(shelf.find(name)) for name in "abc"] == [False, True, True]
    (tmp_path / "pictures" / "b.png").write_bytes(b"half of one")
    assert shelf.find("b") is None
    assert (tmp_path / "pictures").stat().st_mode & 0o077 == 0
    assert (tmp_path / "pictures" / "c.png").stat().st_mode & 0o077 == 0
    clock[0] += timedelta(days=1, minutes=1)
    assert shelf.sweep() == 2
    assert list((tmp_path / "pictures").iterdir()) == []


def test_what_is_at_hand_is_bounded() -> None:
    charts = Charts()
    for number in range(12):
        charts.put_near(str(number), b"x" * 1_000_000)
    assert [number for number in range(12) if charts.near(str(number))] == list(range(12 - AT_HAND_BYTES // 1_000_000, 12))


async def _beat(gaps: list[float]) -> None:
    last = time.perf_counter()
    while True:
        await asyncio.sleep(0.005)  # how long the loop takes to come back is what is measured
        gaps.append(time.perf_counter() - last)
        last = time.perf_counter()
