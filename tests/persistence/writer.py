"""A program that writes to a record, and says on its output what was acknowledged, until it is killed."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from persistence.documents import Collection
from persistence.embedded import open_embedded

WRITERS = 4


async def main(folder: Path, life: str) -> None:
    """Insert and update without end, in several tasks at once."""
    database = await open_embedded(folder)
    await database.prepare()
    jobs = database.collection("jobs")
    await asyncio.gather(*(write(jobs, f"{life}_{number}") for number in range(WRITERS)))


async def write(jobs: Collection, name: str) -> None:
    """A document, then a change of it, each told of once it is acknowledged."""
    number = 0
    while True:
        number += 1
        identifier = f"job_{name}_{number:06}"
        await jobs.insert({"_id": identifier, "state": "due", "key": identifier, "version": 0, "text": "x" * 2000})
        sys.stdout.write(f"{identifier} 0\n")
        sys.stdout.flush()
        changed = await jobs.update({"_id": identifier, "version": 0}, {"$inc": {"version": 1}})
        if changed is None:
            sys.exit("a write that was acknowledged is not there")
        sys.stdout.write(f"{identifier} 1\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
