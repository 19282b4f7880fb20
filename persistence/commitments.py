"""What people said they would do, and what they want to be reminded of, in the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.commitments.model import Commitment, CommitmentState
from core.errors import AlreadyThere, NotFound
from core.people.model import Person
from persistence.documents import Database, Filter


class CommitmentRecord:
    """Implements `core.commitments.ports.CommitmentStore`. They are the account's, whichever platform they came from."""

    def __init__(self, database: Database) -> None:
        self._commitments = database.collection("commitments")

    async def add(self, person: Person, commitment: Commitment) -> Commitment:
        """Keep it; returns the one that is kept under its id, which may be there already.

        Raises:
            NotFound: the id is another account's.
        """
        mine = {"person_id": person.id, "user_id": person.user_id, "organization_id": person.organization_id}
        try:
            await self._commitments.insert(commitment.model_copy(update=mine).document())
        except AlreadyThere:
            kept = await self.find(person, commitment.id)
            if kept is None:
                raise NotFound() from None
            return kept
        return commitment.model_copy(update=mine)

    async def find(self, person: Person, commitment_id: str) -> Commitment | None:
        """The person's commitment with this id, or None."""
        found = await self._commitments.find_one({"_id": commitment_id, "userId": person.user_id})
        return Commitment.of(found) if found else None

    async def recent(self, person: Person, since: datetime) -> Sequence[Commitment]:
        """The open ones, and those that were settled since then; the soonest due first."""
        where: Filter = {
            "userId": person.user_id,
            "$or": [{"state": CommitmentState.OPEN.value}, {"changedAt": {"$gte": since}}],
        }
        found = [Commitment.of(each) for each in await self._commitments.find(where)]
        return sorted(found, key=lambda each: (each.due_at, each.id))

    async def change(self, person: Person, commitment: Commitment, change: Mapping[str, object]) -> Commitment | None:
        """Set fields by their names in the model, if it stands as it was read; None where it was changed meanwhile."""
        document = commitment.model_copy(update=dict(change)).document()
        names = {name: Commitment.model_fields[name].alias or name for name in change}
        seen: Filter = {
            "_id": commitment.id,
            "userId": person.user_id,
            "state": commitment.state.value,
            "changedAt": commitment.changed_at,
        }
        kept = await self._commitments.update(seen, {"$set": {alias: document[alias] for alias in names.values()}})
        return Commitment.of(kept) if kept else None
