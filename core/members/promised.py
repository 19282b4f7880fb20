"""What a student said that they would do, as far as their coaches may read it: what they said in this community."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.commitments.model import Commitment, CommitmentKind
from core.commitments.service import Commitments
from core.people.model import Person


async def promised(commitments: Commitments, student: Person, at: datetime) -> Sequence[Commitment]:
    """The student's open promises, the soonest due first; reminders that they asked for are theirs alone."""
    here = student.organization_id
    kept = await commitments.all(student, at)
    return [each for each in kept if each.open and each.kind is CommitmentKind.PROMISE and each.organization_id == here]
