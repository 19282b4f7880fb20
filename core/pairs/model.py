"""A pair of students, and the request of one who waits for a partner."""

from __future__ import annotations

from datetime import datetime

from core.record import Kept


class Pair(Kept):
    """Two students of one organization who see each other's commitments.

    `members` are their persons' ids, empty once they have parted; nobody is in two pairs, which the record itself sees to.
    `parted` are then the two, who are not matched with each other again while this is kept; of somebody who was erased only
    the other is left in it. `left_by`: who ended it. `tell_at`: from then on somebody is still to be told that it began or
    ended, None when they were.
    """

    organization_id: str
    members: tuple[str, ...] = ()
    parted: tuple[str, ...] = ()
    left_by: str | None = None
    tell_at: datetime | None = None
    created_at: datetime
    ended_at: datetime | None = None

    def partner_of(self, person_id: str) -> str | None:
        """The other one's id, or None where they have parted."""
        return next((each for each in self.members if each != person_id), None)


class PairRequest(Kept):
    """Somebody waits for a partner; the id is the person's. `look_at`: when time alone may have found them one."""

    organization_id: str
    since: datetime
    look_at: datetime
