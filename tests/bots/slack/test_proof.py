"""What whoever set the tokens up is told at the start."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bots.settings import Settings
from bots.slack.proof import proved
from core.errors import Trouble
from tests.servers.slack import SlackServer
from tests.stories.slack import MANIFEST


@pytest.fixture
async def slack() -> AsyncGenerator[SlackServer]:
    async with SlackServer(MANIFEST) as server:
        yield server


def settings_of(folder: Path, slack: SlackServer, **others: str) -> Settings:
    usual = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token, "SLACK_API_URL": slack.api_url}
    return Settings.model_validate({"ELEVATE_DATA_DIR": folder, **usual, **others})


async def test_right_tokens_are_begun_with_without_a_word(tmp_path: Path, slack: SlackServer) -> None:
    with capture_logs() as logged:
        await proved(settings_of(tmp_path, slack))
    assert logged == []


@pytest.mark.parametrize(("name", "token"), [("SLACK_BOT_TOKEN", "xoxb-wrong"), ("SLACK_APP_TOKEN", "xapp-wrong")])
async def test_a_token_that_slack_does_not_know_is_named_with_what_to_do(
    tmp_path: Path, slack: SlackServer, name: str, token: str
) -> None:
    with pytest.raises(Trouble) as raised:
        await proved(settings_of(tmp_path, slack, **{name: token}))
    assert raised.value.message == f"{name}: Slack does not know this token. Copy it again from the app's page at api.slack.com."


async def test_a_slack_that_is_away_or_busy_is_no_reason_not_to_begin(tmp_path: Path, slack: SlackServer) -> None:
    with capture_logs() as logged:
        await proved(settings_of(tmp_path, slack, SLACK_API_URL="http://127.0.0.1:1/api"))
        slack.fail("auth.test", status=429, retry_after=30)
        await proved(settings_of(tmp_path, slack))
        slack.fail("auth.test", delay=5)
        await proved(settings_of(tmp_path, slack), seconds=0.05)
    assert [each["event"] for each in logged] == ["slack not reached"] * 3
    assert "Check the connection" in logged[0]["why"]
    assert "Check the connection" in logged[2]["why"]


async def test_a_scope_that_the_installed_app_lacks_is_named(tmp_path: Path, slack: SlackServer) -> None:
    bot = slack.world.tokens[slack.bot_token]
    bot.scopes = tuple(each for each in bot.scopes if each != "files:write")
    with capture_logs() as logged:
        await proved(settings_of(tmp_path, slack))
    assert [(each["event"], each["scopes"]) for each in logged] == [("slack scopes not granted", ["files:write"])]
