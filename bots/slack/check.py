"""What `elevate check` finds out about Slack: whether the tokens hold, and what the installed app lacks of today's manifest."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Sequence

from pydantic import SecretStr

from bots import pings
from bots.settings import Settings
from bots.slack.install import oauth_of
from bots.slack.manifest import differences, missing_scopes
from core.catalog import Catalog
from core.errors import Trouble

AGAIN = "Print the manifest with `elevate slack manifest`, paste it at api.slack.com/apps and install the app again."
OLDER = "the installed manifest is older than this Elevate's: print the new one with `elevate slack manifest`"
APP_ID = re.compile(r"xapp-\d+-(A[A-Z0-9]+)-")
"""An app token names its app. https://docs.slack.dev/authentication/tokens"""


async def check(settings: Settings, catalog: Catalog) -> str:
    """Ask Slack everything that the settings allow, in words.

    Raises:
        Trouble: with a line for each thing that is wrong, and what to do.
    """
    oauth, url = oauth_of(settings), settings.slack_api_url
    if oauth is None and settings.slack_bot_token is None:
        raise Trouble("SLACK_BOT_TOKEN is missing beside the other Slack settings.")
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        raise Trouble("Set SLACK_APP_TOKEN as well: without it the bot hears nothing.")
    asked: list[Awaitable[str]] = [pings.slack_client(oauth.client_id, oauth.client_secret, url)] if oauth else []
    if settings.slack_bot_token is not None and oauth is None:
        asked.append(_bot(settings.slack_bot_token, url))
    if settings.slack_app_token is not None:
        asked.append(pings.slack_app(settings.slack_app_token.get_secret_value(), url))
    if settings.slack_config_token is not None:
        asked.append(_manifest(settings, settings.slack_config_token, catalog))
    return ", ".join(await _all(asked))


async def _bot(token: SecretStr, url: str) -> str:
    bot = await pings.slack_bot(token.get_secret_value(), url)
    missing = missing_scopes(bot.scopes) if bot.scopes is not None else ()
    if missing:
        scopes = "scope" if len(missing) == 1 else "scopes"
        raise Trouble(f"SLACK_BOT_TOKEN: this token lacks the {scopes} {', '.join(missing)}. {AGAIN}")
    return f"{bot.user} in {bot.team}"


async def _manifest(settings: Settings, token: SecretStr, catalog: Catalog) -> str:
    installed = await pings.slack_manifest(token.get_secret_value(), await _app_id(settings), settings.slack_api_url)
    found = differences(catalog, installed)
    if found.missing:
        raise Trouble(f"The installed app lacks {', '.join(found.missing)}. {AGAIN}")
    return OLDER if found.older else "the installed manifest is this Elevate's"


async def _app_id(settings: Settings) -> str:
    """The app's id: the app token names it, and else Slack does."""
    app, bot = settings.slack_app_token, settings.slack_bot_token
    named = APP_ID.match(app.get_secret_value()) if app else None
    if named:
        return named[1]
    found = ""
    if bot is not None:
        token = bot.get_secret_value()
        whose = await pings.slack_bot(token, settings.slack_api_url)
        found = await pings.slack_app_id(token, whose.bot_id, settings.slack_api_url)
    if not found:
        raise Trouble(
            "SLACK_CONFIG_TOKEN: nothing here names the app that it is for. Set SLACK_APP_TOKEN or SLACK_BOT_TOKEN as well."
        )
    return found


async def _all(asked: Sequence[Awaitable[str]]) -> list[str]:
    """Everything at once; all that is wrong is told."""
    answers = await asyncio.gather(*asked, return_exceptions=True)
    troubles = [each for each in answers if isinstance(each, BaseException)]
    for each in troubles:
        if not isinstance(each, Trouble):
            raise each
    if troubles:
        raise Trouble("\n".join(dict.fromkeys(each.message for each in troubles if isinstance(each, Trouble))))
    return [each for each in answers if isinstance(each, str)]
