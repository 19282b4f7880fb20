"""What people type around a time, put plainly before it is read: hours in figures, days taken out, an hour put right."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.dates import NUMBERS
from core.shorthand import spelled_out

LETTERS_AT_MOST = 200
"""More is a story, and no time."""
DAY_NAMES = r"mon(?:day)?|tues?(?:day)?|wed(?:s|nesday)?|thu(?:rs?|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_COUNTED = {each: str(number) for number, each in enumerate(NUMBERS) if number}
_NUMBER = re.compile(rf"\b(?:{'|'.join(_COUNTED)})\b")
_PAST = re.compile(r"\b(?:(?P<half>half)|(?:a )?quarter) (?P<way>past|to) (?P<hour>\d{1,2})\b")
_HALF = re.compile(r"\bhalf (\d{1,2})(?![\d:.%]| (?:past|to|of|orders?|sold)\b)")
"""Half 8 is half past eight in the United Kingdom."""
_THIRTY = re.compile(r"\b(\d{1,2}) (fifteen|thirty|forty[ -]?five)\b")
_MINUTES = {"fifteen": "15", "thirty": "30"}
_ABROAD = re.compile(
    r"\b(\d{1,2}) ?[hu](\d\d)\b|\b(\d{1,2})[:.](\d\d) ?(?:uhr|h|u)\b|\b(?:um )?(\d{1,2}) ?uhr\b|\b(1[3-9]|2[0-3]) ?[hu]\b"
)
"""As much of Europe writes an hour; 5h may be how long it takes."""
_OUT_NAME = rf"(?:(?:{DAY_NAMES})s?|week-?ends?|week ?days?)(?!\w)"
_OUT = re.compile(
    r"[,(\s]*(?:\b(?:but|and|just)\s+)?\b(?:not|no|never|except(?:ing)?(?: for)?|apart from|excluding|without)\s+"
    r"(?:on\s+)?(?:the\s+)?"
    rf"(?P<out>{_OUT_NAME}(?:(?:\s*[,/&]\s*|\s+(?:and|or|nor)\s+)(?:on\s+)?{_OUT_NAME})*)\)?"
)
_HOUR = r"(?:at )?\d{1,2}(?::\d\d)?(?:\s?(?:am|pm))?"
_INSTEAD = re.compile(rf"\s*,?\s*(?:\b(?:and )?not|instead of|rather than)\s+{_HOUR}(?![\w:.%])\s*,?\s*")
_MAKE_IT = re.compile(
    rf"(?:(?:no|sorry|oh|ok|okay|actually|please)[,.! ]+)*make it {_HOUR}(?:[,.! ]+(?:instead|please|thanks|thank you|then))*\W*"
)
_WHY = re.compile(r"\s*[,.;–-]\s*(?:because |since |as |cos )?(?:i|i'm|i am|we|we're|my|the kids|kids|that's|it's)\b[^?]*$")
_ASKED = re.compile(
    r"(?:(?:hi|hello|hey|sorry|ok|okay|actually|and)[,.! ]+)*(?:can|could|may|shall) (?:i|we|you) (?:please |maybe |rather )?"
    r"(?:do|have|take|say|make it|(?:change|switch|move)(?: (?:it|that|this|them))? to)\s+(?P<times>[^?]+?)\s*\?*"
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words that are left to read. `out`: the names of days that are taken out; `corrects`: another hour was meant before;
    `asked`: they are a question whether it may be then.
    """

    words: str
    out: tuple[str, ...] = ()
    corrects: bool = False
    asked: bool = False


def as_read(text: str) -> str:
    """The text as it is read: in small letters, with numbers and hours in figures."""
    words = _NUMBER.sub(lambda found: _COUNTED[found[0]], " ".join(spelled_out(text).casefold().replace("’", "'").split()))
    words = _THIRTY.sub(lambda found: f"{found[1]}:{_MINUTES.get(found[2], '45')}", words)
    words = _HALF.sub(r"\1:30", _PAST.sub(_in_figures, words))
    return _ABROAD.sub(_as_clock, words)


def spoken(text: str) -> Spoken:
    """The same, with what is said of days that are left out, and of the hour that it was before, apart."""
    words = as_read(text)
    if len(words) > LETTERS_AT_MOST:
        return Spoken(words)
    out = tuple(name for found in _OUT.finditer(words) for name in re.findall(_OUT_NAME, found["out"]))
    rest = _OUT.sub(" ", words).strip(" ,") if out else words
    corrects = bool(_INSTEAD.search(rest)) or bool(_MAKE_IT.fullmatch(rest))
    if corrects:
        rest = _INSTEAD.sub(" ", _WHY.sub("", rest), count=1).strip(" ,")
    asked = _ASKED.fullmatch(rest)
    return Spoken(asked["times"] if asked else rest, out, corrects, bool(asked))


def _in_figures(said: re.Match[str]) -> str:
    hour = int(said["hour"])
    if said["way"] == "past":
        return f"{hour}:{'30' if said['half'] else '15'}"
    return said[0] if said["half"] else f"{12 if hour == 1 else (hour - 1) % 24}:45"


def _as_clock(said: re.Match[str]) -> str:
    hour, minutes = said[1] or said[3] or said[5] or said[6], said[2] or said[4] or "00"
    return f"{hour}:{minutes}"
