"""What becomes of the interview's open question when they turn to a command."""

from __future__ import annotations

from datetime import datetime

from core.foundation.model import OpenInterview
from core.foundation.steering import Steer, steer
from core.request import Asked, Said

ITS_OWN = frozenset(f"foundation {each}" for each in ("interview", "skip", "leave", "back", "keep", "takeback"))
"""Commands that go on with it or leave it, and see to it themselves."""
FOR_WHOM = frozenset({"person send", "person not"})
"""Commands that say for whom words are that may have been its answer."""
ASKS_AN_AGENT = "ask"
LOOKS = ("foundation", "help")
"""Commands after which many go on answering, and some ask for something else."""


def passed(interview: OpenInterview, asked: Asked, place: str) -> OpenInterview:
    """The interview after a command. After one that looks, below which words may be for somebody else, they are asked about; one
    that asks an agent below the question is as if they had named the agent; any other is a turn to something else. `place`: where
    an interview with whoever asked is held.
    """
    if not interview.open or asked.command in ITS_OWN | FOR_WHOM:
        return interview
    if asked.command == ASKS_AN_AGENT and not interview.passed:
        return with_a_talk(interview).model_copy(update={"doubtful": ""})
    if not asked.command.startswith(LOOKS):
        return interview.model_copy(update={"quiet": True, "passed": False, "doubtful": ""})
    if not asked.direct or asked.page or interview.place != place:  # it was shown elsewhere: below the question nothing came
        return interview
    return interview.model_copy(update={"passed": True})


def with_a_talk(interview: OpenInterview) -> OpenInterview:
    """The interview after words that somebody else answers: what stands below its question may be what they say."""
    return interview.model_copy(update={"talked": True})


def with_what_came(interview: OpenInterview, came_at: datetime | None, said: Said) -> OpenInterview:
    """The interview where something came from us at that time, below its question, unless they reply to what stands above that.
    What was asked about before that is not asked about any more.
    """
    below = said.replies_to_at
    if came_at is None or interview.passed or (below is not None and below < came_at):
        return interview
    return interview.model_copy(update={"passed": True, "doubtful": ""})


def is_asked_about(interview: OpenInterview, said: Said, came_at: datetime | None = None) -> bool:
    """Whether words may be for somebody else, since something came below the question, and they do not reply to that very one.
    `came_at`: when something came from us by itself.
    """
    below, asked_at = said.replies_to_at, interview.asked_at
    to_it = below is not None and asked_at is not None and asked_at <= below and (came_at is None or below < came_at)
    return interview.passed and not to_it


def is_for_somebody_else(words: str) -> bool:
    """Whether words below what they looked at, or what an agent said, ask something, and not what the question means."""
    asks = words.rstrip()
    return asks.endswith("?") and steer(asks.rstrip("? ")) is None


def is_asked_again(words: str) -> bool:
    """Whether what comes of the words ends with the question, so that what is typed below that answers it."""
    return steer(words) in (Steer.HELP, Steer.WHERE, Steer.HOW_MANY, Steer.NOTHING)
