"""What was used, as it is kept: a document for each person and day, and one for each organization and month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from core.llm.model import Use
from core.record import Kept

DAY = r"^\d{4}-\d{2}-\d{2}$"
MONTH = r"^\d{4}-\d{2}$"


class _Within(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=to_camel, validate_by_name=True, validate_by_alias=True
    )


class Hold(_Within):
    """Money that an answer under way may cost, in millionths of a US dollar; it lapses at `until` if its process has died."""

    micros: int
    until: datetime


class Part(_Within):
    """What was used for one thing, by one agent if one answered: answers, tokens, and millionths of a US dollar."""

    use: Use
    agent: str = ""
    answers: int = 0
    read: int = 0
    written: int = 0
    cached: int = 0
    cache_written: int = 0
    searches: int = 0
    micros: int = 0


class _Account(Kept):
    """What was spent and what is held, in millionths of a US dollar: `committed` is both, and never more than the budget.

    `holds` by their ids; `settled`: the ids of those that were settled last, so that none is counted twice.
    """

    organization_id: str
    committed: int = 0
    spent: int = 0
    holds: Mapping[str, Hold] = Field(default_factory=dict)
    settled: tuple[str, ...] = ()

    def under_way(self, at: datetime) -> int:
        """What is held for answers that are under way."""
        return sum(hold.micros for hold in self.holds.values() if hold.until > at)


class DayOfUsage(_Account):
    """What one person, of that name, used on one day of theirs.

    `told_at`: when they were told that their day's budget runs out, `told_month_at` the same of everybody's month.
    """

    person_id: str
    day: str = Field(pattern=DAY)
    name: str = ""
    parts: Mapping[str, Part] = Field(default_factory=dict)
    told_at: datetime | None = None
    told_month_at: datetime | None = None


class MonthOfUsage(_Account):
    """What all of one organization used in one month, in UTC."""

    month: str = Field(pattern=MONTH)


class Spend(NamedTuple):
    """What one person used on one day of theirs for one thing: all that is added up for those who coach them."""

    person_id: str
    name: str
    day: str
    use: Use
    agent: str
    answers: int
    micros: int
