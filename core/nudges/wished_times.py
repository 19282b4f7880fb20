"""A wish for reminders that says when, such as “remind me evenings around 7”: no question needs to stand above it."""

from __future__ import annotations

import re

from core.nudges.likely_times import likely_times
from core.nudges.said_times import Times, times_said
from core.nudges.spoken_times import as_read

LETTERS_AT_MOST = 100
_WISH = re.compile(
    r"(?:(?:hi|hello|hey|ok|okay|please|yes|so|can you|could you|would you|will you|you can|i'd like you to)[,.! ]+)*"
    r"(?:(?:remind|nudge|ping|message|text|write(?: to)?) me|send me (?:my |the |your )?(?:reminders|nudges)|"
    r"(?:my |the )?reminders)(?: (?:then|always))?[,:]? (?P<when>\S.*)"
)
COMES_AGAIN = (
    r"(?:mornings|afternoons|evenings|nights|lunch ?times|week ?days|week-?ends|every|each|daily|weekly|monthly|always|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days)"
)
"""What says that a time comes again and again."""
_EACH_WEEK = re.compile(rf"\b(?:{COMES_AGAIN}|in the (?:morning|afternoon|evening))\b")
"""Said without one of these, it is one day of this week, or one hour of today."""


def wish_said(text: str) -> str:
    """The words that say when; "" where nobody asks to be reminded, and nothing else is said, or it is for once."""
    words = as_read(text).strip(" .!")
    found = _WISH.fullmatch(words) if len(words) <= LETTERS_AT_MOST else None
    if found is None or not _EACH_WEEK.search(found["when"]):
        return ""
    return found["when"] if times_of(found["when"]) else ""


def times_of(text: str) -> Times | None:
    """The times in these words, plain or likely."""
    return times_said(text) or likely_times(text)
