"""A line of an exchange, and the exchange with it."""

from __future__ import annotations

from datetime import datetime

from core.errors import Refusal
from core.exchanges.carrier import MOMENT
from core.exchanges.model import AGAIN, LINES_AT_MOST, WORDS_AT_MOST, Exchange, Line, State
from core.people.model import Person
from core.roles import COACHING


class NothingWritten(Refusal):
    """Write at least a word, then send it again."""


def written(seen: Exchange, line: Line, at: datetime) -> Exchange:
    """As it stands once the line is in it: at its end, or, where it was typed before, in front of what was written since."""
    belated = line.at < at
    later = [each for each in seen.lines if each.at > line.at] if belated else []
    lines = (*(each for each in seen.lines if each not in later), line, *later)[-LINES_AT_MOST:]
    change: dict[str, object] = {"lines": lines, "changed_at": at, "closed_at": None, "closed_by": None}
    if line.coach:
        taken = {"state": State.TAKEN, "taken_by": line.by_person_id, "taken_name": line.name, "next_show_at": None}
        return seen.model_copy(update=change | taken)
    state = State.TAKEN if seen.taken_by else State.OPEN
    if line.to_person_id and seen.taken_by and not belated:
        change |= {"taken_by": line.to_person_id, "taken_name": line.to_name}
    waits = seen.model_copy(update={"lines": lines, "state": state}).waits
    change |= {"state": state, "next_show_at": at + AGAIN if waits else None, "shown_at": at, "shown": 0}
    return seen.model_copy(update=change)


def line_of(person: Person, words: str, at: datetime) -> Line:
    """What they wrote.

    Raises:
        NothingWritten: there are no words.
    """
    if not words.strip():
        raise NothingWritten()
    coach = person.role in COACHING
    return Line(by_person_id=person.id, name=person.name, coach=coach, words=words.strip()[:WORDS_AT_MOST], at=at)


def to_one(line: Line, to: Person | None) -> Line:
    """The line as it is for that coach alone; for nobody alone where none is given."""
    return line.model_copy(update={"to_person_id": to.id, "to_name": to.name}) if to else line


def writer_alone(exchange: Exchange, name: str) -> str:
    """The id of the coach who wrote the line of that name, where not they alone hear the student; "" otherwise."""
    line = next((each for each in exchange.lines if each.coach and name_of(each) == name), None)
    return line.by_person_id if line and set(exchange.hearers) - {line.by_person_id} else ""


def name_of(line: Line) -> str:
    """Its name among those of its exchange: nobody writes two at the same moment."""
    return f"line-{line.at:{MOMENT}}"
