"""Every setting is told of, in the same words everywhere."""

from __future__ import annotations

from bots.settings import described
from tests.house.readme import EXAMPLE
from tests.house.settings_words import example

ISSUE_2 = """ELEVATE_DATA_DIR ELEVATE_MONGODB_URI ELEVATE_MODEL ELEVATE_LOG_LEVEL ANTHROPIC_API_KEY ANTHROPIC_BASE_URL
SLACK_BOT_TOKEN
SLACK_APP_TOKEN SLACK_SIGNING_SECRET SLACK_API_URL DISCORD_BOT_TOKEN
DISCORD_API_URL DISCORD_GATEWAY_URL ELEVATE_WEB_HOST
ELEVATE_WEB_PORT ELEVATE_PUBLIC_URL ELEVATE_SECRET_KEY ELEVATE_CONTENT_DIR"""

AGAIN = "run: make readme"


def test_the_settings_have_the_names_that_were_asked_for() -> None:
    assert set(ISSUE_2.split()) <= set(described())


def test_the_example_file_documents_every_setting() -> None:
    assert EXAMPLE.read_text(encoding="utf-8") == example(), AGAIN


def test_every_setting_says_what_it_wants() -> None:
    for name, says in described().items():
        assert says.about, name
        assert says.wants, name
        assert says.unset, name
