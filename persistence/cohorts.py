"""Cohorts: their dates, kept with their organizations, and who takes part in what is said there."""

from __future__ import annotations

from collections.abc import Sequence

from core.chat.model import Conversation
from core.errors import NotFound
from core.people.model import Organization, Person
from core.request import Address
from persistence.documents import Change, Database, Filter


class CohortRecord:
    """Implements `core.cohort.ports.CohortStore` and `core.nudges.ports.Conversing`."""

    def __init__(self, database: Database) -> None:
        self._organizations = database.collection("organizations")
        self._conversations = database.collection("conversations")

    async def organization(self, person: Person) -> Organization | None:
        """The person's organization."""
        found = await self._organizations.find_one({"_id": person.organization_id})
        return Organization.of(found) if found else None

    async def schedule(self, person: Person, starts_on: str, catch_up_after: Sequence[int]) -> Organization:
        """Keep when the course of the person's organization begins (ISO), and after which modules a week is left free.

        Raises:
            NotFound: the organization is gone.
        """
        dates: Change = {"$set": {"startsOn": starts_on, "catchUpAfter": list(catch_up_after)}}
        kept = await self._organizations.update({"_id": person.organization_id}, dates)
        if kept is None:
            raise NotFound()
        return Organization.of(kept)

    async def members_at(self, person: Person, address: Address) -> Sequence[str]:
        """The accounts that take part in the conversation of the person's organization there; none where there is none."""
        where: Filter = {
            "platform": address.platform.value,
            "workspaceOrGuildId": address.workspace,
            "channelId": address.channel,
            "threadId": address.thread,
            "organizationId": person.organization_id,
        }
        found = await self._conversations.find_one(where)
        return Conversation.of(found).member_user_ids if found else ()
