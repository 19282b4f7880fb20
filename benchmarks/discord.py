"""Discord's speed, beside a bare discord.py client that says the words again: `python benchmarks/discord.py`.

Both run as processes of their own, each against a stand-in Discord, in turns, and get the same slash commands and messages: ours
keeps each and answers it from the record with cards and buttons; the bare client says the text again. First responses are timed
where Discord stands, from the interaction's sending to what it is answered with. At the end each has seen so many people.

ELEVATE_BENCH_MEMBERS is how many people ask something, one after the other (10,000).
"""

from __future__ import annotations

import asyncio
import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import psutil

from tests.servers.discord import DiscordServer, Person
from tests.servers.discord.interactions import ask
from tests.servers.discord.shapes import Json
from tests.servers.discord.things import Asks, Does, Interaction, Message

ROOT = Path(__file__).parent.parent
OURS = (sys.executable, "-m", "bots", "run")
BARE = (
    sys.executable,
    "-c",
    """
import os
import discord
import yarl

discord.http.Route.BASE = os.environ["DISCORD_API_URL"]
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY_URL"])

class Echo(discord.Client):
    async def on_message(self, message):
        if message.author != self.user:
            await message.channel.send(message.content)

    async def on_interaction(self, interaction):
        await interaction.response.send_message(interaction.data["name"])

intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
Echo(intents=intents).run(os.environ["DISCORD_BOT_TOKEN"], log_handler=None)
""",
)
PEOPLE = 50
A_SECOND, SECONDS = 30, 10
AT_ONCE, ROUNDS = 500, 3
UNDER_WAY = 32
"""What waits for its answer at a time, where answers a second are measured: as many as keep either side busy."""
MEMBERS = int(os.environ.get("ELEVATE_BENCH_MEMBERS", "10000"))
FIRST_MS, RATIO, MORE_MB = 150.0, 0.5, 60.0
LIGHT, HEAVY = "me", "progress"
"""A command that shows what is kept of somebody, and the one whose answer takes the most reading and drawing."""


class Side:
    """One of the two, running against a stand-in of its own."""

    def __init__(self, discord: DiscordServer, process: psutil.Process) -> None:
        self.discord = discord
        self.people = [discord.person(f"Person {number}") for number in range(PEOPLE)]
        self._process = process
        self._room = discord.channel("benchmark")

    @property
    def megabytes(self) -> float:
        """Resident memory."""
        return float(self._process.memory_info().rss) / 1_000_000

    def asks(self, who: Person, command: str = LIGHT) -> Interaction:
        """Somebody gives a slash command in the guild."""
        world = self.discord.world
        registered = next((each for each in world.commands[None] if each["name"] == command), {"id": world.id(), "name": command})
        data: Json = {"id": registered["id"], "name": command, "type": 1}
        return ask(world, who.user, Asks.COMMAND, self._room, data)

    async def paced(self) -> tuple[list[float], int]:
        """Milliseconds from an interaction to its first response, at so many a second; and how many were only deferred."""
        asked: list[Interaction] = []
        began = time.perf_counter()
        for number in range(A_SECOND * SECONDS):
            await asyncio.sleep(max(0.0, began + number / A_SECOND - time.perf_counter()))
            asked.append(self.asks(self.people[number % PEOPLE]))
        await self._until(lambda: all(map(self._answered, asked)))
        times = sorted(((each.did_at or 0.0) - each.made_at) * 1000 for each in asked)
        return times, sum(each.did is Does.DEFERRED_MESSAGE for each in asked)

    async def rate(self, count: int, command: str = LIGHT, people: Sequence[Person] = ()) -> float:
        """Answers a second to so many commands, of which no more than so many wait for their answer at a time."""
        turns = itertools.cycle(people or self.people)
        waiting: list[Interaction] = []
        began = time.perf_counter()
        for _ in range(count):
            if len(waiting) >= UNDER_WAY:
                await self._until(lambda: any(map(self._answered, waiting)))
                waiting[:] = [each for each in waiting if not self._answered(each)]
            waiting.append(self.asks(next(turns), command))
        await self._until(lambda: all(map(self._answered, waiting)))
        return count / (time.perf_counter() - began)

    async def meets(self, count: int) -> None:
        """So many people more join the guild; every other gives a command there, the others write directly."""
        for number in range(0, count, UNDER_WAY):
            new = [self.discord.person(f"Member {number + each}") for each in range(min(UNDER_WAY, count - number))]
            asked = [self.asks(each) for each in new[::2]]
            said = [each.says(f"/{LIGHT}") for each in new[1::2]]
            await self._until(partial(self._all_done, asked, said))

    def _all_done(self, asked: Sequence[Interaction], said: Sequence[Message]) -> bool:
        return all(map(self._answered, asked)) and all(map(self._replied, said))

    def _answered(self, asked: Interaction) -> bool:
        """Whether its answer is there, and not only the word that one will come."""
        if asked.did is None or asked.original is None:
            return False
        shown = self.discord.world.any_message(asked.original)
        return shown is not None and not shown.thinking

    def _replied(self, said: Message) -> bool:
        there = self.discord.world.history(said.channel)
        return any(each.author == self.discord.world.bot.id for each in there)

    async def _until(self, there: Callable[[], bool]) -> None:
        deadline = time.perf_counter() + 60
        while not there():
            if time.perf_counter() > deadline:
                raise SystemExit("an answer never came")
            await asyncio.sleep(0.002)


@asynccontextmanager
async def running(command: Sequence[str]) -> AsyncGenerator[Side, None]:
    """One side, connected and warm."""
    quiet = {
        name: value for name, value in os.environ.items() if not name.startswith(("SLACK", "DISCORD", "ANTHROPIC", "ELEVATE"))
    }
    with tempfile.TemporaryDirectory() as folder:
        async with DiscordServer(checked=False) as discord:
            environment = {
                **quiet,
                "ELEVATE_DATA_DIR": folder,
                "ELEVATE_LOG_LEVEL": "WARNING",
                "DISCORD_BOT_TOKEN": discord.token,
                "DISCORD_API_URL": discord.api_url,
                "DISCORD_GATEWAY_URL": discord.gateway_url,
            }
            silent = asyncio.subprocess.DEVNULL
            child = await asyncio.create_subprocess_exec(*command, env=environment, cwd=ROOT, stdout=silent, stderr=silent)
            try:
                await _connected(discord, child)
                side = Side(discord, psutil.Process(child.pid))
                await side.rate(PEOPLE * 2)
                yield side
            finally:
                child.terminate()
                await child.wait()


async def _connected(discord: DiscordServer, child: asyncio.subprocess.Process) -> None:
    try:
        async with asyncio.timeout(30):
            await discord.gateway.connected(1)
    except TimeoutError:
        ended = f"ended with code {child.returncode}" if child.returncode is not None else "runs"
        raise SystemExit(f"the gateway was never joined; the program {ended}") from None


def percentile(times: Sequence[float], share: float) -> float:
    """The time that so much of all stays under; `times` are sorted."""
    return times[min(len(times) - 1, int(len(times) * share))]


async def measure() -> int:
    """Measure in turns, print, and say whether the promises are kept."""
    async with running(OURS) as ours, running(BARE) as bare:
        (first, deferred), (bare_first, _) = await ours.paced(), await bare.paced()
        rates: dict[str, list[float]] = {"ours": [], "bare": [], "heavy": []}
        for _ in range(ROUNDS):
            rates["ours"].append(await ours.rate(AT_ONCE))
            rates["bare"].append(await bare.rate(AT_ONCE))
            rates["heavy"].append(await ours.rate(AT_ONCE, HEAVY))
        before = ours.megabytes, bare.megabytes
        for side in (ours, bare):
            await side.meets(MEMBERS)
        after = ours.megabytes, bare.megabytes
    mine, theirs, heavy = (statistics.median(rates[each]) for each in ("ours", "bare", "heavy"))
    p99, more = percentile(first, 0.99), after[0] - after[1]
    sys.stdout.write(
        f"first response at {A_SECOND} interactions a second: p50 {percentile(first, 0.5):.0f} ms, p99 {p99:.0f} ms, "
        f"{deferred} of {len(first)} deferred; bare p50 {percentile(bare_first, 0.5):.0f} ms, "
        f"p99 {percentile(bare_first, 0.99):.0f} ms; promised p99 {FIRST_MS:.0f} ms\n"
        f"answers a second to /{LIGHT}: {mine:.0f}; bare {theirs:.0f}; ratio {mine / theirs:.2f}; promised {RATIO}\n"
        f"answers a second to /{HEAVY}: {heavy:.0f}; ratio {heavy / theirs:.2f}\n"
        f"memory with {MEMBERS:,} members seen: {after[0]:.0f} MB, before {before[0]:.0f} MB; bare {after[1]:.0f} MB, before "
        f"{before[1]:.0f} MB; {more:.0f} MB more than bare; promised {MORE_MB:.0f} MB\n"
    )
    kept = p99 <= FIRST_MS and mine >= RATIO * theirs and more <= MORE_MB
    sys.stdout.write("all promises kept\n" if kept else "A promise is not kept.\n")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(measure()))
