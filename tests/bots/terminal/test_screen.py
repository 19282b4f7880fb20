"""An answer that grows on a screen: what stands there at the end, and what was drawn on the way."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import AsyncGenerator

import pytest
from rich.console import Console

from bots.terminal.screen import Screen
from core.plans import Plan, Step
from core.ui import Began, Card, Ended, Grew, Message, Planned, Speaker, Text, Update
from tests.bots.tiny import STORY, TEACHER

SIGNS = re.compile(r"\x1b\[(\d*)([A-Za-z])|\x1b\[\?\d+[hl]|\x1b\[[\d;]*m|([\r\n])|([^\x1b\r\n]+)")


def screen_after(written: str) -> list[str]:
    """The lines of a tall terminal to which this was written."""
    lines, row, column = [""], 0, 0
    for count, sign, end, text in SIGNS.findall(written):
        if end == "\n":
            row, column = row + 1, 0
            lines += [""] * (row + 1 - len(lines))
        elif end == "\r":
            column = 0
        elif sign == "A":
            row -= int(count or 1)
            assert row >= 0, "the cursor left the screen"
        elif sign == "K":
            lines[row] = ""
        elif text:
            lines[row] = lines[row][:column].ljust(column) + text + lines[row][column + len(text) :]
            column += len(text)
    return [line.rstrip() for line in lines]


async def updates(*parts: Update) -> AsyncGenerator[Update, None]:
    for part in parts:
        yield part
        await asyncio.sleep(0)


async def followed(*parts: Update, width: int = 80, height: int = 24) -> str:
    """Everything that was written while the answer grew."""
    out = io.StringIO()
    console = Console(file=out, width=width, height=height, force_terminal=True, color_system=None)
    await Screen(console).follow(updates(*parts))
    return out.getvalue()


@pytest.mark.parametrize("size", [1, 7, 1000])
async def test_every_block_stands_once_and_in_order(size: int) -> None:
    text = "".join(STORY)
    words = [Grew(text[at : at + size]) for at in range(0, len(text), size)]
    lines = screen_after(await followed(Began(TEACHER), *words, Ended(Message(text, speaker=TEACHER))))
    assert [line for line in lines if line] == [
        "Teacher",
        "Hooks",
        "A hook is the first line that makes someone stop.",
        " 1 Name the pain.",
        " 2 Promise a change.",
        " 3 Prove it.",
        "  Still scrubbing pans?",
        " Angle  Line",
        " ─────────────────",
        " pain   Tired of…?",
        "See https://example.test.",
    ]


async def test_the_region_is_never_taller_than_the_screen() -> None:
    words = [Grew(f"line {at}  \n") for at in range(200)]
    written = await followed(Began(TEACHER), *words, Ended(Message("", speaker=TEACHER)), height=12)
    ups = [int(count or 1) for count in re.findall(r"\x1b\[(\d*)A", written)]
    assert max([len(run) // len("\x1b[1A\x1b[2K") for run in re.findall(r"(?:\x1b\[1A\x1b\[2K)+", written)], default=0) < 12
    assert set(ups) <= {1}


async def test_steps_are_ticked_off_and_cards_follow_the_words() -> None:
    lines = screen_after(
        await followed(
            Step("a", "Reading your Foundation", "running"),
            Step("a", "Reading your Foundation", "done"),
            Step("b", "Asking Claude", "running"),
            Step("b", "Asking Claude", "failed"),
            Began(TEACHER),
            Grew("Some words."),
            Ended(Message("Some words.", (Card("Kept", (Text("As a draft."),)),), speaker=TEACHER)),
        )
    )
    assert [line for line in lines if line][:4] == ["✓ Reading your Foundation", "✗ Asking Claude", "Teacher", "Some words."]
    assert any("As a draft." in line for line in lines)


async def test_a_plan_stays_in_sight_until_it_is_ticked_off() -> None:
    begun = Plan((Step("w", "Writer: hooks", "running"), Step("s", "SEO: a title", "waiting")))
    over = Plan((Step("w", "Writer: hooks", "done"), Step("s", "SEO: a title", "failed")))
    said = (Began(TEACHER), Grew("Hooks."), Ended(Message("Hooks.", speaker=TEACHER)))
    written = await followed(Planned(begun), *said, Planned(over))
    assert "· SEO: a title" in written
    assert [line for line in screen_after(written) if line] == ["Teacher", "Hooks.", "✓ Writer: hooks", "✗ SEO: a title"]


async def test_several_speakers_are_told_apart() -> None:
    sage = Speaker("Sage")
    parts = (Began(TEACHER), Grew("One."), Ended(Message("One.")), Began(sage), Grew("Two."), Ended(Message("Two.")))
    lines = screen_after(await followed(*parts))
    assert lines[:5] == ["Teacher", "One.", "", "Sage", "Two."]


async def test_what_came_before_a_stop_stays() -> None:
    out = io.StringIO()
    screen = Screen(Console(file=out, width=80, height=24, force_terminal=True, color_system=None))
    came = asyncio.Event()

    async def endless() -> AsyncGenerator[Update, None]:
        yield Began(TEACHER)
        yield Grew("Half of an")
        came.set()
        await asyncio.Event().wait()

    following = asyncio.create_task(screen.follow(endless()))
    await came.wait()
    following.cancel()
    with pytest.raises(asyncio.CancelledError):
        await following
    assert [line for line in screen_after(out.getvalue()) if line] == ["Teacher", "Half of an"]


async def test_words_that_came_only_at_the_end_are_shown() -> None:
    lines = screen_after(await followed(Began(TEACHER), Ended(Message("All at once.", speaker=TEACHER))))
    assert [line for line in lines if line] == ["Teacher", "All at once."]
