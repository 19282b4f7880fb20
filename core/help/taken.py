"""What somebody says in a sentence of their own that a command would take as it is: a promise with its day, and figures."""

from __future__ import annotations

import re
from datetime import date

from core.dates import DAYS, MONTHS
from core.day_parts import OF_DAY
from core.help.wishes import seeks
from core.kpis.metrics import Metrics
from core.kpis.words import hear

PROMISE_AT_MOST = 160
"""Characters of a promise: what is longer is a story and no one thing."""
READ_AT_MOST = 600
"""Characters of what is looked at: more is a story."""
FIGURES_AT_MOST = 25
"""Words of a sentence that is nothing but figures."""

_HOUR = rf"(?:\s+(?:{OF_DAY}|at\s+\S+))?"
_SHORT = r"(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)"
_DATE = rf"\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{'|'.join(MONTHS)})|(?:{'|'.join(MONTHS)})\s+\d{{1,2}}(?:st|nd|rd|th)?"
DAY = (
    rf"(?:(?:by|on|until|till|before|due|next|this|coming|the|end\s+of)\s+)*(?:today|tonight|tomorrow|{'|'.join(DAYS)}|{_DATE}|"
    rf"(?<=by\s){_SHORT}|(?:this|next)\s+(?:week|weekend|month)|in\s+\w+\s+(?:days?|weeks?)|\d{{4}}-\d\d-\d\d){_HOUR}"
)
_NEXT = (
    r"(?:next|now|first|after\s+that|afterwards)\b(?:\s*[,:–-]+|(?=\s+(?:i|im|we|id|gonna|wanna|going|want|need|plan)\b))|"
    r"next\s+up\b|(?:the\s+)?next\s+thing\s+(?:(?:that\s+)?i\s+(?:(?:want|need|have)\s+to|will)\s+do\s+)?is\b(?:\s+to\b)?"
)
"""What stands before the thing and is no part of it; “next Friday” is a day, and “next post” a thing."""
_FIRST = rf"\W*(?:(?:(?:ok|okay|so|and|then|yes|hi|hello|well|great|also)\b|{_NEXT})\W+)*"
_VOW = (
    r"(?:(?:i|we)\s+)?(?:hereby\s+|am\s+|are\s+)?commit(?:ting)?(?:\s+(?:myself|ourselves))?(?:\s+to)?|"
    r"i\s+(?:hereby\s+)?promise(?:\s+(?:you|myself))?\s+(?:to|that\s+i\s+will|i\s+will|i['’]ll)"
)
_INTEND = (
    r"(?:i(?=ll\s+(?!(?:until|till|since|on|at|in|with|again|and|or|but|today|tomorrow|tonight|this|last|is|was)\b))ll|"
    r"(?:i|we)(?:\s+will|['’]ll|(?:['’]?m|['’]re|\s+am|\s+are)\s+going\s+to|\s+plan\s+to|\s+intend\s+to)|"
    r"(?:i|we)(?:['’]?m|['’]re|\s+am|\s+are)?\s+gonna)"
    r"(?!\s+(?:not|never|have)\b|\s+be\b(?!\s+(?:done|ready|finished)\b))"
)
_WISH = r"(?:i|we)(?:\s+(?:want|need|have)\s+to|\s+wanna|['’]?d\s+like\s+to|\s+would\s+like\s+to)"
_UNSAID = r"(?:(?:want|need|have|plan|would\s+like)\s+to|gonna|wanna|going\s+to(?!\s+(?:the|my|our|a|an|this|that|see)\b))"
"""The same without saying who."""
_NO_THING = r"(?:ok|okay|so|and|then|yes|now|also)\b|(?:next|first)\s+(?:i|im|we|they|it|he|she|the|my|our)\b"
_VOWED = re.compile(rf"{_FIRST}(?:{_VOW})\s+(?P<what>\w+\s+\w.*?)\W*", re.IGNORECASE)
_INTENDED = re.compile(rf"{_FIRST}(?P<verb>{_INTEND}|{_WISH})\s+(?P<what>\w.*?\b{DAY})\W*", re.IGNORECASE)
_ON_A_DAY = re.compile(rf"{_FIRST}(?P<day>{DAY})\W+{_INTEND}\s+(?P<what>\w.*?)\W*", re.IGNORECASE)
_BY_A_DAY = re.compile(
    rf"{_FIRST}(?:{_UNSAID}\s+)?(?P<what>(?!{_NO_THING}|"
    r"(?:my|the|they|it|he|she|we|you|i|this|that|these|is|are|do|does|did|can|could|should|"
    rf"will|would|how|what|when|where|why|who|which|customers?|people|nobody|somebody)\b)[^\W\d]+\s+\w.*?\bby\s+{DAY})\W*",
    re.IGNORECASE,
)
"""Something to do, without a word of who does it: “post them by Friday”."""
THING_AT_MOST = 14
"""Words of such a thing: more tells of something."""
_ANY_DAY = date(2000, 1, 1)
"""Whether they are figures is the same on every day."""
_AHEAD = frozenset(("want", "need", "goal", "target", "aim", "hope", "wish", "if", "would", "should", "will", "ll", "get"))
"""With one of these a figure is not what was, but what is to be."""
_OF_THE_COURSE = frozenset(("start", "starting", "begin", "open", "run", "module", "lesson", "chapter", "step", "prompt"))
"""With one of these the number is that of a part of the course."""


def promised(text: str) -> str:
    """What somebody says that they will do, with its day where they said one; "" where the sentence says nothing of the kind."""
    if "?" in text or len(text) > READ_AT_MOST:
        return ""
    last = next((each for each in reversed(re.split(r"[.!;]+(?=\s|$)|\n", text)) if each.strip()), "").strip()
    if vowed := _VOWED.fullmatch(last):
        return _one_thing(vowed["what"])
    if intended := _INTENDED.fullmatch(last):
        wishes = re.search(r"want|need|have|like", intended["verb"], re.IGNORECASE)
        _, _, rest = intended["what"].partition(" ")  # to write is what they will do, and asks for nothing
        return "" if wishes and seeks(f"{text[: -len(last)]} {rest}") else _one_thing(intended["what"])
    if on_a_day := _ON_A_DAY.fullmatch(last):
        return _one_thing(f"{on_a_day['what']} {on_a_day['day']}")
    if (by_a_day := _BY_A_DAY.fullmatch(last)) and len(last.split()) <= THING_AT_MOST and last == text.strip(" .!;"):
        return _one_thing(by_a_day["what"])
    return ""


def are_figures(text: str, metrics: Metrics) -> bool:
    """Whether the text says what figures were, and asks nothing about them."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    if (
        len(text) > READ_AT_MOST
        or seeks(text)
        or len(words) > FIGURES_AT_MOST
        or not (_AHEAD | _OF_THE_COURSE).isdisjoint(words)
        or not any(sign.isdigit() for sign in text)
    ):
        return False
    heard = hear(text, metrics, _ANY_DAY)
    return bool(heard.typed) and len(heard.unread) <= len(heard.typed)


def _one_thing(what: str) -> str:
    words = " ".join(what.split())
    return words if len(words) <= PROMISE_AT_MOST else ""
