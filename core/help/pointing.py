"""The commands that plain words may have meant, told by the words of their names and summaries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from core.command import Command, parameters
from core.course.steps import Step
from core.help.taken import are_figures, promised
from core.help.wishes import asks, wished
from core.kpis.metrics import Metrics
from core.llm.asides import plain
from core.llm.ports import Pointed

MOST = 2
SURE, SURE_IN_SHORT = 1.5, 0.8
"""A word of the command's name counts 2, one of its summary 1, divided by 1 + a tenth of the words asked: long questions are
about the shop and not about a command, and one or two words are nearly always about one."""
_IN_A_NAME, _IN_A_SUMMARY, _EACH_WORD = 2.0, 1.0, 0.1
ENDS_LIKE = 4
"""Letters with which a word may be the end of a name that is written as one: the zone of a timezone, but no top of a stop."""
_FILLING = """
    about all and any are can did does draft ever everything for from get have help here how into its last latest like list look
    looks made mine much not now one open others our out please pls put said say see set should show start tell that the them then
    there they thing this remind use want was well what when where which who why will with work would you your
"""
_SAID_OF_ANYTHING = frozenset(_FILLING.split())
_STEPS = {each.value.casefold(): each.value for each in Step}
_BEYOND_FOUNDATION = [each for each in _STEPS if each != "foundation"]
"""The Foundation is filled in by an interview (`core.help.wishes`)."""
_EXPLAIN = re.compile(rf"\W*(?:please )?explain (?:the )?({'|'.join(_STEPS)}) with an example\b", re.IGNORECASE)
"""As we propose it on the tab where people write to us."""
_BEGUN = re.compile(
    rf"(?:(?:ok|hi|please|now|so|let's|can we|i want to) )*(?P<does>open|show|read|start|begin|do|go on with|continue)(?: with)? "
    rf"(?:the )?(?:module (?P<number>\d)|(?P<step>{'|'.join(_BEYOND_FOUNDATION)}))(?: module| step)?(?: now)?"
)
_COURTESY = re.compile(r"\bplease\b ?| (?:thanks|thank you)$")
HOOK = "H1"
"""The prompt that writes hooks."""
_A_HOOK = re.compile(
    r"(?:(?:hi|hello|hey|ok|so|now) )*(?:(?:(?:can|could|would|will) you |i(?:'d| would) like you to )?"
    r"(?:write|draft|make|create|give|do)(?: me| us)?|(?:i|we)(?: really| also| just)? (?:need|want)|i(?:'d| would) like)"
    r"(?: (?:an?|some|another|the|my|our|new|good|better|great|first|\d+|two|three|five|ten))* hooks?"
    r"(?: (?:for|about|on|that|to)\b.*| now)?"
)
_STUCK = re.compile(r"\b(?:i['’]?m|i am|i(?:['’]ve| have)? (?:got|get))(?: \w+)? stuck\b(?! (?:to|together)\b)", re.IGNORECASE)
"""Who says so may want a person, whatever else is found for them."""
A_PERSON = "person ask"
_OF_CUSTOMERS = re.compile(
    r"\b(?:customer|client|buyer|shopper|visitor|subscriber|follower|reader|competitor|supplier)s?\b", re.IGNORECASE
)
_OF_ONES_OWN = frozenset(("nudges", "pair", "mydata", "reminder"))
"""Groups of commands about oneself: what customers are to be reminded of, or kept from, is none of these."""
_ENDING = re.compile(r"(?:ing|ers|er|ed|es|s|e)$")


def pointed(question: str, commands: Iterable[Command], metrics: Metrics | None = None) -> Pointed:
    """The one or two listed commands that everybody may use and that the question names best, each with its summary.

    None where nothing is sure. Words that are nothing but a command (home, run H1) are that command alone. What a command takes
    as it was said, a promise or the figures of `metrics`, stands behind its name.
    """
    commands = [each for each in commands if each.listed and not each.needs]
    if found := _called(question, commands):
        return Pointed(found, alone=True)
    if explained := _EXPLAIN.match(question):
        number = list(_STEPS).index(explained[1].casefold())
        opens = f"{_STEPS[explained[1].casefold()]}, with its lessons and its checklist"
        return Pointed({f"module {number}": opens, f"module example {number}": "What the example shop did"}, alone=True)
    if found := _begun(question, commands):
        return Pointed(found, alone=True)
    if _A_HOOK.fullmatch(_COURTESY.sub("", plain(question))):
        return Pointed({f"{each.name} {HOOK}": each.summary for each in commands if each.name == "run"}, alone=True)
    if taken := _taken(question, metrics):
        name, words = taken
        return Pointed({f"{name} {words}": each.summary for each in commands if each.name == name}, alone=True)
    if names := wished(question):
        return Pointed({each.name: each.summary for name in names for each in commands if each.name == name}, alone=True)
    asked = _stems(question)
    enough = SURE_IN_SHORT if len(question.split()) <= 2 else SURE
    scored, groups = [], set[str]()
    of_customers = bool(_OF_CUSTOMERS.search(question))
    for each in commands:
        if of_customers and each.group in _OF_ONES_OWN:
            continue
        first = each.group not in groups  # what the bare name asks for
        groups.add(each.group)
        named, told = _stems(each.name), _stems(each.summary)
        points = sum(_points(word, named, told) for word in asked) / (1 + _EACH_WORD * len(asked))
        if points >= enough:
            scored.append((-points, not first, len(each.name), each.name, each))
    best = [one[-1] for one in sorted(scored, key=lambda one: one[:4])[:MOST]]
    stuck = bool(_STUCK.search(question))
    if stuck:
        best = [*(each for each in commands if each.name == A_PERSON), *best[: MOST - 1]]
    alone = bool(best) and all(_points(word, _stems(best[0].name), _stems(best[0].summary)) for word in asked)
    return Pointed({each.name: each.summary for each in best}, alone=alone, told=not (stuck or asks(question)))


def _called(question: str, commands: Sequence[Command]) -> dict[str, str]:
    """The command whose name, or whose group's, the question is, with a number or a code after it at most."""
    words = question.strip(" .?!/").split()
    ends = len(words) - 1 if len(words) > 1 and any(sign.isdigit() for sign in words[-1]) else len(words)
    said, code = " ".join(words[:ends]).casefold(), words[ends:]
    for each in commands:
        if said in (each.name, each.group) and (not code or any(not one.arg.hidden for one in parameters(each.args))):
            return {" ".join((said, *code)): each.summary}
    return {}


def _begun(question: str, commands: Sequence[Command]) -> dict[str, str]:
    """What starts or opens the module that the question names, where it asks for nothing else."""
    begun = _BEGUN.fullmatch(_COURTESY.sub("", plain(question)).strip())
    if begun is None:
        return {}
    number = begun["number"] or list(_STEPS).index(begun["step"])
    names = ["module show"] if begun["does"] in ("open", "show", "read") else ["module start", "module show"]
    return {f"{name} {number}": each.summary for name in names for each in commands if each.name == name}


def _taken(question: str, metrics: Metrics | None) -> tuple[str, str] | None:
    """The command that takes what was said, and what of it."""
    if metrics and are_figures(question, metrics):
        return "kpi log", " ".join(question.split())
    return ("commit", words) if (words := promised(question)) else None


def _points(word: str, named: frozenset[str], told: frozenset[str]) -> float:
    if any(word == one or (len(word) >= ENDS_LIKE and one.endswith(word)) for one in named):
        return _IN_A_NAME + (_IN_A_SUMMARY if word in told else 0)
    return _IN_A_SUMMARY if word in told else 0


def _stems(text: str) -> frozenset[str]:
    words = (word for word in re.findall(r"[^\W\d_]{3,}", text.casefold()) if word not in _SAID_OF_ANYTHING)
    return frozenset(_ENDING.sub("", word) if len(word) > 4 else word.removesuffix("s") for word in words)
