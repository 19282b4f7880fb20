"""Whether words below an open question may be no answer: with enough signs of that they are asked about before they are saved.

A wrong doubt costs one press, and a wrong answer spoils the Foundation. What customers ask and feel is an answer where the
question is for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.foundation.brief_signs import CORRECTING, IN_BRIEF
from core.foundation.cells import Cell
from core.foundation.doubt_signs import OF_BEFORE, OF_US, OPENING, SHORT
from core.foundation.moment_signs import OF_THIS_MOMENT
from core.shorthand import spelled_out

ENOUGH = ((12, 2), (25, 3))
"""Words at most, and the weight of signs that makes them doubtful: nobody writes a long aside."""
ENOUGH_OF_A_LONG_ONE = 4
_IS, _NOT = re.compile(r"\b(that|what|where|who|someone|somebody)'?s\b"), re.compile(r"\b(was|is|did|do|are|could|should)nt\b")
"""As phones have them."""
_QUOTES = re.compile(
    r"^\W*[\"“‘]|\b(?!(?:i|you|u|me|to|not|just|already|should|what|and|please|can|last)\b)\w+ "
    r"(?:say|says|said|ask|asks|asked|writes|wrote|complain|think|thinks|grumble)\b"
)
"""What others say is quoted."""
_FOR_WORDS = re.compile(r"\b(?:they|people|customers?|them)\b")
_THEIR_WORDS = re.compile(r"\b(?:say|said|ask|asks|complain|grumble|type|afraid|feel|mind|like to have)\b")
_LOOKS_FOR = r"(?:for|under|about|change|edit|delete|show|open)"
_PUTS = r"(?:add|put|remove|delete|take|change|move|go back|write|save)"
_SENTENCE = re.compile(r"^\W*(?:i|i'?m|i'?ll|my|this|that|it|you|is|are|do|will)\b")


def is_doubtful(words: str, cell: Cell, titles: Iterable[str] = ()) -> bool:
    """Whether the words may be no answer to the cell's question. `titles`: of the other cells, which it hardly speaks of."""
    count = len(words.split())
    enough = next((weight for at_most, weight in ENOUGH if count <= at_most), ENOUGH_OF_A_LONG_ONE)
    return _weight(words, cell.question, titles) >= enough + (1 if "\n" in words.strip() else 0)


def speaks_of_before(words: str) -> bool:
    """Whether what makes them doubtful is, at least in part, about what was answered before."""
    said = _said(words)
    brief = [each for each in CORRECTING if len(said.split()) <= each.at_most or not each.at_most]
    return any(each.words.search(said) for each in (*OF_BEFORE, *brief))


def asks_for_their_words(question: str) -> bool:
    """Whether the question is for what customers say, ask or feel, which its answer may say in the first person."""
    folded = question.casefold()
    return bool(_FOR_WORDS.search(folded) and _THEIR_WORDS.search(folded))


def _weight(words: str, question: str, titles: Iterable[str]) -> int:
    """How much speaks against an answer."""
    said, theirs = _said(words), asks_for_their_words(question)
    count = len(said.split())
    signs = (each for each in (*OF_BEFORE, *OF_US, *OF_THIS_MOMENT) if not each.at_most or count <= each.at_most)
    seen = [each for each in signs if each.words.search(said)]
    own = sum(each.weight for each in seen if each.own)
    found = sum(each.weight for each in seen if not each.own) + (min(own, 1) if theirs else own)
    if " words " in question and not theirs and count <= SHORT and _SENTENCE.match(said):  # a few words are asked for
        found += 2
    found = max(found, _in_brief(said, count, theirs=theirs))
    return found + _topics(said, titles) - (2 if _QUOTES.search(said) else 0)


def _in_brief(said: str, count: int, *, theirs: bool) -> int:
    """The same of what few words are as a whole: one thing, so that it is not added to what single words in them tell."""
    seen = (each for each in IN_BRIEF if (not each.at_most or count <= each.at_most) and each.words.search(said))
    return max((min(each.weight, 1) if theirs and each.own else each.weight for each in seen), default=0)


def _topics(said: str, titles: Iterable[str]) -> int:
    """What speaks of another cell by its title: more where that has several words, and is no word of every day."""
    found = 0
    for title in titles:
        name = re.escape(title.casefold())
        begins = re.search(rf"{OPENING}(?:(?:for|the|my|our)\s+)*{name}(?: (?:is|are|was|should be|would be)\b|\s*=)", said)
        put = re.search(rf"{OPENING}{_PUTS}\b.*\b(?:to|from|in|into|under) (?:the |my )?{name}(?=\W|$)", said)
        spoken_of = re.search(rf"\b{_LOOKS_FOR} (?:the |my )?{name}(?=\W|$)", said)
        if begins or put or spoken_of:
            found = max(found, 2 if begins or put or " " in title else 1)
    return found


def _said(words: str) -> str:
    folded = " ".join(spelled_out(words).casefold().replace("’", "'").split())
    return _NOT.sub(r"\1n't", _IS.sub(r"\1 is", folded))
