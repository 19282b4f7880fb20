"""What was used and what is held, in the record: budgets that parallel answers cannot overrun.

A document of a day or a month adds up in `committed` what was spent and what is held. An answer is let in by one change that is
guarded by that sum, so that however many ask at once, there is room for each that was let in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from core.errors import AlreadyThere
from core.llm.model import Payer, Use
from core.llm.ports import Reserved, Spent
from core.people.model import Person
from core.usage.model import DayOfUsage, Hold, MonthOfUsage, Spend
from persistence.documents import Change, Collection, Database, Document, Filter, Value

SETTLED_KEPT = 100
"""Ids of settled holds that are remembered; a settlement is made again within seconds, if at all."""

SPENT = ("personId", "name", "day", "parts")

Key = Mapping[str, Value]
Additions = dict[str, Value]


class UsageRecord:
    """Implements `core.usage.ports.UsageStore`."""

    def __init__(self, database: Database) -> None:
        self._days = database.collection("usage")
        self._months = database.collection("usageMonths")

    async def hold_day(self, person: Person, held: Reserved, limit: int | None, until: datetime) -> bool:
        """Hold it of the person's day until then; False where `limit`, the day's budget, has no room for it."""
        fresh = {"personId": person.id, "organizationId": person.organization_id, "day": held.day}
        return await _hold(self._days, _day(person, held.day), fresh, held, limit, until)

    async def hold_month(self, person: Person, held: Reserved, limit: int | None, until: datetime) -> bool:
        """The same of the month of the person's organization."""
        fresh = {"organizationId": person.organization_id, "month": held.month}
        return await _hold(self._months, _month(person, held.month), fresh, held, limit, until)

    async def lapse_day(self, person: Person, day: str, at: datetime) -> int:
        """Let go of what was held of the person's day by processes that have died; returns how many holds that were."""
        key = _day(person, day)
        found = await self._days.find_one(key)
        return await _lapse(self._days, key, DayOfUsage.of(found).holds, at) if found else 0

    async def lapse_month(self, person: Person, month: str, at: datetime) -> int:
        """The same of the month of the person's organization."""
        key = _month(person, month)
        found = await self._months.find_one(key)
        return await _lapse(self._months, key, MonthOfUsage.of(found).holds, at) if found else 0

    async def settle_day(self, person: Person, payer: Payer, held: Reserved, spent: Spent | None) -> DayOfUsage | None:
        """Put what was spent, if anything, in the place of what was held of the day, and return the day."""
        added, about = _part(payer, spent)
        found = await _settle(self._days, _day(person, held.day), held, spent, added, {"name": person.name, **about})
        return DayOfUsage.of(found) if found else None

    async def settle_month(self, person: Person, held: Reserved, spent: Spent | None) -> MonthOfUsage | None:
        """The same of the month of the person's organization."""
        found = await _settle(self._months, _month(person, held.month), held, spent, {}, {})
        return MonthOfUsage.of(found) if found else None

    async def tell(self, person: Person, day: str, at: datetime, *, month: bool = False) -> bool:
        """Note that the person is told that the day's budget runs out, or the `month`'s; False where they were told that day."""
        told = "toldMonthAt" if month else "toldAt"
        return await self._days.update({**_day(person, day), told: None}, {"$set": {told: at}}) is not None

    async def day(self, person: Person, day: str) -> DayOfUsage | None:
        """The person's day, or None where they used nothing."""
        found = await self._days.find_one(_day(person, day))
        return DayOfUsage.of(found) if found else None

    async def month(self, person: Person, month: str) -> MonthOfUsage | None:
        """The month of the person's organization, or None where nobody used anything."""
        found = await self._months.find_one(_month(person, month))
        return MonthOfUsage.of(found) if found else None

    async def days(self, person: Person, since: str, until: str) -> Sequence[DayOfUsage]:
        """The person's days from `since` to `until`, in order."""
        return await self._between({"personId": person.id}, since, until)

    async def spent_by_all(self, person: Person, since: str, until: str) -> Sequence[Spend]:
        """What everybody in the person's organization spent from `since` to `until`, day by day; for its coaches.

        Read without the models: of two thousand students a month has more days than could be looked at one by one.
        """
        where: Filter = {"organizationId": person.organization_id, "day": {"$gte": since, "$lte": until}}
        found = await self._days.find(where, sort=(("day", 1),), fields=SPENT)
        return [each for document in found for each in _spends(document)]

    async def _between(self, whose: Key, since: str, until: str) -> Sequence[DayOfUsage]:
        where = {**whose, "day": {"$gte": since, "$lte": until}}
        return [DayOfUsage.of(each) for each in await self._days.find(where, sort=(("day", 1),))]


def _spends(document: Document) -> Iterator[Spend]:
    parts = document.get("parts")
    whose = (str(document["personId"]), str(document.get("name", "")), str(document["day"]))
    for part in parts.values() if isinstance(parts, dict) else ():
        answers, micros = part.get("answers", 0), part.get("micros", 0)
        yield Spend(*whose, Use(part["use"]), part.get("agent", ""), answers, micros)


def _day(person: Person, day: str) -> Key:
    return {"_id": f"{person.id}:{day}"}


def _month(person: Person, month: str) -> Key:
    return {"_id": f"{person.organization_id}:{month}"}


async def _hold(accounts: Collection, key: Key, fresh: Key, held: Reserved, limit: int | None, until: datetime) -> bool:
    """Let it in where it fits; `fresh` is what a new account says of itself.

    A new one is inserted, not upserted: of upserts that race, SecantusDB lets more than one begin the document.
    """
    if limit is not None and held.micros > limit:
        return False
    room: Key = {} if limit is None else {"committed": {"$lte": limit - held.micros}}
    hold = Hold(micros=held.micros, until=until).model_dump(by_alias=True)
    change: Change = {"$inc": {"committed": held.micros}, "$set": {f"holds.{held.id}": hold}}
    if await accounts.update({**key, **room}, change) is not None:
        return True
    with suppress(AlreadyThere):  # it has no room, or was made by another process at the same moment
        await accounts.insert({**key, **fresh, "committed": 0, "spent": 0})
    return await accounts.update({**key, **room}, change) is not None


async def _settle(
    accounts: Collection, key: Key, held: Reserved, spent: Spent | None, added: Additions, about: Additions
) -> Document | None:
    """Once, whether the hold is there still or has lapsed meanwhile: what was spent was spent."""
    micros = spent.micros if spent else 0
    noted: Change = {
        "$push": {"settled": {"$each": [held.id], "$slice": -SETTLED_KEPT}},
        **({"$set": about} if about else {}),
    }
    hold = f"holds.{held.id}"
    of_the_hold: Change = {
        **noted,
        "$inc": {"committed": micros - held.micros, "spent": micros, **added},
        "$unset": {hold: ""},
    }
    found = await accounts.update({**key, hold: {"$exists": True}}, of_the_hold)
    if found is None:
        of_none: Change = {**noted, "$inc": {"committed": micros, "spent": micros, **added}}
        found = await accounts.update({**key, "settled": {"$ne": held.id}}, of_none)
    return found


async def _lapse(accounts: Collection, key: Key, holds: Mapping[str, Hold], at: datetime) -> int:
    """Each by itself: another process may let go of it at the same moment, or its own may settle it after all."""
    lapsed = 0
    for id, hold in holds.items():
        if hold.until <= at:
            there: Key = {**key, f"holds.{id}.until": hold.until}
            gone: Change = {"$inc": {"committed": -hold.micros}, "$unset": {f"holds.{id}": ""}}
            lapsed += await accounts.update(there, gone) is not None
    return lapsed


def _part(payer: Payer, spent: Spent | None) -> tuple[Additions, Additions]:
    """What is added to the day's part, and how that is called."""
    if spent is None:
        return {}, {}
    part = f"parts.{'-'.join(filter(None, (payer.use.value, payer.agent_id)))}"
    used = spent.usage
    counted: Additions = {
        "answers": 1,
        "read": used.read,
        "written": used.written,
        "cached": used.cached,
        "cacheWritten": used.cache_written,
        "searches": used.searches,
        "micros": spent.micros,
    }
    added: Additions = {f"{part}.{name}": each for name, each in counted.items()}
    return added, {f"{part}.use": payer.use.value, f"{part}.agent": payer.agent}
