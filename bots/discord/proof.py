"""Whether Discord knows the token, asked before anything is begun: whoever set it up is looking now."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from bots import pings
from bots.discord.invite import CONTENT_OFF, invite, reads_content
from bots.settings import Settings
from core.errors import SettingTrouble

log = structlog.get_logger()

SECONDS = 10.0


async def proved(settings: Settings, say: Callable[[str], None], seconds: float = SECONDS) -> None:
    """Ask Discord about the token, and say how the bot is let in. If Discord says nothing within the seconds, or cannot be
    reached, it is asked again by whatever needs it: that is no reason not to begin.

    Raises:
        Trouble: it does not know the token, or there is none; in a line that says what to do.
    """
    if settings.discord_bot_token is None:
        raise SettingTrouble("DISCORD_BOT_TOKEN is missing beside the other Discord settings.")
    try:
        async with asyncio.timeout(seconds):
            app = await pings.discord_app(settings.discord_bot_token.get_secret_value(), settings.discord_api_url)
    except (pings.NotAnswered, TimeoutError) as trouble:
        why = str(trouble) or f"Discord did not answer within {seconds:g} seconds. Check the connection."
        log.warning("discord not reached", why=why, remedy="none is needed once it can be: it is tried again and again")
        return
    say(f"To let Elevate into a Discord server, open {invite(app.id)}")
    if not reads_content(app.flags):
        say(f"On Discord {CONTENT_OFF}.")
