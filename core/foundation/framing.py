"""What people put before and behind an answer that is none of it: that they are back, and that they must leave."""

from __future__ import annotations

import re

from core.foundation.asides import Aside, aside, comes_back

LEFT_AT_LEAST = 4
"""Words of what stands behind “back”: “Back. Neck. Shoulders.” is an answer."""
BEFORE_AT_LEAST = 2
"""Words of what stands before a goodbye."""
SHORT_AT_MOST = 14
"""Words of what is said by somebody who leaves."""
_FIRST = re.compile(
    r"(?P<first>(?:(?:ok|okay|hi|hey|hello|so|oh)\b[\s,.!]*)*[^.,:;!…\n–—]+?)\s*(?P<sign>[.,:;!…\n]+|[–—]|"
    r"\s-+\s)\s*(?P<rest>\S.*)",
    re.DOTALL | re.IGNORECASE,
)
_LAST = re.compile(r"(?P<rest>.*\S)\s*(?:[.!…\n]|\s-+\s|[–—])\s*(?P<last>[^.!…\n]+[.!…\s]*)", re.DOTALL)
_INTRODUCES = re.compile(
    r"(?:(?:ok(?:ay)?|so|and|well|sorry|right)[\s,]+)*(?:(?:here(?:'?s| is| comes)|this is|that is|that'?s) (?:my|"
    r"the) answer|my answer(?: is)?|"
    r"the answer is|answer|where was i|where were we|sorry about that|sorry for the wait)(?: now| again)?",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"[.,;!…\n]+|\s-+\s|[–—]")


def without_asides(words: str) -> str:
    """The answer in the words, without a plain “ok back, here is my answer:” before it and a plain “gotta go now” behind it."""
    words = words.strip()
    while found := _FIRST.fullmatch(words):
        first, rest = found["first"].replace("’", "'").strip(), found["rest"].strip()
        introduces = _INTRODUCES.fullmatch(first) and (":" in found["sign"] or first.casefold() != "answer")
        if not introduces and not _is_back(first, found["sign"], rest):
            break
        words = rest
    before = _before_a_goodbye(words)
    return _ended(words, before) if before else words


def ends_with_a_goodbye(words: str) -> bool:
    """Whether they leave after their answer."""
    return bool(_before_a_goodbye(words.strip()))


def after_back(words: str) -> str | None:
    """What follows the words that they are back, "" where nothing does; None where they do not begin so."""
    if comes_back(words):
        return ""
    found = _FIRST.fullmatch(words.strip())
    return found["rest"].strip() if found and comes_back(found["first"]) else None


def introduces(words: str) -> bool:
    """Whether they say that their answer follows."""
    found = _FIRST.fullmatch(words.strip())
    return bool(found and _INTRODUCES.fullmatch(found["first"].replace("’", "'").strip()))


def leaves_with_a_reason(words: str) -> bool:
    """Whether a part of a few words plainly says that they leave, whatever the others are."""
    if len(words.split()) > SHORT_AT_MOST:
        return False
    return any(aside(each) is Aside.LEAVING for each in _CLAUSES.split(words) if each.strip())


def _before_a_goodbye(words: str) -> str:
    """What stands before the sentence that plainly says that they leave; "" where none does."""
    found = _LAST.fullmatch(words)
    if found is None or aside(found["last"]) is not Aside.LEAVING or len(found["rest"].split()) < BEFORE_AT_LEAST:
        return ""
    return found["rest"]


def _is_back(first: str, sign: str, rest: str) -> bool:
    """Whether it plainly says so; “back” alone may be a part of an answer that is a list."""
    if not comes_back(first):
        return False
    if first.casefold().strip() != "back":
        return True
    return len(rest.split()) >= LEFT_AT_LEAST and not {",", ":", ";"} & set(sign)


def _ended(words: str, rest: str) -> str:
    """The rest with the sign that stood behind it."""
    sign = words[len(rest) : len(rest) + 1]
    return rest + sign if sign in ".!…" else rest
