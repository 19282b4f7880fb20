"""What a coach could write, put together from what the student opened to them; what is read for it is noted as a look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.commitments.model import Commitment
from core.commitments.service import Commitments
from core.exchanges.model import Exchange, Line, State
from core.exchanges.service import Exchanges
from core.exchanges.suggestion import Own, in_line, suggestion
from core.foundation.model import Foundation
from core.foundation.service import Foundations
from core.members.promised import promised
from core.members.service import Row
from core.openness.model import Part, is_open
from core.openness.service import Openness
from core.people.model import Person

OFFER, PAINS = "companyContext.coreOffers", "customerAvatar.pains"

OPEN = timedelta(days=7)
"""For so long after a letter without an answer no other is proposed."""


class Suggestions:
    """Proposals of what coaches could write to their students."""

    def __init__(self, exchanges: Exchanges, commitments: Commitments, foundations: Foundations, openness: Openness) -> None:
        self._exchanges = exchanges
        self._commitments = commitments
        self._foundations = foundations
        self._openness = openness

    async def of(self, coach: Person, student: Person, row: Row, at: datetime) -> str:
        """The words, in the coach's name; none while a coach's letter of the last days is open. Where they quote the student's
        Foundation, the student can read that it was looked at.

        Raises:
            NotAllowed: the person does not coach the student's organization.
        """
        exchanges = await self._exchanges.own(student)
        waits = next((each for each in exchanges if each.waits), None)
        if waits is not None:
            return suggestion(row, student, coach, at, Own(asked=waits.last.words, answered=waits.lines[0].coach))
        if _open_letter(exchanges, at) is not None:
            return ""
        promise = _latest(await promised(self._commitments, student, at), at)
        kept = await self._foundations.kept(student) if is_open(student, Part.FOUNDATION) else None
        own = Own(promise=promise, pain=_first_of(kept, PAINS), offer=_first_of(kept, OFFER))
        words = suggestion(row, student, coach, at, own)
        for field, quoted in ((PAINS, own.pain), (OFFER, own.offer)):
            if quoted and in_line(quoted) in words:
                await self._openness.look(coach, student, Part.FOUNDATION, at, self._foundations.cells.by_field[field].title)
        return words

    async def why_none(self, coach: Person, student: Person, at: datetime) -> str:
        """Why nothing is proposed, for whoever sees an empty field; "" where something is."""
        letter = _open_letter(await self._exchanges.own(student), at)
        if letter is None:
            return ""
        who = "You" if letter.by_person_id == coach.id else letter.name
        local = letter.at.astimezone(coach.zone)
        return f"{who} wrote to {student.name} on {local.day} {local:%B}, so I propose nothing; write what you like."


def _open_letter(exchanges: Sequence[Exchange], at: datetime) -> Line | None:
    """What a coach wrote in the last days and nobody has answered; None too where the student waits for an answer."""
    if any(each.waits for each in exchanges):
        return None
    return next((each.last for each in exchanges if _is_open(each, at)), None)


def _is_open(exchange: Exchange, at: datetime) -> bool:
    return exchange.state is not State.CLOSED and exchange.last.coach and at - exchange.last.at < OPEN


def _latest(promises: Sequence[Commitment], at: datetime) -> Commitment | None:
    """The one to speak of: the last whose day is over, or else the next that is due."""
    over = [each for each in promises if each.due_at < at]
    return max(over, key=lambda each: each.due_at) if over else next(iter(promises), None)


def _first_of(kept: Foundation | None, field: str) -> str:
    """The text of a cell, or the first line of its list; "" where there is nothing."""
    value = kept.value(field) if kept else None
    if isinstance(value, str):
        return value.strip()
    first = next(iter(value or ()), "")
    return first.strip() if isinstance(first, str) else ""
