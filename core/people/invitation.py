"""An invitation: somebody whom a coach expects, before their account first writes."""

from __future__ import annotations

from datetime import datetime

from core.record import Kept


class Invitation(Kept):
    """Who is expected. The id is the platform account, as persons have it (`platform:workspace:user`).

    `name` and `cohort_id` are theirs from the first moment; `timezone` where the platform tells none. Gone after half a year.
    `channel`: they are expected because they are in that channel of their cohort's; their name is then what the platform says.
    """

    organization_id: str
    name: str
    cohort_id: str | None = None
    timezone: str | None = None
    channel: str | None = None
    created_at: datetime
