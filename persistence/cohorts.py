"""Cohorts in the record, and who takes part in what is said in their community."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.chat.model import Conversation
from core.cohort.model import Cohort
from core.errors import NotFound
from core.people.model import Person
from core.request import Address
from persistence.documents import Change, Database, Filter


class CohortRecord:
    """Implements `core.cohort.ports.CohortStore` and `core.nudges.ports.Conversing`."""

    def __init__(self, database: Database) -> None:
        self._cohorts = database.collection("cohorts")
        self._conversations = database.collection("conversations")

    async def of_organization(self, person: Person) -> Sequence[Cohort]:
        """All the cohorts of the person's organization, archived ones too, the newest first."""
        return await self.in_organization(person.organization_id)

    async def in_organization(self, organization_id: str) -> Sequence[Cohort]:
        """All the cohorts of an organization, the newest first; for those who came into a channel, and are nobody's person."""
        theirs: Filter = {"organizationId": organization_id}
        return [Cohort.of(each) for each in await self._cohorts.find(theirs, sort=[("createdAt", -1)])]

    async def add(self, person: Person, cohort: Cohort) -> Cohort:
        """Keep a new cohort of the person's organization.

        Raises:
            AlreadyThere: the organization has one with this name that is not archived.
        """
        kept = cohort.model_copy(update={"organization_id": person.organization_id})
        await self._cohorts.insert(kept.document())
        return kept

    async def change(self, person: Person, cohort_id: str, change: Mapping[str, object]) -> Cohort:
        """Set fields of a cohort of the person's organization, by their names in the model; None takes a field away.

        Raises:
            NotFound: the organization has no such cohort.
            AlreadyThere: it has another one with this name.
        """
        theirs: Filter = {"_id": cohort_id, "organizationId": person.organization_id}
        found = await self._cohorts.find_one(theirs)
        if found is None:
            raise NotFound()
        document = Cohort.of(found).model_copy(update=dict(change)).document()
        names = [Cohort.model_fields[name].alias or name for name in change]
        made = {name: document[name] for name in names if name in document}
        gone = {name: "" for name in names if name not in document}
        changed: Change = {**({"$set": made} if made else {}), **({"$unset": gone} if gone else {})}
        kept = await self._cohorts.update(theirs, changed)
        if kept is None:
            raise NotFound()
        return Cohort.of(kept)

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
