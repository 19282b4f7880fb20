"""What an agent that a person makes may be called: nothing that could be taken for somebody else."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from core.agents.cast import taking
from core.agents.letters import fold
from core.errors import Refusal
from core.fuzzy import OSA

NAME_AT_LEAST = 2
NAME_AT_MOST = 30
LOOKS_ALIKE_FROM = 5
"""From so many letters on, one slip makes no other name: `Techer` is taken for Teacher, `Sara` for nobody."""

KEYWORDS = frozenset(
    {
        *("all", "channel", "everyone", "group", "here", "someone", "team"),  # what platforms call many by
        *("admin", "anthropic", "assistant", "bot", "claude", "coach", "cohort", "elevate", "moderator", "owner", "support"),
        *("slackbot", "staff", "system", "user", "you", "me"),
    }
)
"""Names that call many at once, or that only we and those who run a community may speak under."""

_JOINS = " -'’"
_TOGETHER = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"})
"""Scripts that Japanese writes in one word."""
_SEEN_AS = str.maketrans(
    {
        # Cyrillic
        **dict(zip("авеёкмнорстухіјѕһԁԛԝүзьпг", "abeekmhopctyxijshdqwy3bnr", strict=True)),
        # Greek
        **dict(zip("αβγεζηικμνορστυχωϲϳ", "abyeznikuvopotuxwcj", strict=True)),
        # Armenian
        **dict(zip("օսոհցզյգ", "ounhgqjq", strict=True)),
        # Latin letters that are no letter with a sign upon it, and digits
        **dict(zip("ıɩɑɡɢʀɴʏʟøłđħŧſ035", "iiaggrnyioidhtsoes", strict=True)),
        "l": "i",
        "1": "i",
        "|": "i",
    }
)
"""What letters look like, folded; i and l are one."""


class NotAName(Refusal):
    """That name cannot be used. Choose another."""


def skeleton(name: str) -> str:
    """What the name looks like at a glance: without case, accents, spaces and joins, with letters of other scripts as ours."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", fold(name)) if unicodedata.category(each)[0] in "LN")
    return fold(bare).translate(_SEEN_AS).replace("rn", "m").replace("vv", "w")


def check(name: str, ours: Iterable[str]) -> str:
    """The name as it is kept, with single spaces; `ours` is whatever the twelve answer to.

    Raises:
        NotAName: it is too short or too long, has other signs than letters and digits, mixes scripts, calls many at once, or
            could be taken for one of the twelve.
    """
    kept = " ".join(unicodedata.normalize("NFKC", name.lstrip("@＠")).split())
    if not NAME_AT_LEAST <= len(kept) <= NAME_AT_MOST:
        raise NotAName(f"A name has {NAME_AT_LEAST} to {NAME_AT_MOST} characters; this one has {len(kept)}.")
    if not all(_of_a_name(each) for each in kept) or not kept[0].isalpha() or kept[-1] in _JOINS:
        raise NotAName("A name begins with a letter, and has letters, digits, spaces, hyphens and apostrophes only.")
    if len({_script(each) for each in kept if each.isalpha()}) > 1:
        raise NotAName("A name is written in one script. This one mixes letters of several that look alike.")
    known = {fold(each) for each in ours}
    if word := taking(kept, known | KEYWORDS):
        raise NotAName(f"“{word}” already calls somebody, so nobody could tell whom @{kept} means. Choose another name.")
    looks = skeleton(kept)
    for each in sorted(known | KEYWORDS):
        if _alike(looks, skeleton(each)):
            raise NotAName(f"“{kept}” looks too much like “{each}”. Choose another name.")
    return kept


def _alike(looks: str, other: str) -> bool:
    slips = 1 if len(other) >= LOOKS_ALIKE_FROM else 0
    return OSA.distance(looks, other, score_cutoff=slips) <= slips


def _of_a_name(letter: str) -> bool:
    return letter in _JOINS or unicodedata.category(letter)[0] in "LMN"


def _script(letter: str) -> str:
    """The script that a letter's Unicode name begins with, such as LATIN."""
    script = unicodedata.name(letter, "UNKNOWN").split(" ")[0]
    return "CJK" if script in _TOGETHER else script
