"""Whom somebody would like as their partner, where they name anybody."""

from __future__ import annotations

import re

from core.shorthand import spelled_out

_NOBODY = (
    "a an the my for to with me i we us you please thanks thank hi hello yes ok okay now today soon again one new other another "
    "partner buddy pair somebody someone anybody anyone everybody everyone person student find get give want need would like can "
    "could have be near close same time zone any in of and so much who is there accountability accountable"
)
_NO_NAMES = frozenset(_NOBODY.split())


def named(words: str) -> str:
    """The name in what was typed behind the command, as it was typed; "" where the words ask for anybody."""
    said = re.findall(r"[\w'’-]+", spelled_out(words).casefold())
    if not said or set(said) <= _NO_NAMES:
        return ""
    kept = [each for each in words.split() if not set(re.findall(r"[\w'’-]+", spelled_out(each).casefold())) <= _NO_NAMES]
    return " ".join(kept).strip(" .,!?:@")
