"""A command that is called by its name without the slash, or by what it is for, in words that are about nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.shorthand import spelled_out

LETTERS_AT_MOST = 60
WORDS = frozenset({"home", "dashboard", "kpi", "kpis", "commitments", "nudges", "mydata", "runs", "progress", "foundation"})
"""Names of one word that are heard: others, such as person, plan or me, may answer whatever an agent asked."""
_HELLO = r"(?:(?:hi|hello|hey|ok|okay|yes|please|so|and|now|well|let's|lets|let us|can we|could we|can you|could you|can i|"
_HELLO += r"i want to|i'd like to|i would like to|i(?:'m| am) ready to|ready to|go|to) )*"
_PLEASE = r"(?: (?:please|now|then|thanks|again|with me|for me))*"
_SAID: Mapping[str, str] = {
    rf"{_HELLO}(?:(?:start|begin|do|open|run|continue|resume|go on with|try) )(?:(?:with|the|my|this|that|foundation) )*interview"
    rf"(?: thing)?{_PLEASE}|{_HELLO}(?:foundation interview|interview me){_PLEASE}": "foundation interview",
    rf"{_HELLO}(?:find|get) me a (?:learning |study |accountability )*(?:partner|buddy){_PLEASE}": "pair ask",
}
_CODE = r"[a-z]{1,2}\d{1,2}"
_RUN = re.compile(rf"{_HELLO}run (?:prompts? )?(?P<codes>{_CODE}(?:(?: and)?(?: then)? {_CODE})*){_PLEASE}")


def named(text: str, commands: Mapping[str, str]) -> str:
    """The line that would be typed for it, without its slash; "" where the words may be about anything else. `commands`: those
    that may be meant, by name, with what each is shown as.
    """
    words = " ".join(re.sub(r"[^\w' ]+", " ", spelled_out(text).casefold().replace("’", "'")).split())
    if len(words) > LETTERS_AT_MOST or "?" in text:
        return ""
    if run := _RUN.fullmatch(words):
        return f"run {' '.join(re.findall(_CODE, run['codes'])).upper()}"
    for sentence, name in _SAID.items():
        if re.fullmatch(sentence, words):
            return name
    bare = re.sub(r"(?: (?:please|thanks))+$", "", words)
    return bare if bare in commands and (" " in bare or bare in WORDS) else ""
