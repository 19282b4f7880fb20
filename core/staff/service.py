"""Who coaches and who administers: given and taken by Admins, and first held by whoever installed the bot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import structlog

from core.digest.service import HOUR
from core.errors import NotAllowed, Refusal
from core.outbox import Outbox, new_letter
from core.people.model import Person
from core.people.service import People
from core.reach import direct_of
from core.roles import COACHING, Role
from core.ui import Button, Buttons, Call, Card, Message, Text

log = structlog.get_logger()


class LastAdmin(Refusal):
    """You are the only Admin here. Make somebody else Admin first."""


class SameRole(Refusal):
    """They have that role already. Nothing was changed."""


class Staff:
    """Gives roles. Whoever gets or loses one is told."""

    def __init__(self, people: People, outbox: Outbox) -> None:
        self._people = people
        self._outbox = outbox

    async def held(self, admin: Person) -> Sequence[Person]:
        """Who coaches and who administers in the organization, Admins first, then by name.

        Raises:
            NotAllowed: the person does not coach.
        """
        if admin.role not in COACHING:
            raise NotAllowed()
        found = await self._people.coaches(admin)
        return sorted(found, key=lambda each: (each.role is not Role.ADMIN, each.name.casefold(), each.id))

    async def give(self, admin: Person, to: Person, role: Role, at: datetime) -> Person:
        """Somebody of the Admin's organization has this role from now on.

        Raises:
            NotAllowed: the person is no Admin, or the other is in another organization.
            SameRole: they have it already.
            LastAdmin: nobody would administer any more.
        """
        if admin.role is not Role.ADMIN or to.organization_id != admin.organization_id:
            raise NotAllowed()
        if to.role is role:
            raise SameRole(f"{to.name} is {a_role(role)} already. Nothing was changed.")
        admins = [each for each in await self._people.coaches(admin) if each.role is Role.ADMIN]
        if to.role is Role.ADMIN and len(admins) < 2:
            raise LastAdmin()
        if to.role not in COACHING and _missed(to, at):
            await self._people.digested(to, at.astimezone(to.zone).date().isoformat())
        changed = await self._people.appoint(to, role)
        log.info("role given", person=to.id, by=admin.id, role=role.value)
        if to.id != admin.id:
            await self._tell(admin, changed, role, at)
        return changed

    async def _tell(self, admin: Person, to: Person, role: Role, at: datetime) -> None:
        address = direct_of(to)
        if address is None:
            return
        key = f"role:{to.id}:{role.value}:{at.isoformat()}"
        letter = new_letter(key, address, told(admin, to), organization_id=to.organization_id, at=at, person_id=to.id)
        await self._outbox.add(letter)


def _missed(to: Person, at: datetime) -> bool:
    """Whether a Monday's digests went out in their morning already: their first comes on the next, and not during the day."""
    local = at.astimezone(to.zone)
    return local.weekday() == 0 and local.hour > HOUR


def told(admin: Person, to: Person) -> Message:
    """What somebody is told who has another role now."""
    role = to.role
    if role in COACHING:
        more = "You see where your students are and who may need a person: /cohort shows it. What they wrote stays theirs."
        ways = Buttons((Button("Open the cohort", Call("cohort show"), primary=True), Button("What I can do", Call("help"))))
        return Message(
            cards=(Card(f"You are {a_role(role)} now", (Text(f"{admin.name} made you {a_role(role)}. {more}"), ways)),)
        )
    words = f"{admin.name} made you {a_role(role)} again. Everything of yours is as it was."
    words += " You stand among the students of the cohort that you looked after." if to.cohort_id else ""
    return Message(cards=(Card(body=(Text(words),)),))


def a_role(role: Role) -> str:
    """The role as somebody is it: an Admin, a Coach."""
    return f"{'an' if role.value[0] in 'AEIOU' else 'a'} {role.value}"
