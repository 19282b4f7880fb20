"""The data folder: private, held by one process, and honest about what is wrong with it."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from core.errors import StoreDown, StoreInUse, StoreTrouble
from persistence.embedded import open_embedded
from persistence.embedded_folder import LOCK, LOOK_SECONDS, _lock, claim


async def test_the_folder_and_the_record_are_private(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "data"
    database = await open_embedded(folder)
    await database.collection("users").insert({"_id": "usr_1"})
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()}
    assert set(modes.values()) == {0o600}
    assert {"elevate.db", "elevate.db-wal", "elevate.lock"} <= modes.keys()
    await database.close()


async def test_a_second_process_is_told_at_once_that_the_folder_is_in_use(tmp_path: Path) -> None:
    database = await open_embedded(tmp_path)
    second = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.persistence.writer", str(tmp_path), "second"), stderr=asyncio.subprocess.PIPE
    )
    _, said = await asyncio.wait_for(second.communicate(), 30)
    assert second.returncode == 1
    last = said.decode().splitlines()[-1]
    assert last.startswith(f"core.errors.StoreInUse: Another Elevate is already using the data folder {tmp_path}.")
    with pytest.raises(StoreInUse):
        await open_embedded(tmp_path)
    await database.collection("users").insert({"_id": "usr_1"})
    await database.close()


async def test_whoever_looks_whether_it_is_in_use_keeps_nobody_from_opening_it(tmp_path: Path) -> None:
    first = await open_embedded(tmp_path)
    await first.close()
    look = os.open(tmp_path / LOCK, os.O_RDWR)
    _lock(look)
    asyncio.get_running_loop().call_later(LOOK_SECONDS / 2, os.close, look)
    opened = asyncio.create_task(asyncio.to_thread(claim, tmp_path))
    (await opened).release()


async def test_a_closed_record_can_be_opened_again_and_keeps_what_it_had(tmp_path: Path) -> None:
    first = await open_embedded(tmp_path)
    await first.collection("users").insert({"_id": "usr_1"})
    await first.close()
    await first.close()
    with pytest.raises(StoreDown):
        await first.collection("users").find({})
    second = await open_embedded(tmp_path)
    assert await second.collection("users").find({}) == [{"_id": "usr_1"}]
    await second.close()


@pytest.mark.parametrize("place", ["file", "file/below"])
async def test_a_folder_that_cannot_be_made_is_named_with_what_to_do(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("I am no folder")
    with pytest.raises(StoreTrouble) as trouble:
        await open_embedded(tmp_path / place)
    assert str(tmp_path / place) in trouble.value.message
    assert "ELEVATE_DATA_DIR" in trouble.value.message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_a_folder_that_may_not_be_written_is_named_with_what_to_do(tmp_path: Path) -> None:
    os.chmod(tmp_path, 0o500)
    with pytest.raises(StoreTrouble) as trouble:
        await open_embedded(tmp_path)
    assert str(tmp_path) in trouble.value.message


async def test_a_record_that_is_something_else_is_said_to_be_damaged_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "elevate.db").write_bytes(b"something else " * 1000)
    with pytest.raises(StoreTrouble, match="damaged") as trouble:
        await open_embedded(tmp_path)
    assert str(tmp_path / "elevate.db") in trouble.value.message
    assert (tmp_path / "elevate.db").read_bytes() == b"something else " * 1000
    (tmp_path / "elevate.db").unlink()
    database = await open_embedded(tmp_path)
    await database.close()


async def test_a_record_with_broken_pages_is_said_to_be_damaged(tmp_path: Path) -> None:
    database = await open_embedded(tmp_path)
    await database.prepare()
    users = database.collection("users")
    for number in range(300):
        await users.insert({"_id": f"usr_{number:04}", "name": "x" * 1000})
    await database.close()
    record = tmp_path / "elevate.db"
    whole = record.read_bytes()
    record.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StoreTrouble, match="damaged"):
        await _all_users(tmp_path)


async def _all_users(folder: Path) -> None:
    database = await open_embedded(folder)
    try:
        await database.collection("users").find({})
    finally:
        await database.close()


async def test_a_record_of_a_newer_elevate_is_not_written(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "elevate.db") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreTrouble, match="newer"):
        await open_embedded(tmp_path)


async def test_another_program_that_writes_for_long_is_waited_for(tmp_path: Path) -> None:
    database = await open_embedded(tmp_path)
    other = sqlite3.connect(tmp_path / "elevate.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    users = database.collection("users")
    assert await users.find({}) == []
    other.execute("COMMIT")
    other.close()
    await users.insert({"_id": "usr_1"})
    await database.close()
