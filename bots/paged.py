"""What the pages of the web are built of, on the record: what wiring needs of it is here, so that wiring grows no more."""

from __future__ import annotations

from dataclasses import dataclass

from core.home.dashboard import Dashboard
from core.home.dashboard_commands import Post
from core.outbox import Outbox
from core.people.service import People
from persistence.dashboard import DashboardRecord
from persistence.documents import Database
from persistence.freshness import FreshnessRecord


@dataclass(frozen=True, slots=True)
class Paged:
    """Who may see the pages, whether what they show has changed, and the secret by which browsers are known again."""

    dashboard: Dashboard
    freshness: FreshnessRecord
    post: Post
    key: bytes

    @property
    def services(self) -> tuple[object, ...]:
        """What the handlers of commands may ask for."""
        return (self.dashboard, self.post)


def paged(database: Database, people: People, outbox: Outbox, key: bytes, public_url: str | None) -> Paged:
    """The parts of the pages, on this record."""
    dashboard = Dashboard(DashboardRecord(database), people, key, public_url)
    return Paged(dashboard, FreshnessRecord(database), Post(outbox), key)
