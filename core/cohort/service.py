"""The cohorts of an organization: who takes the course together, and when which module is worked on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog

from core.cohort.model import NAME_AT_MOST, BoardPost, Cohort, WeeklyQuestion, new_code, read_code
from core.cohort.ports import Belonging, CohortStore
from core.cohort.timetable import Timetable, after_joining
from core.errors import AlreadyThere, NotAllowed, NotFound, Refusal
from core.ids import new_id
from core.people.model import Person
from core.roles import COACHING

YEAR = timedelta(days=366)
FIRST = "First cohort"
"""What the cohort is called that comes into being with the first dates that a coach sets."""

_AROUND = " \t\n\"'“”‘’"
"""What people put around a name of several words."""

log = structlog.get_logger()


class FarAway(Refusal):
    """That is more than a year from now. Check the year of the start date."""


class NameTaken(Refusal):
    """There is a cohort of that name already. Choose another name, or archive the old one first."""


class ChannelTaken(Refusal):
    """Another cohort meets in this channel already. Archive it, or choose another channel."""


class NoSuchCohort(NotFound):
    """There is no such cohort here. /cohort list shows them all."""


class UnknownJoinCode(NotFound):
    """No cohort here has that code. Ask your coach for it: eight letters and digits with a dash in the middle."""


@dataclass(frozen=True, slots=True)
class Dated:
    """When somebody works on which module. `in_cohort`: these are their cohort's dates; `over`: their cohort is archived."""

    timetable: Timetable
    in_cohort: bool
    over: bool = False


class Cohorts:
    """The cohorts, and who belongs to them."""

    def __init__(self, store: CohortStore, people: Belonging) -> None:
        self._store = store
        self._people = people

    async def of(self, person: Person) -> Cohort | None:
        """The person's cohort: the one that they joined, or else the only one that there is; None where it is not clear."""
        return _theirs(person, await self._store.of_organization(person))

    async def all(self, coach: Person) -> Sequence[Cohort]:
        """All the cohorts of the coach's organization, the newest first.

        Raises:
            NotAllowed: the person does not coach.
        """
        _refuse_others(coach)
        return await self._store.of_organization(coach)

    async def dated(self, person: Person) -> Dated:
        """The person's dates: their cohort's, or their own from the Monday after they joined."""
        return dated_by(person, await self.there(person))

    async def there(self, person: Person) -> Sequence[Cohort]:
        """The cohorts of the person's organization, to ask for the dates of many of its people by (`dated_by`)."""
        return await self._store.of_organization(person)

    async def create(
        self, coach: Person, name: str, starts_on: date | None, catch_up_after: Sequence[int], at: datetime
    ) -> tuple[Cohort, Person]:
        """A new cohort, which the coach looks after from now on.

        Raises:
            NotAllowed: the person does not coach.
            FarAway: the start is more than a year from now.
            NameTaken: there is one of this name.
        """
        _refuse_others(coach)
        called = " ".join(name.split())[:NAME_AT_MOST] or FIRST
        cohort = Cohort(
            id=new_id("coh"),
            organization_id=coach.organization_id,
            name=called,
            name_key=called.casefold(),
            code=new_code(),
            starts_on=_dated(starts_on, at) if starts_on else None,
            catch_up_after=tuple(sorted(set(catch_up_after))),
            timezone=coach.timezone,
            created_at=at,
        )
        try:
            kept = await self._store.add(coach, cohort)
        except AlreadyThere:
            raise NameTaken() from None
        log.info("cohort created", cohort=kept.id)
        return kept, await self._people.change(coach, {"cohort_id": kept.id})

    async def schedule(self, coach: Person, starts_on: date, catch_up_after: Sequence[int], at: datetime) -> Timetable:
        """Keep the dates of the coach's cohort; without one, it comes into being.

        Raises:
            NotAllowed: the person does not coach.
            FarAway: the start is more than a year from now.
        """
        _refuse_others(coach)
        after = tuple(sorted(set(catch_up_after)))
        cohort = await self.of(coach)
        if cohort is None:
            cohort, _ = await self.create(coach, FIRST, starts_on, after, at)
        else:
            dates = {"starts_on": _dated(starts_on, at), "catch_up_after": after, "timezone": coach.timezone}
            cohort = await self._store.change(coach, cohort.id, dates)
        log.info("cohort dated", cohort=cohort.id)
        return cohort.timetable or Timetable(starts_on, after)

    async def join(self, person: Person, typed: str) -> Cohort:
        """The person belongs to the cohort with this code from now on.

        Raises:
            UnknownJoinCode: no cohort of their organization that is going on has it.
        """
        code = read_code(typed)
        found = next((each for each in await self._going_on(person) if each.code == code), None)
        if found is None:
            raise UnknownJoinCode()
        await self._people.change(person, {"cohort_id": found.id, "untold": False})
        log.info("cohort joined", cohort=found.id, by="code")
        return found

    async def spoke_in(self, person: Person, channel: str) -> Cohort | None:
        """The cohort that meets in this channel, which whoever speaks there and belongs to none that goes on joins; or None."""
        if person.cohort_id is not None and person.role in COACHING:
            return None  # it is the one that they look after
        going_on = await self._going_on(person)
        if any(each.id == person.cohort_id for each in going_on):
            return None
        found = next((each for each in going_on if each.channel == channel), None)
        if found is not None:
            await self._people.change(person, {"cohort_id": found.id, "untold": True})
            log.info("cohort joined", cohort=found.id, by="channel")
        return found

    async def meet_in(self, coach: Person, channel: str) -> Cohort:
        """The coach's cohort meets in this channel from now on.

        Raises:
            NotAllowed: the person does not coach.
            NoSuchCohort: the coach looks after none.
            ChannelTaken: another one that goes on meets there.
        """
        own = await self.own(coach)
        there = [each for each in await self._going_on(coach) if each.channel == channel and each.id != own.id]
        if there:
            raise ChannelTaken(f"{there[0].name} meets in this channel already. Archive it, or choose another channel.")
        return await self._store.change(coach, own.id, {"channel": channel})

    async def ask_weekly(self, coach: Person, question: WeeklyQuestion | None, next_at: datetime | None) -> Cohort:
        """The coach's cohort is asked its community questions so, next looked at then; or none any more.

        Raises:
            NotAllowed: the person does not coach.
            NoSuchCohort: the coach looks after none.
        """
        change = {"question": question, "next_question_at": next_at}
        return await self._store.change(coach, (await self.own(coach)).id, change)

    async def post_board(self, coach: Person, post: BoardPost | None, next_at: datetime | None) -> Cohort:
        """The board of the coach's cohort is posted so, next at that time; or not any more.

        Raises:
            NotAllowed: the person does not coach.
            NoSuchCohort: the coach looks after none.
        """
        return await self._store.change(coach, (await self.own(coach)).id, {"board_post": post, "next_board_at": next_at})

    async def own(self, coach: Person) -> Cohort:
        """The cohort that the coach looks after now.

        Raises:
            NotAllowed: the person does not coach.
            NoSuchCohort: there is none, or it is not clear which.
        """
        _refuse_others(coach)
        cohort = await self.of(coach)
        if cohort is None:
            raise NoSuchCohort("You look after no cohort yet. /cohort new begins one, /cohort list shows those that are there.")
        return cohort

    async def looked_after(self, coach: Person) -> Cohort | None:
        """The cohort that goes on and that the coach looks after; None where there is none."""
        own = await self.of(coach)
        return own if own is not None and own.archived_at is None else None

    async def told_apart(self, coach: Person) -> str:
        """The name of the cohort that the coach looks after, where several go on; "" where nobody could take it for another."""
        own = await self.looked_after(coach)
        return own.name if own is not None and len(await self._going_on(coach)) > 1 else ""

    async def look_after(self, coach: Person, named: str) -> Cohort:
        """The coach looks after this cohort, by its id or name, from now on.

        Raises:
            NotAllowed: the person does not coach.
            NoSuchCohort: there is none.
        """
        cohort = await self._named(coach, named)
        await self._people.change(coach, {"cohort_id": cohort.id})
        return cohort

    async def place(self, coach: Person, student: Person, named: str) -> Cohort:
        """The student of the coach's organization belongs to this cohort from now on.

        Raises:
            NotAllowed: the person does not coach, or the student is in another organization.
            NoSuchCohort: there is no such cohort.
        """
        cohort = await self._named(coach, named)
        if student.organization_id != coach.organization_id:
            raise NotAllowed()
        await self._people.change(student, {"cohort_id": cohort.id})
        return cohort

    async def archive(self, coach: Person, named: str, at: datetime | None) -> Cohort:
        """The cohort is over since then, or goes on again where no time is given.

        Raises:
            NotAllowed: the person does not coach.
            NoSuchCohort: there is none.
            NameTaken: it should go on, and one that does has its name.
        """
        cohort = await self._named(coach, named)
        try:
            key = None if at else cohort.name.casefold()
            return await self._store.change(coach, cohort.id, {"archived_at": at, "name_key": key})
        except AlreadyThere:
            raise NameTaken() from None

    async def _named(self, coach: Person, named: str) -> Cohort:
        wanted = named.strip(_AROUND).casefold()
        found = [each for each in await self.all(coach) if each.id == named.strip() or each.name.casefold() == wanted]
        if not found:
            raise NoSuchCohort()
        return min(found, key=lambda each: each.archived_at is not None)

    async def _going_on(self, person: Person) -> list[Cohort]:
        return [each for each in await self._store.of_organization(person) if each.archived_at is None]


def dated_by(person: Person, cohorts: Sequence[Cohort]) -> Dated:
    """The person's dates by these cohorts of their organization: from the Monday after they joined where none is theirs."""
    cohort = _theirs(person, cohorts)
    over = cohort is not None and cohort.archived_at is not None
    if cohort is None or cohort.timetable is None:
        own = after_joining(person.created_at.astimezone(person.zone).date())
        return Dated(own, in_cohort=False, over=over)
    return Dated(cohort.timetable, in_cohort=True, over=over)


def _theirs(person: Person, cohorts: Sequence[Cohort]) -> Cohort | None:
    joined = next((each for each in cohorts if each.id == person.cohort_id), None)
    if joined is not None:
        return joined
    going_on = [each for each in cohorts if each.archived_at is None]
    return going_on[0] if len(going_on) == 1 else None


def _dated(starts_on: date, at: datetime) -> str:
    if abs(starts_on - at.date()) > YEAR:
        raise FarAway()
    return starts_on.isoformat()


def _refuse_others(person: Person) -> None:
    if person.role not in COACHING:
        raise NotAllowed()
