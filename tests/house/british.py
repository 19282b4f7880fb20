"""Words that stop a British reader: American spellings, found by how they are built and in codespell's lists, and slips.

codespell's own lists: https://github.com/codespell-project/codespell/tree/main/codespell_lib/data
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_AMERICAN = re.compile(
    r"""\b(?:
        (?:behavi|col|endeav|fav|flav|harb|neighb|parl|rum|sav)or\w*
      | (?:hon|hum|lab|od|vap)or(?:s|ed|ing|er|ers|able|ably|less)?      # British: honorary, humorous, laboratory
      | (?:cent|fib|lit|theat|calib|lust|somb)er(?:s|ed|ing)?            # British: central, literal
      | \w+(?:iz(?:e|es|ed|er|ers|ing|able|ation|ations)|yz(?:e|es|ed|er|ers|ing))
      | (?:de|of|pre)tenses? | (?:de|of)fenses?
      | (?:cancel|counsel|dial|fuel|label|level|model|signal|total|travel)(?:ed|ing|er|ers|or|ors)
      | (?:enroll|fulfill|install)ments? | enrolls? | fulfills? | skillful(?:ly)? | willful(?:ly)?
      | practic(?:ed|ing) | (?:art)ifacts? | (?:skeptic|esthetic)\w* | gray(?:s|ed|ing)? | jewelry | molds? | moldy | plows?
      | aging | aluminum | cozy | gotten | math | moms? | mustaches? | pajamas | sidewalks? | tires
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_BRITISH_TOO = re.compile(
    r"(?:(?:re|over|under|down|cap|pre)?siz|priz|seiz|organizations?$|(?:un)?authoriz|tokenize$)|\w+_", re.IGNORECASE
)
"""Spelt so everywhere, or names of a protocol, of the schema or of a library."""
_OTHER_SENSE = re.compile(
    r"biased|catalog|(?:re)?focus(?:ed|es|ing)|journaling|judgments?|licens(?:es?|ed|ing)|meters?|organizational"
    r"|practices?|programs?|routing|story|stories|writable"
)
"""In codespell's list of American spellings, and British too: in another sense, or beside the other spelling."""
_MEANT = frozenset({"ons", "optin"})
"""In codespell's list of slips, and words of ours: add-ons, and what people type for an opt-in rate."""
_CODE = re.compile(r"```.*?```|`[^`]*`|https?://\S+", re.DOTALL)
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")


def american(text: str) -> list[str]:
    """The American spellings in a text; what stands in code spans and addresses is left alone."""
    plain = _CODE.sub(" ", text)
    built = [each[0] for each in _AMERICAN.finditer(plain) if not _BRITISH_TOO.match(each[0])]
    listed = [word for word in _WORD.findall(plain) if word.lower() in _american_words() and word not in built]
    return built + listed


def misspelt(text: str) -> list[str]:
    """The slips in a text, outside code spans and addresses."""
    return [word for word in _WORD.findall(_CODE.sub(" ", text)) if word.lower() in _slips()]


@cache
def _american_words() -> frozenset[str]:
    """What Americans write where the British write otherwise: codespell's list of corrections, read backwards."""
    corrections = (right for _, right in _entries("dictionary_en-GB_to_en-US.txt"))
    words = {word.strip().lower() for right in corrections for word in right.split(",")}
    return frozenset(word for word in words if word and not _OTHER_SENSE.fullmatch(word) and not _BRITISH_TOO.match(word))


@cache
def _slips() -> frozenset[str]:
    return frozenset(wrong.lower() for wrong, _ in _entries("dictionary.txt")) - _MEANT


def _entries(name: str) -> Iterable[tuple[str, str]]:
    text = files("codespell_lib").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        wrong, found, right = line.partition("->")
        if found:
            yield wrong, right
