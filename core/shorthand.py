"""How people spell on a phone, written out, so that every listener that knows "please" knows "pls" too.

For recognising only: what somebody said is kept and shown in their own spelling.
"""

from __future__ import annotations

import re

WRITTEN_OUT = {
    "pls": "please",
    "plz": "please",
    "plse": "please",
    "u": "you",
    "ur": "your",
    "im": "I'm",
    "ive": "I've",
    "dont": "don't",
    "doesnt": "doesn't",
    "didnt": "didn't",
    "cant": "can't",
    "isnt": "isn't",
    "wasnt": "wasn't",
    "havent": "haven't",
    "whats": "what's",
    "wheres": "where's",
    "hows": "how's",
    "thats": "that's",
    "tmrw": "tomorrow",
    "tmr": "tomorrow",
    "tmw": "tomorrow",
    "tomoz": "tomorrow",
    "tomorow": "tomorrow",
    "tommorow": "tomorrow",
    "tommorrow": "tomorrow",
    "2moro": "tomorrow",
    "2nite": "tonight",
    "tonite": "tonight",
    "yest": "yesterday",
    "wk": "week",
    "wks": "weeks",
    "nxt": "next",
    "lst": "last",
    "abt": "about",
    "b4": "before",
    "msg": "message",
    "ppl": "people",
    "sry": "sorry",
    "soz": "sorry",
    "gonna": "going to",
    "gotta": "have to",
    "wanna": "want to",
    "bc": "because",
    "cos": "because",
    "cuz": "because",
    "thx": "thanks",
    "tysm": "thank you so much",
}
"""What is written for what is meant, in small letters. Left out is what is a word or a name of its own: ill, well, ty, r, n."""

_SHORT = re.compile(
    rf"(?<![\w'’/@#.&=?-])(?:{'|'.join(sorted(WRITTEN_OUT, key=len, reverse=True))})(?![\w'’/@-]|\.\w)", re.IGNORECASE
)
_WITH = re.compile(r"(?<!\w)w/(?=\s)")


def spelled_out(said: str) -> str:
    """The same words with a phone's spellings written out: "remind me tmrw pls" is "remind me tomorrow please".

    Nothing else is changed, and a link, an address or a code keeps its letters.
    """
    return _SHORT.sub(lambda found: WRITTEN_OUT[found[0].casefold()], _WITH.sub("with", said))
