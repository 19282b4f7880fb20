"""Handing out what is kept of a person, and erasing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.errors import NotFound
from core.people.model import Person
from core.privacy.archive import archive
from core.privacy.model import SETTLING, Erasing, Tombstone, tombstone_id
from core.privacy.ports import PrivacyStore, Traces
from core.request import File

RESUMED_AT_ONCE = 50


class Privacy:
    """What is kept of somebody is theirs."""

    def __init__(self, store: PrivacyStore, key: bytes, traces: Sequence[Traces] = ()) -> None:
        """`key` is the program's secret, of 16 bytes or more; `traces` are those of the surfaces."""
        self._store = store
        self._key = key
        self._traces = tuple(traces)

    async def named(self, reference: str) -> Person:
        """For an operator: the person with this id, account id, platform account (`slack:T1:U1`) or e-mail address.

        Raises:
            NotFound: there is none.
        """
        person = await self._store.named(reference)
        if person is None:
            raise NotFound(
                f"There is nobody with the id, account or address “{reference[:80]}”. An account is written whole, such as "
                "slack:T024BE7LD:U0G9QF9C6 or terminal:terminal:maria."
            )
        return person

    async def counts(self, person: Person) -> Mapping[str, int]:
        """How many documents each collection has of the person; those that have none are left out."""
        return {name: count for name, count in (await self._store.counts(person)).items() if count}

    async def export(self, person: Person, at: datetime) -> File:
        """Everything that is kept of the person, as a zip."""
        content = archive(await self._store.documents(person), person, at)
        return File(f"elevate-{at.astimezone(person.zone):%Y-%m-%d}.zip", "application/zip", content)

    async def erase(self, person: Person, at: datetime) -> Sequence[str]:
        """Remove everything that is kept of the person's account, on all platforms, and keep a tombstone for each identity.

        Returns what they are to know of what surfaces kept of them.
        Made again, it changes nothing more. Broken off, it is gone on with by `resume`.
        """
        work = await self._store.accounts(person)
        names = work.identities or person.identities or (person.id,)
        ids = [tombstone_id(name, self._key) for name in names]
        for before in [await self._store.buried(each) for each in ids]:
            work = work.joined(before.work) if before and before.work else work
        stones = [Tombstone(id=each, erased_at=at, due_at=at, work=work) for each in ids]
        for stone in stones:
            await self._store.bury(stone)
        told = await self._carry_out(work)
        for stone in stones:
            await self._settle(stone, work, at)
        return told

    async def was_erased(self, identity: str) -> bool:
        """Whether the platform account (`slack:T1:U1`) was erased before."""
        return await self._store.buried(tombstone_id(identity, self._key)) is not None

    async def resume(self, at: datetime) -> int:
        """Go on with what broke off or has settled; returns how many. For the start of the program and its ticks."""
        stones = await self._store.due(at, RESUMED_AT_ONCE)
        for stone in stones:
            if stone.work is None:
                continue
            await self._carry_out(stone.work)
            if stone.work.identities:  # the first time broke off
                await self._settle(stone, stone.work, at)
            else:
                await self._store.bury(stone.model_copy(update={"work": None, "due_at": None}))
        return len(stones)

    async def _carry_out(self, work: Erasing) -> Sequence[str]:
        await self._store.erase(work)
        told = [await each.erase(work.identities) for each in self._traces]
        return [each for each in told if each]

    async def _settle(self, stone: Tombstone, work: Erasing, at: datetime) -> None:
        """Forget whose it was, and keep the ids until what was under way has come to its end and is erased too."""
        left = work.model_copy(update={"identities": ()})
        await self._store.bury(stone.model_copy(update={"work": left, "due_at": at + SETTLING}))
