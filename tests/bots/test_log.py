"""The log, and keeping secrets out of it."""

from __future__ import annotations

import json
import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bots.log import log_to_file, log_to_stderr
from bots.secrets import HIDDEN, looks_secret, redact
from core.errors import SettingTrouble

TOKENS = (
    "sk-ant-api03-abcdefghijkl",
    "xoxb-123456789012-abcdef",
    "xapp-1-A0123456-abcdef",
    "xoxe.xoxp-1-abcdefghij",
    "MTE4NzY1NDMyMTA5ODc2NTQzMg.GhIjKl.abcdefghijklmnopqrstuvwxyz0123456789AB",
)


@pytest.fixture(autouse=True)
def untouched() -> Iterator[None]:
    """Logging as it was before."""
    root = logging.getLogger()
    before, level, raising = root.handlers[:], root.level, logging.raiseExceptions
    yield
    for handler in root.handlers[:]:
        if handler not in before:
            root.removeHandler(handler)
            handler.close()
    root.handlers[:] = before
    root.setLevel(level)
    logging.raiseExceptions = raising
    structlog.reset_defaults()


@pytest.mark.parametrize("token", TOKENS)
def test_tokens_are_hidden_wherever_they_stand(token: str) -> None:
    assert redact(f"a {token} b") == f"a {HIDDEN} b"
    assert looks_secret(token)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("mongodb://ann:hunter2@host/db", f"mongodb://{HIDDEN}host/db"),
        ("Authorization: Bearer abcdefghijklmnopq", f"Authorization: Bearer {HIDDEN}"),
    ],
)
def test_passwords_in_addresses_and_headers_are_hidden(text: str, hidden: str) -> None:
    assert redact(text) == hidden


@pytest.mark.parametrize("text", ["What is a hook?", "https://example.test/a@b", "run_01jd3v9x2k7qf0h6t5s8m4n3wz", "3.14.15"])
def test_ordinary_words_stay(text: str) -> None:
    assert redact(text) == text


@given(st.text(max_size=200), st.sampled_from(TOKENS))
def test_no_token_survives_any_surroundings(text: str, token: str) -> None:
    assert token not in redact(f"{text} {token} {text}")


def test_events_go_to_a_private_file_as_json(tmp_path: Path) -> None:
    path = log_to_file(tmp_path / "data", "INFO")
    structlog.get_logger("here").info("run finished", run="run_1", token=TOKENS[0])
    logging.getLogger("slack_sdk.web").info("chatter")
    logging.getLogger("slack_sdk.web").warning("heed %s", TOKENS[1])
    first, second = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    assert (first["event"], first["run"], first["level"], first["token"]) == ("run finished", "run_1", "info", HIDDEN)
    assert second["event"] == f"heed {HIDDEN}"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_exception_is_one_line_without_its_tokens(tmp_path: Path) -> None:
    path = log_to_file(tmp_path, "INFO")
    structlog.get_logger().error("request failed", exc_info=ValueError(f"bad {TOKENS[0]}"))
    (line,) = path.read_text(encoding="utf-8").splitlines()
    assert TOKENS[0] not in line
    assert "ValueError" in json.loads(line)["exception"]


def test_the_level_holds(tmp_path: Path) -> None:
    path = log_to_file(tmp_path, "ERROR")
    structlog.get_logger().warning("left out")
    assert path.read_text(encoding="utf-8") == ""


def test_standard_error_takes_the_log_elsewhere(capfd: pytest.CaptureFixture[str]) -> None:
    log_to_stderr("INFO")
    structlog.get_logger().info("began")
    said = capfd.readouterr()
    assert json.loads(said.err)["event"] == "began"
    assert said.out == ""


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingTrouble, match="cannot be written"):
        log_to_file(tmp_path / "file" / "below", "INFO")
