"""The `elevate` command, as its own process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bots.settings import described
from tests import forking

ROOT = Path(__file__).parents[2]
Run = subprocess.CompletedProcess[str]


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """This process's environment, with these settings and no others."""
    kept = {name: value for name, value in os.environ.items() if name not in described()}
    return {**kept, "PYTHONPATH": str(ROOT), "ELEVATE_DATA_DIR": str(data_dir), **settings}


def elevated(folder: Path, *words: str, lines: str | bytes = "", **settings: str) -> Run:
    """As `elevate`, in a fork: for what is begun for real elsewhere."""
    typed = lines.encode() if isinstance(lines, str) else lines
    ran = forking.ran("bots", *words, folder=folder, environment=environment(folder / "data", **settings), typed=typed)
    return Run(ran.args, ran.returncode, ran.stdout.decode(), ran.stderr.decode())


def elevate(folder: Path, *words: str, lines: str | bytes = "", **settings: str) -> Run:
    """Run it to its end with these lines on its standard input."""
    typed = lines.encode() if isinstance(lines, str) else lines
    ran = subprocess.run(
        [sys.executable, "-m", "bots", *words],
        input=typed,
        capture_output=True,
        cwd=folder,
        env=environment(folder / "data", **settings),
        timeout=60,
        check=False,
    )
    return Run(ran.args, ran.returncode, ran.stdout.decode(), ran.stderr.decode())


def test_a_pipe_is_answered_line_by_line_in_plain_text(tmp_path: Path) -> None:
    ran = elevate(tmp_path, lines="/help\n\n\n/me\n/nope\n")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "\x1b" not in ran.stdout
    assert ran.stdout.index("/foundation") < ran.stdout.index("Time zone") < ran.stdout.index("There is no command /nope")
    assert "Welcome" not in ran.stdout


def test_nothing_typed_is_nothing_said(tmp_path: Path) -> None:
    ran = elevated(tmp_path, "chat")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_a_file_in_place_of_a_pipe_and_a_last_line_without_its_end(tmp_path: Path) -> None:
    (tmp_path / "lines").write_text("/me\n/help", encoding="utf-8")
    with (tmp_path / "lines").open() as lines:
        ran = subprocess.run(
            [sys.executable, "-m", "bots"],
            stdin=lines,
            capture_output=True,
            cwd=tmp_path,
            env=environment(tmp_path / "data"),
            timeout=60,
            check=False,
        )
    assert ran.returncode == 0
    assert b"/foundation" in ran.stdout


def test_broken_utf8_and_long_lines_are_answered(tmp_path: Path) -> None:
    ran = elevated(tmp_path, lines=b"/\xff\xfe\n/" + b"x" * 300_000 + b"\n/me\n")
    assert ran.returncode == 0
    assert "There is no command /\ufffd\ufffd" in ran.stdout
    assert "Time zone" in ran.stdout


def test_the_end_of_input_in_a_form_keeps_what_was_typed(tmp_path: Path) -> None:
    first = elevated(tmp_path, lines="/me edit\nMaria Ortiz\n")
    assert first.returncode == 0
    second = elevated(tmp_path, lines="/me edit\n")
    assert "Now: Maria Ortiz" in second.stdout


def test_a_reader_that_leaves_early_is_no_trouble(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "bots"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(tmp_path / "data"),
    )
    assert child.stdin
    assert child.stdout
    assert child.stderr
    child.stdin.write(b"/help\n")
    child.stdin.flush()
    child.stdout.readline()
    child.stdout.close()
    child.stdin.write(b"/help\n/help\n/help\n")
    child.stdin.close()
    said = child.stderr.read()
    child.stderr.close()
    assert (child.wait(30), said) == (0, b"")


@pytest.mark.parametrize(("sign", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_it_in_order_and_keeps_an_open_form(tmp_path: Path, sign: signal.Signals, status: int) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "bots"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(tmp_path / "data"),
    )
    assert child.stdin
    assert child.stdout
    child.stdin.write(b"/me edit\nMaria Ortiz\n")
    child.stdin.flush()
    for line in child.stdout:
        if b"time zone" in line:
            break
    child.send_signal(sign)
    _, said = child.communicate(timeout=30)
    assert (child.returncode, said) == (status, b"")
    assert "Now: Maria Ortiz" in elevated(tmp_path, lines="/me edit\n").stdout


def test_a_full_disk_behind_standard_output_is_one_line_and_status_1(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "bots"],
            input=b"/help\n",
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env=environment(tmp_path / "data"),
            timeout=60,
            check=False,
        )
    assert (ran.returncode, ran.stderr.count(b"\n")) == (1, 1)
    assert b"could not be written" in ran.stderr


def test_wrong_settings_are_a_line_each_and_status_1(tmp_path: Path) -> None:
    ran = elevated(tmp_path, ELEVATE_WEB_PORT="eighty", SLACK_BOT_TOKEN="hunter2")
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (1, "", 2)
    assert "hunter2" not in ran.stderr


def test_a_setting_under_a_wrong_name_is_told_when_it_starts(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DISCORD_BOT_TOKN=hunter2\n", encoding="utf-8")
    ran = elevated(tmp_path, lines="/me\n", ELEVATE_MODL="x")
    assert ran.returncode == 0
    assert ran.stderr.splitlines() == [
        "DISCORD_BOT_TOKN is no setting. Did you mean DISCORD_BOT_TOKEN?",
        "ELEVATE_MODL is no setting. Did you mean ELEVATE_MODEL?",
    ]


def test_a_data_folder_that_cannot_be_made_is_one_line_and_status_1(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = elevated(tmp_path, ELEVATE_DATA_DIR=str(tmp_path / "file" / "below"))
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (1, "", 1)
    assert "cannot be written" in ran.stderr


def test_a_second_elevate_on_the_same_data_says_so(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "bots"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(tmp_path / "data"),
    )
    assert child.stdin
    assert child.stdout
    child.stdin.write(b"/me\n")
    child.stdin.flush()
    child.stdout.readline()
    ran = elevated(tmp_path, lines="/me\n")
    child.communicate(timeout=30)
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (1, "", 1)
    assert "Another Elevate is already using the data folder" in ran.stderr


def test_a_discord_token_that_discord_does_not_know_ends_the_start_with_a_line(tmp_path: Path) -> None:
    nobody = "http://127.0.0.1:9/api/v10"
    ran = elevated(tmp_path, "check", DISCORD_BOT_TOKEN="hunter2", DISCORD_API_URL=nobody)
    assert "Discord      FAILED" in ran.stdout
    assert f"Discord cannot be reached at {nobody}" in ran.stdout


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-hunter2"}, "SLACK_APP_TOKEN"),
        ({"SLACK_APP_TOKEN": "xapp-hunter2"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_SIGNING_SECRET": "hunter2"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_CLIENT_ID": "1.2", "SLACK_APP_TOKEN": "xapp-hunter2"}, "SLACK_CLIENT_SECRET"),
        ({"SLACK_CLIENT_SECRET": "hunter2", "SLACK_APP_TOKEN": "xapp-hunter2"}, "SLACK_CLIENT_ID"),
    ],
)
def test_half_of_what_slack_needs_is_a_line_and_status_1(tmp_path: Path, there: dict[str, str], missing: str) -> None:
    ran = elevated(tmp_path, "run", lines="/me\n", **there)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.splitlines()[-1].startswith(("Set ", missing))
    assert missing in ran.stderr
    assert "hunter2" not in ran.stderr


COMMANDS = (
    "run",
    "chat",
    "check",
    "content",
    "content check",
    "content publish",
    "slack",
    "slack manifest",
    "db",
    "db migrate",
    "jobs",
    "jobs retry",
    "export",
    "erase",
)


@pytest.mark.parametrize("words", [(), *(tuple(each.split()) for each in COMMANDS)])
def test_every_command_has_help_with_examples(tmp_path: Path, words: tuple[str, ...]) -> None:
    ran = (elevated if words else elevate)(tmp_path, *words, "--help")
    assert ran.returncode == 0
    assert "Example" in ran.stdout
    assert not (tmp_path / "data").exists()


def test_the_version_and_an_unknown_command(tmp_path: Path) -> None:
    assert elevate(tmp_path, "--version").stdout.startswith("elevate 0.")
    assert elevate(tmp_path, "nonsense").returncode == 2


def test_the_check_says_what_is_off_and_how_to_turn_it_on(tmp_path: Path) -> None:
    ran = elevate(tmp_path, "check")
    assert (ran.returncode, ran.stderr) == (0, "")
    states = {line[:12].strip(): line[13:20].strip() for line in ran.stdout.splitlines()}
    assert states == {
        "Data folder": "OK", "Database": "OK", "Content": "OK", "Claude": "off", "Budget": "off", "Slack": "off",
        "Discord": "off", "Web": "OK", "Secrets": "off",
    }  # fmt: skip
    assert "ANTHROPIC_API_KEY" in ran.stdout


def test_the_check_of_the_content_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "course").mkdir()
    ran = elevated(tmp_path, "content", "check", ELEVATE_CONTENT_DIR=str(tmp_path / "course"))
    assert ran.returncode == 1
    assert "foundation.yaml" in ran.stderr


HEAVY = ("anthropic", "slack_sdk", "discord", "motor", "rich.markdown", "prompt_toolkit", "aiohttp")


def test_a_pipe_loads_nothing_heavy(tmp_path: Path) -> None:
    there = f"[each for each in ('json', *{HEAVY!r}) if each in sys.modules]"
    code = f"import atexit, runpy, sys; atexit.register(lambda: print({there})); sys.argv = ['elevate']"
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}; runpy.run_module('bots', run_name='__main__')"],
        input=b"/help\n",
        capture_output=True,
        cwd=tmp_path,
        env=environment(tmp_path / "data"),
        timeout=60,
        check=True,
    )
    assert ran.stdout.decode().splitlines()[-1] == "['json']"
