"""A reminder that is put off in words, such as “remind me again tomorrow”, as its buttons put it off."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from core.nudges.times import Snooze

_AROUND = r"(?:(?:ok|okay|no|nope|not yet|not now|sorry|please|hi|hey|yes|can you|could you|would you|maybe|better)[,.! ]+)*"
_AFTER = r"(?:[,.! ]+(?:please|thanks|thank you|again|instead))*"
_WHEN: Mapping[Snooze, str] = {
    Snooze.HOUR: r"in (?:an|1|one) hour",
    Snooze.TONIGHT: r"tonight|this evening",
    Snooze.TOMORROW: r"tomorrow",
    Snooze.NEXT_WEEK: r"next week|in a week",
}
_AGAIN = r"(?:remind|ask|tell|nudge|write(?: to)?|message) me(?: (?:again|about (?:it|this|that|them)|of (?:it|this|that|them)))*"
_IN_WORDS = {each: re.compile(rf"{_AROUND}{_AGAIN} (?:{when}){_AFTER}") for each, when in _WHEN.items()}
_ITS_BUTTON = {each: re.compile(rf"(?:{when})(?:[,.! ]+(?:please|thanks|thank you))*") for each, when in _WHEN.items()}


@dataclass(frozen=True, slots=True)
class PutOff:
    """Until when. `bare`: nothing but a button's own words was typed, which may have been meant for the promise's day."""

    until: Snooze
    bare: bool


def put_off_said(words: str) -> PutOff | None:
    """Until when the words, in small letters, put a reminder off; None where they say of what to remind, or anything else."""
    plain = words.strip(" .!…,?")
    for until in Snooze:
        if _IN_WORDS[until].fullmatch(plain):
            return PutOff(until, bare=False)
        if _ITS_BUTTON[until].fullmatch(plain):
            return PutOff(until, bare=True)
    return None
