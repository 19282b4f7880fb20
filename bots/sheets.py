"""Opening the files that people send in a process of its own, which may use little memory and little time.

`python -m bots.sheets BYTES` is that process, with so much memory: a file's bytes come in, its tables go out as JSON.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
from contextlib import suppress

import structlog

from core.kpis.imports.grid import Grid, NoTable
from core.kpis.imports.opening import tables_in

log = structlog.get_logger()

MEMORY_BYTES = 700_000_000
"""Of addresses, of which Python and openpyxl take a third before they begin."""
SECONDS = 15
TOO_MUCH = "That file takes too long or too much to read. Send the sheet with the figures alone, as CSV."
AT_ONCE = 2
"""Processes beside each other; more files wait."""


class OwnProcess:
    """Implements `core.kpis.imports.ports.Sheets`."""

    def __init__(self, seconds: float = SECONDS, memory_bytes: int = MEMORY_BYTES) -> None:
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._room = asyncio.Semaphore(AT_ONCE)

    async def tables_in(self, content: bytes) -> tuple[Grid, ...]:
        """The tables of a file.

        Raises:
            NoTable: it cannot be read, or not within the limits.
        """
        async with self._room:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bots.sheets", str(self._memory_bytes)),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
            try:
                told, _ = await asyncio.wait_for(process.communicate(content), self._seconds)
            except TimeoutError:
                told = b""
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        if process.returncode != 0:
            log.warning("file not read", size=len(content), ended=process.returncode)
            raise NoTable(TOO_MUCH)
        return _unpacked(told)


def _unpacked(told: bytes) -> tuple[Grid, ...]:
    answer = json.loads(told)
    if "refused" in answer:
        raise NoTable(answer["refused"])
    return tuple(Grid(tuple(map(tuple, each["rows"])), tuple(each["about"])) for each in answer["tables"])


def main(memory_bytes: int) -> None:
    """Read one file from the standard input."""
    with suppress(ValueError, OSError):  # macOS sets no limit to addresses; the one to time holds everywhere
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        tables = [{"rows": each.rows, "about": each.about} for each in tables_in(sys.stdin.buffer.read())]
        sys.stdout.write(json.dumps({"tables": tables}))
    except NoTable as refused:
        sys.stdout.write(json.dumps({"refused": refused.message}))
    except MemoryError:
        sys.stdout.write(json.dumps({"refused": TOO_MUCH}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
