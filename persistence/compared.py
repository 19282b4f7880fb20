"""The figures that members of an organization share, read for setting them beside one another: without names, notes or ids."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from core.kpis.comparison_ports import Shared
from core.kpis.periods import read_back
from core.people.model import SHARES_FIGURES, Person
from persistence.documents import Database, Document, Filter

BESIDE = ("userId", "snapshotDate", "timePeriod", "currency", "meanings")


class ComparedRecord:
    """Implements `core.kpis.comparison_ports.ComparedStore`. Who has just said no is not found by the first query any more."""

    def __init__(self, database: Database) -> None:
        self._persons = database.collection("persons")
        self._snapshots = database.collection("userFunnelSnapshots")

    async def shared(
        self, person: Person, cohorts: Collection[str | None], fields: Collection[str], since: datetime
    ) -> Sequence[Sequence[Shared]]:
        """Of each who shares in these cohorts of the person's organization the periods since then with one of the figures."""
        here = person.organization_id
        who: Filter = {"organizationId": here, f"settings.{SHARES_FIGURES}": here, "cohortId": {"$in": list(cohorts)}}
        sharing = await self._persons.find(who, fields=("userId",))
        accounts = sorted({str(each["userId"]) for each in sharing})
        if not accounts:
            return ()
        where: Filter = {"userId": {"$in": accounts}, "snapshotDate": {"$gte": since}}
        found = await self._snapshots.find(where, sort=(("snapshotDate", -1),), fields=(*BESIDE, *fields))
        by_account: dict[str, list[Shared]] = {}
        for each in found:
            if one := _shared(each, fields):
                by_account.setdefault(str(each["userId"]), []).append(one)
        return tuple(tuple(each) for each in by_account.values())


def _shared(document: Document, fields: Collection[str]) -> Shared | None:
    """The figures of one document; None where it has none of these."""
    figures = {name: kept for name in fields if isinstance(kept := document.get(name), int | float)}
    ended, meanings, currency = document["snapshotDate"], document.get("meanings"), document.get("currency")
    if not figures or not isinstance(ended, datetime):
        return None
    answers = {key: str(value) for key, value in meanings.items()} if isinstance(meanings, dict) else {}
    return Shared(
        read_back(str(document["timePeriod"]), ended), currency if isinstance(currency, str) else None, answers, figures
    )
