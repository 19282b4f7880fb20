"""A program that fills its disk, which is made small by a limit on the size of files, and then has room again."""

from __future__ import annotations

import asyncio
import resource
import sys
from pathlib import Path

from core.errors import StoreFull
from persistence.embedded import open_embedded

SMALL = 3_000_000


async def main(folder: Path) -> None:
    """Write until the disk is full, try again, read, make room, and write on. Says what was seen."""
    database = await open_embedded(folder)
    await database.prepare()
    users = database.collection("users")
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, most))
    kept = 0
    try:
        while True:
            await users.insert({"_id": f"usr_{kept:06}", "name": "x" * 20_000})
            kept += 1
    except StoreFull as trouble:
        told = trouble.message
    try:
        await users.update({"_id": "usr_000000"}, {"$set": {"name": "y" * 900_000}})
        told = "an update was taken"
    except StoreFull:
        pass
    counted, first = await users.count({}), await users.find_one({"_id": "usr_000000"})
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    await users.insert({"_id": "usr_after", "name": "z"})
    await users.update({"_id": "usr_000000"}, {"$set": {"name": "changed"}})
    last = await users.find_one({"_id": "usr_000000"})
    await database.close()
    whole = first is not None and first["name"] == "x" * 20_000
    sys.stdout.write(f"{kept > 10} {counted == kept} {whole} {last is not None and last['name']} {told}\n")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
