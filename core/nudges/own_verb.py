"""A promise that is told as done by its own verb: “shipped it”, below “ship the gift page, by today”."""

from __future__ import annotations

import re

LETTERS_AT_MOST = 120
"""Of what is looked at: more is a story."""
_IRREGULAR = """
    begin began begun; bring brought; build built; buy bought; choose chose chosen; do did done; draw drew drawn; find found;
    get got; give gave given; hang hung; keep kept; make made; meet met; pay paid; put put; read read; ring rang rung; run ran;
    sell sold; send sent; set set; shoot shot; speak spoke spoken; take took taken; tell told; think thought; write wrote written
    """
_PAST = {first: tuple(others) for first, *others in (each.split() for each in _IRREGULAR.split(";"))}
_NOT_ALL = re.compile(
    r"\?|\bnot\b|n't\b|\b(?:half|part|partly|some|mostly|almost|nearly|only|except|apart|never|most|yet|but|will|if)\b|"
    r"(?<!\ball )\bof (?:it|them|the|these|those|my)\b"
)
_WORD = re.compile(r"[a-z]+")


def is_told_done(words: str, what: str) -> bool:
    """Whether the words, in small letters, say of the verb with which the promise begins that they did it, and leave nothing. One
    word alone is no verb with what it is done to.
    """
    verb = _WORD.match(what.casefold()) if " " in what.strip() else None
    if verb is None or len(words) > LETTERS_AT_MOST or _NOT_ALL.search(words):
        return False
    forms = "|".join(map(re.escape, _past(verb[0])))
    lead = r"(?:^|[.!,;]\s*|\b(?:i|we)(?:'ve| have)? )(?:(?:yes|yep|ok|just|finally|already|now|all|and|i|we|have|i've|we've) )*"
    return bool(re.search(rf"{lead}(?:{forms})\b", words))


def _past(verb: str) -> tuple[str, ...]:
    """How the verb reads once it is done."""
    if verb in _PAST:
        return _PAST[verb]
    stem = verb[:-1] if verb.endswith("e") else f"{verb[:-1]}i" if re.search(r"[^aeiou]y$", verb) else verb
    return (f"{stem}ed", f"{verb}{verb[-1]}ed")
