"""A promise as it is typed on a phone, parted into what is promised and its day: its own words stay as they are."""

from __future__ import annotations

import re
from datetime import date

from core.dates import Days, parted
from core.shorthand import spelled_out

DAY_WORDS = 4
"""Words at the end that may be a day in a phone's spelling."""
_IF = re.compile(
    r"(?P<thing>.+?)\s*[,;(–-]\s*(?P<condition>(?:if|unless|weather|provided|assuming|depending)\b[^?]+)$", re.IGNORECASE
)
"""On what it depends, said behind the day."""


def apart(words: str, today: date) -> tuple[str, Days]:
    """What is promised, and the days by when; all of it where no day is in it. What it depends on is part of what is promised."""
    what, days = _ended(words, today)
    if days.found or days.past:
        return what, days
    found = _IF.fullmatch(" ".join(words.split()))
    thing, days = _ended(found["thing"], today) if found else ("", Days())
    if found is None or days.clear is None or not thing:
        return what, Days()
    return f"{thing}, {found['condition'].rstrip(' .)')}", days


def _ended(words: str, today: date) -> tuple[str, Days]:
    """The same of words that end with their day, also in a phone's spelling."""
    what, days = parted(words, today)
    if days.found or days.past:
        return what, days
    said = words.split()
    for at in range(len(said) - 1, max(0, len(said) - 1 - DAY_WORDS), -1):
        end = " ".join(said[at:])
        written = spelled_out(end)
        if written == end:
            continue
        spelled, days = parted(" ".join((*said[:at], written)), today)
        if days.found or days.past:
            return spelled, days
    return what, Days()
