"""The budgets: each person's by the day, each organization's by the month."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from core.errors import ModelTrouble
from core.ids import new_id
from core.llm.model import LONGEST_ANSWER, Payer, Use
from core.llm.ports import Reserved, Spent
from core.people.model import Person
from core.usage import views
from core.usage.model import DayOfUsage, MonthOfUsage, Spend
from core.usage.ports import UsageStore

HELD = timedelta(seconds=LONGEST_ANSWER) + timedelta(minutes=5)
"""How long money is held for an answer: for longer than any may take. A process that has died holds it no longer."""
TOLD_AT_PERCENT = 80
TELLING = frozenset({Use.CHAT, Use.PROMPTS})
"""Uses whose answers people read, so that what they are told of their budget can stand below."""


class BudgetUsed(ModelTrouble):
    """The budget for Claude is used up. /me usage says until when, and everything else goes on."""


class BudgetHeld(ModelTrouble):
    """Answers that are under way hold what is left of the budget for Claude. Try again when they have come."""


class BudgetTooSmall(ModelTrouble):
    """The budget for Claude is smaller than this may cost. Ask for less at once."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The budgets, in millionths of a US dollar: a person's for a day, an organization's for a month. None is no limit."""

    daily: int | None = None
    monthly: int | None = None


@dataclass(frozen=True, slots=True)
class Own:
    """What one person used: today, and on all days of this month."""

    today: DayOfUsage | None
    month: tuple[DayOfUsage, ...]


class Budget:
    """Implements `core.llm.ports.Purse`. `free`: the practice model answers, which costs nothing."""

    def __init__(self, store: UsageStore, limits: Limits, *, free: bool = False) -> None:
        self._store = store
        self.limits = limits
        self.free = free

    async def reserve(self, payer: Payer, micros: int, at: datetime) -> Reserved:
        """Hold so much for an answer that is about to be asked for.

        Raises:
            BudgetUsed: there is not so much left.
            BudgetHeld: there may be, when other answers have come.
            BudgetTooSmall: there never is so much.
        """
        person = payer.person
        held = Reserved(new_id("hld"), micros, day_of(person, at), at.astimezone(UTC).strftime("%Y-%m"))
        await self._hold_day(person, held, at)
        try:
            await self._hold_month(person, held, at)
        except ModelTrouble:
            await self._store.settle_day(person, payer, held, None)
            raise
        return held

    async def settle(self, payer: Payer, held: Reserved, spent: Spent | None, at: datetime) -> str:
        """Put what was spent in the place of what was held; returns what the person is to be told once, or ""."""
        person = payer.person
        today = await self._store.settle_day(person, payer, held, spent)
        month = await self._store.settle_month(person, held, spent)
        if today is None or payer.use not in TELLING:
            return ""
        notes = (await self._told_of_day(person, today, at), await self._told_of_month(person, today, month, at) if month else "")
        return "\n\n".join(filter(None, notes))

    async def own(self, person: Person, at: datetime) -> Own:
        """What the person used this month of theirs, and today."""
        day = day_of(person, at)
        days = tuple(await self._store.days(person, f"{day[:7]}-01", day))
        return Own(next((each for each in days if each.day == day), None), days)

    async def of_all(self, person: Person, since: date, until: date) -> Sequence[Spend]:
        """What everybody in the person's organization used from one day to another; for its coaches."""
        return await self._store.spent_by_all(person, since.isoformat(), until.isoformat())

    async def spent_this_month(self, person: Person, at: datetime) -> int:
        """What the person's organization has spent this month (in UTC, as its budget is counted)."""
        found = await self._store.month(person, at.astimezone(UTC).strftime("%Y-%m"))
        return found.spent if found else 0

    async def _told_of_day(self, person: Person, today: DayOfUsage, at: datetime) -> str:
        limit = self.limits.daily
        if limit is None or today.told_at is not None or not _runs_out(today.spent, limit):
            return ""
        return views.running_out(today.spent, limit) if await self._store.tell(person, today.day, at) else ""

    async def _told_of_month(self, person: Person, today: DayOfUsage, month: MonthOfUsage, at: datetime) -> str:
        """Once a month each, whoever of them asks: it is theirs together."""
        limit = self.limits.monthly
        if limit is None or today.told_month_at is not None or not _runs_out(month.spent, limit):
            return ""
        days = await self._store.days(person, f"{month.month}-01", today.day)
        if any(each.told_month_at for each in days) or not await self._store.tell(person, today.day, at, month=True):
            return ""
        return views.running_out_for_all(month.spent, limit, next_month(at).astimezone(person.zone))

    async def _hold_day(self, person: Person, held: Reserved, at: datetime) -> None:
        limit, until = self.limits.daily, at + HELD

        async def lapse() -> int:
            return await self._store.lapse_day(person, held.day, at)

        if await _held(lambda: self._store.hold_day(person, held, limit, until), lapse):
            return
        assert limit is not None
        found = await self._store.day(person, held.day)
        spent = found.spent if found else 0
        _refuse_unused(held, spent, limit, "a whole day", "ELEVATE_DAILY_BUDGET")
        raise BudgetUsed(views.used_today(spent, limit, midnight_after(person, at)))

    async def _hold_month(self, person: Person, held: Reserved, at: datetime) -> None:
        limit, until = self.limits.monthly, at + HELD

        async def lapse() -> int:
            return await self._store.lapse_month(person, held.month, at)

        if await _held(lambda: self._store.hold_month(person, held, limit, until), lapse):
            return
        assert limit is not None
        found = await self._store.month(person, held.month)
        spent = found.spent if found else 0
        _refuse_unused(held, spent, limit, "everybody's whole month", "ELEVATE_MONTHLY_BUDGET")
        raise BudgetUsed(views.used_this_month(next_month(at).astimezone(person.zone)))


def _refuse_unused(held: Reserved, spent: int, limit: int, of: str, setting: str) -> None:
    """Say why there was no room where the budget is not used up: it never has so much, or others hold what is left."""
    if held.micros > limit:
        raise BudgetTooSmall(views.too_small(held.micros, limit, of, setting))
    if spent + held.micros <= limit:
        raise BudgetHeld()


async def _held(hold: Callable[[], Awaitable[bool]], lapse: Callable[[], Awaitable[int]]) -> bool:
    """Hold it; where there is no room, once more without what dead processes hold."""
    return await hold() or (bool(await lapse()) and await hold())


def _runs_out(spent: int, limit: int) -> bool:
    return spent * 100 >= limit * TOLD_AT_PERCENT


def day_of(person: Person, at: datetime) -> str:
    """The person's own date."""
    return at.astimezone(person.zone).date().isoformat()


def midnight_after(person: Person, at: datetime) -> datetime:
    """When the person's next day begins."""
    tomorrow = at.astimezone(person.zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), person.zone)


def next_month(at: datetime) -> datetime:
    """When the next month begins, in UTC."""
    first = at.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (first + timedelta(days=32)).replace(day=1)
