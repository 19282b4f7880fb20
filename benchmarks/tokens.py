"""How much of what Claude reads comes from its cache, over a talk of thirty turns; beside the layout of before, in one run.

Run: `python benchmarks/tokens.py`. Ends with status 1 where a promise of the README is not kept.

The whole chat speaks through the Anthropic SDK to a stand-in on loopback, and what the API would have read from its cache is
worked out from the requests that came (`tests/servers/caching.py`): prefixes block by block, at most four marks, what they look
back, what is too short to be kept, and the time that each part lives. Nothing else of a request counts. Tokens are estimated as
bytes / 4: the ratio is what matters. The talk has tool rounds, two agents, a tick, a cell of the Foundation that changes, pauses
of up to twenty minutes, and grows beyond what is sent along, so that its beginning is summed up; that call counts too.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from pathlib import Path

import structlog

from core.contents import SHIPPED
from core.llm.model import Usage
from core.llm.prices import MILLION, Prices
from persistence.embedded import open_embedded
from tests.core.chat.long_talk import LARGE, Figures, long_talk, script
from tests.servers.caching import Read
from tests.servers.claude import Says

CACHED_PERCENT = 85
SUMMARY = Says(("## Worked out\n- The line on the product page begins with the lid.",))
TURNS = 30


async def played(folder: Path) -> Figures:
    """The figures of the whole talk."""
    database = await open_embedded(folder)
    try:
        await database.prepare()
        async with long_talk(database, SUMMARY) as talk:
            return await talk.play(script(TURNS))
    finally:
        await database.close()


def percent(read: Read) -> float:
    """How much of it came from the cache."""
    return 100 * read.cached / read.total


def dollars(read: Read, prices: Prices) -> float:
    """What reading it costs with the large model; the summary costs less than that."""
    usage = Usage(read=read.anew, cached=read.cached, cache_written=read.hour + read.minutes, cache_minutes=read.minutes)
    return prices.cost(LARGE, usage) / MILLION


def main() -> int:
    """Play, print, and say whether the promise is kept."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    prices = Prices(SHIPPED)
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(played(Path(folder) / "data"))
    plain = Read(anew=found.former.total)
    sys.stdout.write(f"{TURNS} turns, {found.requests} requests, {found.summaries} of them to sum up\n")
    rows = (("read from the cache", found.ours), ("  layout of before", found.former), ("  without any mark", plain))
    for name, read in rows:
        promised = f"promised {CACHED_PERCENT}%" if read is found.ours else ""
        sys.stdout.write(
            f"{name:<20} {percent(read):5.1f}%   of {read.total:7,} tokens   written {read.hour + read.minutes:7,}   "
            f"anew {read.anew:7,}   ${dollars(read, prices):.3f}   {promised}".rstrip()
            + "\n"
        )
    kept = percent(found.ours) >= CACHED_PERCENT and found.summaries > 0
    sys.stdout.write("all promises kept\n" if kept else "A promise is not kept.\n")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
