"""A yes, or a no, right below a reminder that asks about a commitment, with how it went or why it did not."""

from __future__ import annotations

import re

_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_A_YES = r"(?:yes+|yep|yeah|yup|aye)\b"
_SHORT = r"(?:it is|they are|we did|i have|we have|of course i did)\b"
"""A yes too, where nothing follows: “it is hard” begins something else."""
_YES = rf"(?:(?:oh|ah|ok|okay|well|hi|hello|hey)[,.! ]+)*{_A_YES}(?:[,.! ]+{_A_YES})*"
_BARE = re.compile(
    rf"(?:{_YES}|{_SHORT})(?:[,.! ]+(?:{_SHORT}|thanks|thank you|thx|cheers|ta|finally|at last|already|indeed|yesterday|"
    rf"last night|all of (?:it|them)|all {_NUMBER}|both(?: of them)?|all|everything)\b)*[ .!…,:;-]*"
)
_WITH = re.compile(rf"{_YES}\s*[,.;:!…–—-]*\s*(?P<how>\S.*)")
_NO = re.compile(
    r"(?:(?:oh|ah|well|hm+|sorry|afraid|unfortunately)[,.! ]+)*"
    r"(?:no|nope|nah|not really|(?:nearly|almost)(?: there)?)(?:[,.! ]+(?:sorry|afraid))*"
    r"(?:\s*[,.;:!…–—]+\s*|\s+-+\s+|\s+(?=(?:because|but|and|since|as|cos|time|chance|luck|unfortunately)\b)|"
    r"\s+(?=(?:i|we|it|they) (?:\w+ )?(?:(?:did|have|has|had|could|was|were)(?:n't| not)|forgot|ran out|had no)\b))(?P<why>\S.*)"
)
_NO_TIME = re.compile(
    r"(?:(?:oh|ah|well|hm+|sorry|afraid|unfortunately)[,.! ]+)*(?P<why>(?:(?:i|we) )?(?:(?:just|really|still) )?"
    r"(?:(?:(?:did|have|had|could)(?:n't| not) (?:\w+ )?(?:have|had|find|found|get|got|make|made)|had|ran out of)"
    r" (?:(?:the|any|enough|no|of) )*(?:time|chance)|"
    r"(?:did|have|could)(?:n't| not) (?:\w+ )?(?:get|got) (?:a?round )?to it)"
    r"\b.*)"
)
"""Why it is not done, without a no before it."""
_NOT_DONE = re.compile(
    r"(?:(?:oh|ah|well|hm+|sorry|afraid|no|nope)[,.! ]+)*(?:(?:i|we) )?(?:(?:just|totally|completely) )?"
    r"(?:forgot(?: (?:about )?(?:it|this|that|them))?|(?:did|have|could)(?:n't| not) (?:do|done|finish|finished|manage|managed)"
    r"(?: (?:it|this|that|them))?)(?:[,.! ]+(?:yet|sorry|today|in time|at all))*"
)
_WENT = re.compile(
    r"\b(?:took|went|sent|got|made|sold|wrote|came|rang|had|was|were|did|done|found|put|bought|paid|gave|told|spoke|met|built|"
    r"cut|kept|chose|shot|drew|hung|swept|brought|caught|held|sewed|(?!need|speed|embed|indeed|shed\b)[a-z]{2,}ed)\b"
)
"""Words for what is behind somebody."""
_IS_THERE = re.compile(
    rf"\d|\b(?:{_NUMBER}|dozen|hundred|thousand|live|online|ready|easy|easier|phew|finally|at last|"
    r"no (?:problems?|trouble|bother|fuss|issues?)|"
    r"happy|proud|glad|great|lovely|"
    r"perfect|brilliant|beautiful|looks?|works?|worth|went well)\b|"
    r"\b(?:is|are|it's|they're|all|both|everything|now) (?:\w+ ){0,2}(?:up|out|in|there|here)\b"
)
"""What is there now, or how it was; beside a time it may be a plan."""
_A_TIME = re.compile(
    r"\b(?:today|tonight|this|morning|afternoon|evening|noon|lunch|weekend|week|(?:mon|tues|wednes|thurs|fri|satur|sun)day|when|"
    r"after|before|min(?:ute)?s?|hours?|days?|o'clock|\d+ ?(?:am|pm)|\d+:\d\d|(?:at|by|around|from|for|in|on) \d+)\b"
)
_NOT_SO = re.compile(
    r"n't\b|\d ?/ ?\d|\b(?!100\b)\d+ ?%|"
    rf"\b(?:\d+|{_NUMBER}) to\b|^(?:and |then )?(?:is|are|am|do|does|write|add|use|make|show|send|set|check|look|go|call|tell)\b|"
    r"\b(?:not|no(?! (?:problems?|trouble|bother|fuss|issues?)\b)|none|nothing|nobody|never|without|half|part|partly|mostly|"
    r"almost|nearly|only|just (?:the|one|two)|except|apart|some|most|few|couple|so far|left|to go|to do|more|another|rest|"
    r"remaining|missing|still|yet|first|main|but|though|although|however|unless|questions?|"
    r"will|'?ll|shall|gonna|going to|about to|due|plan|plans|planned|planning|hope|hoping|hoped|try|trying|tried|meant|"
    r"meaning|intend|supposed|promise|promised|soon|later|tomorrow|next|once|if|as soon|until|till|when i've|after i've|asap|"
    r"on it|in hand|in progress|working|doing|making|getting|taking|coming|start|started|starting|began|begun|beginning|"
    r"ready (?:to|for)|remind|reminded|reminding|reminder|ask|stop|stopped|again|let|let's|give|please|must|have to|has to|"
    r"had to|got to|gotta|can|could|may|might|maybe|perhaps|probably|think|thought|guess|suppose|kind of|kinda|sort of|"
    r"more or less|pretty much|wait|waiting|waited|stuck|confused|worried|busy|ill|sick|too|delayed|missed|failed|cancelled|"
    r"changed|moved|postponed|dropped|skipped|forgot|forgotten|struggled|wanted|needed|interested|excited|behind|"
    r"move|new (?:date|day)|got (?:it|you|this|that|your)|noted|saw|seen|read|heard|know|knew|remember|remembered|understood|"
    r"agreed|idea|point|on my (?:list|mind|desk|way)|sure|will do|wrong|broke|broken|returned|sorry|hard)\b"
)
"""What makes a yes a plan, a part of it, a nod, or something else."""
_SHARE = re.compile(rf"(?<!all )(?<!the )\b(?:one|{_NUMBER}|\d+)(?: \w+)? (?:out )?of\b")
_HALF_A_TIME = re.compile(r"\b(?:half an? (?:hour|day)|(?:hours?|days?) and a half)\b")
"""How long it took, and no half of it."""
_AFTER_ALL = re.compile(
    r"(?<!not )\b(?:done|did(?! not)|finished|completed?|listed|sorted|wait|i mean|i meant|stop|problems?|worries|idea|thanks)\b"
)
_ASKS_WHETHER = re.compile(
    r"(?:^|[.:!?\n]\s*)(?:(?:is|are) (?:it|they|that|this) )?done\b(?!.*\b(?:does|do|need|want)\b)[^?.!\n]*\?"
)
_SPOKEN = (
    ("done", re.compile(r"[✅☑✔]|:(?:white|heavy)_check_mark:|:ballot_box_with_check:")),
    ("yes", re.compile(r"👍|:\+1:|:thumbs_?up:")),
    ("no", re.compile(r"[👎❌]|:-1:|:thumbs_?down:|:x:")),
)


def asks_whether(template: str) -> bool:
    """Whether a plain yes below these words means that it is done."""
    return bool(_ASKS_WHETHER.search(template.casefold()))


def spoken(text: str) -> str:
    """What a message of nothing but a sign says; "" where it may say anything."""
    said = [words for words, sign in _SPOKEN if sign.search(text)]
    return said[0] if len(said) == 1 else ""


def is_yes(words: str, *, asked_whether: bool) -> bool:
    """Whether they say that it is done: plainly, where they were asked that, or with what came of it."""
    if _BARE.fullmatch(words):
        return asked_whether
    found = _WITH.fullmatch(words)
    how = _HALF_A_TIME.sub("hour", found["how"]) if found else ""
    if not how or _NOT_SO.search(how) or _SHARE.search(how):
        return False
    return bool(_WENT.search(how)) or (bool(_IS_THERE.search(how)) and not _A_TIME.search(how))


def why_not(words: str) -> str:
    """What follows a no, or a nearly, where it goes with it, or says by itself that it is not done; "" where there is none."""
    if _NOT_DONE.fullmatch(words.rstrip(" .!")):
        return words
    found = _NO.fullmatch(words) or _NO_TIME.fullmatch(words)
    return "" if found is None or _AFTER_ALL.search(found["why"]) else found["why"]
