"""Whether Slack knows the tokens, asked before anything is begun: whoever set them up is looking now."""

from __future__ import annotations

import asyncio

import structlog

from bots import pings
from bots.settings import Settings
from bots.slack.check import AGAIN
from bots.slack.install import oauth_of
from bots.slack.manifest import missing_scopes
from core.errors import SettingTrouble

log = structlog.get_logger()

SECONDS = 10.0


async def proved(settings: Settings, seconds: float = SECONDS) -> None:
    """Ask Slack about both tokens. One that says nothing within the seconds, or cannot be reached, is asked again by whatever
    needs it: that is no reason not to begin.

    Raises:
        Trouble: it does not know one of them, or one is missing; in a line that says what to do.
    """
    bot, app, url = settings.slack_bot_token, settings.slack_app_token, settings.slack_api_url
    in_several = oauth_of(settings) is not None
    if bot is None and not in_several:
        raise SettingTrouble("SLACK_BOT_TOKEN is missing beside the other Slack settings.")
    try:
        async with asyncio.timeout(seconds):
            if bot is not None and not in_several:
                await _bot(bot.get_secret_value(), url)
            if app is not None:
                await pings.slack_app(app.get_secret_value(), url)
    except (pings.NotAnswered, TimeoutError) as trouble:
        why = str(trouble) or f"Slack did not answer within {seconds:g} seconds. Check the connection."
        log.warning("slack not reached", why=why, remedy="none is needed once it can be: it is tried again and again")


async def _bot(token: str, url: str) -> None:
    bot = await pings.slack_bot(token, url)
    missing = missing_scopes(bot.scopes) if bot.scopes is not None else ()
    if missing:
        log.warning("slack scopes not granted", scopes=list(missing), remedy=AGAIN)
