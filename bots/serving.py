"""Which surfaces run by themselves, by the settings, and running them."""

from __future__ import annotations

from collections.abc import Callable

from bots.backing import now
from bots.log import log_to_stderr
from bots.run import run
from bots.settings import Settings
from bots.slack.proof import proved
from bots.slack.service import Given, slack
from bots.web.server import faces, health
from bots.wiring import build
from core.contents import SHIPPED
from core.errors import SettingTrouble


async def serve(settings: Settings, say: Callable[[str], None]) -> int:
    """Serve on every platform whose settings are there, until the machine wants an end; returns the exit status.

    Raises:
        Trouble: something that is set does not work.
    """
    log_to_stderr(settings.log_level)
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        raise SettingTrouble("Set SLACK_APP_TOKEN as well: without it the bot hears nothing from Slack.")
    await proved(settings)
    async with build(settings) as program:
        pages = (health(program.ping), faces((settings.content_dir or SHIPPED) / "agents"))
        services = (slack(Given(settings, program, now)),)
        return await run(program, services, routes=pages, host=settings.web_host, port=settings.web_port, say=say)
