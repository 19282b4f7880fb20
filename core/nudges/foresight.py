"""What would come next, as things stand now: the rules are asked for the times that are to come."""

from __future__ import annotations

from datetime import datetime

from core.nudges.dispatch import Decide
from core.nudges.known import Known
from core.nudges.model import NudgePreferences
from core.nudges.ports import Accounts, Learners
from core.nudges.terms import Moment, moved_because
from core.nudges.views import NOTHING, Upcoming
from core.people.model import Person

ASIDE = "Nothing: my last three had no answer. Press a button below one of them, or Change here, and I go on"
LOOKS = 10
"""Times that are tried: the slots of some two weeks."""


class Foresight:
    """Says what is to come."""

    def __init__(self, people: Accounts, learners: Learners, decide: Decide) -> None:
        self._people = people
        self._learners = learners
        self._decide = decide

    async def upcoming(self, person: Person, wishes: NudgePreferences, at: datetime) -> Upcoming | None:
        """The next reminder that the person would get if they did nothing until then, or why none is in sight; None where
        there is only nothing to say at their own hour."""
        owner = person if wishes.person_id == person.id else await self._people.by_id(wishes.person_id)
        when = wishes.next_check_at
        if owner is None or when is None:
            return None
        known = await self._learners.known(owner, wishes, at)
        for _ in range(LOOKS):
            when = max(when, at)
            decision = self._decide(known, when)
            if decision.nudge is not None:
                return Upcoming(when, decision.nudge.reason, moved_because(Moment(known, when)))
            if decision.next_check_at is None or decision.next_check_at <= when:
                break
            when = decision.next_check_at
        return _nothing(known, at)


def _nothing(known: Known, at: datetime) -> Upcoming | None:
    """Why nothing comes whatever they do in the course; None where it is only that there is nothing to say at their own hour."""
    if known.cohort_over:
        return Upcoming(None, "Nothing but what you ask me for: your cohort is over")
    moment = Moment(known, at)
    if moment.set_aside:
        return Upcoming(None, ASIDE)
    moved = moved_because(moment)
    return Upcoming(None, NOTHING, moved) if moved else None
