"""What those are answered who watch over the program: whether it lives, whether it is ready, and its numbers."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from bots.backing import now
from bots.numbers import Numbers
from bots.prometheus import CONTENT_TYPE, Metrics
from bots.readiness import Readiness
from bots.settings import Settings
from bots.web import health
from bots.wiring import Program
from core.signals import Depth


@dataclass(frozen=True, slots=True)
class Watched:
    """What is told how ready the program is, and the routes on which it is asked."""

    readiness: Readiness
    routes: tuple[web.RouteDef, ...]


def watched(settings: Settings, program: Program, metrics: Metrics) -> Watched:
    """The routes of this program, by its settings."""

    async def depths() -> Mapping[str, Depth]:
        return await program.depths(now())

    readiness = Readiness(program.ping, now)
    numbers = Numbers(metrics, depths, readiness, now, time.monotonic)
    token = settings.metrics_token.get_secret_value() if settings.metrics_token else None
    by_http = settings.slack_signing_secret is not None and settings.slack_app_token is None
    at_home = settings.public_url is None and not by_http
    shown = health.metrics(numbers.text, CONTENT_TYPE, token=token, at_home=at_home)
    return Watched(readiness, (health.healthz(), health.readyz(readiness.missing), shown))
