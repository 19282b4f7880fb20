"""American spellings, found by how they are built: what a British reader stumbles over."""

from __future__ import annotations

import re

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
_CODE = re.compile(r"```.*?```|`[^`]*`|https?://\S+", re.DOTALL)


def american(text: str) -> list[str]:
    """The American spellings in a text; what stands in code spans and addresses is left alone."""
    found = (each[0] for each in _AMERICAN.finditer(_CODE.sub(" ", text)))
    return [word for word in found if not _BRITISH_TOO.match(word)]
