"""What people had typed into forms that they left; it is forgotten after thirty days (`persistence.indexes`)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from core.ids import new_id
from core.people.model import Person
from core.ports import NOTHING
from core.record import Kept
from core.request import Typed
from persistence.documents import Database, Value


class FormDraft(Kept):
    """What someone had typed into a form that they left: pairs of a field's name and its value.

    `unseen` are the pairs that the form showed in no field, and `about` stands for them in one text, "" for none.
    """

    person_id: str
    command: str
    about: str = ""
    unseen: tuple[Mapping[str, str | tuple[str, ...]], ...] = ()
    values: tuple[Mapping[str, str | tuple[str, ...]], ...] = ()
    saved_at: datetime


class FormDraftRecord:
    """Implements `core.ports.FormDrafts`.

    Field names come from forms and hold dots (`customerAvatar.pains`), which no key may: so a draft is a list of pairs.
    """

    def __init__(self, database: Database) -> None:
        self._drafts = database.collection("formDrafts")

    async def keep(
        self, person: Person, command: str, values: Mapping[str, Typed], at: datetime, about: Mapping[str, Typed] = NOTHING
    ) -> None:
        """Keep what was typed into the form, in place of what was kept of it before."""
        kept: dict[str, Value] = {"values": _pairs(values), "unseen": _pairs(about), "savedAt": at}
        await self._drafts.update(
            {"personId": person.id, "command": command, "about": _in_one(about)},
            {"$set": kept, "$setOnInsert": {"_id": new_id("drf")}},
            upsert=True,
        )

    async def find(self, person: Person, command: str, about: Mapping[str, Typed] = NOTHING) -> Mapping[str, Typed]:
        """What was kept of the form, or nothing."""
        found = await self._drafts.find_one({"personId": person.id, "command": command, "about": _in_one(about)})
        return _values(found["values"]) if found else {}

    async def drop(self, person: Person, command: str, sent: Mapping[str, Typed] = NOTHING) -> None:
        """Forget what was kept of the command's form that was sent with these values."""
        for draft in await self._drafts.find({"personId": person.id, "command": command}):
            if _values(draft.get("unseen", ())).items() <= sent.items():
                await self._drafts.delete({"_id": draft["_id"], "personId": person.id})


def _in_one(about: Mapping[str, Typed]) -> str:
    return hashlib.sha256(json.dumps(sorted(about.items())).encode()).hexdigest()[:32] if about else ""


def _pairs(values: Mapping[str, Typed]) -> list[Value]:
    return [{"name": name, "value": _plain(value)} for name, value in values.items()]


def _values(pairs: Value) -> dict[str, Typed]:
    assert isinstance(pairs, list | tuple)
    return {str(pair["name"]): _typed(pair["value"]) for pair in pairs if isinstance(pair, Mapping)}


def _plain(value: Typed) -> Value:
    return value if isinstance(value, str) else list(value)


def _typed(value: object) -> Typed:
    return tuple(str(item) for item in value) if isinstance(value, list) else str(value)
