"""Which surfaces run by themselves, by the settings, and running them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from importlib.metadata import version
from typing import TYPE_CHECKING

from bots.backing import now
from bots.charts.pictures import Charts
from bots.charts.shelf import Shelf
from bots.log import log_to_stderr
from bots.prometheus import Metrics
from bots.run import Service, Site, nothing, run
from bots.settings import Settings
from bots.watching import watched
from bots.web.ingest import figures
from bots.web.noted import Delivered
from bots.web.place import Place
from bots.web.server import faces
from bots.wiring import Program, build
from core.contents import SHIPPED
from core.errors import SettingTrouble

if TYPE_CHECKING:
    from bots.web.frame import Frame


async def serve(settings: Settings, say: Callable[[str], None]) -> int:
    """Serve on every platform whose settings are there, until the machine wants an end; returns the exit status.

    Raises:
        Trouble: something that is set does not work.
    """
    log_to_stderr(settings.log_level)
    for each in _proofs(settings, say):
        await each
    metrics = Metrics(version("elevate"))
    async with build(settings, note=metrics.note) as program:
        watch = watched(settings, program, metrics)
        needed = settings.public_url is not None or "web_port" in settings.model_fields_set
        pages = (
            *watch.routes,
            faces((settings.content_dir or SHIPPED) / "agents"),
            *((figures(Delivered(program.webhooks, program.note), now),) if settings.public_url else ()),
        )
        dashboard = _dashboard(settings, program)
        charts = Charts(Shelf(settings.data_dir / "charts", now), note=metrics.note)
        async with charts.kept_warm():
            return await run(
                program,
                _services(settings, program, charts),
                site=Site(
                    (*pages, *(dashboard.routes() if dashboard else ())),
                    settings.web_host,
                    settings.web_port,
                    needed=needed,
                    note=program.note,
                    ending=dashboard.end if dashboard else nothing,
                ),
                readiness=watch.readiness,
                say=say,
            )


def _proofs(settings: Settings, say: Callable[[str], None]) -> list[Awaitable[None]]:
    """Asks every platform whether it knows us, before anything is begun."""
    proofs: list[Awaitable[None]] = []
    if settings.slack:
        from bots.slack.proof import proved as known_to_slack  # noqa: PLC0415 - whoever has no Slack does not wait for it

        if settings.slack_app_token is None and settings.slack_signing_secret is None:
            raise SettingTrouble("Set SLACK_APP_TOKEN as well: without it the bot hears nothing from Slack.")
        proofs.append(known_to_slack(settings))
    if settings.discord:
        from bots.discord.proof import proved as known_to_discord  # noqa: PLC0415 - nor for Discord

        proofs.append(known_to_discord(settings, say))
    return proofs


def _dashboard(settings: Settings, program: Program) -> Frame | None:
    """The pages of one's own, where an address of theirs is known: links to them are sent to people."""
    if settings.public_url is None:
        return None
    from bots.web.frame import framed  # noqa: PLC0415 - templates and signatures take 10 MB, and pages have an address or none

    place = Place(settings.public_url.rstrip("/"))
    return framed(program, lambda: place)


def _services(settings: Settings, program: Program, charts: Charts) -> tuple[AbstractAsyncContextManager[Service], ...]:
    opened: list[AbstractAsyncContextManager[Service]] = []
    if settings.slack:
        from bots.slack.service import Given as ForSlack  # noqa: PLC0415
        from bots.slack.service import slack  # noqa: PLC0415

        opened.append(slack(ForSlack(settings, program, now, charts=charts)))
    if settings.discord:
        from bots.discord.service import Given as ForDiscord  # noqa: PLC0415
        from bots.discord.service import discord_service  # noqa: PLC0415

        opened.append(discord_service(ForDiscord(settings, program, now, charts=charts)))
    return tuple(opened)
