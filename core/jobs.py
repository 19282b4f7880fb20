"""Work that outlives its request: a run of a prompt, a digest, an import."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from pydantic import Field

from core.ids import new_id
from core.leases import LEASE, Leased, Leases


class Job(Leased):
    """A piece of work. `key` may exist only once, until a week after the job is done: the second copy is refused.

    `payload` names what to work on by its ids; what a person wrote stays where it is kept already.
    """

    kind: str
    key: str | None = None
    payload: Mapping[str, str] = Field(default_factory=dict)
    organization_id: str
    person_id: str | None = None

    @property
    def title(self) -> str:
        """The kind of work."""
        return self.kind


def new_job(
    kind: str,
    payload: Mapping[str, str],
    *,
    organization_id: str,
    at: datetime,
    person_id: str | None = None,
    key: str | None = None,
    due_at: datetime | None = None,
) -> Job:
    """A job that is due at once, or at `due_at`."""
    return Job(
        id=new_id("job"),
        kind=kind,
        key=key,
        payload=payload,
        organization_id=organization_id,
        person_id=person_id,
        due_at=due_at or at,
        created_at=at,
    )


class JobStore(Leases[Job], Protocol):
    """The jobs."""

    async def add(self, job: Job, *, claimed_by: str | None = None, lease: timedelta = LEASE) -> Job | None:
        """Keep a job; returns it as it is kept, or None where its key is taken and so its work is in hand or done.

        With `claimed_by` that process holds it from the start, and works on it here and now; should it die, the lease runs
        out and another takes the job.
        """
        ...
