"""What words say of something that was promised: done, not yet, or a day, plainly or with what is told beside it."""

from __future__ import annotations

import re
from datetime import datetime
from enum import Enum, auto
from typing import TypeAlias

from core.commitments.service import Commitments
from core.dates import Days
from core.nudges.model import Nudge
from core.nudges.reasons import Theme
from core.nudges.wished_days import (
    ASKS_BESIDE,
    NEXT_PART,
    POLITE,
    begins_with_not,
    not_done_but,
    one_day,
    plain_day,
    wants,
    wished_day,
)
from core.nudges.words import Templates
from core.nudges.yeses import asks_whether, is_yes, spoken, why_not
from core.people.model import Person
from core.shorthand import spelled_out

LETTERS_AT_MOST = 120
_THEM = r"(?:it|that|this|them(?: all| both)?|both|everything|all(?: (?:of (?:it|them|those)|two|three|four|five))?)"
_IS_DONE = (
    r"(?:(?:yes|yep|yeah|yup|ok|okay|all|it is|it's|its|that's|that is|i'm|i am|i have|i've|i|"
    r"both|two|three|four|five|of them|already|just|now|and|100%)[,.! ]+)*"
    rf"(?:i did|done and dusted|sorted|(?:done|finished|completed?)(?: {_THEM})?|did {_THEM})"
    r"(?:[,.! ]+(?:already|now|today|yesterday|this morning|last night|thanks|thank you))*"
)
_BEFORE_NOT = r"(?:(?:no|nope|sorry|it's|it is|i'm|i am|i have|well|hm+|both(?: are)?|they(?: are|'re))[,.! ]+)*"
_IS_NOT = (
    r"not (?:yet|done|done yet|finished|finished yet|quite|quite yet|happening)|haven't yet|i haven't|"
    r"(?:(?:i|we) )?(?:(?:did|could|have)(?:n't| not) (?:managed?(?: (?:it|this|that|them))?|"
    r"(?:get|got) (?:a?round )?to (?:it|this|that|them))|ran out of time|missed it)|no (?:time|chance)|"
    r"still (?:open|on it|working on it|to do)|working on it"
)
_NEARLY = r"(?:nearly|almost) (?:there|done|finished|ready)"
_DONE = re.compile(_IS_DONE)
_NOT_YET = re.compile(rf"{_BEFORE_NOT}(?:no|nope|{_IS_NOT}|{_NEARLY}|nearly|almost)(?:[,.! ]+(?:sorry|yet|thanks))*")
_AND_WHY = r"(?:\s*[,.;:!…–—]+\s*|\s+-+\s+|\s+(?=(?:because|but|and|since|as|cos)\b))(?P<why>\S.*)"
_DONE_AND = re.compile(_IS_DONE + _AND_WHY)
_NOT_YET_AND = re.compile(rf"{_BEFORE_NOT}(?:{_IS_NOT}|{_NEARLY}){_AND_WHY}")
"""A bare no is no such beginning: what follows it may be about anything."""
_IN_PART_AND = re.compile(rf"{_BEFORE_NOT}(?:nearly|almost|half (?:done|of (?:it|them))|not all(?: of (?:it|them))?){_AND_WHY}")
"""Nor is this, unless what follows says what is left, or names a day."""
_BUSY_AND = re.compile(
    r"(?:no|nope|nah|nearly|almost)[,.! ]+(?:(?:i|i've|i have|it's|it was|had|been|a|an|such|really|very|so) )*"
    r"[a-z]+ (?:week|weekend|day|days|month|time)\s*[.,;:!–—-]+\s*(?P<day>\S.*)"
)
"""What kind of week it was, with no mark before it: “nope mad week. monday”."""
_LEFT = re.compile(r"\b(?:left|to go|to do|to finish|missing|remaining)\b")
_PARTLY = re.compile(r"(?:\bnot|n't|\b(?:half|part|partly|mostly|almost|nearly|only|except|apart|never|no longer))\b")
_APOSTROPHE = re.compile(r"\b(did|have|has|had|is|was|are|were|could|would|should|do|does|ca|wo)nt\b")
_I = re.compile(r"\bi(m|ve|ll(?= (?:finish|do|get|have|make|move|need|try|send|manage|be)\b))\b")
"""Many phones are typed on without apostrophes."""
_SIGNS = re.compile(r":[a-z0-9_+-]*[a-z_+][a-z0-9_+-]*:|[^\w\s'.,;:!?…/–—@%-]+")
"""Smileys, also as platforms spell them."""
_ASIDE = re.compile(r"\s*\(([^()]*\w\w[^()]*)\)\s*")
_MARKS = re.compile(r"\s*,(?=\s*[,.;:!?…–—])")
"""A comma of an aside that another mark follows."""
_MAY_BE_ABOUT_IT = re.compile(
    r"(?:(?:oh|ah|ok|okay|well|hi|hello|hey)[,.! ]+(?=yes|yep|yeah|yup|no\b|nope|nah))?"
    r"(?:i|i've|i'm|we|we've|it|it's|they|half|part|partly|most|mostly|some|almost|nearly|only|just|still|yes+|yep|yeah|yup|aye|"
    r"no|nope|nah|unfortunately|not|sorry|working|started|waiting|did|didn't|haven't|couldn't|ran|had|forgot|done|finished)\b"
)
_ASKS = re.compile(r"\?|\b(?:want|like to|need|wonder|help|how|what|why|which|should|would|talk|question)\b")


class Word(Enum):
    """What is said of it, where that is no day."""

    DONE = auto()
    NOT_YET = auto()


Meant: TypeAlias = "Word | Days"


def cleared(text: str) -> str:
    """The words in small letters without smileys, and with their apostrophes; what a sign says that stands alone."""
    plain = _ASIDE.sub(r", \1, ", spelled_out(text).casefold().replace("’", "'"))
    words = _MARKS.sub("", " ".join(_SIGNS.sub(" ", plain).split()).strip(" ,"))
    return _I.sub(r"i'\1", _APOSTROPHE.sub(r"\1n't", words)) or spoken(text)


def goes_on(words: str) -> bool:
    """Whether they begin with where it stands, and go on."""
    return any(each.match(words) for each in (_DONE_AND, _NOT_YET_AND, _IN_PART_AND)) or begins_with_not(words)


def begins_with_done(words: str) -> bool:
    """Whether they say that it is done, and go on."""
    return bool(_DONE_AND.match(words))


class Meanings:
    """Reads words as an answer to the question where something stands."""

    def __init__(self, commitments: Commitments, templates: Templates) -> None:
        """`templates`: the words of reminders, which tell what a yes means."""
        self._commitments = commitments
        self._templates = templates

    def plainly(self, words: str, person: Person, at: datetime) -> Meant | None:
        """What they say where they say nothing else, or why; None where it is not plain."""
        plain = POLITE.sub(" ", words).strip(" .!…,:;")
        if _DONE.fullmatch(plain):
            return Word.DONE
        if _NOT_YET.fullmatch(plain):
            return Word.NOT_YET
        days = self._day(plain.rstrip(" ?"), person, at)
        if not days.found and (busy := _BUSY_AND.fullmatch(plain)):
            days = self._day(busy["day"], person, at)
        if not days.found:
            days = self.not_done_but(words, person, at)
        return days if days.found else self._with_a_reason(plain, words, person, at)

    def _with_a_reason(self, plain: str, words: str, person: Person, at: datetime) -> Meant | None:
        """What begins plainly and goes on to say why, or how it went; a day may be its end."""
        done, waits, partly = (each.fullmatch(plain) for each in (_DONE_AND, _NOT_YET_AND, _IN_PART_AND))
        found = done or waits or partly
        if waits and (wished := self._wished(waits["why"], person, at)).found:
            return wished
        if found is None or "?" in words or ASKS_BESIDE.search(found["why"]):
            return None
        if done:
            return None if _PARTLY.search(done["why"]) else Word.DONE
        if any(wants(each) for each in NEXT_PART.split(found["why"])):
            return None
        days = one_day(found["why"], lambda part: self._commitments.day(person, part, at))
        return days if days.found else Word.NOT_YET if waits or _LEFT.search(found["why"]) else None

    def not_done_but(self, words: str, person: Person, at: datetime) -> Days:
        """The day that they wish for beside saying that it is not done."""
        return not_done_but(words, lambda part: self._commitments.day(person, part, at))

    def with_what_is_told(self, question: Nudge, words: str, person: Person, at: datetime) -> Meant | None:
        """What a yes or a no says to it, with what is told beside it, or a wish for another day."""
        if (wished := self._wished(words, person, at)).found:
            return wished
        text = self._templates.text(Theme.COMMITMENT, question.template)
        if is_yes(words, asked_whether=asks_whether(text)):
            return Word.DONE
        why = why_not(words)
        if not why:
            return None
        days = self._day(NEXT_PART.split(why)[-1].strip(), person, at)
        return days if days.found else Word.NOT_YET

    def _wished(self, words: str, person: Person, at: datetime) -> Days:
        return wished_day(words, lambda part: self._commitments.day(person, part, at))

    def _day(self, plain: str, person: Person, at: datetime) -> Days:
        day = plain_day(plain)
        return self._commitments.day(person, day, at) if day else Days()

    def may_be_about_it(self, words: str, person: Person, at: datetime) -> bool:
        """Whether it may be about what was promised, though it is not plain."""
        if self._wished(words, person, at).found:
            return True
        asks = _ASKS.search(words) or ASKS_BESIDE.search(words)
        return len(words) <= LETTERS_AT_MOST and not asks and bool(_MAY_BE_ABOUT_IT.match(words))
