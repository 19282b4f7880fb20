"""Lines from a pipe, and signals."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import pytest

from bots.terminal.interrupts import QUICKLY, Interrupts
from bots.terminal.keyboard import Pipe, Stopped
from bots.terminal.sender import Closed


@pytest.fixture
def pipe() -> Iterator[tuple[Pipe, int]]:
    """A pipe's reader, and the descriptor to write to."""
    read, write = os.pipe()
    yield Pipe(read), write
    os.close(read)


async def all_of(pipe: Pipe) -> list[str]:
    lines = []
    while True:
        try:
            lines.append(await pipe.line())
        except Closed:
            return lines


@pytest.mark.parametrize(
    ("sent", "lines"),
    [
        (b"", []),
        (b"one\ntwo\n", ["one", "two"]),
        (b"one\r\n\r\nlast", ["one", "", "last"]),
        (b"\xff\xfe\n\xf0\x9f\n", ["\ufffd\ufffd", "\ufffd"]),
        ("Größe 🫙\n".encode(), ["Größe 🫙"]),
        (b"\x00\x1b[A\n", ["\x00\x1b[A"]),
    ],
)
async def test_bytes_become_lines(pipe: tuple[Pipe, int], sent: bytes, lines: list[str]) -> None:
    os.write(pipe[1], sent)
    os.close(pipe[1])
    assert await all_of(pipe[0]) == lines


async def test_the_end_stays_the_end(pipe: tuple[Pipe, int]) -> None:
    os.close(pipe[1])
    for _ in range(3):
        with pytest.raises(Closed):
            await pipe[0].line()


async def test_a_line_of_any_length_and_letters_split_between_two_reads(tmp_path: Path) -> None:
    text = "ü" * 400_000
    (tmp_path / "lines").write_bytes(b"x" + text.encode() + b"\nnext\n")
    with (tmp_path / "lines").open("rb") as file:
        assert await all_of(Pipe(file.fileno())) == ["x" + text, "next"]


async def test_work_that_nobody_stops_returns() -> None:
    async def work() -> int:
        return 7

    assert await Interrupts(patient=True, clock=lambda: 0).guard(work()) == 7


class Clock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def waiting(tidied: list[str], began: asyncio.Event) -> None:
    began.set()
    try:
        await asyncio.Event().wait()
    finally:
        await asyncio.sleep(0)
        tidied.append("tidied")


async def stopped_by(interrupts: Interrupts, *presses: str) -> list[str]:
    """What the work still did, after the presses came while it ran."""
    tidied: list[str] = []
    began = asyncio.Event()
    guarded = asyncio.create_task(interrupts.guard(waiting(tidied, began)))
    await began.wait()
    for press in presses:
        getattr(interrupts, press)()
    try:
        await guarded
    except Closed:
        tidied.append("closed")
    except Stopped:
        tidied.append("stopped")
    return tidied


async def test_ctrl_c_stops_the_work_which_tidies_up() -> None:
    assert await stopped_by(Interrupts(patient=True, clock=Clock()), "press") == ["tidied", "stopped"]


async def test_a_second_press_ends_but_does_not_disturb_the_tidying() -> None:
    assert await stopped_by(Interrupts(patient=True, clock=Clock()), "press", "press") == ["tidied", "closed"]


async def test_two_slow_presses_do_not_end() -> None:
    clock = Clock()
    interrupts = Interrupts(patient=True, clock=clock)
    await stopped_by(interrupts, "press")
    clock.now = QUICKLY + 0.1
    assert await stopped_by(interrupts, "press") == ["tidied", "stopped"]


async def test_on_a_pipe_one_press_ends() -> None:
    interrupts = Interrupts(patient=False, clock=Clock())
    assert await stopped_by(interrupts, "press") == ["tidied", "closed"]
    assert interrupts.interrupted


async def test_after_the_end_no_work_begins() -> None:
    interrupts = Interrupts(patient=True, clock=Clock())
    interrupts.end()
    with pytest.raises(Closed):
        await interrupts.guard(waiting([], asyncio.Event()))


async def test_a_cancelled_conversation_is_cancelled() -> None:
    began = asyncio.Event()
    guarded = asyncio.create_task(Interrupts(patient=True, clock=Clock()).guard(waiting([], began)))
    await began.wait()
    guarded.cancel()
    with pytest.raises(asyncio.CancelledError):
        await guarded


@pytest.fixture
async def caught() -> AsyncGenerator[Interrupts, None]:
    interrupts = Interrupts(patient=True, clock=Clock())
    with interrupts.caught():
        yield interrupts


@pytest.mark.parametrize(("sign", "ends"), [(signal.SIGINT, False), (signal.SIGTERM, True), (signal.SIGHUP, True)])
async def test_signals_come_here(caught: Interrupts, sign: signal.Signals, ends: bool) -> None:
    began = asyncio.Event()
    guarded = asyncio.create_task(caught.guard(waiting([], began)))
    await began.wait()
    os.kill(os.getpid(), sign)
    with pytest.raises(Closed if ends else Stopped):
        await guarded
