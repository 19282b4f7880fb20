"""Signals from the web server: each request by its route, and each delivery of figures."""

from __future__ import annotations

import time
from datetime import datetime

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bots.web.ingest import Takes
from core.kpis.webhook import Answered, Credentials
from core.signals import FiguresDelivered, Note, PageServed, Stopwatch

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_ROUTE, NO_METHOD = "none", "other"
BROKEN = 500


def noting(note: Note, clock: Stopwatch = time.monotonic) -> Middleware:
    """A middleware that tells of each request: whatever was asked for, a route's template is all that is said of it."""

    @web.middleware
    async def noted(request: web.Request, handler: Handler) -> web.StreamResponse:
        began, status = clock(), BROKEN
        try:
            answer = await handler(request)
            status = answer.status
            return answer
        except web.HTTPException as other:
            status = other.status
            raise
        finally:
            resource = request.match_info.route.resource
            route = NO_ROUTE if resource is None or request.match_info.http_exception else resource.canonical
            method = request.method if request.method in METHODS else NO_METHOD
            note(PageServed(route, method, status, clock() - began))

    return noted


class Delivered:
    """Keeps figures, and tells how that went. Implements `bots.web.ingest.Takes` with another."""

    def __init__(self, takes: Takes, note: Note) -> None:
        self._takes = takes
        self._note = note

    async def take(self, webhook_id: str, given: Credentials, body: bytes, key: str, at: datetime) -> Answered:
        """Keep the figures in a request's body."""
        status = 503
        try:
            answer = await self._takes.take(webhook_id, given, body, key, at)
            status = answer.status
            return answer
        finally:
            self._note(FiguresDelivered(status))
