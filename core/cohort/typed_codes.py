"""A cohort's code that is typed in words, without the command that takes it: “join k7wq-3fhm please”, or the code alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.cohort.commands import Code, join
from core.cohort.model import SIGNS
from core.cohort.service import Cohorts, UnknownJoinCode
from core.people.model import Person
from core.request import Asked, Said, as_command
from core.roles import COACHING
from core.ui import Answer

LETTERS_AT_MOST = 120
"""Of what is looked at: more tells something."""
_BEFORE = r"(?:(?:hi|hello|hey|please|ok|okay|so|yes|i|want|need|like|would|i'd|to|can|could|may|you|let|me|add|put|in)\b\W*)*"
_WHAT = r"(?:(?:the|my|our|this|a)\s+)?(?:(?:cohort|course|class|group|programme|program)\s+)?"
_VERB = rf"(?:/?cohort\s+join|/?join)[:\s]+{_WHAT}(?:(?:with|using|by)\s+)?(?:(?:the|my|this)\s+)?(?:code\s*)?"
_NAMED = (
    r"(?:(?:the|my|our|here['’]?s|here\s+is|this\s+is|it['’]?s|it\s+is|got|have)\s+)*(?:(?:cohort|join|joining|invite|invitation)\s+)?"
    r"code(?:\s+(?:is|was))?"
)
_HALF = rf"[{SIGNS}]{{4}}"
_DASH = r"\s*[-‐‑–—]\s*"
_TYPED = re.compile(
    rf"\W*(?:{_BEFORE}(?P<verb>{_VERB})|{_BEFORE}(?P<named>{_NAMED}))?[^\w/]*(?P<code>{_HALF}(?:(?P<dash>{_DASH})|\s?){_HALF})"
    r"(?:\W+(?:please|pls|thanks|thank\s+you))*\W*",
    re.IGNORECASE,
)


_IN_A_SENTENCE = re.compile(rf"(?<![\w-])(?=({_HALF}(?:{_DASH}|\s){_HALF})(?![\w-]))", re.IGNORECASE)
"""Wherever one may begin: of three words the first two may look like one, and the last two be it."""
SENTENCE_AT_MOST, TRIED_AT_MOST = 400, 6
"""Letters of a newcomer's words in which a code of ours is looked for, and how many of what looks like one."""


@dataclass(frozen=True, slots=True)
class CodeSaid:
    """What may be a cohort's code. `asked`: to join is said too; `named`: that it is a code; `plain`: it can hardly be anything
    else, by its dash, its letters and its digits.
    """

    code: str
    asked: bool
    named: bool
    plain: bool


class TypedCodes:
    """Implements `core.ports.Listener` for codes in direct messages: they do what /cohort join does.

    What looks like a code and is none of ours is for the agents, unless it can be nothing else: then that command says so. Who
    belongs to a cohort already, or coaches, may write codes for other reasons: they say that they would like to join.
    """

    def __init__(self, cohorts: Cohorts) -> None:
        self._cohorts = cohorts

    async def hear(self, said: Said, person: Person) -> Answer:
        """The cohort that they belong to now; None where the words are for somebody else.

        Raises:
            UnknownJoinCode
        """
        if not said.direct or not said.addressed or said.files:
            return None
        found = code_said(said.text)
        asked = as_command(said, "cohort join")
        if found is None:
            return await self._in_a_sentence(said.text, asked, person)
        if person.role in COACHING and not found.asked:
            return None
        try:
            return await join(asked, person, Code(found.code), self._cohorts)
        except UnknownJoinCode:
            if found.plain and (found.asked or person.cohort_id is None):
                raise
            return None

    async def _in_a_sentence(self, text: str, asked: Asked, person: Person) -> Answer:
        """A code of ours among a newcomer's words is why they wrote: it can be nothing else."""
        if person.cohort_id is not None or person.role in COACHING or len(text) > SENTENCE_AT_MOST:
            return None
        for code in _IN_A_SENTENCE.findall(text)[:TRIED_AT_MOST]:
            try:
                return await join(asked, person, Code(code), self._cohorts)
            except UnknownJoinCode:
                continue
        return None


def code_said(text: str) -> CodeSaid | None:
    """The code that the words are, with nothing else but what leads to it; None where they say anything more."""
    found = _TYPED.fullmatch(text) if len(text) <= LETTERS_AT_MOST else None
    if found is None:
        return None
    code, asked, named = found["code"], bool(found["verb"]), bool(found["named"])
    mixed = any(each.isdigit() for each in code) and any(each.isalpha() for each in code)
    whole = bool(found["dash"]) or ((asked or named) and " " not in code)
    return CodeSaid(code, asked=asked, named=named, plain=mixed and whole)
