"""Ways to say that somebody should call, or look at it together: a wish for a person that names none."""

from __future__ import annotations

import re

from core.exchanges.replying import is_task
from core.shorthand import spelled_out

_HELLO = r"(?:(?:hi|hello|hey|please|pls|sorry|ok|so|maybe) )*"
_WHO = (
    r"(?:some(?:one|body)|any(?:one|body)|(?:a|one of the|one of my|one of our|my|our|the) coach(?:es)?|"
    r"(?:a )?(?:real |actual |human )*(?:person|human))"
)
_WHERE = r"(?: (?:here|there|from (?:the )?team))?"
_CALLS = r"(?:(?:call|ring|phone) me(?: back| up)?|give me a (?:call|ring)|(?:talk|speak) (?:to|with) me)"
_LOOKS = r"(?:look|go|sit) (?:at|over|through|down with) (?:it|this|that|them|these|my \w+(?: \w+)?) with me"
_DOES = rf"(?:please )?(?:{_CALLS}|{_LOOKS})"
_WHEN = (
    r"(?: (?:please|pls|today|tonight|tomorrow|now|soon|later|quickly|about (?:it|this|that)|this (?:week|morning|afternoon|"
    r"evening)|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day))*"
)
_I_WANT = r"i(?:'d| would)?(?: really| just)? (?:want|need|like|prefer|wish)"
_SAID = (
    rf"(?:can|could|would|will) {_WHO}{_WHERE} {_DOES}",
    rf"(?:is|are) (?:there )?{_WHO}{_WHERE}(?: (?:who|that))? (?:can|could|would|to) {_DOES}",
    rf"(?:{_I_WANT}|(?:can|could) you (?:get|ask)) {_WHO}{_WHERE} to {_DOES}",
    rf"(?:can|could|may) i (?:please )?(?:get|have) a (?:phone )?call(?:back| back)?(?: (?:with|from) {_WHO})?",
    rf"(?:(?:can|could|may) i|(?:{_I_WANT}|(?:really |just )?need|have) to) (?:talk|speak) (?:to|with) {_WHO}{_WHERE}",
)
_ASKED = re.compile(rf"{_HELLO}(?:{'|'.join(_SAID)}){_WHEN}")
"""A whole sentence: with more behind it somebody calls a taxi, or is called by a name."""
_CALL_ME = re.compile(rf"{_HELLO}(?:(?:please|pls) (?:can you |could you )?{_CALLS}|{_CALLS} (?:please|pls)){_WHEN}")


def asks_for_somebody(text: str) -> bool:
    """Whether its first or last sentence asks that somebody call, or look at it with them."""
    said = [plain for each in re.split(r"[.!?\n]+", text) if (plain := _plain(each))]
    return bool(said) and not is_task(text, of_coach=False) and any(_ASKED.fullmatch(each) for each in (said[0], said[-1]))


def asks_for_a_call(text: str) -> bool:
    """Whether it asks for a call and for nothing else, of nobody by name: right below a letter it is said to its writer."""
    return bool(_CALL_ME.fullmatch(_plain(text)))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w' ]+", " ", spelled_out(text).casefold().replace("’", "'")).split())
