"""How long a start takes, how much memory the stories need, and how soon a command answers; beside bare rivals, in one run.

Run: `python benchmarks/start.py`. Ends with status 1 where a promise of the README is not kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
ELEVATE = [sys.executable, "-m", "bots", "chat"]
# What any terminal program with these two libraries needs, whatever it does: the floor that ours stands on.
RIVAL = [
    sys.executable,
    "-c",
    "import prompt_toolkit, rich.console, pydantic; prompt_toolkit.PromptSession().prompt('Ask anything')",
]
READY = b"Ask anything"

START_SECONDS = 1.5
MEMORY_MB = 150
COMMAND_MS = 50
COMMANDS = ("/help", "/foundation", "/progress", "/module", "/assets", "/kpi report", "/me", "/agents")
STORIES = (
    "/home",
    "/foundation",
    "/foundation interview",
    "A starter kit with a spring press",
    "stop",
    "/run H1",
    "My first batch went fuzzy",
    "Making the family ill",
    "Nora cooks from scratch",
    "warm, plain, patient",
    "Instagram",
    "/assets",
    "/module 1",
    "/progress",
    "/kpi log ctr 2.1% leads 240",
    "/kpi report",
    "@Teacher what is a hook?",
    "and what makes a good one?",
    "@Writer draft one",
    "/agents",
)


def seconds_to_prompt(command: list[str], environment: dict[str, str]) -> float:
    """Seconds from the start of the command until its first prompt is on a real terminal."""
    master, slave = pty.openpty()
    began = time.perf_counter()
    child = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, cwd=ROOT, env=environment)
    os.close(slave)
    seen = b""
    try:
        while READY not in seen and time.perf_counter() - began < 30:
            if select.select([master], [], [], 0.5)[0]:
                seen += os.read(master, 65536)
                if b"\x1b[6n" in seen:  # the terminal is asked where its cursor is, and waits for the answer
                    os.write(master, b"\x1b[1;1R")
        return time.perf_counter() - began
    finally:
        child.kill()
        child.wait()
        os.close(master)


def memory_after_the_stories(environment: dict[str, str]) -> float:
    """Resident memory in MB of the process that has played the stories and still waits for more."""
    child = subprocess.Popen(
        ELEVATE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, env=environment
    )
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        child.stdin.write("\n".join([*STORIES, "/help zzz-the-end"]).encode() + b"\n")
        child.stdin.flush()
        seen = b""
        while b"zzz-the-end" not in seen:
            part = os.read(child.stdout.fileno(), 65536)
            if not part:
                break
            seen = seen[-100:] + part
        return float(psutil.Process(child.pid).memory_info().rss) / 1_000_000
    finally:
        child.kill()
        child.wait()


async def command_times(data: Path) -> list[tuple[str, float]]:
    """The median in milliseconds of twenty answers to each command that needs no model, through the one door."""
    from datetime import UTC, datetime  # noqa: PLC0415

    os.environ["ELEVATE_DATA_DIR"] = str(data)
    from bots.settings import load  # noqa: PLC0415
    from bots.terminal.who import account, place  # noqa: PLC0415
    from bots.wiring import build  # noqa: PLC0415
    from core import plain  # noqa: PLC0415
    from core.ids import new_id  # noqa: PLC0415
    from core.request import Asked  # noqa: PLC0415
    from core.ui import Message  # noqa: PLC0415

    found, actor = [], account()
    async with build(load()) as program:
        for line in COMMANDS:
            name, _, words = line.removeprefix("/").partition(" ")
            times = []
            for _ in range(20):
                began = time.perf_counter()
                request = Asked(
                    id=new_id("evt"), actor=actor, address=place(actor), at=datetime.now(UTC), command=name, words=words
                )
                answer = await program.app.handle(request)
                assert isinstance(answer, Message)
                plain.message(answer)
                times.append((time.perf_counter() - began) * 1000)
            found.append((line, statistics.median(times)))
    return found


def main() -> int:
    """Measure, print, and say whether the promises are kept."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        quiet = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK", "DISCORD", "ANTHROPIC"))}
        environment = {**quiet, "ELEVATE_DATA_DIR": str(data), "TERM": "xterm-256color"}
        subprocess.run(ELEVATE, input=b"/help\n", env=environment, cwd=ROOT, check=True, capture_output=True)
        introduce(environment)
        ours = statistics.median(seconds_to_prompt(ELEVATE, environment) for _ in range(5))
        theirs = statistics.median(seconds_to_prompt(RIVAL, environment) for _ in range(5))
        memory = memory_after_the_stories(environment)
        commands = asyncio.run(command_times(data))
    slowest = max(each for _, each in commands)
    sys.stdout.write(
        f"start to first prompt      {ours:6.2f} s   bare prompt_toolkit + rich + pydantic {theirs:.2f} s   "
        f"ratio {ours / theirs:.1f}\n"
        f"memory after the stories   {memory:6.0f} MB  promised {MEMORY_MB} MB\n"
    )
    for line, each in commands:
        sys.stdout.write(f"{line:<26} {each:6.1f} ms  promised {COMMAND_MS} ms\n")
    kept = ours <= START_SECONDS and memory <= MEMORY_MB and slowest <= COMMAND_MS
    sys.stdout.write("all promises kept\n" if kept else "A promise is not kept.\n")
    return 0 if kept else 1


def introduce(environment: dict[str, str]) -> None:
    """Answer the two questions of a first start, so that the next one goes straight to the first screen."""
    lines = b"/me edit\nNora\nEurope/Dublin\n"
    with contextlib.suppress(subprocess.CalledProcessError):
        subprocess.run(ELEVATE, input=lines, env=environment, cwd=ROOT, check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
