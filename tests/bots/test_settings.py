"""The settings."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bots.settings import Settings, described, load, secret_names
from core.errors import SettingTrouble


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings, and an empty working directory."""
    for name in [*described(), "XDG_DATA_HOME"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def trouble_with(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingTrouble) as caught:
        load()
    return caught.value.message


def test_nothing_needs_to_be_set() -> None:
    settings = load()
    assert settings.data_dir.name == "elevate"
    assert (settings.web_host, settings.web_port, settings.model) == ("127.0.0.1", 8080, "claude-sonnet-5-5")
    assert settings.anthropic_api_key is None


def test_an_empty_value_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in described():
        monkeypatch.setenv(name, "")
    assert load() == Settings()


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("ELEVATE_MODEL=from-file\nELEVATE_WEB_PORT=0\n", encoding="utf-8")
    monkeypatch.setenv("ELEVATE_MODEL", "from-environment")
    assert (load().model, load().web_port) == ("from-environment", 0)


def test_settings_are_frozen() -> None:
    settings, name = load(), "model"
    with pytest.raises(ValueError, match="frozen"):
        setattr(settings, name, "other")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ELEVATE_WEB_PORT", "eighty"),
        ("ELEVATE_WEB_PORT", "65536"),
        ("ELEVATE_WEB_PORT", "-1"),
        ("ELEVATE_WEB_PORT", "8_0"),
        ("ELEVATE_LOG_LEVEL", "loud"),
        ("ELEVATE_NUDGE_HOLDOUT", "1.1"),
        ("ELEVATE_NUDGE_HOLDOUT", "10%"),
        ("ELEVATE_NUDGE_HOLDOUT", "-0.1"),
        ("ANTHROPIC_BASE_URL", "api.anthropic.com"),
        ("SLACK_API_URL", "ftp://slack.com"),
        ("DISCORD_API_URL", "http://"),
        ("DISCORD_API_URL", "http://host:99999"),
        ("DISCORD_GATEWAY_URL", "https://gateway.example"),
        ("ELEVATE_PUBLIC_URL", "http://[broken"),
        ("ELEVATE_CONTENT_DIR", "/not/there"),
        ("ELEVATE_MODEL", "claude sonnet"),
        ("ELEVATE_WEB_HOST", "two words"),
    ],
)
def test_a_wrong_value_is_one_line_with_name_value_and_wish(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert trouble_with(name, value, monkeypatch) == f"{name}: got “{value}”, wants {described()[name].wants}."


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "hunter2hunter2"),
        ("SLACK_APP_TOKEN", "xoxb-123456789"),
        ("ELEVATE_SECRET_KEY", "too short"),
        ("ELEVATE_MONGODB_URI", "postgres://me:hunter2@host"),
        ("ANTHROPIC_API_KEY", "two words"),
        ("DISCORD_BOT_TOKEN", "Bot hunter2"),
        ("SLACK_SIGNING_SECRET", "with\ttab"),
    ],
)
def test_a_wrong_secret_is_told_by_its_length_alone(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = trouble_with(name, value, monkeypatch)
    assert told == f"{name}: got a value of {len(value)} characters, wants {described()[name].wants}."
    assert value not in told


@pytest.mark.parametrize(
    ("name", "value"), [("SLACK_BOT_TOKEN", "xoxb-…"), ("SLACK_APP_TOKEN", "xapp-…"), ("DISCORD_BOT_TOKEN", "…")]
)
def test_a_token_that_is_copied_from_an_example_is_told_as_one(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = trouble_with(name, value, monkeypatch)
    assert told == f"{name}: got an example, in which “…” stands for the rest, wants {described()[name].wants}."


def test_a_token_in_the_wrong_place_is_not_shown_either(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "sk-ant" not in trouble_with("ANTHROPIC_BASE_URL", "sk-ant-api03-abcdefghijk", monkeypatch)


def test_several_wrong_values_have_a_line_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ELEVATE_WEB_PORT", "x")
    told = trouble_with("ELEVATE_LOG_LEVEL", "loud", monkeypatch)
    assert sorted(line.split(":")[0] for line in told.splitlines()) == ["ELEVATE_LOG_LEVEL", "ELEVATE_WEB_PORT"]


def test_a_long_wrong_value_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(trouble_with("ELEVATE_LOG_LEVEL", "x" * 10_000, monkeypatch)) < 250


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    assert "wants the path of a folder" in trouble_with("ELEVATE_DATA_DIR", str(tmp_path / "file"), monkeypatch)


def test_a_tilde_means_home_and_a_relative_folder_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ELEVATE_DATA_DIR", "~/course")
    assert load().data_dir == tmp_path / "course"
    monkeypatch.setenv("ELEVATE_DATA_DIR", "here")
    assert load().data_dir == Path(os.getcwd()) / "here"


def test_addresses_lose_the_slash_at_their_end_and_levels_their_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api/")
    monkeypatch.setenv("ELEVATE_LOG_LEVEL", "debug")
    monkeypatch.setenv("ELEVATE_MONGODB_URI", "mongodb://a:b@one:1,two:2/elevate")
    settings = load()
    assert (settings.slack_api_url, settings.log_level) == ("http://127.0.0.1:9/api", "DEBUG")
    assert settings.mongodb_uri is not None


def test_secrets_do_not_show_in_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        "SLACK_BOT_TOKEN": "xoxb-hunter2",
        "SLACK_APP_TOKEN": "xapp-hunter2",
        "SLACK_CONFIG_TOKEN": "xoxe.xoxp-hunter2",
        "ELEVATE_MONGODB_URI": "mongodb://u:hunter2@h",
    }
    for name in secret_names():
        monkeypatch.setenv(name, values.get(name, "hunter2" * 6))
    assert "hunter2" not in f"{load()!r} {load()}"


def test_a_file_in_another_encoding_is_one_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"ELEVATE_MODEL=a\nELEVATE_WEB_HOST=\xff\xfe\n")
    with pytest.raises(SettingTrouble, match=r"^\.env: line 2 is not UTF-8\. Save the file as UTF-8\.$"):
        load()


def test_a_folder_in_place_of_the_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    with pytest.raises(SettingTrouble, match=r"^\.env: this is a folder"):
        load()


def test_a_line_that_is_no_setting_is_named_but_not_shown(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# tokens\nxoxb-hunter2 and more\n", encoding="utf-8")
    with pytest.raises(SettingTrouble, match=r"^\.env: line 2 is not of the form NAME=value\.$"):
        load()


def test_all_lines_that_are_no_settings_are_named_at_once(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("xoxb-hunter2\nELEVATE_MODEL=a\nhunter2 more\nELEVATE_LOG_LEVEL\n", encoding="utf-8")
    with pytest.raises(SettingTrouble) as told:
        load()
    lines = [f".env: line {number} is not of the form NAME=value." for number in (1, 3, 4)]
    assert told.value.message.splitlines() == lines


def test_a_byte_order_mark_and_quotes_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text('\ufeffELEVATE_MODEL="quoted"\nexport ELEVATE_LOG_LEVEL=error\n', encoding="utf-8")
    assert (load().model, load().log_level) == ("quoted", "ERROR")
