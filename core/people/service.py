"""Meeting people: whoever acts on a platform is a person of ours from the first moment."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Protocol
from zoneinfo import available_timezones

import structlog

from core.alike import alike
from core.errors import NotAllowed, NotFound
from core.ids import new_id
from core.people.invitation import Invitation
from core.people.model import Organization, Person, User
from core.people.ports import Invitations, PeopleStore
from core.people.zones import zone_named
from core.request import Actor
from core.roles import COACHING, Role

NAME_AT_MOST = 80
_ACCOUNT = re.compile(r"(?<!\w)@([UW][A-Z0-9]{6,20}|\d{15,20})\b", re.ASCII)
"""How Slack and Discord number accounts."""

log = structlog.get_logger()


class NobodyCalled(NotFound):
    """Nobody here is called so."""


class Moved(Protocol):
    """Whoever keeps times that hang on where somebody lives."""

    async def moved(self, person: Person, at: datetime) -> None:
        """The person has another time zone from now on."""
        ...


class People:
    """Who is who."""

    def __init__(self, store: PeopleStore, moved: Moved | None = None, invitations: Invitations | None = None) -> None:
        """`moved` is told of whoever lives in another time zone from now on."""
        self._store = store
        self._moved = moved
        self._invitations = invitations

    async def meet(self, actor: Actor, at: datetime) -> Person:
        """The person behind the actor; someone new is kept, with their account and organization."""
        known = await self._store.by_identity(actor.identity)
        if known is not None:
            return await self._installing(await self._followed(known, actor, at), actor)
        expected = await self._invitations.find(actor.identity) if self._invitations else None
        listed = expected if expected and expected.channel is None else None
        called = listed.name if listed else actor.name or (expected.name if expected else "")
        user = User(id=new_id("usr"), name=called[:NAME_AT_MOST] or "Student")
        organization = await self._store.organization(actor.platform, actor.workspace)
        if organization is None:
            organization = await self._store.add_organization(
                Organization(
                    id=new_id("org"),
                    name=actor.workspace,
                    owner_id=user.id,
                    platform=actor.platform,
                    workspace=actor.workspace,
                )
            )
        person = Person(
            id=new_id("per"),
            user_id=user.id,
            organization_id=organization.id,
            name=user.name,
            identities=(actor.identity,),
            timezone=_zone_of(actor) or (expected.timezone if expected else None) or "UTC",
            locale=actor.locale or "en-GB",
            cohort_id=expected.cohort_id if expected else None,
            untold=expected is not None and expected.cohort_id is not None,
            invited_at=at if listed else None,
            created_at=at,
        )
        kept = await self._store.add(user, person)
        if self._invitations and expected:
            await self._invitations.came(actor.identity)
        return await self._installing(kept, actor)

    async def invite(self, coach: Person, invitation: Invitation) -> None:
        """Somebody whom the coach expects: they have this name and cohort as soon as their account first writes.

        Raises:
            NotAllowed: the person does not coach.
        """
        if coach.role not in COACHING:
            raise NotAllowed()
        assert self._invitations is not None, "whoever invites gives People what keeps invitations"
        await self._invitations.keep(coach, invitation)

    async def invited(self, coach: Person) -> Sequence[Invitation]:
        """Those whom the coach's organization expects."""
        return await self._invitations.of_organization(coach) if self._invitations else ()

    async def awaited(self, coach: Person) -> Mapping[str, int]:
        """How many the coach's organization expects in each cohort, by its id; "" for those in none."""
        return await self._invitations.counted(coach) if self._invitations else {}

    async def _installing(self, person: Person, actor: Actor) -> Person:
        """The person, who is Admin where they installed the bot and nobody administers it yet: never by being first to speak."""
        if not actor.installer or person.role is Role.ADMIN:
            return person
        if any(each.role is Role.ADMIN for each in await self._store.coaches(person.organization_id)):
            return person
        log.info("installer appointed", person=person.id)
        return await self._store.change(person, {"role": Role.ADMIN})

    async def _followed(self, person: Person, actor: Actor, at: datetime) -> Person:
        """The person as their platform has them by now. Name and zone are their own as soon as they have told us these."""
        told: dict[str, str | None] = {"locale": actor.locale}
        if person.introduced_at is None:
            told |= {"name": actor.name[:NAME_AT_MOST] if person.invited_at is None else None, "timezone": _zone_of(actor)}
        change = {name: value for name, value in told.items() if value and value != getattr(person, name)}
        if not change:
            return person
        return await self._told(person, await self._store.change(person, change), at)

    async def by_id(self, person_id: str) -> Person | None:
        """The person with this id of ours, or None; for work that was begun in their name."""
        return await self._store.by_id(person_id)

    async def with_names(self, words: str, actor: Actor) -> str:
        """The words with the accounts in them called by name, where they are known: a platform may tell who is mentioned by the
        account's id alone.
        """
        ids = dict.fromkeys(_ACCOUNT.findall(words))
        found = {id: await self._store.by_identity(replace(actor, user=id).identity) for id in ids}
        names = {id: person.name for id, person in found.items() if person is not None}
        return _ACCOUNT.sub(lambda each: f"@{names.get(each[1], each[1])}", words)

    async def introduce(self, person: Person, *, name: str, timezone: str, at: datetime) -> Person:
        """Keep what the person said of themselves.

        Raises:
            UnknownZone: the place is not known, or several may be meant.
        """
        kept = await self._store.introduce(person, name=name, timezone=zone_named(timezone), at=at)
        return await self._told(person, kept, at)

    async def live_in(self, person: Person, timezone: str, at: datetime) -> Person:
        """Keep the zone that the person chose, on all platforms that they have linked; returns the person afterwards.

        Raises:
            UnknownZone: as `introduce`.
        """
        zone = zone_named(timezone)
        chosen = person
        for each in await self._store.of_account(person):
            if each.timezone != zone:
                kept = await self.introduce(each, name=each.name, timezone=zone, at=at)
                chosen = kept if kept.id == person.id else chosen
        return chosen

    async def of_account(self, person: Person) -> Sequence[Person]:
        """The person on all platforms that they have linked, themselves among them."""
        return await self._store.of_account(person)

    async def member(self, coach: Person, typed: str) -> Person:
        """The one in the coach's organization who is meant: by id, or by a name, or the first of their names, that only one has.

        Raises:
            NobodyCalled: nobody is, or several may be.
        """
        wanted = typed.strip().rstrip(",:").removeprefix("@").casefold()
        members = await self._store.members(coach)
        found = [each for each in members if each.id == typed.strip()] or [
            each for each in members if each.name.casefold() == wanted
        ]
        found = found or [each for each in members if wanted and each.name.casefold().startswith(f"{wanted} ")]
        if len(found) == 1:
            return found[0]
        if not found and (awaited := await self._awaited(coach, wanted)):
            raise NobodyCalled(f"{awaited} is expected, and has not written to me yet. Ask them for one word, and try again.")
        near = alike(wanted, [each.name for each in members], 3) if wanted else []
        hint = f"Did you mean {' or '.join(near)}?" if near else "I know whoever has written to me; /cohort members lists them."
        raise NobodyCalled(f"{'Several are' if found else 'Nobody here is'} called “{typed.strip()[:60]}”. {hint}")

    async def _awaited(self, coach: Person, wanted: str) -> str:
        """The name of the one who is expected and called so, or by that first name; "" where it is not clear."""
        names = [each.name for each in await self.invited(coach)] if wanted else []
        meant = [each for each in names if each.casefold() == wanted] or [
            each for each in names if each.casefold().startswith(f"{wanted} ")
        ]
        return meant[0] if len(meant) == 1 else ""

    async def members(self, coach: Person) -> Sequence[Person]:
        """Everybody in the coach's organization, by name."""
        return await self._store.members(coach)

    async def appoint(self, person: Person, role: Role) -> Person:
        """Make somebody a coach, an Admin or a student again; for an operator, and for Staff, which looks who asks."""
        return await self._store.change(person, {"role": role})

    async def coaches(self, person: Person) -> Sequence[Person]:
        """Those who coach in the person's organization, Admins among them."""
        return await self._store.coaches(person.organization_id)

    async def digested(self, coach: Person, monday: str) -> None:
        """The coach was sent the digest of this Monday (ISO)."""
        await self._store.change(coach, {"digest_of": monday})

    async def coaching(self) -> Sequence[Person]:
        """All who coach, wherever; for an operator."""
        return await self._store.coaching()

    async def told_of_cohort(self, person: Person) -> None:
        """The person was told which cohort they are in."""
        await self._store.change(person, {"untold": False})

    async def _told(self, before: Person, after: Person, at: datetime) -> Person:
        if self._moved is not None and before.timezone != after.timezone:
            await self._moved.moved(after, at)
        return after

    async def settle(self, person: Person, key: str, value: str, at: datetime | None = None) -> Person:
        """Keep a choice that is made once, such as the shop's currency. `at` decides between two accounts that are linked."""
        when = {**person.settled_at, key: at} if at else person.settled_at
        return await self._store.change(person, {"settings": {**person.settings, key: value}, "settled_at": when})


def _zone_of(actor: Actor) -> str | None:
    """The zone that the platform tells, where it is one."""
    return actor.timezone if actor.timezone in _zones() else None


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # it reads directories, which is no work for every request
