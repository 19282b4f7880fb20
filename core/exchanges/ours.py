"""Words that speak plainly of what the bot does itself: after a coach's letter, too, they are for the bot."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from core.shorthand import spelled_out

_HELLO = r"(?:(?:hi|hello|hey|please|pls|ok|okay|sorry|and|so|now) )*"
_MAY_I = r"(?:(?:can|could|may) (?:i|you|we)|i(?:'d| would)? (?:want|need|like|love)|let me|let us|let's)(?: please)?(?: to)?"
_PLEASE = r"(?: (?:please|pls|now|here|again|for me|for now|today|tonight))*"
_SO_LONG = r"(?: (?:till|until|til|to|for|from|on|this|next|over|while|tomorrow)\b(?: [\w']+){0,8})?"
_REMINDERS = r"(?:(?:all|any|my|the|your|these|those|of|more) )*(?:reminders?|nudges?)"
_OPEN = r"(?:open|show|see|go to|start|begin|continue|resume|go on with|where is|where are)(?: me)?"
_OWN = r"(?:(?:my|the|our|all|of|own|next) )*"
_REMIND, _PAUSE = "remind|nudge", "paus|remind|nudge"
_NO = r"(?:no|stop|pause|end|mute|cancel|fewer|less|skip|turn off|switch off|start|restart|change|show)"
_PAUSED = r"(?: (?:it|this|everything|all|yourself|the bot))?"
_FOR_LEARNING = r"(?: (?:to|for) (?:learn|study|work|do|go|talk|the course|this course|the module|the week|this week)\b.*)?"
_WHICH = r"(?: (?:with|in|from|of) (?:the|this) (?:course|cohort|module))?"
_A_PARTNER = r"(?:(?:an?|another|new|learning|study|other) )+(?:partner|buddy)"
_GET = r"(?:have|get|find|meet|ask for|change|swap)(?: me)?"
_COURSE = (
    r"foundation|interview|dashboard|promises?|commitments?|progress|checklist|modules?(?: \d+)?|prompts?(?: \w+)?|kpis?|figures|"
    r"numbers|assets"
)
_GROUP = "agents|assets|cohort|foundation|kpi|me|module|mydata|nudges|pair|person"
_PART = (
    "add|archive|ask|board|change|check|coach|cohort|complete|connect|copy|correct|create|delete|diagnosis|draft|edit|example|export|"
    "grid|guide|history|impact|implement|import|interview|join|leave|lesson|list|log|looks|metrics|note|paste|pause|report|settings|"
    "share|sharing|show|start|stop|tick|unshare|untick|usage|wins|worksheet"
)
"""What commands are called; a test holds them to the catalog."""
_MATTERS: Final = {
    rf"(?:{_MAY_I} )?{_NO} {_REMINDERS}{_PLEASE}{_SO_LONG}|{_REMINDERS} (?:off|on|later|only){_SO_LONG}{_PLEASE}|"
    rf"(?:do not|don't|dont|stop) (?:remind|nudg)(?:e|ing)? ?me\b.*|"
    rf"(?:when|what time|how often) do you remind me{_PLEASE}": _REMIND,
    rf"(?:{_MAY_I} )?pause{_PAUSED}{_PLEASE}{_SO_LONG}{_PLEASE}": _PAUSE,
    rf"(?:{_MAY_I}(?: {_GET})?|{_GET}) {_A_PARTNER}{_WHICH}{_FOR_LEARNING}{_PLEASE}|"
    rf"(?:who is|who's|where is|leave) my (?:learning )?(?:partner|buddy){_PLEASE}|"
    rf"find me a (?:partner|buddy)\b.*": r"partner|buddy|\bpair",
    rf"(?:{_MAY_I} )?{_OPEN} {_OWN}(?:{_COURSE}){_PLEASE}|(?:run )?prompt \w?\d+|run [a-z]\d+|module \d+|dashboard": "",
    rf"(?:{_MAY_I} )?(?:log|enter|import|report|correct) {_OWN}(?:figures|numbers|kpis?|orders|sales){_PLEASE}": "",
    rf"(?:what|when) did i promise\b.*|what are my (?:promises|figures|numbers|commitments){_PLEASE}": r"promis",
    rf"(?:{_GROUP}) (?:{_PART})(?: \w?\d+)?|commitments|progress|runs|mydata": "",
}
"""The sentences, and what a coach's letter says that speaks of the same; where that is nothing, a word of the sentence itself."""
_EMPTIES = re.compile(
    rf"(?:{_MAY_I} )?(?:delete|clear|empty|erase) (?:(?:my|the|cell|answer|in) )*(?P<cell>.+?)(?: cell)?{_PLEASE}"
)
_WHAT_NEXT = re.compile(r"\b(?:next|where|which|how far|will you|what (?:do|are|did|have) you)\b")
_ANYHOW = {"show", "open", "start", "begin", "continue", "resume", "please", "could", "where", "again", "today"}
"""Words that tell nothing of what a letter speaks of."""
LETTERS_AT_LEAST = 4
"""Of a word that says what a letter speaks of."""


def is_ours(words: str, letters: Iterable[str], titles: Collection[str]) -> bool:
    """Whether a student's words are plainly about what the bot does itself, and none of the `letters` speaks of that.

    `titles`: of the Foundation's cells, in small letters.
    """
    said, begun = (re.sub(rf"^{_HELLO}", "", _plain(each)) for each in (words, words.partition(",")[0]))
    heard = [_plain(each) for each in letters]
    for sentence, spoken_of in _MATTERS.items():
        gives_reason = spoken_of in {_REMIND, _PAUSE} and re.fullmatch(sentence, begun)  # “…, on vacation”
        if re.fullmatch(sentence, said) or gives_reason:
            return not any(_speaks(each, said, spoken_of) for each in heard)
    empties = _EMPTIES.fullmatch(said)
    return bool(empties and empties["cell"] in titles and not any(_speaks(each, empties["cell"], "") for each in heard))


def _speaks(letter: str, words: str, of: str) -> bool:
    """Whether the letter speaks of the same as the words, or asks what its reader does next, which may be just that."""
    if of:
        return bool(re.search(of, letter))
    said = {each.removesuffix("s") for each in words.split() if len(each) >= LETTERS_AT_LEAST} - _ANYHOW
    return bool(said & {each.removesuffix("s") for each in letter.split()} or _WHAT_NEXT.search(letter))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w' ]+", " ", spelled_out(text).casefold().replace("’", "'")).split())
