"""A student's own address for figures that other programs send: what is kept of it, and of each delivery."""

from __future__ import annotations

from datetime import datetime

from core.record import Kept


class Webhook(Kept):
    """An address. Its token is made of the program's secret, the id and `version`, and is kept nowhere; a new version is a new
    token, and the old one is worth nothing. `last_*` say what came of the last delivery; `last_problems` by field.
    """

    person_id: str
    organization_id: str
    version: int = 1
    created_at: datetime
    changed_at: datetime
    received: int = 0
    last_at: datetime | None = None
    last_status: int | None = None
    last_problems: tuple[str, ...] = ()


class Delivery(Kept):
    """What came with a key, so that the same key brings the same answer. `digest` tells the body; `answer` is JSON."""

    person_id: str
    webhook_id: str
    digest: str
    at: datetime
    status: int | None = None
    answer: str = ""
