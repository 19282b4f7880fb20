"""Whether anything of a person's changed, by whomever: a mark that is made of when things were changed last."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import MappingProxyType

from core.exchanges.model import State
from core.people.model import Person
from core.roles import COACHING
from persistence.documents import Database, Filter

TOLD_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "userFoundations": ("version", "interview"),
        "userModuleProgress": ("changedAt", "status", "tickedItems"),
        "userGeneratedAssets": ("lastUpdatedAt", "status"),
        "userFunnelSnapshots": ("changedAt",),
        "commitments": ("state", "dueAt", "what"),
        "nudgePreferences": ("changedAt",),
        "persons": ("name", "timezone", "role", "settings", "cohortId"),
    }
)
"""What the pages of the web show, and the fields by which a change of it is known."""
EXCHANGES = 100
"""So many of the latest are looked at: an open page asks every other second, and what nobody closes adds up over the years."""


class FreshnessRecord:
    """Marks, for whoever shows what is kept. Each is a handful of small reads by an index."""

    def __init__(self, database: Database) -> None:
        self._collections = {name: database.collection(name) for name in TOLD_BY}
        self._exchanges = database.collection("exchanges")

    async def mark(self, person: Person) -> str:
        """A text that is another one as soon as something of the person's has changed, or for a coach what a student asked."""
        found: list[object] = []
        where: Filter = {"userId": person.user_id}
        for name, fields in TOLD_BY.items():
            some = await self._collections[name].find(where, fields=fields)
            found.append(sorted((str(each["_id"]), [repr(each.get(field)) for field in fields]) for each in some))
        latest = [("createdAt", -1)]
        going_on = await self._exchanges.find(_exchanges_of(person), sort=latest, limit=EXCHANGES, fields=("version",))
        found.append(sorted((str(each["_id"]), repr(each.get("version"))) for each in going_on))
        return hashlib.blake2b(repr(found).encode(), digest_size=12).hexdigest()


def _exchanges_of(person: Person) -> Filter:
    """Those that are not closed: another coach may take what this one has before their eyes."""
    if person.role in COACHING:
        going_on = [State.OPEN.value, State.TAKEN.value]
        return {"organizationId": person.organization_id, "state": {"$in": going_on}}
    return {"personId": person.id}
