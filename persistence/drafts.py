"""What people had typed into forms that they left; it is forgotten after thirty days (`persistence.indexes`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from core.ids import new_id
from core.people.model import Person
from core.record import Kept
from core.request import Typed
from persistence.documents import Database, Value


class FormDraft(Kept):
    """What someone had typed into a form that they left: pairs of a field's name and its value."""

    person_id: str
    command: str
    values: tuple[Mapping[str, str | tuple[str, ...]], ...] = ()
    saved_at: datetime


class FormDraftRecord:
    """Implements `core.ports.FormDrafts`.

    Field names come from forms and hold dots (`customerAvatar.pains`), which no key may: so a draft is a list of pairs.
    """

    def __init__(self, database: Database) -> None:
        self._drafts = database.collection("formDrafts")

    async def keep(self, person: Person, command: str, values: Mapping[str, Typed], at: datetime) -> None:
        """Keep what was typed into the command's form, in place of what was kept before."""
        pairs: list[Value] = [{"name": name, "value": _plain(value)} for name, value in values.items()]
        await self._drafts.update(
            {"personId": person.id, "command": command},
            {"$set": {"values": pairs, "savedAt": at}, "$setOnInsert": {"_id": new_id("drf")}},
            upsert=True,
        )

    async def find(self, person: Person, command: str) -> Mapping[str, Typed]:
        """What was kept, or nothing."""
        found = await self._drafts.find_one({"personId": person.id, "command": command})
        pairs = found["values"] if found else ()
        assert isinstance(pairs, list | tuple)
        return {str(pair["name"]): _typed(pair["value"]) for pair in pairs if isinstance(pair, Mapping)}

    async def drop(self, person: Person, command: str) -> None:
        """Forget it: the form was sent."""
        await self._drafts.delete({"personId": person.id, "command": command})


def _plain(value: Typed) -> Value:
    return value if isinstance(value, str) else list(value)


def _typed(value: object) -> Typed:
    return tuple(str(item) for item in value) if isinstance(value, list) else str(value)
