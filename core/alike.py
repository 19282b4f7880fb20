"""Finding what someone types: names like it, the likeliest first, and texts that hold its words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from core.fuzzy import fuzz, process

LIKE_ENOUGH = 70
_WORDS = re.compile(r"[^\W_]+")
_SIGNS_ON = re.compile(r"[\u0300-\u036f]+")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that are no others with a sign on them, and are typed like these where a keyboard has none of them."""


def folded(text: str) -> str:
    """The text as it is compared and sorted: case, accents and the width of signs make no difference."""
    if text.isascii():
        return text.casefold()
    return _SIGNS_ON.sub("", unicodedata.normalize("NFKD", text.casefold())).casefold().translate(_LETTERS)


def words_in(text: str) -> list[str]:
    """The words of a text, as they are written."""
    return _WORDS.findall(text)


def holds(text: str, typed: str) -> bool:
    """Whether each typed word, or part of one, stands somewhere in the text; signs alone stand nowhere, and nothing anywhere."""
    wanted = words_in(folded(typed))
    if not wanted:
        return not typed.strip()
    within = folded(text)
    return all(word in within for word in wanted)


def alike(typed: str, names: Iterable[str], most: int = 10) -> list[str]:
    """Names whose last part begins with what is typed, then those with a word that does, then those with it anywhere.

    Where there are none, names that read like it. Of equals the shorter come first. Case, accents, underscores and slashes make
    no difference: `new y` finds `America/New_York`. Nothing typed finds the first names.
    """
    wanted = _plain(typed)
    spoken = {name: _plain(name) for name in names}
    if not wanted:
        return list(spoken)[:most]
    shortest = sorted(spoken, key=len)
    last = [name for name in shortest if _plain(name.rpartition("/")[2]).startswith(wanted)]
    begun = [name for name in shortest if f" {wanted}" in f" {spoken[name]}"]
    within = [name for name in shortest if wanted in spoken[name]]
    found = list(dict.fromkeys([*last, *begun, *within]))
    if not found:
        found = [name for _, _, name in process.extract(wanted, spoken, scorer=fuzz.WRatio, score_cutoff=LIKE_ENOUGH, limit=most)]
    return found[:most]


def _plain(text: str) -> str:
    return " ".join(words_in(folded(text)))
