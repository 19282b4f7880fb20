"""Whoever was there before the members' list is put on it; where they stand is worked out by the next ticks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from core.errors import AlreadyThere
from core.members.model import Member
from core.people.model import Person
from persistence.documents import Database, Value

PAGE = 500
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


async def apply(database: Database) -> None:
    """Make the collection's index, and put everybody on the list who is not."""
    await database.prepare()
    persons, members = database.collection("persons"), database.collection("members")
    after: Sequence[Value] | None = None
    while page := await persons.find({}, sort=[("_id", 1)], after=after, limit=PAGE):
        for person in map(Person.of, page):
            member = Member(
                id=person.id,
                organization_id=person.organization_id,
                name=person.name,
                role=person.role,
                timezone=person.timezone,
                joined_at=person.created_at,
                rolled_at=NEVER,
            )
            try:
                await members.insert(member.document())
            except AlreadyThere:
                continue
        after = [page[-1]["_id"]]
