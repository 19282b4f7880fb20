"""The parts of a day by name, as people say them behind a day: "wed night", "Friday at noon"."""

from __future__ import annotations

import re
from collections.abc import Callable

OF_DAY = r"(?:early |late )?(?:morning|lunch-?time|midday|noon|after-?noon|evening|eve|night|am|pm)"
_BEHIND = re.compile(rf"^((?:(?:this|next|last|coming) )?([a-z]+))(?: at| in the|,)? {OF_DAY}$")


def whole_day(said: str, is_day: Callable[[str], bool]) -> str:
    """The words without the part of the day that is named behind a day, small letters throughout: "wed night" is "wed"."""
    found = _BEHIND.match(said)
    return found[1] if found and is_day(found[2]) else said
