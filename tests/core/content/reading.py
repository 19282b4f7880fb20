"""How hard a text is to read, and what it is made of.

The grade is Coleman and Liau's (M. Coleman, T. L. Liau, 1975, "A computer readability formula designed for machine scoring",
Journal of Applied Psychology 60): 0.0588 L - 0.296 S - 15.8, where L are the letters and S the sentences in 100 words. It is
roughly the American school year that follows the text with ease; add five for the reader's age.
"""

from __future__ import annotations

import re

from core.content_parts import WORD

_SIGNS = re.compile(r"[*#>`_|]+|^\s*(?:[-•]|\d+\.)\s+", re.MULTILINE)
_WRAPPED = re.compile(r"(?<=\S)\n(?=[a-z(“\"])")
_ENDS = re.compile(r"(?<=[.!?:])[\"”’)*]*\s+|\n+")


def words(text: str) -> list[str]:
    """Its words."""
    return WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Its sentences; a heading or an item of a list is one too, and a line that goes on in small letters is not its end."""
    plain = _SIGNS.sub(" ", _WRAPPED.sub(" ", text))
    return [each.strip() for each in _ENDS.split(plain) if words(each)]


def grade(text: str) -> float:
    """Coleman and Liau's."""
    found, said = words(text), sentences(text)
    letters = sum(map(str.isalpha, "".join(found)))
    return (0.0588 * letters - 0.296 * len(said)) * 100 / len(found) - 15.8
