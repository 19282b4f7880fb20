"""Jobs in the record.

A store of the system: any process takes any job.
"""

from __future__ import annotations

from datetime import timedelta

from core.jobs import Job
from core.leases import LEASE, Bell
from persistence.documents import Database
from persistence.leased import LeasedRecord


class JobRecord(LeasedRecord[Job]):
    """Implements `core.jobs.JobStore`."""

    def __init__(self, database: Database, bell: Bell | None = None) -> None:
        super().__init__(database.collection("jobs"), Job, bell=bell)

    async def add(self, job: Job, *, claimed_by: str | None = None, lease: timedelta = LEASE) -> Job | None:
        """Keep a job; returns it as it is kept, or None where its key is taken."""
        kept = job.taken(claimed_by, job.created_at + lease) if claimed_by else job
        return kept if await self._keep(kept) else None
