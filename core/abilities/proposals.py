"""What an agent proposed and its asker has still to confirm: kept until then, and done once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.chat.ports import Asker
from core.errors import NotFound
from core.ids import made_id
from core.people.model import Person
from core.ports import FormDrafts
from core.request import Typed

PROPOSAL = "proposal"
"""The name under which proposals wait among the drafts of forms, which are each person's own and are forgotten in time."""


class Kind(StrEnum):
    """What a proposal is for."""

    CELL = "cell"
    ASSET = "asset"
    RUN = "run"
    COMMITMENT = "commitment"
    REMINDER = "reminder"


class ProposalGone(NotFound):
    """I do not have this proposal any more: it was saved or left already, or it is too old. Ask for it again."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to be done once its asker says so. `values` are as a form would bring them."""

    id: str
    kind: Kind
    values: Mapping[str, str] = field(repr=False)


class Proposals:
    """The proposals of all students, one at a time."""

    def __init__(self, drafts: FormDrafts) -> None:
        self._drafts = drafts

    async def hold(self, asker: Asker, kind: Kind, values: Mapping[str, str]) -> Proposal:
        """Keep it for the asker. The same again in answer to the same message, as after a crash, is the same proposal."""
        about = json.dumps([asker.person.id, asker.message_id, asker.agent_id, kind.value, sorted(values.items())])
        held = Proposal(made_id("prp", about), kind, dict(values))
        kept: Mapping[str, Typed] = {"kind": kind.value, **values}
        await self._drafts.keep(asker.person, PROPOSAL, kept, asker.at, {PROPOSAL: held.id})
        return held

    async def held(self, person: Person, proposal_id: str) -> Proposal:
        """The person's proposal.

        Raises:
            ProposalGone: there is none of theirs with this id, or it was settled.
        """
        kept = {name: str(value) for name, value in (await self._drafts.find(person, PROPOSAL, {PROPOSAL: proposal_id})).items()}
        if not kept:
            raise ProposalGone()
        return Proposal(proposal_id, Kind(kept.pop("kind")), kept)

    async def release(self, person: Person, proposal: Proposal) -> None:
        """Forget it: it was done, or is not wanted."""
        await self._drafts.drop(person, PROPOSAL, {PROPOSAL: proposal.id})
