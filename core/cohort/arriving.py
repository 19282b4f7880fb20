"""Whoever is in the channel where a cohort meets belongs to it, as far as the platform tells who that is.

Somebody who has written to the bot before belongs from that moment. Everybody else is expected: they are no person of ours, are
written nothing and counted nowhere until their own first word, and belong to the cohort then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum, auto

import structlog

from core.cohort import arrival_views as views
from core.cohort.model import Cohort, Later, Taken
from core.cohort.ports import Belonging, CannotSee, CohortStore, Erased, Expecting, Known, Present, Roster, RosterAway, Rosters
from core.jobs import Job, JobStore, new_job
from core.leases import MOST_ATTEMPTS
from core.outbox import Outbox, new_letter
from core.people.invitation import Invitation
from core.people.model import Person
from core.people.service import NAME_AT_MOST
from core.reach import direct_of
from core.request import Actor, Address, Entered, Platform
from core.roles import COACHING

KIND = "channel members"
AT_ONCE = 40
"""People who are looked up while a coach waits, one call of the platform's each: seconds. More are taken in by a job."""

log = structlog.get_logger()


class _Came(Enum):
    JOINED = auto()
    EXPECTED = auto()
    THERE = auto()
    ERASED = auto()
    COACH = auto()


class Arrivals:
    """Those who come into the channels of cohorts. Implements `core.ports.Newcomers`."""

    def __init__(
        self,
        *,
        cohorts: CohortStore,
        belonging: Belonging,
        known: Known,
        expecting: Expecting,
        erased: Erased,
        rosters: Rosters,
        jobs: JobStore,
        outbox: Outbox,
    ) -> None:
        self._cohorts = cohorts
        self._belonging = belonging
        self._known = known
        self._expecting = expecting
        self._erased = erased
        self._rosters = rosters
        self._jobs = jobs
        self._outbox = outbox

    async def entered(self, event: Entered) -> None:
        """Someone came into a channel: where a cohort meets there, and they are no program and no guest, they belong to it.

        Raises:
            RosterAway: who that is cannot be asked now.
        """
        organization = await self._known.organization(event.address.platform, event.address.workspace)
        if organization is None:
            return
        running = await self._running(organization.id)
        cohort = next((each for each in running if each.channel == event.address.channel), None)
        if cohort is None:
            return
        roster = self._rosters.at(event.address)
        if roster is None:
            raise RosterAway()
        present = await roster.person(event.address, event.actor.user)
        if present is not None:
            await self._take(cohort, running, [present], event.address, event.at)

    async def those_in(self, coach: Person, cohort: Cohort, place: Address, event_id: str, at: datetime) -> Taken | Later | None:
        """Take in those who are in the channel where the coach's cohort meets now; None where the platform tells nobody who is.

        Raises:
            CannotSee: it will not say, with what to do about it.
        """
        roster = self._rosters.at(place)
        if roster is None:
            return None
        size = None
        try:
            size = await roster.size(place)
            if size <= AT_ONCE:
                return await self._all(roster, coach, cohort, place, at)
        except RosterAway:
            log.info("roster missed", cohort=cohort.id)
        payload = {"platform": place.platform.value, "workspace": place.workspace, "channel": place.channel, "cohort": cohort.id}
        job = new_job(KIND, payload, organization_id=coach.organization_id, person_id=coach.id, at=at, key=f"{KIND}:{event_id}")
        await self._jobs.add(job)
        return Later(size)

    async def post_welcome(self, coach: Person, cohort: Cohort, place: Address, event_id: str, at: datetime) -> None:
        """Post the card by which people join in the channel where the coach's cohort meets, once for this press."""
        letter = new_letter(
            f"cohort welcome:{event_id}",
            place,
            views.welcome(cohort, at.astimezone(cohort.zone).date()),
            organization_id=coach.organization_id,
            at=at,
        )
        await self._outbox.add(letter)

    async def resume(self, job: Job) -> str:
        """Do such a job, and tell the coach what came of it. Done twice, it changes nothing more.

        Raises:
            RosterAway: the platform does not say now; it is tried again, and the last time the coach is told.
        """
        where = job.payload
        place = Address(Platform(where["platform"]), where["workspace"], where["channel"])
        coach = await self._known.by_id(job.person_id or "")
        running = await self._running(job.organization_id)
        cohort = next((each for each in running if each.id == where["cohort"]), None)
        if coach is None or cohort is None or cohort.channel != place.channel:
            return "nobody meets there any more"
        try:
            roster = self._rosters.at(place)
            if roster is None:
                raise RosterAway()
            told = views.taken_in(cohort, await self._all(roster, coach, cohort, place, job.created_at))
        except CannotSee as trouble:
            told = views.not_seen(cohort, trouble.message)
        except RosterAway as trouble:
            if job.attempts < MOST_ATTEMPTS:
                raise
            told = views.not_seen(cohort, trouble.message)
        address = direct_of(coach)
        if address is not None:
            letter = new_letter(
                f"{KIND}:{job.id}",
                address,
                told,
                organization_id=coach.organization_id,
                person_id=coach.id,
                at=job.created_at,
            )
            await self._outbox.add(letter)
        return "told"

    async def _running(self, organization_id: str) -> Sequence[Cohort]:
        return [each for each in await self._cohorts.in_organization(organization_id) if each.archived_at is None]

    async def _all(self, roster: Roster, coach: Person, cohort: Cohort, place: Address, at: datetime) -> Taken:
        present = await roster.people(place)
        return await self._take(cohort, await self._running(coach.organization_id), present, place, at)

    async def _take(
        self, cohort: Cohort, running: Sequence[Cohort], present: Sequence[Present], place: Address, at: datetime
    ) -> Taken:
        came = Counter[_Came | str]()
        others = {each.id: each.name for each in running if each.id != cohort.id}
        for each in present:
            came[await self._one(cohort, others, each, place, at)] += 1
        stay = {name: count for name, count in came.items() if isinstance(name, str)}
        taken = Taken(came[_Came.JOINED], came[_Came.EXPECTED], came[_Came.THERE], stay)
        log.info("cohort joined", cohort=cohort.id, by="membership", joined=taken.joined, expected=taken.expected)
        return taken

    async def _one(
        self, cohort: Cohort, others: Mapping[str, str], present: Present, place: Address, at: datetime
    ) -> _Came | str:
        """What came of somebody; the name of the other cohort in which they stay."""
        identity = Actor(place.platform, place.workspace, present.user, present.name).identity
        person = await self._known.by_identity(identity)
        if person is None:
            came = await self._expect(cohort, others, present, identity, place, at)
            person = await self._known.by_identity(identity)
            if person is None:
                return came
            await self._expecting.came(identity)  # they wrote in this very moment
        if person.role in COACHING:
            return _Came.COACH
        if person.cohort_id == cohort.id:
            return _Came.THERE
        if person.cohort_id and person.cohort_id in others:
            return others[person.cohort_id]
        await self._belonging.change(person, {"cohort_id": cohort.id, "untold": True})
        return _Came.JOINED

    async def _expect(
        self, cohort: Cohort, others: Mapping[str, str], present: Present, identity: str, place: Address, at: datetime
    ) -> _Came | str:
        before = await self._expecting.find(identity)
        if before is not None and before.cohort_id == cohort.id:
            return _Came.THERE
        if before is not None and before.cohort_id and before.cohort_id in others:
            return others[before.cohort_id]
        if before is None and await self._erased.was_erased(identity):
            return _Came.ERASED  # nothing is kept of them again, not even their name, until their own next word
        name = present.name[:NAME_AT_MOST]
        fresh = Invitation(
            id=identity,
            organization_id=cohort.organization_id,
            name=name,
            timezone=present.timezone,
            channel=place.channel,
            created_at=at,
        )
        invitation = (before or fresh).model_copy(update={"cohort_id": cohort.id})
        await self._expecting.expect(cohort.organization_id, invitation)
        return _Came.EXPECTED
