"""Linking: the accounts that one student has on several platforms become one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.errors import Refusal
from core.ids import new_id
from core.people.link_model import VALID, Link, LinkCode, code_id, new_code, tidied
from core.people.link_ports import LinkStore
from core.people.model import Person

RESUMED_AT_ONCE = 20


class UnknownCode(Refusal):
    """That code is not one of ours. Codes have 8 letters and digits; ask for a new one with /link on your other platform."""


class CodeExpired(Refusal):
    """That code is more than 10 minutes old. Ask for a new one with /link on your other platform, and enter it here."""


class CodeUsed(Refusal):
    """That code has been used already; each works once. Ask for a new one with /link on your other platform."""


class OwnCode(Refusal):
    """That is this account's own code. Enter it on your other platform, with /link and the code."""


class AlreadyLinked(Refusal):
    """These two are one account already. There is nothing left to link."""


class SameCommunity(Refusal):
    """Both accounts are in the same community already. Linking is for accounts in different places, such as Slack and Discord."""


class TooManyTries(Refusal):
    """Those were five codes that do not exist, so I take none for an hour."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts that may be linked: the one that enters the code, and the one that was given it."""

    here: Person
    there: Person
    code: LinkCode


class Linking:
    """Gives codes, takes them, and makes two accounts one."""

    def __init__(self, store: LinkStore, key: bytes) -> None:
        """`key` is the program's secret, of 16 bytes or more."""
        self._store = store
        self._key = key

    async def give_code(self, person: Person, at: datetime) -> str:
        """A code by which another account can be linked to this one; the ones given before end."""
        code = new_code()
        kept = LinkCode(
            id=code_id(code, self._key),
            user_id=person.user_id,
            person_id=person.id,
            organization_id=person.organization_id,
            created_at=at,
            expires_at=at + VALID,
        )
        await self._store.give_code(person, kept)
        return code

    async def look_up(self, person: Person, typed: str, at: datetime) -> Pair:
        """The two accounts that a code would link.

        Raises:
            TooManyTries, UnknownCode, CodeExpired, CodeUsed, OwnCode, AlreadyLinked, SameCommunity: what is in the way.
        """
        await self._count_try(person, at)
        code = await self._store.code(person, code_id(tidied(typed), self._key))
        if code is None:
            raise UnknownCode()
        await self._store.uncount_try(person)
        if code.used_by not in (None, person.id):
            raise CodeUsed()
        if code.person_id == person.id:
            raise OwnCode()
        if code.used_by is None and at >= code.expires_at:
            raise CodeExpired()
        there = await self._store.giver(person, code)
        if there is None:
            raise CodeExpired()
        if there.user_id == person.user_id:
            raise AlreadyLinked()
        if await self._store.shared(person, there):
            # A second press may find the first one's work half done or done: that is no community in common.
            raise AlreadyLinked() if await self._store.one_account(person, code) else SameCommunity()
        return Pair(person, there, code)

    async def confirm(self, person: Person, typed: str, at: datetime) -> Pair:
        """Make the two accounts one; returns them as they were before.

        Raises:
            Refusal: as `look_up`.
        """
        try:
            pair = await self.look_up(person, typed, at)
        except AlreadyLinked:
            await self._finish(await self._store.unfinished(person), at)
            raise
        if not await self._store.use_code(person, pair.code):
            raise CodeUsed()
        into, other = sorted((person.user_id, pair.there.user_id))  # ids grow with time: the older account stays
        wanted = Link(id=new_id("lnk"), from_user_id=other, into_user_id=into, asked_by=person.id, asked_at=at, due_at=at)
        link = await self._store.begin(person, wanted)
        await self._store.merge(link, at)
        return pair

    async def refuse(self, person: Person, typed: str, at: datetime) -> None:
        """Not the person's: nothing is linked, and the code ends."""
        pair = await self.look_up(person, typed, at)
        await self._store.use_code(person, pair.code)

    async def resume(self, at: datetime) -> int:
        """Go on with the links that broke off or have settled; returns how many. For the start of the program and its ticks."""
        links = await self._store.due(at, RESUMED_AT_ONCE)
        await self._finish(links, at)
        return len(links)

    async def _finish(self, links: Sequence[Link], at: datetime) -> None:
        for link in links:
            await self._store.merge(link, at)

    async def _count_try(self, person: Person, at: datetime) -> None:
        """Count the try before the code is looked up, so that many at once are no way around the limit."""
        while True:
            tries = await self._store.tries(person)
            until = tries.blocked_until(at) if tries else None
            if until:
                clock = until.astimezone(person.zone).strftime("%H:%M")
                raise TooManyTries(f"Those were five codes that do not exist. I take codes from you again at {clock}.")
            if await self._store.count_try(person, tries, at):
                return
