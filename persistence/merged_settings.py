"""What two accounts settled once, and how they want to be reminded, made into one in the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from core.people.link_model import Link, OlderSetting
from core.people.model import Person
from persistence.documents import Database, Document, Value


class SettingsMerge:
    """Every person of the account has the same settings afterwards, and one of them is reminded."""

    def __init__(self, database: Database) -> None:
        self._persons = database.collection("persons")
        self._links = database.collection("links")
        self._preferences = database.collection("nudgePreferences")

    async def merge(self, link: Link, into: str) -> None:
        """Bring the settings of all persons of this account together; the newer value of each wins."""
        persons = [Person.of(each) for each in await self._persons.find({"userId": into})]
        chosen, settled_at, older = _chosen(persons)
        if older:
            kept = await self._links.find_one({"_id": link.id})
            known = Link.of(kept).older_settings if kept else ()
            fresh: list[Value] = [each.model_dump(by_alias=True) for each in older if each not in known]
            if fresh:
                await self._links.update({"_id": link.id}, {"$push": {"olderSettings": {"$each": fresh}}})
        for person in persons:
            if dict(person.settings) != chosen or dict(person.settled_at) != settled_at:
                await self._persons.update(
                    {"_id": person.id, "userId": into}, {"$set": {"settings": chosen, "settledAt": settled_at}}
                )
        await self._reminders(persons, into)

    async def _reminders(self, persons: Sequence[Person], into: str) -> None:
        """The contract that was made last goes on; the others stay as they were and rest, with who took their place."""
        found = await self._preferences.find({"personId": {"$in": [each.id for each in persons]}})
        newest = max((each for each in found if each.get("replacedBy") is None), key=_when, default=None)
        for each in found:
            change: dict[str, Mapping[str, Value]] = {"$set": {"userId": into}}
            if newest is not None and each["_id"] != newest["_id"]:
                change = {"$set": {"userId": into, "replacedBy": newest["personId"]}, "$unset": {"nextCheckAt": ""}}
            await self._preferences.update({"_id": each["_id"], "personId": each["personId"]}, change)


def _chosen(persons: Sequence[Person]) -> tuple[dict[str, str], dict[str, datetime], list[OlderSetting]]:
    """The newest value of every setting, when it was settled, and those that give way."""
    chosen: dict[str, str] = {}
    settled_at: dict[str, datetime] = {}
    older: list[OlderSetting] = []
    keys = dict.fromkeys(key for person in persons for key in person.settings)
    for key in keys:
        having = sorted((each for each in persons if key in each.settings), key=lambda each: each.settled(key))
        chosen[key] = having[-1].settings[key]
        settled_at[key] = having[-1].settled(key)
        older += [
            OlderSetting(person_id=each.id, key=key, value=each.settings[key])
            for each in having
            if each.settings[key] != chosen[key]
        ]
    return chosen, settled_at, older


def _when(document: Document) -> tuple[datetime, datetime, str]:
    """When they chose, and where nobody did, when it was changed: a change may be the program's own."""
    times = (document.get(name) for name in ("chosenAt", "changedAt"))
    chosen, changed = (each if isinstance(each, datetime) else datetime.min.replace(tzinfo=UTC) for each in times)
    return chosen, changed, str(document["_id"])
