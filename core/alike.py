"""Finding names like what someone types, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.fuzzy import fuzz, process

LIKE_ENOUGH = 70
_WORDS = re.compile(r"[^\W_]+")


def alike(typed: str, names: Iterable[str], most: int = 10) -> list[str]:
    """Names whose last part begins with what is typed, then those with a word that does, then those with it anywhere.

    Where there are none, names that read like it. Of equals the shorter come first. Case, underscores and slashes make no
    difference: `new y` finds `America/New_York`. Nothing typed finds the first names.
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
    return " ".join(_WORDS.findall(text.casefold()))
