"""What a coach wants to write to students, or to know of one whom they name: who is called so is not known here."""

from __future__ import annotations

import re

from core.llm.asides import Aside

_ALL = (
    r"(?:everybody|everyone|(?:(?:all(?:\s+of)?(?:\s+(?:my|our|the))?|my|our|the)\s+)?(?:students|cohort|group|class|members)|them\s+all)"
    r"(?:\s+in\s+(?:my|our|the)\s+(?:cohort|group|course))?"
)
_NOBODY = (
    r"(?:an?|the|my|our|your|their|all|every|each|me|us|you|him|her|them|it|this|that|these|those|some|any|people|others|myself|"
    r"(?:any|some|every)(?:body|one|thing)|business|sell|get|win|make|one)\b"
)
_CALLED = r"[A-ZÀ-Þ][\w'’-]{1,20}(?:\s[A-ZÀ-Þ][\w'’-]{1,20})?"
_TYPED = rf"(?:{_CALLED}|(?!{_NOBODY})[a-zß-ÿ][\w-]{{1,20}}(?<!s))"
"""Small letters that end in an s are customers."""
_BEGIN = r"\W*(?i:(?:(?:please|hi|hello|and|ok|can|could|you|i|i'd|i’d|want|need|like|would|how|do|let|me|to)\s+)*)"
_HOW_IT_GOES_ON = r"(?:\W*|\W*\s(?i:about|because|and|for|today|now|please|on|before|if|when)\b.*)"
_TO_ONE = re.compile(
    rf"{_BEGIN}(?:(?i:write|(?:write|send)\s+(?:a|an|another)\s+(?:message|letter|note|word))\s+(?i:to)\s+(?P<to>{_TYPED})|"
    rf"(?i:send)\s+(?P<sent>{_CALLED})\s+(?i:a)\s+(?i:message|letter|note)|"
    rf"(?i:message|text|dm|contact|reach(?:\s+out\s+to)?|get\s+in\s+touch\s+with)\s+(?P<reached>{_CALLED})){_HOW_IT_GOES_ON}",
    re.DOTALL,
)
_PRAISES = r"(?=\s+(?i:well\s+done|congrat\w*|thanks?|happy|sorry|great|good|brilliant|i|i'm|we|to)\b)"
"""What is told begins so without a word before it."""
_TELLING = re.compile(
    rf"{_BEGIN}(?i:tell)\s+(?:(?P<all>(?i:{_ALL}))|(?P<one>{_TYPED}))(?:\s*[,:]|\s+(?i:that)|{_PRAISES})\s+(?P<what>\S.*)",
    re.DOTALL,
)
_TO_ALL = re.compile(
    rf"{_BEGIN}(?i:(?:write|announce|send)(?:\s+(?:something|a\s+message|a\s+letter|a\s+note|this))?\s+to|tell|message)\s+(?i:{_ALL})"
    rf"(?:\s+(?i:something))?{_HOW_IT_GOES_ON}",
    re.DOTALL,
)
_TO_SOMEONE = re.compile(
    rf"{_BEGIN}(?i:(?:write|send\s+(?:a\s+)?(?:message|letter))\s+(?:to\s+)?|message\s+)"
    rf"(?i:(?:to\s+)?(?:(?:a|one|one\s+of\s+my|my|the)\s+students?|him|her|somebody|someone)){_HOW_IT_GOES_ON}",
    re.DOTALL,
)
_HOW_IS_ONE = re.compile(
    rf"{_BEGIN}(?:(?i:how)(?:\s+(?i:is)|['’]s)\s+(?P<doing>{_TYPED})\s+(?i:doing|getting\s+on|coming\s+along|getting\s+along)|"
    rf"(?i:how\s+far|where)\s+(?i:is|has)\s+(?P<where>{_CALLED})(?:\s+(?i:got|come|now|standing|in\s+the\s+course))*|"
    rf"(?i:where\s+does)\s+(?P<stands>{_TYPED})\s+(?i:stand)|(?i:how\s+is)\s+(?P<is>{_CALLED})|"
    rf"(?i:how\s+does)\s+(?P<does>{_TYPED})\s+(?i:do)|(?i:(?:show|tell)(?:\s+me)?\s+how)\s+(?P<shown>{_TYPED})\s+(?i:is\s+doing))"
    rf"(?:\s+(?i:now|today|this\s+week|so\s+far))*(?:\s+(?i:with|in)\s.*)?\W*",
    re.DOTALL,
)
WORDS_AT_MOST = 600
"""Letters of what is put into a form for them: more is looked up like anything else."""
_TO_WRITE = (
    "I send nothing to anybody by myself. /cohort write opens a letter to one student, under your name, and "
    "/cohort announce one to everybody."
)
_ALL_STUDENTS = ("All students", "cohort members")


def to_students(question: str) -> Aside | None:
    """The forms for whoever wants something written to students, with what they said already in them."""
    if len(question) > WORDS_AT_MOST:
        return None
    told, found = _TELLING.fullmatch(question), _TO_ONE.fullmatch(question)
    if (told and told["all"]) or _TO_ALL.fullmatch(question):
        line = f"cohort announce words: {_sentence(told['what'])}" if told else "cohort announce"
        return Aside(_TO_WRITE, (("Tell everybody something", line), ("Write to a student", "cohort write")))
    if told or found:
        name = _name(told["one"] if told else next(filter(None, found.groups())) if found else "")
        said = told["what"] if told and not told["what"].casefold().startswith("to ") else ""  # “to call me” is no letter
        line = f"cohort write student: {name}" + (f" words: {_sentence(said)}" if said else "")
        return Aside(_TO_WRITE, ((f"Write to {name}", line), _ALL_STUDENTS))
    return Aside(_TO_WRITE, (("Write to a student", "cohort write"), _ALL_STUDENTS)) if _TO_SOMEONE.fullmatch(question) else None


def of_one(question: str) -> Aside | None:
    """Where one student stands, by the name that the coach used: who is called so is not known here."""
    found = _HOW_IS_ONE.fullmatch(question) if len(question) <= WORDS_AT_MOST else None
    if found is None:
        return None
    name = _name(next(filter(None, found.groups())))
    text = f"/cohort members {name} shows where {name} stands, and /cohort asked who waits for an answer."
    ways = (
        (f"Where {name} stands", f"cohort members {name}"),
        (f"Write to {name}", f"cohort write student: {name}"),
        _ALL_STUDENTS,
    )
    return Aside(text, ways)


def _name(typed: str) -> str:
    return " ".join(typed.split()) if not typed.islower() else typed.capitalize()


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}".strip()
