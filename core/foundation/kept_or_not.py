"""A yes or a no, typed where it was asked whether words are the answer, and words that take an answer back."""

from __future__ import annotations

import re

from core.shorthand import spelled_out

_KEEPS = re.compile(r"(yes|yep|yeah|yup|y)( please)?|(yes )?(keep|save)( it)?|(yes )?it is|(yes )?(that|it) ?(is|s) my answer")
_AGREES = re.compile(r"o?k(ay)?|sure|right|correct|exactly")
"""The same, where it was asked plainly whether words are for a cell."""
_GOES = re.compile(r"(no|nope|n)( thanks| it is not| ask an agent)?|(no )?(go on )?later")
_ASKS_AGAIN = re.compile(r"(no|nope|n)( thanks| it (is|was) not| (it|that) (is|was)n t| not)?|(no )?ask( me| it)? again")
"""The same where they did not say that they leave."""

_LAST = "(?:that|it|this|my answer|the last (?:one|answer))"
_TAKES_BACK = re.compile(
    r"(?:(?:oh|oops|no|sorry|wait|ok|actually|please|can you|could you|can we|i want to|let us) )*"
    rf"(?:(?:undo|unsave|scratch)(?: {_LAST})?|take {_LAST} back|take back {_LAST})(?: (?:one|again|please|sorry|thanks|answer))*"
)


def keeps(words: str, *, plainly: bool) -> bool:
    """Whether they are the answer. `plainly`: it was asked whether they are for that cell."""
    told = _told(words)
    return bool(_KEEPS.fullmatch(told) or (plainly and _AGREES.fullmatch(told)))


def goes(words: str) -> bool:
    """Whether they are none, and it may wait."""
    return bool(_GOES.fullmatch(_told(words)))


def asks_again(words: str) -> bool:
    """Whether they are none, and the question stands."""
    return bool(_ASKS_AGAIN.fullmatch(_told(words)))


def takes_back(words: str) -> bool:
    """Whether they want the last answer out of its cell, and say nothing of what is to stand there."""
    return bool(_TAKES_BACK.fullmatch(_told(spelled_out(words))))


def denies(words: str) -> bool:
    """Whether they begin with a no."""
    return _told(words).startswith(("no ", "nope "))


def _told(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))
