"""What the budgets ask of the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.llm.model import Payer
from core.llm.ports import Reserved, Spent
from core.people.model import Person
from core.usage.model import DayOfUsage, MonthOfUsage, Spend


class UsageStore(Protocol):
    """Who used what. Every change is one document's compare-and-set, and may be made again."""

    async def hold_day(self, person: Person, held: Reserved, limit: int | None, until: datetime) -> bool:
        """Hold it of the person's day until then; False where `limit`, the day's budget, has no room for it."""
        ...

    async def hold_month(self, person: Person, held: Reserved, limit: int | None, until: datetime) -> bool:
        """The same of the month of the person's organization."""
        ...

    async def lapse_day(self, person: Person, day: str, at: datetime) -> int:
        """Let go of what was held of the person's day by processes that have died; returns how many holds that were."""
        ...

    async def lapse_month(self, person: Person, month: str, at: datetime) -> int:
        """The same of the month of the person's organization."""
        ...

    async def settle_day(self, person: Person, payer: Payer, held: Reserved, spent: Spent | None) -> DayOfUsage | None:
        """Put what was spent, if anything, in the place of what was held of the day, and return the day.

        None where this was settled before, or the person is gone.
        """
        ...

    async def settle_month(self, person: Person, held: Reserved, spent: Spent | None) -> MonthOfUsage | None:
        """The same of the month of the person's organization."""
        ...

    async def tell(self, person: Person, day: str, at: datetime, *, month: bool = False) -> bool:
        """Note that the person is told that the day's budget runs out, or the `month`'s; False where they were told that day."""
        ...

    async def day(self, person: Person, day: str) -> DayOfUsage | None:
        """The person's day, or None where they used nothing."""
        ...

    async def month(self, person: Person, month: str) -> MonthOfUsage | None:
        """The month of the person's organization, or None where nobody used anything."""
        ...

    async def days(self, person: Person, since: str, until: str) -> Sequence[DayOfUsage]:
        """The person's days from `since` to `until`, in order."""
        ...

    async def spent_by_all(self, person: Person, since: str, until: str) -> Sequence[Spend]:
        """What everybody in the person's organization spent from `since` to `until`, day by day; for its coaches."""
        ...
