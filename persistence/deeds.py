"""What people did of all that counts on a board, and when they did it first, in the record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from core.assets.model import AssetStatus
from core.board.actions import Action, Deed
from core.board.model import Firsts
from core.commitments.model import CommitmentKind, CommitmentState
from core.course.model import ModuleStatus
from core.people.model import Person
from persistence.documents import Change, Collection, Database, Document, Filter, Value

OF_A_MODULE = ("moduleId", "tickedItems", "status", "completedAt", "startedAt", "changedAt")
OF_AN_ASSET = ("status", "implementedAt")
OF_A_PERIOD = ("timePeriod", "snapshotDate", "createdAt")
UNFIT = re.compile(r"[^-\w]")
OF_A_PROMISE = ("kind", "state", "changedAt", "createdAt")


class DeedRecord:
    """Implements `core.board.ports.DeedStore`. What is done is the account's, on whichever platform; when first, the person's."""

    def __init__(self, database: Database) -> None:
        self._progress = database.collection("userModuleProgress")
        self._assets = database.collection("userGeneratedAssets")
        self._snapshots = database.collection("userFunnelSnapshots")
        self._commitments = database.collection("commitments")
        self._firsts = database.collection("firsts")

    async def done(self, person: Person, *, known: bool) -> Sequence[Deed]:
        """All that the person has done as things stand, each thing with the last time that is kept of it.

        A tick's is the last change of its module. Where the person was not `known`, it is when they began the module: the
        ticks are from before there were boards, and must not all fall into the present week.
        """
        deeds: list[Deed] = []
        for each in await _mine(self._progress, person, OF_A_MODULE):
            deeds += _of_module(each, known=known)
        for each in await _mine(self._assets, person, OF_AN_ASSET):
            if each.get("status") != AssetStatus.DRAFT.value:
                deeds += _at(Action.LIVE, str(each["_id"]), each.get("implementedAt"))
        for each in await _mine(self._snapshots, person, OF_A_PERIOD, {"deletedAt": None}):
            deeds += _at(Action.PERIOD, f"{each['timePeriod']}_{each['snapshotDate']:%Y-%m-%d}", each.get("createdAt"))
        for each in await _mine(self._commitments, person, OF_A_PROMISE, {"state": CommitmentState.DONE.value}):
            if each.get("kind", CommitmentKind.PROMISE.value) == CommitmentKind.PROMISE.value:
                deeds += _at(Action.KEPT, str(each["_id"]), each.get("changedAt", each["createdAt"]))
        return deeds

    async def firsts(self, person: Person) -> Mapping[str, datetime] | None:
        """When the person did each thing first, by the things' keys; None before anything was noted of them."""
        found = await self._firsts.find_one({"_id": person.id})
        return Firsts.of(found).first if found else None

    async def note(self, person: Person, deeds: Iterable[Deed]) -> None:
        """Keep the times of these as the first ones, where no earlier ones are kept."""
        times: dict[str, Value] = {f"first.{each.key}": each.at for each in deeds}
        change: Change = {"$setOnInsert": {"organizationId": person.organization_id}, **({"$min": times} if times else {})}
        await self._firsts.update({"_id": person.id}, change, upsert=True)


async def _mine(collection: Collection, person: Person, fields: Sequence[str], more: Filter | None = None) -> list[Document]:
    return await collection.find({"userId": person.user_id, **(more or {})}, fields=fields)


def _of_module(document: Document, *, known: bool) -> Iterator[Deed]:
    module, changed = str(document["moduleId"]), document.get("changedAt")
    ticked = document.get("tickedItems")
    when = changed if known else document.get("startedAt", changed)
    for item in ticked if isinstance(ticked, list) else ():
        yield from _at(Action.ITEM, f"{module}_{item}", when)
    if document.get("status") == ModuleStatus.COMPLETED.value:
        yield from _at(Action.MODULE, module, document.get("completedAt", changed))


def _at(action: Action, thing: str, when: object) -> Iterator[Deed]:
    """The deed, where it has a time. Its key is the name of a field: letters, digits, hyphens and underscores."""
    if isinstance(when, datetime):
        yield Deed(action, f"{action.value}_{UNFIT.sub('_', thing)}", when)
