"""Words below an open question that plainly are for somebody else: an order for a reminder, a draft or a letter, or what goes on
with an agent's answer that came below the question.
"""

from __future__ import annotations

import re

from core.foundation.steering import steer
from core.shorthand import spelled_out

BRIEF = 16
"""Words at most of an order."""
_FIRST = (
    r"\W*(?:(?:ok|okay|oh|hey|hi|and|so|also|pl(?:ease|s|z)|now|yes|no|sorry|actually|btw|wait|thanks|great|cool|nice|"
    r"perfect|love it)\b"
    r"[\s,.!:…–-]*)*(?:(?:can|could|would|will) you |i (?:want|need|would like) (?:you )?to |i'd like (?:you )?to |let'?s )?"
    r"(?:pl(?:ease|s|z) )?"
)
_A, _DRAFT = (
    r"(?:a|an|some|another|one|two|three|\d+)(?: \w+)?",
    r"(?:hooks?|headlines?|posts?|captions?|emails?|scripts?|slogans?|taglines?)\b.*",
)
_ORDERS = re.compile(
    rf"{_FIRST}(?:remind me (?!of\b)\S.*|"
    r"(?:set|turn|switch|move|push|change|stop|pause|put|mute)(?: (?:off|on|up|me|a|my|the|all)){0,3} (?:reminders?|nudges?)\b.*|"
    r"(?:tell|ask|write to|message|text|email|ping|contact) my coach\b.*|"
    rf"(?:write|draft|give|make|suggest) me {_A} {_DRAFT})|"
    r"\W*(?:(?:ok|hey|hi|pl(?:ease|s|z)|so|and)\W+)*(?:can|could|would|will) you (?:pl(?:ease|s|z) )?"
    rf"(?:(?:write|draft)(?: me)? (?:a|an|some|another) .*|(?:write|draft|give|make|suggest)(?: me)? {_A} {_DRAFT})",
    re.IGNORECASE | re.DOTALL,
)
_THAT = r"(?:it|that|this|them|those|these)(?: ones?)?"
_WHICH = r"(?:the |that |number |option |version )?(?:first|second|third|last|other|next|\d)(?: one)?"
_GOES_ON = re.compile(
    rf"{_FIRST}(?:(?:i )?(?:keep|save|use|take|like|love|prefer|pick|choose|want|go with|drop|copy|post) "
    rf"(?:{_THAT}|{_WHICH})\b.*|"
    rf"(?:make|change|rewrite|redo|shorten|fix|try|improve|translate) (?:{_THAT}|{_WHICH})\b.*|"
    r"(?:one more|another(?: one)?|more(?: like (?:that|this))?|try again|again|shorter|longer|funnier|simpler|warmer|less \w+|"
    r"(?:a bit|a little|much) \w+er|too (?:long|short|salesy|formal|posh))(?: (?:pl(?:ease|s|z)|then|maybe|now|again))*\W*)",
    re.IGNORECASE | re.DOTALL,
)


def is_an_order(words: str) -> bool:
    """Whether they have something done that is no part of the interview."""
    said = _said(words)
    return len(said.split()) <= BRIEF and steer(words) is None and bool(_ORDERS.fullmatch(said))


def goes_on_with_an_answer(words: str) -> bool:
    """Whether below an agent's answer they are about that: “keep that one”, “make it shorter”."""
    said = _said(words)
    return len(said.split()) <= BRIEF and steer(words) is None and bool(_GOES_ON.fullmatch(said))


def _said(words: str) -> str:
    return spelled_out(" ".join(words.split())).replace("’", "'")
