"""Finding what somebody describes: by the words that tell it from the others, in its title before its description."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from core.fuzzy import fuzz

IN_TITLE, IN_DESCRIPTION = 3.0, 1.0
STEM = 5
"""Words that begin alike are taken as one: hook and hooks, headline and headlines."""
BEGUN = 3
"""Letters from which on a word may be one that is still being typed."""
MISTYPED = 80
"""How much alike a title's word must be to one that is spelt otherwise, of 100."""
AT_LEAST = 0.35
"""Of the best one's score: what shares only a word that many share is left out."""

_WORD = re.compile(r"[^\W_]+")


def likest(typed: str, texts: Mapping[str, tuple[str, str]], at_most: int) -> Sequence[str]:
    """The keys whose title and description are most like what is typed, best first; none where no word of it occurs."""
    words = dict.fromkeys(_WORD.findall(typed.casefold()))
    told = {key: tuple(_WORD.findall(text.casefold()) for text in both) for key, both in texts.items()}
    scores = dict.fromkeys(texts, 0.0)
    for word in words:
        hits = {key: _hit(word, title, about) for key, (title, about) in told.items()}
        having = sum(hit > 0 for hit in hits.values())
        for key, hit in hits.items():
            scores[key] += hit * math.log(1 + len(texts) / having) if having else 0
    for key, (title, _) in told.items():
        scores[key] += scores[key] * len(words.keys() & set(title)) / (len(title) or 1)  # the title whole counts most
    best = max(scores.values(), default=0)
    ranked = sorted(scores, key=lambda key: -scores[key])
    return [key for key in ranked if best and scores[key] >= best * AT_LEAST][:at_most]


def _hit(word: str, title: Sequence[str], about: Sequence[str]) -> float:
    if any(_same(word, each) or (len(word) >= STEM and fuzz.ratio(word, each) >= MISTYPED) for each in title):
        return IN_TITLE
    return IN_DESCRIPTION if any(_same(word, each) for each in about) else 0


def _same(word: str, other: str) -> bool:
    if len(word) < BEGUN:
        return other in (word, f"{word}s")
    return other.startswith(word) if len(word) < STEM else other[:STEM] == word[:STEM]
