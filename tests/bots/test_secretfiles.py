"""Secrets that lie in files: found under their names, after everything else, and told of without a value where they cannot be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bots.secretfiles import BYTES_AT_MOST
from bots.settings import Settings, load, secret_names
from core.errors import SettingTrouble


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of secrets that the environment names; nothing else is set."""
    for name in secret_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    found = tmp_path / "secrets"
    found.mkdir()
    monkeypatch.setenv("ELEVATE_SECRETS_DIR", str(found))
    return found


def test_every_secret_setting_is_read_from_a_file_of_its_name(folder: Path) -> None:
    values = dict.fromkeys(secret_names(), "x" * 40) | {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "SLACK_CONFIG_TOKEN": "xoxe-1",
        "ELEVATE_MONGODB_URI": "mongodb://user:word@db/elevate",
    }
    for name, value in values.items():
        (folder / name).write_text(f"{value}\n", encoding="utf-8")
    told = load()
    fields = {str(each.validation_alias): getattr(told, name) for name, each in Settings.model_fields.items()}
    assert {name: fields[name].get_secret_value() for name in values} == values


def test_a_name_in_small_letters_will_do_and_other_files_are_nobodys(folder: Path) -> None:
    (folder / "discord_bot_token").write_text("a.b.c", encoding="utf-8")
    (folder / "ELEVATE_MODEL").write_text("from-a-file", encoding="utf-8")
    (folder / "ANTHROPIC_API_KEY").write_text("\n", encoding="utf-8")
    told = load()
    assert told.discord
    assert told.model != "from-a-file"
    assert told.anthropic_api_key is None


def test_the_environment_and_the_file_of_settings_win_over_files_with_secrets(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISCORD_BOT_TOKEN", "ANTHROPIC_API_KEY", "ELEVATE_METRICS_TOKEN"):
        (folder / name).write_text(f"{name.lower()}-of-a-file", encoding="utf-8")
    (tmp_path / ".env").write_text("ANTHROPIC_API_KEY=of-env-file\n", encoding="utf-8")
    monkeypatch.setenv("DISCORD_BOT_TOKEN", "of-environment")
    told = load()
    found = (told.discord_bot_token, told.anthropic_api_key, told.metrics_token)
    shown = [each.get_secret_value() for each in found if each]
    assert shown == ["of-environment", "of-env-file", "elevate_metrics_token-of-a-file"]


def test_the_first_of_several_folders_that_has_a_secret_gives_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (folder / "DISCORD_BOT_TOKEN").write_text("first", encoding="utf-8")
    for name in ("DISCORD_BOT_TOKEN", "ANTHROPIC_API_KEY"):
        (other / name).write_text("second", encoding="utf-8")
    monkeypatch.setenv("ELEVATE_SECRETS_DIR", f"{folder}{os.pathsep}{other}")
    told = load()
    assert told.discord_bot_token is not None
    assert told.anthropic_api_key is not None
    assert (told.discord_bot_token.get_secret_value(), told.anthropic_api_key.get_secret_value()) == ("first", "second")


def test_a_folder_that_is_not_there_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ELEVATE_SECRETS_DIR", "nowhere")
    with pytest.raises(SettingTrouble, match=r"ELEVATE_SECRETS_DIR: got “nowhere”, wants the path of a folder that exists"):
        load()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00s", "is not UTF-8"),
        (b"s" * (BYTES_AT_MOST + 1), "more than 65,536 bytes"),
        (b"two words", "got a value of 9 characters, wants a key without spaces"),
    ],
)
def test_a_file_that_holds_no_secret_is_told_without_what_it_holds(folder: Path, content: bytes, words: str) -> None:
    (folder / "ANTHROPIC_API_KEY").write_bytes(content)
    with pytest.raises(SettingTrouble, match=words) as caught:
        load()
    assert "ANTHROPIC_API_KEY" in caught.value.message
    assert "two words" not in caught.value.message


def test_a_secret_that_cannot_be_read_is_told_with_what_to_do(folder: Path) -> None:
    (folder / "ANTHROPIC_API_KEY").mkdir()
    with pytest.raises(SettingTrouble, match=r"cannot be read .* Let the account that runs Elevate read it"):
        load()
