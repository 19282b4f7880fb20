"""A reminder as somebody asks for it, parted into what it is about and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from core.foundation.steering import Steer, steer
from core.reminding.when import When, comes_again, when_said

LETTERS_AT_MOST = 260
_LEAD = (
    r"(?:(?:hi|hiya|hello|hey|ok|okay|so|oh|and|yes|yeah|no|nah|nope|not now|sorry|please|pls|plz|"
    r"(?:can|could|will|would) (?:you|u)|maybe|actually)"
    r"[,.! ]+)*"
)
_TAIL = r"(?:[\s,.!?]+(?:too|as well|also|please|pls|plz|thanks|thank you|thx|ta|cheers|x+))*[\s.!?]*"
_WISH = re.compile(
    rf"{_LEAD}(?:remind me|set (?:me )?a reminder(?: for)?)\b(?! (?:what|how|why|which|who|where|when)\b)[,:]?\s*"
    rf"(?P<rest>.*?){_TAIL}",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?P<said>.{2,60}?)(?:\s*[,.;!–—]+\s*|\s+-+\s+|\s+(?=(?:and|but|so|can|could|p(?:lease|ls)|remind)\b))"
    r"(?P<wish>(?:(?:and|but|so) )?(?:(?:can|could|will|would) (?:you|u) |p(?:lease|ls) )*remind me\b.*)",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"(?:again|later|about (?:it|this|that|them)|of (?:it|this|that|them))\b", re.IGNORECASE)
_TO = r"(?:to|about|of|that i (?:have|need|want|ought) to|that i (?:should|must)|that)"
_FIRST = re.compile(rf"{_TO}\s+(?P<what>.+)", re.IGNORECASE)
_BETWEEN = re.compile(rf"\s+{_TO}\s+|\s*[:–—]\s+|\s+-\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to be reminded of, "" where they did not say, and when; None where that was not said."""

    what: str
    when: When | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What follows “remind me”. `leaves`: whoever says it says too that they stop here."""

    rest: str
    leaves: bool = False


def wish_said(text: str) -> Wish | None:
    """The wish; None where the words are anything else, put off what came from us, or ask to be reminded again and again.

    What stands before it is no more than a courtesy, or that they stop here.
    """
    if "\n" in text.strip() or len(text) > LETTERS_AT_MOST:
        return None
    words, leaves = " ".join(text.split()), False
    if before := _BEFORE.fullmatch(words):
        steers = steer(before["said"])
        leaves = steers is Steer.LEAVE
        words = before["wish"] if leaves or steers is Steer.NOTHING else words
    found = _WISH.fullmatch(words)
    return None if found is None or _AGAIN.match(found["rest"]) or comes_again(found["rest"]) else Wish(found["rest"], leaves)


def wanted(words: str, now: datetime, hour: int) -> Wanted:
    """The two parts of the words, in either order; all of them are what it is about where no time is in them.

    `now` (aware) shows the clock of who asks; `hour`: what a day without an hour means.
    """
    text = " ".join(words.split()).strip(" .,;:!?")
    if first := _FIRST.fullmatch(text):
        return _ended(first["what"], now, hour)
    for between in _BETWEEN.finditer(text):
        if when := when_said(text[: between.start()], now, hour):
            return Wanted(text[between.end() :].strip(" ,;"), when)
    if when := when_said(text, now, hour):
        return Wanted("", when)
    found = _ended(text, now, hour)
    return found if found.when else _begun(text, now, hour)


def _ended(text: str, now: datetime, hour: int) -> Wanted:
    """The same of words that end with the time."""
    said = text.split(" ")
    for at in range(1, len(said)):
        if when := when_said(" ".join(said[at:]), now, hour):
            return Wanted(" ".join(said[:at]).strip(" ,;"), when)
    return Wanted(text, None)


def _begun(text: str, now: datetime, hour: int) -> Wanted:
    """The same of words that begin with it."""
    said = text.split(" ")
    for at in range(len(said) - 1, 0, -1):
        if when := when_said(" ".join(said[:at]), now, hour):
            return Wanted(" ".join(said[at:]).strip(" ,;"), when)
    return Wanted(text, None)
