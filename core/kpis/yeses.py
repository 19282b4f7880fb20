"""Words that say yes or no to figures that were read back, or only that something is fine."""

from __future__ import annotations

import re

from core.shorthand import spelled_out

_SIGNS = (
    ("yes", re.compile(r"👍|✅|:\+1:|:thumbs_?up:|:white_check_mark:")),
    ("no", re.compile(r"👎|❌|:-1:|:thumbs_?down:|:x:")),
)
_BESIDE = re.compile(r"[^\w\s'+]+")
_FIGURES = r"(?:the|my|our|these|those)(?: figures| numbers)?"
_THEM = rf"(?:(?:it|them|that|this|both|everything|all)(?: all)?|all of (?:it|them|these)|{_FIGURES})"
_IS = rf"(?:they|{_THEM})(?:'s|s|'re| is| are| was| were)?(?: all| quite| exactly)?"
_FINE = r"(?:right|correct|good|fine|ok|okay|perfect|great|true|accurate)"
_YES = (
    r"(?:yes+|yep|yeah|yup|y|aye|sure|exactly|correct|right|agreed|confirm(?:ed)?|go ahead|do (?:it|that|so)|they are|it is|"
    rf"(?:(?:you can|please|do|just|let's|i'd like to) )?(?:save|keep|log|store|record)(?: {_THEM})?|"
    rf"(?:{_IS} |they )?looks? (?:all )?{_FINE}|{_IS} {_FINE}|all {_FINE})"
)
_NOD = r"(?:ok|okay|k|great|perfect|good|nice|cool|lovely|fine|alright|all right|super|brilliant|noted)"
_THANKS = r"(?:please|pls|plz|thanks|thank you|thx|ty|cheers|ta)(?: so much| a lot| very much)?"
_LED = r"(?:(?:oh|ah|well|and|so|hm+|wait|sorry|ok|okay|please) )*"
_AGREES = re.compile(rf"{_LED}(?:{_NOD} )*{_YES}(?: (?:and |then )?(?:{_YES}|{_NOD}|{_THANKS}|now|then|to me|indeed))*")
_NODS = re.compile(rf"{_LED}(?:{_NOD}|{_THANKS})(?: (?:{_NOD}|{_THANKS}|then|now))*")
_WRONG = (
    r"(?:wrong|incorrect|a mistake|not (?:all |quite )?(?:right|correct|true|it)|looks? wrong|"
    r"(?:does not|do not|doesn't|don't) look right)"
)
_NO = r"(?:no+|nope|nah|wait|oops)"
_NOT_TO_SAVE = r"(?:(?:do not|don't|dont|not) (?:save|log|keep)(?: (?:it|them|that|this))?|not|cancel(?: (?:it|that|this|them))?)"
_ONE = r"(?:something|one|one of them|some|a number|a figure)"
_TO_CHANGE = rf"(?:i (?:want|need|have|would like|'d like) to )?(?:change|correct|edit|fix) (?:{_THEM}|{_ONE})|change|edit"
_DOUBTS = re.compile(
    rf"{_LED}(?:{_NO}(?: {_NO})*|(?:{_NO} )*(?:(?:(?:{_IS}|{_ONE}(?:'s| is| are)?) )?{_WRONG}|{_TO_CHANGE}|{_NOT_TO_SAVE}))"
    rf"(?: (?:{_THANKS}|sorry|yet|now))*"
)


def in_plain(text: str) -> str:
    """In small letters, without signs; a sign by itself as the word that it stands for."""
    for word, sign in _SIGNS:
        text = sign.sub(f" {word} ", text)
    return " ".join(_BESIDE.sub(" ", spelled_out(text).casefold().replace("’", "'")).split())


def agrees(words: str) -> bool:
    """Whether the words say that what was read back is right, or to save it."""
    return bool(_AGREES.fullmatch(words))


def doubts(words: str) -> bool:
    """Whether they say that it is not right, or not to be saved."""
    return bool(_DOUBTS.fullmatch(words))


def nods(words: str) -> bool:
    """Whether they say thanks or that something is fine, and do not say what."""
    return bool(_NODS.fullmatch(words))
