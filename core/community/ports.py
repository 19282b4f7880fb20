"""What the community asks of the record and of its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.cohort.model import Cohort, WeeklyQuestion
from core.community.model import Announcement, Win
from core.nudges.model import NudgePreferences
from core.people.model import Person


class AnnouncementStore(Protocol):
    """The announcements. Only `due` looks over everybody, as the tick does."""

    async def add(self, person: Person, announcement: Announcement) -> Announcement:
        """Keep a new one of the person's; returns the one that is kept under its id, which may be there already."""
        ...

    async def find(self, person: Person, announcement_id: str) -> Announcement | None:
        """The announcement, where the person wrote it, or coaches in its organization; or None."""
        ...

    async def replace(self, person: Person, seen: Announcement, announcement: Announcement) -> Announcement | None:
        """Keep it as it is now, where it stands as it was seen; None where it was changed meanwhile."""
        ...

    async def of_cohort(self, person: Person, cohort_id: str, limit: int) -> Sequence[Announcement]:
        """Those of a cohort of the person's organization, who coaches it, the latest first."""
        ...

    async def under_way(self, person: Person, cohort_id: str, soon: datetime, since: datetime) -> Sequence[Announcement]:
        """Those of a cohort of the person's organization, who coaches it, that are looked at by `soon`, and those that have
        ended after `since`."""
        ...

    async def due(self, at: datetime, limit: int) -> Sequence[Announcement]:
        """Those that are to be looked at by now, the longest waiting first."""
        ...


class QuestionStore(Protocol):
    """The cohorts whose community question is asked each week. It looks over everybody, as the tick does."""

    async def due(self, at: datetime, limit: int) -> Sequence[Cohort]:
        """Those that are to be looked at by now, the longest waiting first."""
        ...

    async def looked(self, seen: Cohort, question: WeeklyQuestion, next_at: datetime) -> bool:
        """Keep what was asked, and look again then; False where the cohort was looked at, or switched, meanwhile."""
        ...


class WinStore(Protocol):
    """What each person was asked to tell the others of."""

    async def ask(self, person: Person, win: Win) -> Win:
        """Keep what the person is asked about; returns the one that is kept under its id, which may be there already."""
        ...

    async def find(self, person: Person, win_id: str) -> Win | None:
        """What the person was asked about, or None."""
        ...

    async def told(self, person: Person, win_id: str, at: datetime) -> None:
        """The person told the others."""
        ...


class Wishes(Protocol):
    """How people want to be reminded: their quiet hours hold for announcements too."""

    async def of(self, person: Person) -> NudgePreferences | None:
        """The person's contract, or None where they were never asked."""
        ...
