"""An answer said back shorter, in the student's own words: nothing is put into their mouth."""

from __future__ import annotations

import re

ITEMS_SHOWN = 3
SHOWN_AT_MOST = 140
WHOLE_AT_MOST = 70
"""Letters of a text that is said back whole, however many sentences it has."""

_SENTENCE = re.compile(r".+?[.?!…](?=\s|$)", re.DOTALL)


def mirrored(text: str) -> str:
    """The first items of a list, or a text, quoted: of a long one the first sentence, and how much more is kept."""
    lines = [line for line in text.splitlines() if line]
    if len(lines) > 1:
        shown, left = lines[:ITEMS_SHOWN], len(lines) - ITEMS_SHOWN
        quoted = "; ".join(f"“{_cut(each, SHOWN_AT_MOST // len(shown))}”" for each in shown)
        return f"{quoted}, and {left} more" if left > 0 else quoted
    whole = " ".join(text.split())
    first = _SENTENCE.match(whole) if len(whole) > WHOLE_AT_MOST else None
    said = _cut(first[0] if first else whole, SHOWN_AT_MOST)
    more = len(whole.split()) - len(said.rstrip(" …").split())
    return f"“{said}”" if more <= 0 else f"“{said}” All {len(whole.split())} words are kept."


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 2].rsplit(" ", 1)[0] + " …"
