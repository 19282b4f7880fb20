"""What a student promised for a day on which the bot keeps quiet, since a coach wrote to them, and when it is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.commitments.model import Commitment
from core.commitments.service import Commitments
from core.members.promised import promised
from core.openness.model import Part
from core.openness.service import Openness
from core.people.model import Person


@dataclass(frozen=True, slots=True)
class AskedOn:
    """A promise, and the day, later than its own, on which its student is asked about it."""

    promise: Commitment
    day: date


class Postponed:
    """Tells the coach, who may read what students promised in this community; the student can read that they did."""

    def __init__(self, commitments: Commitments, openness: Openness) -> None:
        self._commitments = commitments
        self._openness = openness

    async def of(self, coach: Person, student: Person, at: datetime) -> Sequence[AskedOn]:
        """Those of the student's, the soonest due first.

        Raises:
            NotAllowed: the person does not coach the student's organization.
        """
        theirs = await promised(self._commitments, student, at)
        days = [(each, await self._commitments.held_back(student, each, at)) for each in theirs]
        found = [AskedOn(each, day) for each, day in days if day is not None]
        if found:
            await self._openness.look(coach, student, Part.PLACE, at)
        return found
