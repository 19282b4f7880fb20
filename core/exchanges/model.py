"""An exchange between a student and their coaches."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from core.chat.loose import asks_for_nothing
from core.exchanges.gratitude import only_thanks
from core.exchanges.replying import without
from core.exchanges.together import together
from core.record import Kept

WORDS_AT_MOST = 2_000
"""Of what one of them writes at a time: it fits into one message on every surface."""
NO_WORDS = "I would like to talk to a person."
"""What stands there where somebody asked and wrote nothing."""
AGAIN = timedelta(hours=24)
"""Unanswered for so long, it is shown to the coaches again."""
LINES_AT_MOST = 200
"""That are kept of one exchange; whoever writes more meets in person."""


_ASKS = re.compile(
    r"\?|\b(?:what|how|when|where|which|who|why|could|should|would|question|questions|help|need|stuck|problem|wonder\w*|unsure)\b|"
    r"\bcan\b(?!['’]?t)|\bnot sure\b",
    re.IGNORECASE,
)
"""People leave out question marks. What only says that they come has none of these words."""


class State(StrEnum):
    """Where an exchange stands."""

    OPEN = "Open"
    TAKEN = "Taken"
    CLOSED = "Closed"


class Line(BaseModel):
    """What one of them wrote. `coach` says that it was one who coaches; `said`: the platform's id of the message in which
    they typed it, "" where it came by a form. `to_person_id`: the coach for whom the student said it is, by name in `to_name`.
    """

    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=to_camel, validate_by_name=True, validate_by_alias=True
    )

    by_person_id: str
    name: str
    coach: bool = False
    words: str
    at: datetime
    said: str = ""
    to_person_id: str = ""
    to_name: str = ""

    @property
    def asks(self) -> bool:
        """Whether it asks something, as far as its words tell."""
        return bool(_ASKS.search(self.words))


class Exchange(Kept):
    """A student and their coaches. `person_id` is the student's.

    `summary`: what was said between the student and the agents, where they agreed that coaches see it. `taken_by`: who looks
    after it, by name in `taken_name`. `shown_at`: when the coaches were last told that it waits; from `next_show_at` on they are
    told again, while nobody has answered, and `shown` counts how often they were since the student last wrote. `closed_by` is who
    settled it. `to_all`: it began as an answer to what a coach wrote to everybody, for which nobody waits unless it asks.
    `version` counts the changes.
    """

    person_id: str
    organization_id: str
    name: str
    state: State = State.OPEN
    to_all: bool = False
    summary: str = ""
    lines: tuple[Line, ...] = ()
    taken_by: str | None = None
    taken_name: str = ""
    version: int = 1
    created_at: datetime
    changed_at: datetime
    shown_at: datetime
    shown: int = 0
    next_show_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None

    @property
    def last(self) -> Line:
        """What was said last. A student's thanks, or ok, ask for nothing, so it is what was said before that; and with a few
        words more among thanks it is a question that has no answer yet.
        """
        said = (each for each in reversed(self.lines) if each.coach or not self._is_little(each))
        last, waiting = next(said, self.lines[0]), self._waiting
        return last if waiting.coach else waiting

    @property
    def thanked(self) -> bool:
        """The student only thanked or agreed for what a coach wrote last, so that nothing is left open."""
        return not self.lines[-1].coach and (self._waiting.coach or self._asks_nothing(self._waiting))

    @property
    def _waiting(self) -> Line:
        """What was said last, without all of a student's lines that ask for nothing."""
        said = (each for each in reversed(self.lines) if each.coach or not self._asks_nothing(each))
        return next(said, self.lines[0])

    def _asks_nothing(self, line: Line) -> bool:
        return self._is_little(line) or only_thanks(self._unnamed(line))

    def _is_little(self, line: Line) -> bool:
        """Whether it thanks or agrees, and says no more but the name of a coach who is in this."""
        return asks_for_nothing(self._unnamed(line)) or asks_for_nothing(line.words, spare=1)

    def _unnamed(self, line: Line) -> str:
        """Its words without the names of the coaches who are in this."""
        words, names = line.words, {self.taken_name, *(each.name if each.coach else each.to_name for each in self.lines)}
        for name in names - {""}:
            words = without(name, words)
        return words

    @property
    def hearers(self) -> Mapping[str, str]:
        """The coaches who hear what the student says, their names by their ids: whom the student named, or each who spoke since
        the student had. None are there while nobody did, and where somebody else has taken it over since.
        """
        lines = list(reversed(self.lines))
        said = list(takewhile(lambda line: not line.coach, lines))
        named = next((each for each in said if each.to_person_id), None)
        spoke = list(takewhile(lambda line: line.coach, lines[len(said) :]))[::-1]
        by = {named.to_person_id: named.to_name} if named else {each.by_person_id: each.name for each in spoke}
        return by if self.taken_by in {None, *by} else {}

    def as_of(self, at: datetime) -> Exchange:
        """As it stood then, as far as its lines tell: what was written by then, and which coach looked after it."""
        lines = tuple(each for each in self.lines if each.at <= at)
        if not any(each.coach or each.to_person_id for each in self.lines if each.at > at):
            return self.model_copy(update={"lines": lines})
        taking = next((each for each in reversed(lines) if each.coach or each.to_person_id), None)
        if taking is None:  # no line tells when somebody took it who had written nothing
            return self.model_copy(update={"lines": lines})
        by, name = taking.to_person_id or taking.by_person_id, taking.to_name or taking.name
        return self.model_copy(update={"lines": lines, "taken_by": by, "taken_name": name})

    def strangers_since(self, at: datetime) -> frozenset[str]:
        """The coaches who hear the student now, and of whom nobody could know who wrote at that time to others by name."""
        then = self.as_of(at).hearers
        return frozenset(self.hearers).difference(then) if then else frozenset()

    @property
    def looked_after_by(self) -> str:
        """For whom the student's words are, by name; "" while that is nobody."""
        return together(list(self.hearers.values())) or self.taken_name

    @property
    def waits(self) -> bool:
        """The student said something last, and it is not closed. Thanks for what a coach wrote wait for nothing, nor do thanks
        alone to a coach by name.
        """
        answers_all = self.to_all and not any(each.coach or each.asks for each in self.lines)
        last = self._waiting
        thanks = bool(last.to_person_id) and self._asks_nothing(last)
        return self.state is not State.CLOSED and not last.coach and not answers_all and not thanks
