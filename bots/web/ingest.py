"""`POST /in/kpi/<address>`: figures that another program sends."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import structlog
from aiohttp import web

from core.errors import StoreTrouble
from core.kpis.webhook import BODY_BYTES, Answered, Credentials

log = structlog.get_logger()

A_MINUTE = 60
"""Deliveries to one address in a minute; a shop that sends every figure by itself, hourly, stays far below."""
ADDRESSES_AT_MOST = 10_000
"""How many addresses' minutes are remembered."""


class Takes(Protocol):
    """Whoever keeps the figures."""

    async def take(self, webhook_id: str, given: Credentials, body: bytes, key: str, at: datetime) -> Answered:
        """Keep the figures in a request's body."""
        ...


def figures(takes: Takes, now: Callable[[], datetime]) -> web.RouteDef:
    """The route. Answers are JSON: 200 with what was saved; 4xx with `error`, and `fields` where a field is at fault."""
    pace = _Pace()

    async def taken(request: web.Request) -> web.Response:
        webhook_id = request.match_info["webhook"]
        wait = pace.wait(webhook_id, time.monotonic())
        if wait:
            return _told(429, {"error": f"At most {A_MINUTE} deliveries a minute. Try again later."}, {"Retry-After": str(wait)})
        if (request.content_length or 0) > BODY_BYTES:
            return _told(413, {"error": f"The body has more than {BODY_BYTES:,} bytes."})
        body = await request.content.read(BODY_BYTES + 1)
        while not request.content.at_eof() and len(body) <= BODY_BYTES:
            body += await request.content.read(BODY_BYTES + 1 - len(body))
        if len(body) > BODY_BYTES:
            return _told(413, {"error": f"The body has more than {BODY_BYTES:,} bytes."})
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        given = Credentials(
            bearer=token.strip() if scheme.casefold() == "bearer" else "",
            signature=request.headers.get("X-Elevate-Signature", ""),
        )
        try:
            answer = await takes.take(webhook_id, given, body, request.headers.get("Idempotency-Key", ""), now())
        except StoreTrouble as trouble:
            log.warning("figures not kept", webhook=webhook_id, trouble=type(trouble).__name__)
            return _told(503, {"error": "This could not be kept just now. Send it again."}, {"Retry-After": "30"})
        log.info("figures received", webhook=webhook_id[:40], status=answer.status)
        return _told(answer.status, dict(answer.body))

    return web.post("/in/kpi/{webhook}", taken)


class _Pace:
    """How many deliveries came to each address in the present minute."""

    def __init__(self) -> None:
        self._counts: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def wait(self, address: str, at: float) -> int:
        """0, or the seconds until the next may come."""
        began, count = self._counts.get(address, (at, 0))
        if at - began >= A_MINUTE:
            began, count = at, 0
        if count >= A_MINUTE:
            return max(1, round(began + A_MINUTE - at))
        self._counts[address] = (began, count + 1)
        self._counts.move_to_end(address)
        while len(self._counts) > ADDRESSES_AT_MOST:
            self._counts.popitem(last=False)
        return 0


def _told(status: int, body: dict[str, object], headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response(body, status=status, headers={"Cache-Control": "no-store", **(headers or {})})
