"""What was acknowledged is there, however the program ended."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from random import Random

from persistence.embedded import open_embedded

LIVES = 20


async def test_every_acknowledged_write_is_there_after_twenty_kills(tmp_path: Path) -> None:
    random = Random(7)
    for life in range(LIVES):
        acknowledged = _live_and_die(tmp_path, life, random.randint(1, 120))
        database = await open_embedded(tmp_path)
        jobs = database.collection("jobs")
        there = {str(each["_id"]): each["version"] for each in await jobs.find({}, fields=["version"])}
        assert acknowledged.items() <= there.items() | _further(acknowledged, there)
        assert await jobs.count({"key": {"$in": list(acknowledged)}}) == len(acknowledged)
        await jobs.delete({})
        await database.close()
        assert _sound(tmp_path)


def _sound(folder: Path) -> bool:
    connection = sqlite3.connect(folder / "elevate.db")
    (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
    connection.close()
    return bool(answer == "ok")


def _further(acknowledged: dict[str, int], there: Mapping[str, object]) -> set[tuple[str, int]]:
    """Inserts whose change was made too, but not told of any more."""
    return {(name, 0) for name, version in there.items() if version == 1 and acknowledged.get(name) == 0}


def _live_and_die(folder: Path, life: int, lines: int) -> dict[str, int]:
    """What a writer told of before it was killed, after so many lines, in the middle of its work."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.persistence.writer", str(folder), str(life)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        told = [line for _ in range(lines) if (line := process.stdout.readline())]
        process.send_signal(signal.SIGKILL)
        told += process.stdout.readlines()
        assert process.stderr.read() == ""
    assert process.returncode == -signal.SIGKILL
    pairs = (line.split() for line in told if line.endswith("\n"))
    return {name: int(version) for name, version in pairs}
