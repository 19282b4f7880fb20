"""Pairs: asking for a partner, being matched, seeing each other's commitments, cheering, and leaving with one tap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from core.cohort.service import Cohorts
from core.commitments.model import Commitment, CommitmentKind, CommitmentState
from core.commitments.service import Commitments
from core.course.model import current
from core.course.service import Progress
from core.errors import NotAllowed, Refusal
from core.ids import new_id
from core.outbox import Outbox, new_letter
from core.pairs import views
from core.pairs.matching import PATIENCE, Seeker, matches
from core.pairs.model import Pair, PairRequest
from core.pairs.ports import PairStore
from core.people.model import Person
from core.people.service import People
from core.reach import direct_of
from core.roles import COACHING
from core.ui import Message

LOOKED_EVERY = timedelta(days=1)
"""How often a request is looked at again without anybody asking: days pass, and people move on in the course."""
AT_ONCE = 200

log = structlog.get_logger()


class CoachesHaveNone(Refusal):
    """Pairs are for students. /cohort pairs shows who is paired with whom."""


class NotPaired(Refusal):
    """You have no partner at the moment. /pair finds you one."""


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody's partner, with the commitments that they may see: the open ones first, then those kept lately."""

    pair: Pair
    person: Person
    commitments: Sequence[Commitment]


@dataclass(frozen=True, slots=True)
class Couples:
    """Who is paired with whom, and who waits, by their names."""

    paired: Sequence[tuple[str, str]]
    waiting: Sequence[str]


class Pairs:
    """Who is whose partner. Every change is told to both by direct message, once."""

    def __init__(
        self, store: PairStore, people: People, cohorts: Cohorts, progress: Progress, commitments: Commitments, outbox: Outbox
    ) -> None:
        self._store = store
        self._people = people
        self._cohorts = cohorts
        self._progress = progress
        self._commitments = commitments
        self._outbox = outbox

    async def partner(self, person: Person, at: datetime) -> Partner | None:
        """The person's partner, and what they said they would do; None where they have none."""
        pair = await self._store.of(person)
        other = await self._people.by_id(pair.partner_of(person.id) or "") if pair else None
        if pair is None or other is None:
            return None
        shown = (CommitmentState.OPEN, CommitmentState.DONE)
        all_theirs = await self._commitments.all(other, at)
        promises = [each for each in all_theirs if each.kind is CommitmentKind.PROMISE and each.state in shown]
        return Partner(pair, other, promises)

    async def request(self, person: Person) -> PairRequest | None:
        """What the person asked, while they wait."""
        return await self._store.request(person)

    async def ask(self, person: Person, at: datetime) -> Pair | None:
        """The person would like a partner; returns the pair where one was waiting, or they are in one already.

        Raises:
            CoachesHaveNone: they coach.
        """
        if person.role in COACHING:
            raise CoachesHaveNone()
        there = await self._store.of(person)
        if there is not None:
            return there
        fresh = PairRequest(id=person.id, organization_id=person.organization_id, since=at, look_at=at + LOOKED_EVERY)
        log.info("partner asked for", person=person.id)
        return await self._match(person, await self._store.ask(person, fresh), at, asking=True)

    async def withdraw(self, person: Person) -> None:
        """The person waits no more."""
        await self._store.withdraw(person)

    async def leave(self, person: Person, at: datetime) -> None:
        """The person's pair is over; the other is told.

        Raises:
            NotPaired: they are in none.
        """
        pair = await self._store.of(person)
        ended = await self._store.part(person, pair, at) if pair else None
        if ended is None:
            raise NotPaired()
        log.info("pair parted", pair=ended.id)
        await self._tell(ended, at)

    async def cheer(self, person: Person, at: datetime) -> tuple[Person, bool]:
        """Send the partner a cheer, once on a day of the person's; returns the partner, and whether it went out.

        Raises:
            NotPaired: they have none.
        """
        partner = await self.partner(person, at)
        if partner is None:
            raise NotPaired()
        key = f"{partner.pair.id}:cheer:{person.id}:{at.astimezone(person.zone).date().isoformat()}"
        return partner.person, await self._write(partner.person, views.cheered_by(person, partner.commitments), key, at)

    async def couples(self, coach: Person) -> Couples:
        """Who is paired in the coach's organization, in the order of their names; all of them, since pairs are of few words.

        Raises:
            NotAllowed: the person does not coach.
        """
        if coach.role not in COACHING:
            raise NotAllowed()
        names = {each.id: each.name for each in await self._people.members(coach)}
        paired = [
            sorted(names.get(each, "Somebody") for each in pair.members) for pair in await self._store.of_organization(coach)
        ]
        waiting = [names.get(each.id, "Somebody") for each in await self._store.requests(coach)]
        return Couples(sorted((one, other) for one, other in paired), sorted(waiting))

    async def tick(self, at: datetime) -> int:
        """Match those whom time alone may have found somebody, and tell what a process that died left untold."""
        for pair in await self._store.to_tell(at, AT_ONCE):
            await self._tell(pair, at)
        due = await self._store.to_look(at, AT_ONCE)
        for request in due:
            await self._store.looked(request, at + LOOKED_EVERY)
            person = await self._people.by_id(request.id)
            if person is None:
                continue
            if await self._store.of(person) is not None:
                await self._store.withdraw(person)  # whoever matched them died before this
            elif await self._match(person, request, at) is None and at - request.since >= PATIENCE:
                await self._write(person, views.odd_one_out(), f"pair:odd:{person.id}:{request.since.isoformat()}", at)
        return len(due)

    async def _match(self, person: Person, request: PairRequest, at: datetime, *, asking: bool = False) -> Pair | None:
        """The pair of whoever fits best and is still free; two who ask at once are kept apart by the record's unique key.

        A person who is `asking` reads of it in the answer, and gets no letter as well.
        """
        others = {each.id: each for each in await self._store.requests(person) if each.id != person.id}
        seekers = [seeker for each in others.values() if (seeker := await self._seeker(each)) is not None]
        one = await self._seeker(request)
        for best in matches(one, seekers, at) if one else ():
            members = (person.id, best.person_id)
            fresh = Pair(id=new_id("pai"), organization_id=person.organization_id, members=members, tell_at=at, created_at=at)
            pair = await self._store.add(person, fresh)
            if pair is not None:
                log.info("pair matched", pair=pair.id)
                await self._tell(pair, at, told=person.id if asking else "")
                return pair
            there = await self._store.of(person)
            if there is not None:
                return there
        return None

    async def _seeker(self, request: PairRequest) -> Seeker | None:
        """Whoever waits, as they are by now; None where they are gone, or coach by now."""
        person = await self._people.by_id(request.id)
        if person is None or person.role in COACHING:
            return None
        standings = await self._progress.of(person)
        here = current(standings)
        cohort = await self._cohorts.of(person)
        parted = await self._store.parted(person)
        return Seeker(
            person_id=person.id,
            user_id=person.user_id,
            cohort_id=cohort.id if cohort else None,
            zone=person.zone,
            module=here.module.number if here else len(standings),
            since=request.since,
            apart=frozenset(other for each in parted for other in each.parted if other != person.id),
        )

    async def _tell(self, pair: Pair, at: datetime, *, told: str = "") -> None:
        """Write to whoever does not know yet that the pair began or ended; again after a crash, and once all the same.

        `told` is the id of whoever knows already.
        """
        both = [each for id_ in (*pair.members, *pair.parted) if (each := await self._people.by_id(id_)) is not None]
        for person in both:
            if pair.members:
                other = next((each for each in both if each.id != person.id), None)
                await self._store.withdraw(person)
                if other is not None and person.id != told:
                    await self._write(person, views.paired(other, at), f"{pair.id}:paired:{person.id}", at)
            elif person.id != pair.left_by:
                leaver = next((each for each in both if each.id == pair.left_by), None)
                await self._write(person, views.left_by(leaver), f"{pair.id}:parted:{person.id}", at)
        await self._store.told(pair)

    async def _write(self, to: Person, message: Message, key: str, at: datetime) -> bool:
        address = direct_of(to)
        if address is None:
            return False
        return await self._outbox.add(
            new_letter(key, address, message, organization_id=to.organization_id, at=at, person_id=to.id)
        )
