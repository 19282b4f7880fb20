"""Letters that cross: of two coaches who read the same words of a student one has answered, and the other does not know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile

from core.exchanges.model import Exchange, Line


def answered_by_another(exchange: Exchange, coach_id: str) -> Line | None:
    """What another coach wrote last since the student did, where this coach was written to as well and has not answered."""
    answers = list(takewhile(lambda line: line.coach, reversed(exchange.lines)))
    before = exchange.lines[: len(exchange.lines) - len(answers)]
    if not answers or not before or any(each.by_person_id == coach_id for each in answers):
        return None
    then = exchange.model_copy(update={"lines": before, "taken_by": None})
    heard = then.hearers
    return answers[-1] if not then.last.coach and (not heard or coach_id in heard) else None


def is_theirs(exchange: Exchange, coach_id: str) -> bool:
    """Whether the student is this coach's to answer, or was until another did: what the coach types may be for them."""
    mine = exchange.taken_by in (None, coach_id) or coach_id in exchange.hearers
    return mine or answered_by_another(exchange, coach_id) is not None


def crossed_since(exchange: Exchange, coach_id: str, at: datetime) -> Line | None:
    """The same, where they wrote it after that time."""
    found = answered_by_another(exchange, coach_id)
    return found if found and found.at > at else None


def of_another(exchanges: Sequence[Exchange], coach_id: str, since: datetime) -> Line | None:
    """What another coach wrote last after that time, and after this coach did."""
    lines = [line for each in exchanges for line in each.lines if line.coach and line.at > since]
    last = max(lines, key=lambda line: line.at, default=None)
    return last if last and last.by_person_id != coach_id else None
