"""What nobody has answered is shown to those who coach again: twice, in their own waking hours, and at most once a day.

After that Monday's digest and the list of those who asked have it: whoever is away for two weeks comes back to one list, and not
to a letter a day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from core.exchanges import letter_views
from core.exchanges.model import AGAIN, Exchange
from core.exchanges.ports import ExchangeStore
from core.outbox import Outbox, new_letter
from core.people.model import Person
from core.people.service import People
from core.reach import direct_of

AT_ONCE = 200
"""Exchanges that are looked at in a tick."""
SHOWN_AT_MOST = 2
WAITING = "unanswered:"
"""How the keys of the letters begin that tell who waits."""
MONDAY = 0
HOUR, LAST_HOUR = 8, 20
"""Between these, local, a coach is told."""


class Unanswered:
    """Tells coaches who still waits."""

    def __init__(self, store: ExchangeStore, people: People, outbox: Outbox) -> None:
        self._store = store
        self._people = people
        self._outbox = outbox

    async def tick(self, at: datetime) -> int:
        """Show what nobody answered for a day to those who are awake; returns how many exchanges that were."""
        shown, awake = 0, dict[str, Person]()
        of_each: defaultdict[str, list[Exchange]] = defaultdict(list)
        for seen in await self._store.due(at, AT_ONCE):
            student = await self._people.by_id(seen.person_id)
            if student is None:
                continue
            coaches = [each for each in await self._people.coaches(student) if each.id != student.id]
            up = [each for each in coaches if is_awake(each, at)]
            if await self._store.replace(student, seen, _later(seen, coaches, at, told=bool(up))) is None or not up:
                continue
            shown += 1
            for each in up:
                awake[each.id] = each
                of_each[each.id].append(seen)
        for coach_id, due in of_each.items():
            await self._tell(awake[coach_id], due, at)
        return shown

    async def _tell(self, coach: Person, due: Sequence[Exchange], at: datetime) -> None:
        """One letter of all who wait, of those who are due later that day too. On Mondays the digest has them."""
        to = direct_of(coach)
        if to is None or at.astimezone(coach.zone).weekday() == MONDAY:
            return
        waiting = [each for each in await self._store.of_organization(coach, AT_ONCE) if each.waits]
        message = letter_views.still_wait(coach, waiting or due, at)
        key = f"{WAITING}{coach.id}:{at.astimezone(coach.zone).date().isoformat()}"
        whose, until = coach.organization_id, at + AGAIN  # how long they wait is not true any longer then
        letter = new_letter(key, to, message, organization_id=whose, at=at, person_id=coach.id, until=until)
        await self._outbox.add(letter)


def is_awake(coach: Person, at: datetime) -> bool:
    """Whether it is day where the coach lives."""
    return HOUR <= at.astimezone(coach.zone).hour < LAST_HOUR


def _later(seen: Exchange, coaches: Sequence[Person], at: datetime, *, told: bool) -> Exchange:
    """The exchange with when it is shown next: tomorrow, or not again; and where nobody is awake, when the first of them is."""
    if not told:
        return seen.model_copy(update={"next_show_at": min((_morning(each, at) for each in coaches), default=at + AGAIN)})
    count = seen.shown + 1
    following = at + AGAIN if count < SHOWN_AT_MOST else None
    return seen.model_copy(update={"shown": count, "shown_at": at, "next_show_at": following, "changed_at": at})


def _morning(coach: Person, at: datetime) -> datetime:
    """When the coach's next day begins."""
    local = at.astimezone(coach.zone)
    day = local.date() if local.hour < HOUR else local.date() + timedelta(days=1)
    return datetime.combine(day, time(HOUR), tzinfo=coach.zone).astimezone(UTC)
