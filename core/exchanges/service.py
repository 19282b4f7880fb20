"""Exchanges: a student asks for a person, a coach takes it and answers, and nothing is lost when a coach is away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from core.errors import Changed, NotAllowed, NotFound, Refusal
from core.exchanges import letter_views, listed
from core.exchanges.carrier import MOMENT, Carrier
from core.exchanges.crossing import is_theirs
from core.exchanges.listed import Order, OwnOrder
from core.exchanges.model import AGAIN, NO_WORDS, WORDS_AT_MOST, Exchange, Line, State
from core.exchanges.ports import ExchangeStore, Silence, Talks
from core.exchanges.postponed import AskedOn, Postponed
from core.exchanges.written import line_of, name_of, to_one, written
from core.outbox import Outbox
from core.people.model import Person
from core.people.service import People
from core.request import Address
from core.roles import COACHING

TRIES = 5
"""At changing what somebody else changes at the same moment."""
LISTED_AT_MOST = 200
SAME = timedelta(hours=1)
"""Within that, the same wish of somebody who has no answer yet is one wish: buttons are pressed twice."""

log = structlog.get_logger()


class NobodyCoaches(Refusal):
    """There is no coach here yet whom I could tell. Ask in your community's channel."""


class NoSuchExchange(NotFound):
    """That is not there any more. /person shows what is."""


class Exchanges:
    """What students and coaches write to each other."""

    def __init__(
        self,
        store: ExchangeStore,
        people: People,
        outbox: Outbox,
        talks: Talks,
        silence: Silence,
        postponed: Postponed | None = None,
    ) -> None:
        """`postponed`: what a student promised for days of the silence that a coach's letter brings."""
        self._store = store
        self._people = people
        self._carrier = Carrier(people, outbox)
        self._talks = talks
        self._silence = silence
        self._postponed = postponed

    async def ask(
        self,
        student: Person,
        words: str,
        address: Address,
        at: datetime,
        *,
        event_id: str,
        show: bool,
        to_letter: bool = False,
        to: Person | None = None,
    ) -> Exchange:
        """The student would like a person; all coaches are told. `show`: they see in short what was said with the agents there.
        `to_letter`: they answer what somebody wrote to everybody. `to`: the coach who alone is told, until nobody has answered
        for a day.

        Raises:
            NobodyCoaches: there is nobody to tell.
        """
        coaches = await self._carrier.coaches(student)
        if not coaches:
            raise NobodyCoaches()
        to = next((each for each in coaches if to and each.id == to.id), None)
        asked = words.strip()[:WORDS_AT_MOST] or NO_WORDS
        twice = await self._asked_just_now(student, asked, at, show=show)
        if twice is not None and twice.id != f"exc_{event_id}"[:80]:
            return twice
        exchange = Exchange(
            id=f"exc_{event_id}"[:80],
            person_id=student.id,
            organization_id=student.organization_id,
            name=student.name,
            summary=(await self._talks.in_short(student, address))[:WORDS_AT_MOST] if show else "",
            lines=(to_one(Line(by_person_id=student.id, name=student.name, words=asked, at=at), to),),
            created_at=at,
            changed_at=at,
            shown_at=at,
            to_all=to_letter,
        )
        exchange = exchange.model_copy(update={"next_show_at": at + AGAIN if exchange.waits else None})
        kept = await self._store.add(student, exchange)
        told = await self._carrier.other_side(kept, by_coach=False)
        await self._carrier.tell(told, kept, letter_views.asked(kept, to_letter=to_letter), "asked", at)
        log.info("person asked for", exchange=kept.id, coaches=len(told))
        return kept

    async def _asked_just_now(self, student: Person, words: str, at: datetime, *, show: bool) -> Exchange | None:
        found = await self._store.of_student(student)
        same = (each for each in found if each.waits and [line.words for line in each.lines] == [words])
        return next((each for each in same if at - each.created_at <= SAME and bool(each.summary) >= show), None)

    async def write(self, coach: Person, student: Person, words: str, at: datetime, *, event_id: str) -> Exchange:
        """A coach writes to a student of theirs; the bot keeps quiet for the student for three days. Where something between them
        is not closed yet, it goes on there, so that nothing waits beside it.

        Raises:
            NotAllowed: the person does not coach the student's organization.
            NothingWritten: there are no words.
        """
        if coach.role not in COACHING or coach.organization_id != student.organization_id:
            raise NotAllowed()
        line = line_of(coach, words, at)
        here = [each for each in await self._store.of_student(student) if each.organization_id == coach.organization_id]
        going_on = next((each for each in here if each.state is not State.CLOSED), None)
        if going_on is not None and going_on.id != f"exc_{event_id}"[:80]:
            return await self.answer(coach, going_on.id, words, at)
        exchange = Exchange(
            id=f"exc_{event_id}"[:80],
            person_id=student.id,
            organization_id=student.organization_id,
            name=student.name,
            state=State.TAKEN,
            lines=(line,),
            taken_by=coach.id,
            taken_name=coach.name,
            created_at=at,
            changed_at=at,
            shown_at=at,
        )
        kept = await self._store.add(student, exchange)
        await self._silence.coached(student, at)
        await self._carrier.tell([student], kept, letter_views.from_coach(kept, line), name_of(line), at)
        log.info("exchange opened", exchange=kept.id)
        return kept

    async def take(self, coach: Person, exchange_id: str, at: datetime, *, over: bool = False) -> Exchange:
        """The coach looks after it from now on. What another has taken stays theirs; taken `over`, they are told. What is closed
        stays as it is.

        Raises:
            NotAllowed, NoSuchExchange, Changed
        """
        self._refuse_others(coach)
        for _ in range(TRIES):
            seen = await self.one(coach, exchange_id)
            from_another = seen.taken_by is not None and seen.taken_by != coach.id
            if seen.state is State.CLOSED or (from_another and not over):
                return seen
            taken = seen.model_copy(
                update={"state": State.TAKEN, "taken_by": coach.id, "taken_name": coach.name, "changed_at": at}
            )
            kept = await self._store.replace(coach, seen, taken)
            if kept is not None:
                student = await self._people.by_id(kept.person_id)
                if student is not None:
                    await self._silence.coached(student, at)
                    if seen.taken_by != coach.id:
                        await self._carrier.tell([student], kept, letter_views.taken(kept), f"taken-{coach.id}", at)
                former = await self._people.by_id(seen.taken_by) if seen.taken_by and from_another else None
                if former is not None:
                    await self._carrier.tell([former], kept, letter_views.taken_over(kept), f"over-{coach.id}", at)
                return kept
        raise Changed()

    async def answer(
        self,
        person: Person,
        exchange_id: str,
        words: str,
        at: datetime,
        *,
        said: str = "",
        to: Person | None = None,
        typed_at: datetime | None = None,
    ) -> Exchange:
        """The student, or a coach, writes in it; the other side is told. A coach who answers has taken it, and so has the one
        `to` whom alone the student writes. What was closed is open again. What they `said` in a message, by its id, is written
        once. What a student had `typed_at` another time is for whom it was then: it stands before what other coaches wrote since.

        Raises:
            NoSuchExchange, NothingWritten, Changed
        """
        line = to_one(line_of(person, words, at).model_copy(update={"said": said}), to)
        for _ in range(TRIES):
            seen = await self.one(person, exchange_id)
            by_coach = person.id != seen.person_id
            line = line.model_copy(update={"coach": by_coach})
            if by_coach:
                self._refuse_others(person)
            before = next((each for each in seen.lines if each == line or (said and each.said == said)), None)
            if before is not None:  # it was written before a crash, and may not have been carried
                await self._carry(seen, before, at)
                return seen
            if typed_at is not None and not by_coach:
                line = line.model_copy(update={"at": typed_at if seen.strangers_since(typed_at) else at})
            kept = await self._store.replace(person, seen, written(seen, line, at))
            if kept is not None:
                await self._carry(kept, line, at)
                return kept
        raise Changed()

    async def postponed(self, writer: Person, exchange: Exchange, at: datetime) -> Sequence[AskedOn]:
        """What its student is asked about later, now that a coach wrote to them; nothing where they wrote themselves."""
        if self._postponed is None or writer.id == exchange.person_id:
            return ()
        student = await self._people.by_id(exchange.person_id)
        return await self._postponed.of(writer, student, at) if student else ()

    async def lately(self, person: Person, since: datetime) -> list[Exchange]:
        """Those in which somebody wrote after that time, the latest first: for a student whatever they did not settle themselves,
        for a coach the students who are theirs to answer, or nobody's yet, and those to whom they spoke as well, or who wrote to
        them as well and were answered by another.
        """
        found = [each for each in await self._store.of_student(person) if each.closed_by != person.id]
        theirs = await self._store.of_organization(person, LISTED_AT_MOST) if person.role in COACHING else ()
        for each in theirs:
            found += [each] if is_theirs(each, person.id) and each.person_id != person.id else []
        return sorted((e for e in found if e.lines[-1].at > since), key=lambda each: each.lines[-1].at, reverse=True)

    async def close(self, person: Person, exchange_id: str, at: datetime) -> Exchange:
        """It is done, says either of them; the other side is told, once. A student who had only thanked is told nothing.

        Raises:
            NoSuchExchange, Changed
        """
        for _ in range(TRIES):
            seen = await self.one(person, exchange_id)
            if seen.state is State.CLOSED:
                return seen
            closed = {"state": State.CLOSED, "closed_at": at, "closed_by": person.id, "changed_at": at, "next_show_at": None}
            kept = await self._store.replace(person, seen, seen.model_copy(update=closed))
            if kept is not None:
                by_coach = person.id != kept.person_id
                others = () if by_coach and kept.thanked else await self._carrier.other_side(kept, by_coach=by_coach)
                await self._carrier.tell(others, kept, letter_views.closed(kept, person), f"closed-{at:{MOMENT}}", at)
                return kept
        raise Changed()

    async def one(self, person: Person, exchange_id: str) -> Exchange:
        """The exchange, for its student and the coaches of its organization.

        Raises:
            NoSuchExchange: it is not there for this person.
        """
        found = await self._store.find(person, exchange_id)
        if found is None:
            raise NoSuchExchange()
        return found

    async def is_coached(self, student: Person) -> bool:
        """Whether there is a coach who can be told."""
        return bool(await self._carrier.coaches(student))

    async def own(self, student: Person, search: str = "", order: OwnOrder = OwnOrder.LATEST) -> Sequence[Exchange]:
        """The student's that hold the searched words; of the latest 200, read at once."""
        return listed.own(await self._store.of_student(student), search, order)

    async def waiting(self, coach: Person, search: str = "", order: Order = Order.WAITING) -> Sequence[Exchange]:
        """Those of the coach's organization that are not closed and hold the searched words in a name or a line.

        First come those where a student waits, the longest first. 200 are read at once; nobody has more going on.

        Raises:
            NotAllowed: the person does not coach.
        """
        self._refuse_others(coach)
        found = await self._store.of_organization(coach, LISTED_AT_MOST)
        return listed.waiting([await self._named(each) for each in found], search, order)

    async def _named(self, exchange: Exchange) -> Exchange:
        """With the name that its student goes by now, which may be another than on the day they asked."""
        student = await self._people.by_id(exchange.person_id)
        return exchange.model_copy(update={"name": student.name}) if student else exchange

    async def _carry(self, kept: Exchange, line: Line, at: datetime) -> None:
        number = name_of(line)
        if line.coach:
            student = await self._people.by_id(kept.person_id)
            if student is not None:
                await self._silence.coached(student, at)
                await self._carrier.tell([student], kept, letter_views.from_coach(kept, line), number, at)
            return
        to = await self._carrier.other_side(kept.as_of(line.at), by_coach=False)
        await self._carrier.tell(to, kept, letter_views.from_student(kept, line), number, at)

    def _refuse_others(self, person: Person) -> None:
        if person.role not in COACHING:
            raise NotAllowed()
