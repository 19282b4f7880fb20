"""A real pseudo-terminal, with the program as its own process."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import psutil
import pytest

from bots.settings import described

ROOT = Path(__file__).parents[2]
HINT = re.compile(r"Ask anything|Ask, or type")


@contextmanager
def chat(folder: Path, columns: int = 80, **settings: str) -> Generator[pexpect.spawn[str], None, None]:
    """`elevate chat` on a terminal of this width."""
    kept = {name: value for name, value in os.environ.items() if name not in {*described(), "NO_COLOR", "COLUMNS", "LINES"}}
    environment = {
        **kept,
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm-256color",
        "ELEVATE_DATA_DIR": str(folder / "data"),
        "PROMPT_TOOLKIT_NO_CPR": "1",  # nothing here answers where the cursor is
        **settings,
    }
    child = pexpect.spawn(
        sys.executable,
        ["-m", "bots", "chat"],
        cwd=str(folder),
        env=environment,
        dimensions=(24, columns),
        encoding="utf-8",
        timeout=30,
    )
    try:
        yield child
    finally:
        child.close(force=True)


def introduce(child: pexpect.spawn[str]) -> None:
    """Answer the two questions of a first start."""
    child.expect("Your name")
    child.send("Maria\r")
    child.expect("time zone")
    child.send("london\r")
    child.expect("Thank you, Maria")
    child.expect(HINT)


@pytest.fixture(scope="module")
def seated(tmp_path_factory: pytest.TempPathFactory) -> Generator[pexpect.spawn[str], None, None]:
    """Somebody who has answered them, for the tests after which the same program goes on: to begin it takes two seconds."""
    with chat(tmp_path_factory.mktemp("seated")) as child:
        introduce(child)
        yield child


def plain(text: str | None) -> str:
    """What was drawn, without the terminal's own signs."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]", "", text or "")


@pytest.mark.parametrize("columns", [80, 40])
def test_a_first_start_and_a_second_and_no_line_is_wider_than_the_screen(tmp_path: Path, columns: int) -> None:
    with chat(tmp_path, columns) as child:
        introduce(child)
        child.send("/agents\r")
        child.expect("Your agents")
        child.expect(HINT)
        assert max(len(line) for line in plain(child.before).splitlines()) <= columns
        child.send("/help\r")
        child.expect("/foundation")
        child.expect(HINT)
        child.send("/quit\r")
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 0
    with chat(tmp_path, columns) as child:
        child.expect("Maria")
        child.expect(HINT)
        assert "Welcome" not in plain(child.before)
        child.sendeof()
        child.expect(pexpect.EOF)


def test_ctrl_c_says_how_to_leave_and_twice_leaves(tmp_path: Path) -> None:
    with chat(tmp_path) as child:
        introduce(child)
        child.sendintr()
        child.expect("type /quit or press Ctrl-D")
        child.sendintr()
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 0


def test_ctrl_c_in_a_form_leaves_it_and_keeps_what_was_typed(tmp_path: Path) -> None:
    with chat(tmp_path) as child:
        introduce(child)
        child.send("/me edit\r")
        child.expect("Your name")
        child.send("Maria Ortiz\r")
        child.expect("Your time zone[^›]*›")  # before a question's prompt is there, Ctrl-C is a signal that ends the program
        child.sendintr()
        child.expect("You left the form")
        child.expect(HINT)
        child.send("/me edit\r")
        child.expect("Enter keeps: .*Maria Ortiz")
        assert child.isalive(), "the form was left, and not the program"


def test_a_sigterm_ends_it_in_order(tmp_path: Path) -> None:
    with chat(tmp_path) as child:
        introduce(child)
        child.kill(signal.SIGTERM)
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 0
        assert "Traceback" not in plain(child.before)


def test_pasted_lines_are_one_message(seated: pexpect.spawn[str]) -> None:
    seated.send("\x1b[200~/nope one\n/nope two\x1b[201~\r")
    seated.expect("There is no command /nope")
    seated.expect(HINT)
    assert "There is no command" not in plain(seated.before)


def test_no_color_is_honoured(tmp_path: Path) -> None:
    with chat(tmp_path, NO_COLOR="1") as child:
        introduce(child)
        child.send("/agents\r")
        child.expect("Your agents")
        child.expect(HINT)
        assert not re.search(r"\x1b\[[0-9;]*\b(3[0-7]|9[0-7]|38)[;m]", child.before or "")


def test_memory_stays_small(seated: pexpect.spawn[str]) -> None:
    for command in ("/agents", "/foundation", "/module", "/help"):
        seated.send(f"{command}\r")
        seated.expect(HINT)
    assert psutil.Process(seated.pid).memory_info().rss < 150 * 1024 * 1024
