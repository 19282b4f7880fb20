"""Signs that words below an open question are said of this talk, and are no answer: of what was answered before, or to us.

A new sign is a line of these tables; none alone is sure (`core.foundation.doubts` adds them up).
"""

from __future__ import annotations

import re
from typing import NamedTuple

SHORT = 8
"""Words at most of what is said in passing."""

OPENING = (
    r"^\W*(?:(?:oh|ah|ok|okay|k|so|and|but|well|hm+|um+|no|nope|yes|yeah|actually|sorry|wait|oops|pl(?:ease|s|z)|hey|hi|"
    r"lol|also|now|"
    r"oh no|hang on|hold on|back|hello|wow|thanks|not now)\b[\s,.:!…–-]+)*"
)
"""What may stand before it."""
_THAT = r"(?:that|this|it|that last (?:bit|one|part|thing|message)|the last (?:bit|one|message))"
_WAS = r"(?:is|was|(?:is|was)n'?t|is not|was not|were|should be|should have been|would be)"
_UNDOES = (
    r"(?:scrap|delete|undo|remove|erase|forget|ignore|disregard|change|replace|swap|redo|edit|fix|correct|cross out|take out|"
    r"drop)"
)
_THE_LAST = r"(?:last|previous|other|earlier|wrong)"


class Sign(NamedTuple):
    """Words that speak against an answer, and how much."""

    weight: int
    words: re.Pattern[str]
    own: bool = False
    """All such together weigh one at most below a question for what customers say or feel."""
    at_most: int = 0
    """Words that they are at most, where it tells only of few."""


def sign(weight: int, words: str, *, own: bool = False, at_most: int = 0) -> Sign:
    """One sign, of a pattern of small letters."""
    return Sign(weight, re.compile(words), own, at_most)


OF_BEFORE = (
    sign(1, r"\bignore (?:that|this|it)\b"),
    sign(2, r"\bone (?:is|was) wrong(?:\W*$|[.,;:!])", own=True),
    sign(
        2,
        r"\bi (?:do not|don't|dont|did not|didn't) (?:quite |really |fully )?(?:understand|follow|get)\b"
        r"(?: (?:it|this|that|the question|what)|\W*$)",
        own=True,
        at_most=14,
    ),
    sign(2, r"\bidk\b|\bdunno\b|\bskip\W*$", own=True, at_most=SHORT),
    sign(
        2,
        r"\b(?:that|this|it)(?:'?s| is| was) (?:not|wrong)(?: (?:it|right|mine|what i \w+))?\W*$|^\W*not (?:this|that|it|"
        r"mine)\W*$",
    ),
    sign(2, rf"\b(?:the|that|my) {_THE_LAST} answers?\b|\b(?:that|this|the|my) answer (?:is|was|should|has)\b"),
    sign(
        2, r"\b(?:already|i) (?:answered|said|told|wrote) (?:this|that|it|you|already)\b|\b(?:i'?ve|i have|i) already\b", own=True
    ),
    sign(2, r"\b(?:same )?as (?:before|above)\W*$|^\W*see (?:above|before|prev(?:ious)?|what i)\b"),
    sign(2, rf"\b{_THAT} {_WAS} (?:(?:not|an?|my|the|your|really|meant|as|no) )*answer\b"),
    sign(
        2,
        rf"\b{_THAT} {_WAS} (?:not )?(?:meant )?(?:for|to|about) (?:you\b|the (?:{_THE_LAST}|one|next|first|week|"
        rf"question)\b)(?! \d)",
    ),
    sign(2, rf"{OPENING}{_THAT} {_WAS} (?:not |just |only |actually )*(?:for|to) (?:you|somebody|someone|my \w+)\b"),
    sign(2, r"\b(?:the|that|my) (?:one|bit|answer|question) before(?! (?:they|i|we|she|he|it|the)\b)"),
    sign(2, rf"\bthat last (?:bit|one|part|thing|message)\b|\bmy (?:{_THE_LAST}|first) (?:answer|message)s?\b"),
    sign(2, rf"\b(?:for|in|to|under|about|change|edit) the (?:{_THE_LAST}|next|first) (?:question|answer|cell|box)\b"),
    sign(1, rf"\b(?:for|in|to|under|about|change|edit) the {_THE_LAST} one\b"),
    sign(1, rf"{OPENING}(?:can (?:you|we|i) |could (?:you|we|i) |let'?s |i want to )?{_UNDOES}\s"),
    sign(
        2,
        rf"{OPENING}(?:can (?:you|we|i) |could (?:you|we|i) |let'?s |i want to )?{_UNDOES} (?:(?:that|this|it|them)"
        rf"(?: (?:back|please|again|one|all|last one|answer|to .+))*\W*$|(?:my|the) (?:{_THE_LAST}|first|answer)\b|"
        rf"my answers?\b|what i\b|the one\b)",
    ),
    sign(2, rf"{OPENING}{_UNDOES} .{{1,60}}\binstead\W*$|\b(?:scrap|delete|undo|erase) (?:it|that|this)\W*$"),
    sign(2, r"\b(?:put|write|make it|save)\b.{1,60}\binstead(?! of)|^\W*(?:use|take|say|add)\b.{1,60}\binstead(?! of)"),
    sign(2, r"\b(?:wrong (?:cell|box|answer|question|field)|typo|misunderst\w+)\b"),
    sign(2, r"\b(?:do not|don'?t|did you|you|you just|why was (?:it|that)) saved?\b|\b(?:not|un) ?save (?:that|it|this)\b"),
    sign(
        2,
        rf"{OPENING}(?:never ?mind|nvm|forget it|ignore (?:that|it|this)|wrong (?:chat|window|person))\b|"
        rf"\bsent too (?:early|soon)\b",
    ),
    sign(2, rf"{OPENING}{_THAT}(?: message)? (?:is|was) meant\b|^\W*not (?:meant )?for (?:you|here)\b|\bthis message\b"),
    sign(2, rf"{OPENING}go back (?:one|a|two|\d|please|again|to the (?:{_THE_LAST}|first|question|one))\b"),
    sign(2, r"\bthe (?:one|question|answer) about\b|\b(?:in|for) the \w+ (?:one|question|cell)\b|\b(?:misread|mistyped)\b"),
    sign(2, r"\bshould (?:be|say|read|have been)\b.*\bnot\b|^\W*(?:change|correct|edit|set) (?:\w+ ){1,3}to \S+\W*$"),
    sign(1, r"\bi mean(?:t)?\b|\bby accident\b|\baccident(?:al)?ly\b|\bmy (?:mistake|bad)\b"),
)
"""Of what was answered before."""
OF_US = (
    sign(
        2,
        r"\b(?:the|this|that|your|do|redo|start|continue|finish|in|with) interview\b|\binterview (?:again|later|tomorrow|now)\b",
    ),
    sign(
        2,
        r"\b(?:this|that|your|next|previous|last) question\b|\bwhat (?:was|is|were) the questions?\b|\bquestions (?:left|"
        r"to go)\b",
    ),
    sign(1, r"\b(?:the|a) questions?\b"),
    sign(1, r"^\W*(?:\w+\W+){0,2}i have (?:a|one|another) question\b"),
    sign(
        2,
        r"\b(?:that|this|it)(?: one)?(?:'s| is| was|s)(?: (?:so|too|very|really|a bit|just))* (?:boring|hard|long|strange|"
        r"stupid|silly|"
        r"difficult|rubbish|wrong|confusing|annoying|weird|much|helpful|fun|enough)\W*$",
        own=True,
    ),
    sign(
        2, r"^\W*(?:(?:ok|so) )*(?:skip|pass)\b.*\b(?:today|now|this|that|it|please|pls)\W*$|^\W*(?:test(?:ing)?|asdf\w*|\w)\W*$"
    ),
    sign(2, r"\bi (?:just )?(?:pressed|clicked|typed|tapped|hit|sent)\b", own=True, at_most=SHORT),
    sign(2, r"\bso far\W*$|\b(?:put|wrote|written|said|answered|typed|entered|filled|saved)(?: in| down| here)? so far\b"),
    sign(2, r"\btold you\b|\b(?:you|u) (?:asked|meant?|misunder\w+|keep asking|got (?:that|it|me) wrong|want me)\b", own=True),
    sign(
        2,
        r"\b(?:hey|hi|dear|stupid|silly|thanks?|dumb) (?:bot|elevate|robot)\b|\bthe bot\b|\byou(?:'re|"
        r" are) (?:an? )?(?:ro)?bot\b",
    ),
    sign(2, rf"{OPENING}(?:can|could|would|will|do|did|are|have|were) (?:you|u)\b", own=True),
    sign(
        2,
        rf"{OPENING}(?:can|could|may|should|shall|do|did|am|have|is|are|was|does|will|didn'?t|don'?t|isn'?t|can'?t) (?:i|"
        rf"we|it|this|that|there)\b",
        own=True,
    ),
    sign(2, rf"{OPENING}who (?:can|could|else|will)\b.*\b(?:this|that|it|read|see|answers?)\W*$", own=True),
    sign(
        2,
        rf"{OPENING}(?:what|when|where|who|why|how|which)(?:'s|s)?(?: \w+)? (?:is|are|was|were|do|does|did|should|shall|"
        rf"can|could|"
        r"will|would|am|have|has) (?:i|we|you|u|it|this|that|there|my|the (?:question|next|last|interview))\b",
        own=True,
    ),
    sign(
        2,
        rf"{OPENING}(?:what|when|where|why|how|which)(?: \w+)? (?:did|do|does|should|can|would|will)\b",
        own=True,
        at_most=SHORT,
    ),
    sign(2, rf"{OPENING}how (?:many|much|long|far)\b", own=True, at_most=5),
    sign(2, rf"{OPENING}(?:you|u) (?:tell|decide|choose|write|say|pick|do)\b|^\W*(?:suggest|propose)\b", own=True, at_most=5),
    sign(
        2, rf"{OPENING}(?:write|do|answer|pick|choose|fill)(?: in)? (?:it|that|this|one|something)\b.*\bfor me\b", at_most=SHORT
    ),
    sign(2, rf"{OPENING}let'?s (?:finish|stop|go|do|move|skip|continue|start)\b", own=True, at_most=5),
    sign(2, rf"{OPENING}.*\?\W*$", own=True),
    sign(2, rf"{OPENING}(?:show|tell|remind|repeat|explain|read)(?: (?:me|it|that|us|the question|what|again))\b", own=True),
    sign(2, rf"{OPENING}(?:let me|lemme|i(?:'ll| will)? (?:need to|have to|must)) (?:think|check|look|ask|see|find)\b", own=True),
    sign(
        2,
        rf"{OPENING}i(?:'d| would)? (?:want|wanna|like|need|wish)(?: to)? (?:(?:do|redo|continue|finish|skip|go on|answer|start)"
        r"(?: (?:it|this|that|again|over|later|with|from|the|another)\b|\W*$)|(?:see|read|check) (?:what|my|all|the)|"
        r"(?:change|edit|delete|undo|stop|ask)(?: (?:it|that|this|my|the last|the one|you|what|here|now|something)\b|\W*$)|"
        r"(?:talk|speak) (?:to|with))",
    ),
    sign(
        2,
        r"\bi (?:do not|don'?t|didn'?t|cannot|can'?t) (?:get|understand|see|answer) (?:this|that|the|it|what you|why you|"
        r"what i)\b",
        own=True,
    ),
    sign(1, r"\b(?:lol|omg|wow|argh+|ugh|haha+|brb|afk)\b|\byour?\b.*\b(?:menu|button|card|app|bot)\b"),
)
"""Of this talk, and asked of us."""
