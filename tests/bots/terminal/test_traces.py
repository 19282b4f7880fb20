"""Whoever has their data erased leaves nothing at the terminal either, but the copies that they asked for."""

from __future__ import annotations

from pathlib import Path

from bots.terminal.files import keep
from bots.terminal.prompting import kept_history
from bots.terminal.traces import FILES, HISTORY, TerminalTraces
from bots.terminal.who import account
from core.request import File

MINE = (account().identity,)


async def lines(folder: Path) -> list[str]:
    """What the arrow key would bring back in a new session."""
    return [each async for each in kept_history(folder).load()]


async def test_the_lines_and_the_files_are_erased_and_the_copies_stay(tmp_path: Path) -> None:
    kept_history(tmp_path).append_string("my fears")
    for name in ("chart.png", "elevate-2026-04-08.zip"):
        keep(File(name, "x/y", b"mine"), tmp_path / FILES)
    told = await TerminalTraces(tmp_path).erase(("slack:T1:U1", *MINE))
    assert "elevate-2026-04-08.zip" in told
    assert [each.name for each in (tmp_path / FILES).iterdir()] == ["elevate-2026-04-08.zip"]
    assert await lines(tmp_path) == []
    assert (tmp_path / HISTORY).stat().st_mode & 0o777 == 0o600
    assert await TerminalTraces(tmp_path).erase(MINE) == told


async def test_an_open_session_forgets_too_and_goes_on_keeping_what_is_typed_afterwards(tmp_path: Path) -> None:
    history = kept_history(tmp_path)
    history.append_string("my fears")
    assert [each async for each in history.load()] == ["my fears"]
    await TerminalTraces(tmp_path).erase(MINE)
    assert [each async for each in history.load()] == []
    history.append_string("a fresh start")
    assert [each async for each in history.load()] == ["a fresh start"]
    assert await lines(tmp_path) == ["a fresh start"]


async def test_what_is_at_this_terminal_stays_when_somebody_else_is_erased(tmp_path: Path) -> None:
    kept_history(tmp_path).append_string("mine")
    assert await TerminalTraces(tmp_path).erase(("terminal:terminal:somebody-else",)) == ""
    assert await lines(tmp_path) == ["mine"]


async def test_where_nothing_was_kept_there_is_nothing_to_do(tmp_path: Path) -> None:
    assert "files" in await TerminalTraces(tmp_path / "unused").erase(MINE)
    assert not (tmp_path / "unused").exists()
