"""Slack's speed, beside a bare slack-bolt app that posts the text back: `python benchmarks/slack.py`.

Both run as processes of their own, each against a stand-in Slack, in turns, and get the same direct messages: ours keeps each,
acknowledges it, answers it from the record with cards and buttons, and publishes home tabs; the bare app says the text again.
Acknowledgements are timed where Slack stands, from the envelope's sending to its acknowledgement.

ELEVATE_BENCH_BURST is how many events are sent at once at the end (10,000).
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import psutil

from tests.servers.slack import Person, SlackServer

ROOT = Path(__file__).parent.parent
OURS = (sys.executable, "-m", "bots", "run")
BARE = (
    sys.executable,
    "-c",
    """
import asyncio, os
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

async def main():
    client = AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"] + "/")
    app = AsyncApp(client=client)

    @app.event("message")
    async def echo(event, say):
        await say(text=event["text"], thread_ts=event["ts"])

    await AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start_async()

asyncio.run(main())
""",
)
PEOPLE = 50
A_SECOND, SECONDS = 50, 8
AT_ONCE, ROUNDS = 500, 3
UNDER_WAY = 32
"""Messages that wait for their answer at a time, where answers a second are measured: as many as keep either side busy."""
BURST = int(os.environ.get("ELEVATE_BENCH_BURST", "10000"))
ACK_MS, RATIO = 100.0, 0.5
LIGHT, HEAVY = "/me", "/progress"
"""A command that shows what is kept of somebody, and the one whose answer takes the most reading and drawing."""


class Side:
    """One of the two, running against a stand-in of its own."""

    def __init__(self, slack: SlackServer, people: Sequence[Person], process: psutil.Process) -> None:
        self.slack = slack
        self._people = people
        self._process = process
        self._looked = self._answered = 0

    def answered(self) -> int:
        """How many answers have arrived."""
        fresh = self.slack.calls[self._looked :]
        self._looked += len(fresh)
        self._answered += sum(1 for call in fresh if call.method == "chat.postMessage" and call.error is None)
        return self._answered

    async def paced(self) -> list[float]:
        """Milliseconds from sending to acknowledgement, at so many events a second."""
        before, acked = self.answered(), len(self.slack.acks)
        began = time.perf_counter()
        for number in range(A_SECOND * SECONDS):
            await asyncio.sleep(max(0.0, began + number / A_SECOND - time.perf_counter()))
            self._say(number)
        await self.until(before + A_SECOND * SECONDS)
        return sorted(each.seconds * 1000 for each in self.slack.acks[acked:])

    async def rate(self, count: int, under_way: int, words: str = LIGHT) -> float:
        """Answers a second to so many messages, of which no more than so many wait for their answer at a time."""
        before = self.answered()
        began = time.perf_counter()
        for number in range(count):
            while number - (self.answered() - before) >= under_way:  # noqa: ASYNC110 - it happens in the stand-in's list of calls
                await asyncio.sleep(0.002)
            self._say(number, words)
        await self.until(before + count, pause=0.002)
        took = time.perf_counter() - began
        await self.until(before + count)
        return count / took

    async def until(self, count: int, pause: float = 0.2) -> None:
        """Wait until so many answers have arrived, and after a pause no more than these."""
        deadline = time.perf_counter() + 600
        while self.answered() < count:
            if time.perf_counter() > deadline:
                raise SystemExit(f"only {self.answered()} of {count} answers came")
            await asyncio.sleep(0.002)
        await asyncio.sleep(pause)
        if self.answered() > count:
            raise SystemExit(f"{self.answered()} answers to {count} messages: something was answered twice")

    @property
    def megabytes(self) -> float:
        """Resident memory."""
        return float(self._process.memory_info().rss) / 1_000_000

    def _say(self, number: int, words: str = LIGHT) -> None:
        self._people[number % PEOPLE].says(words)


@asynccontextmanager
async def running(command: Sequence[str], sockets: int) -> AsyncGenerator[Side, None]:
    """One side, connected and warm."""
    quiet = {
        name: value for name, value in os.environ.items() if not name.startswith(("SLACK", "DISCORD", "ANTHROPIC", "ELEVATE"))
    }
    with tempfile.TemporaryDirectory() as folder:
        async with SlackServer() as slack:
            environment = {
                **quiet,
                "ELEVATE_DATA_DIR": folder,
                "ELEVATE_LOG_LEVEL": "WARNING",
                "SLACK_BOT_TOKEN": slack.bot_token,
                "SLACK_APP_TOKEN": slack.app_token,
                "SLACK_API_URL": slack.api_url.rstrip("/"),
            }
            silent = asyncio.subprocess.DEVNULL
            child = await asyncio.create_subprocess_exec(*command, env=environment, cwd=ROOT, stdout=silent, stderr=silent)
            try:
                await slack.sockets.connected(sockets)
                side = Side(slack, [slack.person(f"Person {number}") for number in range(PEOPLE)], psutil.Process(child.pid))
                await side.rate(PEOPLE * 2, UNDER_WAY)
                yield side
            finally:
                child.terminate()
                await child.wait()


def percentile(times: Sequence[float], share: float) -> float:
    """The time that so much of all stays under; `times` are sorted."""
    return times[min(len(times) - 1, int(len(times) * share))]


async def measure() -> int:
    """Measure in turns, print, and say whether the promises are kept."""
    async with running(OURS, 2) as ours, running(BARE, 1) as bare:
        acks = {"ours": await ours.paced(), "bare": await bare.paced()}
        rates: dict[str, list[float]] = {"ours": [], "bare": [], "heavy": []}
        for _ in range(ROUNDS):
            rates["ours"].append(await ours.rate(AT_ONCE, UNDER_WAY))
            rates["bare"].append(await bare.rate(AT_ONCE, UNDER_WAY))
            rates["heavy"].append(await ours.rate(AT_ONCE, UNDER_WAY, HEAVY))
        memory = ours.megabytes
        burst = await ours.rate(BURST, BURST)
        slowest = max(each.seconds for each in ours.slack.acks[-BURST:])
        lost, after = len(ours.slack.deliveries.lost), ours.megabytes
    mine, theirs, heavy = (statistics.median(rates[each]) for each in ("ours", "bare", "heavy"))
    p99 = percentile(acks["ours"], 0.99)
    bare_ms = f"p50 {percentile(acks['bare'], 0.5):.0f} ms, p99 {percentile(acks['bare'], 0.99):.0f} ms"
    sys.stdout.write(
        f"acknowledged at {A_SECOND} events a second: p50 {percentile(acks['ours'], 0.5):.0f} ms, p99 {p99:.0f} ms; "
        f"bare {bare_ms}; promised p99 {ACK_MS:.0f} ms\n"
        f"answers a second to {LIGHT}: {mine:.0f}; bare {theirs:.0f}; ratio {mine / theirs:.2f}; promised {RATIO}\n"
        f"answers a second to {HEAVY}: {heavy:.0f}; ratio {heavy / theirs:.2f}\n"
        f"{BURST:,} at once: each answered once, {burst:.0f} a second, slowest acknowledgement {slowest:.1f} s, given up by "
        f"Slack {lost}; memory {memory:.0f} MB before, {after:.0f} MB after\n"
    )
    kept = p99 <= ACK_MS and mine >= RATIO * theirs and lost == 0
    sys.stdout.write("all promises kept\n" if kept else "A promise is not kept.\n")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(measure()))
