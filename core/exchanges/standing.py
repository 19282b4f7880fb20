"""How an exchange stands, in words: who waits, who wrote and who answered, and what was said last."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import takewhile

from core.exchanges.model import Exchange, State
from core.shortened import shortened


def ago(then: datetime, now: datetime) -> str:
    """How long ago it was, in words."""
    for unit, name in ((timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute")):
        count = (now - then) // unit
        if count:
            one = "an hour" if name == "hour" else f"a {name}"
            return f"{one if count == 1 else f'{count} {name}s'} ago"
    return "just now"


def standing(exchange: Exchange) -> str:
    """How it stands, for lists on every surface. A coach to whom nobody has answered yet wrote, and has answered nobody."""
    last = exchange.lines[-1]
    if exchange.state is State.CLOSED:
        return "closed"
    if exchange.waits:
        return f"waits for {exchange.looked_after_by}" if exchange.taken_by else "waits for a coach"
    wrote_first = last.coach and all(each.coach for each in exchange.lines)
    return f"{last.name} wrote" if wrote_first else f"{last.name} answered"


def latest(exchange: Exchange, at_most: int) -> str:
    """The words that were said last, in one line: with thanks that came below a question the question too, since that is what
    somebody waits with.
    """
    lines = exchange.lines
    last = list(takewhile(lambda line: line.coach is lines[-1].coach, reversed(lines)))[::-1]
    since = last.index(exchange.last) if exchange.last in last else len(last) - 1
    return shortened(" ".join(each.words for each in last[since:]), at_most)
