"""Files are opened in a process of their own, with little memory, for a few seconds, and beside everything else."""

from __future__ import annotations

import asyncio
import sys
from datetime import date, timedelta

import pytest

from bots.sheets import TOO_MUCH, OwnProcess
from core.kpis.imports.grid import NoTable
from tests.core.kpis.imports.workbooks import bomb, workbook

A_YEAR = [("Day", "Leads", "Revenue (£)"), *((date(2025, 1, 1) + timedelta(at), at, at * 1.5) for at in range(365))]
SPARE_BYTES = 400_000_000
"""A process of Python with openpyxl, and what it read; far below the limit, and a bomb's hundreds of megabytes."""


async def test_a_workbook_is_read_there_and_nobody_waits_meanwhile() -> None:
    content, rounds = workbook(A_YEAR), 0

    async def others() -> None:
        nonlocal rounds
        while True:
            rounds += 1
            await asyncio.sleep(0)

    going = asyncio.create_task(others())
    [grid] = await OwnProcess().tables_in(content)
    going.cancel()
    assert len(grid.rows) == 366
    assert grid.rows[1][:2] == ("2025-01-01", "0")
    assert rounds > 1_000


async def test_what_is_refused_there_is_refused_here_in_the_same_words() -> None:
    with pytest.raises(NoTable, match="packed as no spreadsheet"):
        await OwnProcess().tables_in(bomb(70_000_000))
    with pytest.raises(NoTable, match="is a PDF"):
        await OwnProcess().tables_in(b"%PDF-1.7")


LONG = b"a,b\n" * 1_000_000
READS = """
import asyncio, resource
from bots.sheets import OwnProcess
from core.kpis.imports.grid import NoTable
from tests.bots.test_sheets import LONG, bomb

async def read():
    for content in (bomb(70_000_000), LONG):
        try:
            await OwnProcess().tables_in(content)
        except NoTable:
            continue

asyncio.run(read())
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""Tells the most memory, in KiB, that reading took: in a process of its own, for it counts other tests' children too."""


async def test_memory_is_bounded_and_what_needs_more_is_refused() -> None:
    reading = await asyncio.create_subprocess_exec(sys.executable, "-c", READS, stdout=asyncio.subprocess.PIPE)
    told, _ = await reading.communicate()
    assert int(told) * 1024 < SPARE_BYTES
    with pytest.raises(NoTable, match=TOO_MUCH[:30]):
        await OwnProcess(memory_bytes=60_000_000).tables_in(LONG)


async def test_time_is_bounded() -> None:
    with pytest.raises(NoTable, match=TOO_MUCH[:30]):
        await OwnProcess(seconds=0.001).tables_in(workbook(A_YEAR))
