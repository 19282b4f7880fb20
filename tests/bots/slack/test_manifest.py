"""The app's manifest: what Slack takes, what it says, and how an installed one is told from today's."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from bots.__main__ import main
from bots.features import FEATURES
from bots.slack import http, install, names
from bots.slack.manifest import (
    EVENTS_PATH,
    REDIRECT_PATH,
    SCOPES,
    Differences,
    differences,
    digest,
    manifest,
    missing_scopes,
    on_message,
)
from core.catalog import Catalog
from tests.servers.slack.accounts import manifest_faults

CATALOG = Catalog(command for feature in FEATURES for command in feature.COMMANDS)
URL = "https://coach.example.org"


@pytest.mark.parametrize("url", ["", URL])
def test_slack_takes_the_manifest(url: str) -> None:
    made = manifest(CATALOG, url)
    assert manifest_faults(made) == []
    for text in (made["display_information"]["long_description"], made["display_information"]["description"]):
        assert digest(CATALOG) in text or len(text) <= 140
    assert len(made["features"]["slash_commands"]) <= 50
    assert len(made["features"]["shortcuts"]) <= 10


def test_every_command_of_the_catalog_can_be_typed_and_none_has_a_name_that_slack_keeps() -> None:
    typed = [each["command"].removeprefix("/") for each in manifest(CATALOG)["features"]["slash_commands"]]
    assert len(typed) == len(set(typed))
    assert not names.KEPT & set(typed)
    assert {names.command(each, "")[0] for each in typed[1:]} == set(CATALOG.groups)
    assert typed[0] == names.APP


def test_the_hint_names_the_parts_and_their_words() -> None:
    hints = {each["command"]: each.get("usage_hint", "") for each in manifest(CATALOG)["features"]["slash_commands"]}
    assert hints["/run"] == "[code] [words]"
    assert hints["/kpi"].startswith("report | diagnosis | show metric | log [words]")
    assert "| add |" in hints["/assets"]
    assert hints["/home"] == ""


def test_what_can_be_asked_for_on_a_message_is_a_shortcut() -> None:
    shortcuts = {each["name"]: each["callback_id"] for each in manifest(CATALOG)["features"]["shortcuts"]}
    assert shortcuts == {
        "Add to my Foundation": "on:foundation add",
        "Save as asset": "on:assets add",
        "Ask an agent about this": "on:ask",
    }
    assert on_message(CATALOG) == {"foundation add": "text", "assets add": "content", "ask": "question"}


def test_by_http_everything_goes_to_one_address() -> None:
    made = manifest(CATALOG, f"{URL}/")
    hook = f"{URL}/slack/events"
    assert made["settings"]["event_subscriptions"]["request_url"] == hook
    assert made["settings"]["interactivity"] == {"is_enabled": True, "request_url": hook, "message_menu_options_url": hook}
    assert {each["url"] for each in made["features"]["slash_commands"]} == {hook}
    assert made["oauth_config"]["redirect_urls"] == [f"{URL}/slack/oauth_redirect"]
    assert made["settings"]["socket_mode_enabled"] is False
    assert manifest(CATALOG)["settings"]["socket_mode_enabled"] is True
    assert (EVENTS_PATH, REDIRECT_PATH) == (http.EVENTS_PATH, install.REDIRECT_PATH)


def test_todays_manifest_lacks_nothing_however_slack_speaks_to_us() -> None:
    for url in ("", URL):
        exported = json.loads(json.dumps(manifest(CATALOG, url)))
        exported["settings"]["is_hosted"] = False  # Slack adds what it likes
        assert differences(CATALOG, exported) == Differences((), older=False)


def test_what_an_installed_manifest_lacks_is_named() -> None:
    old: dict[str, Any] = manifest(CATALOG)
    old["settings"]["event_subscriptions"]["bot_events"].remove("agent_session_stopped")
    old["oauth_config"]["scopes"]["bot"].remove("chat:write.customize")
    old["features"]["slash_commands"] = [each for each in old["features"]["slash_commands"] if each["command"] != "/run"]
    old["features"]["shortcuts"] = []
    old["features"]["app_home"]["messages_tab_enabled"] = False
    about = old["display_information"]
    about["long_description"] = about["long_description"].replace(digest(CATALOG), "0123456789ab")
    found = differences(CATALOG, old)
    assert found.older
    assert found.missing == (
        "the command /run",
        "the event agent_session_stopped",
        "the scope chat:write.customize",
        "the setting messages tab",
        "the shortcut Add to my Foundation",
        "the shortcut Ask an agent about this",
        "the shortcut Save as asset",
    )


@pytest.mark.parametrize("junk", [{}, {"features": [], "settings": "x"}, {"features": {"slash_commands": [1, None]}}])
def test_an_export_that_is_none_lacks_everything(junk: dict[str, Any]) -> None:
    found = differences(CATALOG, junk)
    assert "the event message.im" in found.missing
    assert not found.older


def test_missing_scopes_are_named() -> None:
    assert missing_scopes([*SCOPES, "team:read"]) == ()
    assert missing_scopes([each for each in SCOPES if each != "commands"]) == ("commands",)


def test_the_command_prints_what_can_be_pasted() -> None:
    printed = CliRunner().invoke(main, ["slack", "manifest"])
    assert json.loads(printed.output) == manifest(CATALOG)
    by_http = CliRunner().invoke(main, ["slack", "manifest", "--url", URL])
    assert json.loads(by_http.output) == manifest(CATALOG, URL)


@pytest.mark.parametrize("url", ["http://coach.example.org", "coach.example.org", "https://", "https://x.example/?a=1"])
def test_an_address_that_slack_cannot_use_is_refused(url: str) -> None:
    refused = CliRunner().invoke(main, ["slack", "manifest", "--url", url])
    assert refused.exit_code == 2
    assert "https://coach.example.org" in refused.output
