"""Letters of thanks: what thanks, says a little more, and asks nothing, so that nobody waits for an answer to it."""

from __future__ import annotations

import re

from core.shorthand import spelled_out

WORDS_AT_MOST = 16
"""What is longer is a letter that somebody should read as one."""
_THANKS = r"(?:many thanks|thanks|thank you|thankyou|cheers|much appreciated|(?:i )?(?:really )?appreciate (?:it|that))"
_LED = (
    r"(?:(?:ok|okay|oh|ah|hi|hey|hello|yes|yay|wow|great|perfect|super|lovely|brilliant|amazing|cool|nice|good|got it|done)\W+)*"
)
_THANKED = re.compile(
    rf"\W*{_LED}{_THANKS}\b|.*\b{_THANKS}(?: (?:so much|very much|a lot|again|for \w+(?: \w+){{0,3}}))?\W*(?:\w+\W*)?$", re.DOTALL
)
_KIND = re.compile(
    r"\b(?:for (?:all )?(?:your|the|that|this) help|(?:a|such|great|big|real|huge)(?: \w+)? help|"
    r"(?:just|exactly) what i need(?:ed)?|what a \w+ (?:tip|idea)|no need|as you (?:said|told me)|for asking|"
    r"for the (?:link|file|answer|reminder)|for getting back to me)\b"
)
"""What belongs to thanks, though words of it may ask elsewhere."""
_ASKS = re.compile(
    r"\?|\b(?:what|what's|how|how's|when|when's|where|which|who|whose|why|can|could|should|would|shall|may|might|whether|if|or|any|"
    r"question|questions|help|need|needs|wonder\w*|unsure|sure|idea|advice|feedback|opinion|thoughts?|please|let me|let's|tell|"
    r"show|send|sent|give|explain|check|look|read|review|call|ring|meet|talk|speak|remind|ask|asking|want|wanted|like to|"
    r"hope|wish|waiting|wait|still|yet|but|however|though|although|except|only|not|no|never|none|nothing|without|unless|until|also|another|"
    r"more|besides|else|thing|btw|by the way|ps|stuck|lost|problems?|trouble|issues?|errors?|wrong|broken|fail\w*|hard|difficult|"
    r"worr\w+|afraid|confus\w+|struggl\w+|late|sorry|sick|ill|away|cancel\w*|refund\w*|maybe|perhaps|guess|draft|file|files|link|"
    r"attached|upload\w*|inbox|here's|here is|curious|quick|quickly|\w+n't)\b|https?:"
)
_TURNED = re.compile(
    r"(?:^|[,.;:!–—-]\s*|\b(?:and|so|then|now|you|thanks|much|lot|again|cheers)\s+)"
    r"(?:is|are|was|were|do|does|did|has|have|had|will|am)\s+(?:i|you|it|that|this|there|the|my|your|we|they|he|she)\b"
)
"""A question without its mark: “thanks, is that right”."""


def only_thanks(words: str) -> bool:
    """Whether they thank, begin or end with it, and ask nothing, as far as words tell; in doubt they ask. A name is left out."""
    said = " ".join(spelled_out(words).casefold().replace("’", "'").split())
    if len(re.findall(r"[\w']+", said)) > WORDS_AT_MOST or not _THANKED.match(said):
        return False
    rest = _KIND.sub("", said)
    return not _ASKS.search(rest) and not _TURNED.search(rest)
