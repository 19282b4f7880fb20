"""What comes from Discord and discord.py leaves as it came, read without trust: an id is an id, or it is not there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bots.payload import Payload, words

SNOWFLAKE = re.compile(r"\d{1,20}", re.ASCII)
"""An id, which Discord sends as text. https://docs.discord.com/developers/reference#snowflakes"""


class Junk(ValueError):
    """What came is nothing of Discord's or of ours, or half of it. The message names what is missing, and nothing that came."""


def texts(of: Payload, name: str) -> Sequence[str]:
    """The texts in a list."""
    found = of.get(name)
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def number(of: Payload, name: str) -> int:
    """A whole number; 0 where there is none."""
    found = of.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) else 0


def ident(of: Payload, name: str) -> str:
    """An id; "" where there is none."""
    found = words(of, name)
    return found if SNOWFLAKE.fullmatch(found) else ""


def needed(of: Payload, name: str, where: str) -> str:
    """A text that has to be there.

    Raises:
        Junk: it is not.
    """
    found = words(of, name)
    if not found:
        raise Junk(f"{where} without {name}")
    return found
