"""One turn of the conversation, beside a minimal hand-written loop: `python benchmarks/turn.py`.

Both ask the same stand-in Claude, which streams 200 chunks at once, over the Anthropic SDK, and keep the talk in the same MongoDB
(`ELEVATE_TEST_MONGODB_URI`, else SecantusDB where it is installed) over Motor; model and database are processes of their own.
The loop reads the history, streams, and saves the two messages. Ours is the whole program but the platform: the inbox, the
person, the budget, the brief, the tools, the answer as it grows, and everything kept. Processor time is this process's own,
in turns of rounds. The first chunk carries the time at which it was sent, by the machine's own clock.
"""

from __future__ import annotations

import asyncio
import gc
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import structlog
from aiohttp import web
from anthropic import AsyncAnthropic
from anthropic.types import MessageParam
from motor.motor_asyncio import AsyncIOMotorClient

from bots.settings import Settings
from bots.wiring import Program, build
from core.request import Actor, Platform, Said
from core.ui import Grew, Live
from tests.contracts import mongodb

CHUNKS = 200
ROUNDS, EACH = 9, 10
AT_ONCE = 100
HELD = "wait-for-the-word"
"""In a question: the answer begins, and its rest waits for a word at `/go`."""
RATIO, FIRST_MS, TURN_MB = 1.5, 60.0, 1.0
PIECE = "A hook names one moment in the customer's kitchen. "
MODEL = "claude-sonnet-5-5"
_numbers = count(1)


class StandIn:
    """A Claude that streams as fast as it can."""

    def __init__(self) -> None:
        self._go = asyncio.Event()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One streamed answer."""
        asked = json.dumps((await request.json())["messages"][-1])
        response = web.StreamResponse(headers={"content-type": "text/event-stream"})
        await response.prepare(request)
        usage = {"input_tokens": 900, "output_tokens": 1, "cache_read_input_tokens": 0, "cache_creation_input_tokens": 0}
        message = {"id": "msg_1", "type": "message", "role": "assistant", "model": MODEL, "content": [], "usage": usage}
        start = {"type": "message_start", "message": {**message, "stop_reason": None, "stop_sequence": None}}
        block = {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}
        await response.write(_event(start) + _event(block) + _delta(f"{time.perf_counter_ns()} "))
        if HELD in asked:
            await self._go.wait()
        await response.write(b"".join(_delta(PIECE) for _ in range(CHUNKS - 1)))
        end = {
            "type": "message_delta",
            "delta": {"stop_reason": "end_turn", "stop_sequence": None},
            "usage": {"output_tokens": 2_000},
        }
        await response.write(_event({"type": "content_block_stop", "index": 0}) + _event(end) + _event({"type": "message_stop"}))
        return response

    async def go(self, _: web.Request) -> web.Response:
        """Let those that wait go on."""
        self._go.set()
        self._go = asyncio.Event()
        return web.Response()


def _event(event: dict[str, Any]) -> bytes:
    return f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode()


def _delta(text: str) -> bytes:
    return _event({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text}})


async def _stand_in() -> None:
    stand_in, site = StandIn(), web.Application()
    site.add_routes([web.post("/v1/messages", stand_in.answer), web.post("/go", stand_in.go)])
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


@contextmanager
def claude() -> Iterator[str]:
    """The address of the stand-in, in a process of its own."""
    process = subprocess.Popen([sys.executable, __file__, "stand-in"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.kill()
        process.wait()


class Ours:
    """The program, heard from as a surface would."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self.firsts: list[float] = []

    async def turn(self, number: int, words: str = "") -> int:
        """One message of one student, answered to its end; returns how many characters came."""
        who = Actor(Platform.SLACK, "T1", f"U{number}", f"Student {number}")
        text = f"Give me three hooks for the spring press. {words}"
        said = Said(id=f"E{next(_numbers)}", actor=who, address=who.direct, at=datetime.now(UTC), text=text)
        characters = 0
        async with self._program.reception.answering(said) as answer:
            assert isinstance(answer, Live), answer
            async for update in answer.updates:
                if isinstance(update, Grew):
                    if not characters:
                        self.firsts.append((time.perf_counter_ns() - int(update.text.split()[0])) / 1e6)
                    characters += len(update.text)
        return characters


class Bare:
    """The loop that one would write by hand."""

    def __init__(self, uri: str, url: str) -> None:
        client: AsyncIOMotorClient[dict[str, Any]] = AsyncIOMotorClient(uri, tz_aware=True)
        self._messages = client["bare"]["messages"]
        self._client = AsyncAnthropic(api_key="test", base_url=url)

    async def prepare(self) -> None:
        """The index that the history is read by."""
        await self._messages.create_index([("conversation", 1), ("number", 1)])

    async def turn(self, number: int) -> int:
        """One message, answered and saved."""
        conversation = f"C{number}"
        history = await self._messages.find({"conversation": conversation}).sort("number", -1).to_list(40)
        talk: list[MessageParam] = [{"role": each["role"], "content": each["content"]} for each in reversed(history)]
        question: MessageParam = {"role": "user", "content": "Give me three hooks for the spring press."}
        text = ""
        async with self._client.messages.stream(
            model=MODEL, max_tokens=8_000, system="You write for small shops.", messages=[*talk, question]
        ) as stream:
            async for words in stream.text_stream:
                text += words
        at = len(history)
        answer: MessageParam = {"role": "assistant", "content": text}
        for place, said in enumerate((question, answer)):
            await self._messages.insert_one({**said, "conversation": conversation, "number": at + place, "at": datetime.now(UTC)})
        return len(text)


@asynccontextmanager
async def ours_over(uri: str, url: str, folder: Path) -> AsyncIterator[Ours]:
    """Ours, on a database of its own."""
    told = {
        "ELEVATE_DATA_DIR": folder,
        "ELEVATE_MONGODB_URI": f"{uri}elevate_bench",
        "ANTHROPIC_API_KEY": "test",
        "ANTHROPIC_BASE_URL": url,
        "ELEVATE_MODEL": MODEL,
        "ELEVATE_DAILY_BUDGET": "100000",
        "ELEVATE_MONTHLY_BUDGET": "1000000",
    }
    async with build(Settings.model_validate(told)) as program:
        yield Ours(program)


async def cost(turns: Sequence[Any]) -> float:
    """Milliseconds of processor time for one turn, of these made one after the other."""
    gc.collect()
    began = time.process_time()
    for each in turns:
        assert await each() > CHUNKS
    return (time.process_time() - began) * 1e3 / len(turns)


async def side_by_side(ours: Ours, bare: Bare) -> tuple[float, float]:
    """Milliseconds of processor time for one turn, ours and the bare loop's: medians of rounds that take turns."""
    for side in (ours, bare):
        for number in range(EACH):
            await side.turn(number)
    mine, theirs = [], []
    for _ in range(ROUNDS):
        mine.append(await cost([lambda n=n: ours.turn(n) for n in range(EACH)]))
        theirs.append(await cost([lambda n=n: bare.turn(n) for n in range(EACH)]))
    return statistics.median(mine), statistics.median(theirs)


async def at_once(ours: Ours, url: str) -> tuple[float, float]:
    """With so many turns open: the seconds that one more takes, and megabytes of memory for each that is open."""
    for number in range(AT_ONCE + 1):
        await ours.turn(1_000 + number)
    process = psutil.Process()
    gc.collect()
    before, heard = process.memory_info().rss, len(ours.firsts)
    held = [asyncio.create_task(ours.turn(1_000 + number, HELD)) for number in range(AT_ONCE)]
    while len(ours.firsts) < heard + AT_ONCE:
        await asyncio.wait(held, timeout=0.05)
    gc.collect()
    grown = (process.memory_info().rss - before) / AT_ONCE / 1e6
    began = time.perf_counter()
    await ours.turn(1_000 + AT_ONCE)
    passed = time.perf_counter() - began
    assert not any(each.done() for each in held)
    async with aiohttp.ClientSession() as session, session.post(f"{url}/go"):
        await asyncio.gather(*held)
    return passed, grown


async def main() -> int:
    """Measure, print, and say whether what was promised is kept."""
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())  # the bare loop writes no log
    with mongodb.server() as uri, claude() as url, tempfile.TemporaryDirectory() as folder:
        async with ours_over(uri, url, Path(folder)) as ours:
            bare = Bare(uri, url)
            await bare.prepare()
            mine, theirs = await side_by_side(ours, bare)
            first = statistics.quantiles(ours.firsts, n=20)[18]
            alone_began = time.perf_counter()
            await ours.turn(0)
            alone = time.perf_counter() - alone_began
            passed, grown = await at_once(ours, url)
    ratio = mine / theirs
    print(f"processor time of a turn: {mine:.1f} ms; bare loop {theirs:.1f} ms; ratio {ratio:.2f}; promised {RATIO}")
    print(f"first text after the first chunk: p95 {first:.1f} ms; promised {FIRST_MS:.0f}")
    print(
        f"{AT_ONCE} turns open: one more takes {passed:.2f} s, {alone:.2f} s alone; {grown:.2f} MB each; promised {TURN_MB:.0f}"
    )
    kept = ratio <= RATIO and first <= FIRST_MS and grown <= TURN_MB and passed < max(1.0, 5 * alone)
    print("Every promise is kept." if kept else "A promise is not kept.")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(_stand_in() if sys.argv[1:] == ["stand-in"] else main()))
