"""Answers to a question about several promises at once: each is named by its own words, or all of them are meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from core.commitments import views
from core.commitments.commands import Moved, Which, date, done, not_yet
from core.commitments.model import Commitment, CommitmentState
from core.commitments.service import Commitments
from core.dates import Days
from core.nudges.meanings import Meant, Word
from core.nudges.wished_days import asks_besides, likely_day, wants
from core.people.model import Person
from core.request import Asked
from core.ui import Answer, Message

LETTERS_AT_MOST = 200
NAME_AT_MOST = 6
"""Words of a name: more tells of something."""
_PART = re.compile(r"[,.;:!…–—]+|\s-+\s|\b(?:but|and)\b")
_SAYS = re.compile(r"\b(?:done|finished|completed|sorted|did|not|isn't|aren't|haven't|didn't|open)\b")
_FIRST = r"(?:(?:no|yes|yep|sorry|ok|okay|well|so|i|i've|i have|only|just)\s+)*"
_STANDS = re.compile(
    rf"{_FIRST}(?:"
    r"(?:not (?:done |finished |yet )?|(?:haven't|didn't) (?:do|done|did|finish|finished|manage|managed) )(?P<not_this>.+)|"
    r"(?:done|did|finished|completed|sorted)(?: with)? (?P<done_this>.+)|"
    r"(?P<this_not>.+?)(?:'s| is| are| was| were)? ?"
    r"(?:(?:still )?not(?: yet| done| finished)*|(?:is|are|was)n't(?: done| finished)?|still (?:open|to do))|"
    r"(?P<this_done>.+?)(?:'s| is| are| was| were)?(?: all| now| already)* (?:done|finished|completed|sorted))"
)
_ALL = re.compile(
    r"(?<!not )\b(?:both|all (?:of (?:it|them)|two|three|four|five|done|not)|neither|none of (?:it|them)|everything)\b"
)
_FILLS = frozenset(
    ("a", "all", "for", "my", "of", "one", "ones", "part", "promise", "that", "the", "thing", "this", "to", "with")
)


def may_name(words: str) -> bool:
    """Whether they may say of one of several where it stands."""
    return len(words) <= LETTERS_AT_MOST and "?" not in words and bool(_SAYS.search(words))


def speaks_of_all(words: str) -> bool:
    """Whether what they say is for all that was asked about: with a mark between, “both kids were ill” is only a reason."""
    said = [each for each in _PART.split(words) if _ALL.search(each)]
    return any(re.search(r"\b(?:not|done|finished|neither|none|move|push|shift|make|open)\b|n't\b", each) for each in said)


class Several:
    """Reads what is said of each of several promises, and does it."""

    def __init__(self, commitments: Commitments) -> None:
        self._commitments = commitments

    def read(self, words: str, about: Sequence[Commitment], person: Person, asked: Asked) -> Mapping[str, Meant]:
        """What is said of those that are named, by their ids; empty where a name is not clear, or anything else is asked."""
        found: dict[str, Meant] = {}
        waits: list[str] = []
        for part in (each.strip(" ?") for each in _PART.split(words) if each.strip(" ?")):
            days = likely_day(part, lambda day: self._commitments.day(person, day, asked.at))
            if days.clear is not None and waits:
                found |= dict.fromkeys(waits, days)
                waits = []
                continue
            stands = _STANDS.fullmatch(part)
            if stands is None:
                if days.found or asks_besides(part) or wants(part):
                    return {}
                continue
            name = next(each for each in stands.groups() if each is not None)
            meant = Word.DONE if stands["done_this"] or stands["this_done"] else Word.NOT_YET
            one = _called(name, about)
            if one is None or one.id in found:
                return {}
            found[one.id] = meant
            waits += [one.id] if meant is Word.NOT_YET else []
        return found if may_name(words) else {}

    async def does(self, meant: Mapping[str, Meant], about: Sequence[Commitment], asked: Asked, person: Person) -> Message:
        """What the buttons of each would have done."""
        if all(meant.get(each.id) is Word.DONE for each in about):
            settled = [await self._commitments.settle(person, each.id, CommitmentState.DONE, asked.at) for each in about]
            return views.done(settled[0]) if len(settled) == 1 else views.all_done(settled)
        answers = [await self._does(meant[each.id], each.id, asked, person) for each in about if each.id in meant]
        return views.together(answers)

    async def _does(self, meant: Meant, commitment_id: str, asked: Asked, person: Person) -> Answer:
        if isinstance(meant, Days):
            by = meant.clear.isoformat() if meant.clear else None
            return await date(asked, person, Moved(commitment_id, by), self._commitments)
        return await (done if meant is Word.DONE else not_yet)(asked, person, Which(commitment_id), self._commitments)


def _called(name: str, about: Sequence[Commitment]) -> Commitment | None:
    """The promise that has all the words of the name; None where none has, or several have."""
    said = [each for each in _words(name) if each not in _FILLS]
    if not said or len(_words(name)) > NAME_AT_MOST:
        return None
    fits = [each for each in about if set(said) <= set(_words(each.what))]
    return fits[0] if len(fits) == 1 else None


def _words(text: str) -> list[str]:
    return [each if len(each) < 4 else each.removesuffix("s") for each in re.findall(r"\w+", text.casefold())]
