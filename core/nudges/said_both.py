"""Reading a time and a place that are said in one sentence, such as “mondays at 7, im in lisbon btw”, each by its own reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.nudges.likely_times import likely_times
from core.nudges.said_times import times_said
from core.people.said_places import Place, place_said

LETTERS_AT_MOST = 160
_STOP = re.compile(r"\s*[,.;:!()–—]+\s*(?:(?:and|but|so|since|as)\s+)?|\s+-+\s+")
_JOINT = re.compile(
    r"\s+(?:and|but|so|since|as)\s+|"
    r"\s+(?:(?:p(?:lease|ls|lz)|thanks)\s+)?"
    r"(?=(?:i|we)(?:'m|'re|m| am| are)? (?:(?:\w+ )?(?:live|living|based|located)\b|in [^\W\d])|based in\b|in [^\W\d])|"
    r"\s+(?=(?:[^\W\d][\w'.-]*\s+){1,3}time(?: ?-?zone)?(?: (?:please|thanks|btw))?\W*$)",
    re.IGNORECASE,
)
"""Where a sentence goes on to the place, or to the time, without a mark."""
_SHORT = re.compile(
    r"(?P<rest>.*\S)[\s,(]+(?P<short>(?:utc|gmt)(?: ?[+-] ?\d{1,2}(?::\d\d)?)?|[ecmp][sd]t|cet)(?: time)?\W*", re.IGNORECASE
)
_IS_THERE = re.compile(r"\b(?:i|we)(?:'m|'re|m| am| are) (?!(?:\w+ )?(?:living|based|located)\b)", re.IGNORECASE)
"""“Saturdays, I'm in Paris” may say no more than where they are then."""


def time_and_place(text: str) -> tuple[str, Place] | None:
    """The words that say when somebody works, and the place that the others name as theirs; None where the text says one of them
    alone, or anything else.
    """
    words = " ".join(text.replace("’", "'").split())
    if len(words) > LETTERS_AT_MOST or times_said(words) is not None:
        return None
    if (found := _SHORT.fullmatch(words)) and times_said(found["rest"]) is not None:
        place = place_said(f"my time zone is {found['short']}")
        return (found["rest"], place) if place else None
    both = [each for each in _read(words) if each is not None]
    return next((each for each in both if each[1].zone), both[0] if both else None)


def _read(words: str) -> Iterator[tuple[str, Place] | None]:
    """What each cut makes of the words, whichever of both is said first."""
    for pattern in (_STOP, _JOINT):
        for cut in pattern.finditer(words):
            before, after = words[: cut.start()].strip(" ()"), words[cut.end() :].strip(" ()")
            yield _both(before, after, plainly=pattern is _JOINT) or _both(after, before, plainly=pattern is _JOINT)


def _both(time: str, place: str, *, plainly: bool) -> tuple[str, Place] | None:
    times = times_said(time) or (None if plainly else likely_times(time))
    if times is None or (not times.hours and _IS_THERE.search(place)):
        return None
    named = place_said(place)
    return None if named is None or not named.name else (time, named)
