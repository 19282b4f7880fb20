"""What somebody says of their own words: for whom they are, and whose name is in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

NOBODY: Final = -1
"""They are for no person."""
UNCLEAR: Final = -2
"""They are for one of several, and it was not said for whom."""
WORDS_AT_MOST = 6
_YES = {"yes", "yep", "yeah", "yup", "y", "ok", "okay", "sure", "send", "do", "go", "correct", "right"}
_NO = {"no", "nope", "nah", "n", "not", "cancel", "never", "mind", "nevermind"}
_THEM = {"her", "him", "them", "coach", "or", "and", "both"}
_US = {"you", "me", "elevate", "agents", "agent", "bot", "director"}
_AROUND = "it its is was that this for to please one my your the ahead then thanks thank thx pls"
_FILL = frozenset(_AROUND.split())
_ORDINARY = (
    "will mark grace joy may rose hope faith bill art frank rich pat sue drew chase june april august summer dawn eve sky iris "
    "olive ruby amber jade lily daisy ivy holly heather ginger sunny dean guy jack don nick skip max ash penny"
)
ORDINARY = frozenset(_ORDINARY.split())
"""Names that are words too: they count with a capital alone, and first only before a comma or colon."""
_SEVERAL = re.compile(r", | and ")
"""Between the names of those who spoke one after another."""
_TO = {"for", "to", "tell", "ask"}
_OF = {"about", "with", "from", "by", "of", "like", "as", "than", "and"}
"""Before a name at the end, of whom one speaks, and to whom one does not."""
_LEADS = "so and but ok okay oh well hi hey hello dear good morning afternoon evening sorry thanks thank you thx yes no please"
_LEADING = frozenset(_LEADS.split())
NAME_AT_LEAST = 2
_TASK = re.compile(
    r"\s*(?:(?:please|can you|could you|would you)\s+)*(?:"
    r"(?:write|draft|rewrite|give|make|suggest|create|generate|translate|show|list)\s+"
    r"(?:me|us|a|an|the|my|our|some|two|three|five|ten|\d+)\b|what(?:'s|’s| is| are) (?:an?|the|my|our)\b|"
    r"(?:explain|remind|open|run|log)\b|(?:make|shorten|rewrite|translate) (?:it|that|this)\b|(?:shorter|longer|funnier)\b|"
    r"what (?:does|do) (?:module|lesson|step|the|a)\b|where (?:am|was|do|can) i\b|where were we\b|"
    r"what(?:'s|’s|s| is| comes)? (?:now|next)\b|whats (?:an?|the|my|our)\b|what (?:do|should|can) i do (?:now|next|first)\b|"
    r"how (?:do|can) i (?:log|use|see|find|start|begin|stop|delete|export)\b|"
    r"(?:ok(?:ay)?,? )?let(?:'s|’s|s| us) (?:do|start|begin|continue) (?:the|my) (?:interview|lesson|module)\b|"
    r"what (?:did|does|do) \w+ (?:say|mean|write|want)\b|(?:delete|export) my\b)",
    re.IGNORECASE,
)
_OURS = (
    r"(?:news|students?|members?|cohorts?|letters?|exchanges?|answers|announcements?|questions?|reminders?|nudges?|pairs?|partners?|"
    r"figures|numbers|kpis?|promises|progress|plan|week|digest|list|register|board|dashboard|channel|invitations?|codes?|roles?|"
    r"coach(?:es)?|people|everyone|everybody|others|who|foundations?|modules?|lessons?|prompts?)\b"
)
"""What a coach looks at here, or has done with it."""
_ASKING = re.compile(
    r"\s*(?:(?:who|whose|whom|which|where|is|are|did|does|show|list|write|tell|post|pair|announce|remind|settled?|close|everyone|"
    r"everybody|import|export)\b|what\b(?! an?\b)|how\b(?! (?:nice|lovely|great|cool|good|wonderful|exciting|beautiful)\b)|"
    r"when\b(?! in doubt\b)|ha(?:s|ve)\b(?! (?:an?|another|fun)\b)|can\b(?! (?:do|be)\b|['’]t)|"
    r"do\b(?! (?:it|that|this|both|as|keep|try|take|send|not)\b|n['’]?t)|"
    rf"(?:any|all)(?: (?:of|the|my|our|open|new|late|other|more|unanswered|waiting))* {_OURS}|"
    rf"(?:add|remove|set|move|find|check|plan)(?: \w+){{0,3}} {_OURS}|(?:any|all|check|plan)\W*$)",
    re.IGNORECASE,
)
_LOOKS_UP = r"(?:check|find|add|remove|set|move|plan)(?: (?:on|up|for|with))?"
"""What a coach has the bot do with a student whose name comes next."""
_YOURS = re.compile(r"\b(?:you|your|yours|u|ur)\b", re.IGNORECASE)
_NOT_CALLED = (
    "everyone everybody all how what where who whom whose when why which i you we they it that this there please so and but or "
    "if is are do not"
)
_NO_NAMES = frozenset(_NOT_CALLED.split())
_SHE_DID = (
    r"(?:just |also |has |had |kindly )*(?:gave|given|said|says|told|tells|sent|sends|showed|recommended|mentioned|wrote|writes|"
    r"invited|suggested|suggests|thinks|wants|signed|introduced|passed|got|is my|was my) "
    r"(?:me|us|that|this|it|i|to|coach|about|on)\b"
)
"""Behind a name it says what somebody did, so that they are spoken of, and not to."""
_SPOKEN_TO = re.compile(
    r"\s*(?:(?:hi|hey|hello|dear|ask|tell)\s+)?@?(\w{2,})(?:\s*[,:!]|\s+(?:can|could|please|would|do|are|what|how|when|i)\b)",
    re.IGNORECASE,
)


def chosen(words: str, names: Sequence[str]) -> int | None:
    """Which of the names somebody says who is asked for whom something is, by its index; `NOBODY`, `UNCLEAR`, or None where they
    say something else.
    """
    said = _words(words)
    if not said or len(said) > WORDS_AT_MOST:
        return None
    firsts = [{first(each) for each in _SEVERAL.split(name)} for name in names]
    rest, all_firsts = set(said) - _FILL - _US, set().union(*firsts)
    if (said[0] in _NO and rest <= {*_NO, *all_firsts}) or (not rest and set(said) & _US and not set(said) & {"thank"}):
        return NOBODY
    if said[0] in _NO and rest <= _NO | _THEM:  # no, it is for her
        return UNCLEAR
    named = [at for at, each in enumerate(firsts) if each & set(said)]
    named = [at for at in named if firsts[at] <= set(said)] or named  # of “Ida and Ben” and “Ida”, whoever says Ida means her
    together = set().union(*(firsts[at] for at in named))
    named = [at for at in named if firsts[at] == together] or named
    whole = [at for at, each in enumerate(firsts) if not any(each < other for other in firsts)]
    whole = [0] if apart(names[0], names) and "both" not in said else whole  # who was named alone, and is asked about first
    if not set(said) <= {*_YES, *_THEM, *_FILL, "you", *all_firsts} or not (named or set(said) & {*_YES, "both"}):
        return None
    fitting = named or whole
    return fitting[0] if len(fitting) == 1 else UNCLEAR


def picks(words: str, to: int) -> bool:
    """Whether what was `chosen` is plainly an answer to our question, and to nothing else: a name alone, and no yes or no."""
    return to >= 0 and not set(_words(words)) & (_YES - {"send"} | _NO)


def apart(name: str, names: Sequence[str]) -> bool:
    """Whether that is one of several who stand together in another of the names."""
    return any(name != each and name in _SEVERAL.split(each) for each in names)


def is_named(name: str, words: str) -> bool:
    """Whether the words name whoever goes by that name."""
    wanted = first(name)
    if len(wanted) < NAME_AT_LEAST:
        return False
    if wanted in ORDINARY:
        name = re.escape(wanted.capitalize())
        return bool(re.search(rf"(?<=\w[\s,]|[,;] ){name}\b|^\s*{name}[,:]", words))
    return wanted in _words(words)


def is_addressed(name: str, words: str) -> bool:
    """Whether the words are spoken to whoever goes by that name, and do not only speak of them."""
    said, wanted = _words(words), first(name)
    if not is_named(name, words):
        return False
    core = [each for each in said if each == wanted or each not in _LEADING]
    if core[0] == wanted and said.count(wanted) == 1 and re.search(rf"\b{re.escape(wanted)}\s+{_SHE_DID}", words, re.IGNORECASE):
        return False
    if core[-1] == wanted and core[-2:-1] and core[-2] in _OF and core[0] != wanted:
        return False
    return wanted in {core[0], core[-1]} or any(before in _TO and each == wanted for before, each in pairwise(said))


def without(name: str, words: str) -> str:
    """The words without that name."""
    return re.sub(rf"@?\b{re.escape(first(name))}\b[,:]?", "", words, flags=re.IGNORECASE).strip()


def first(name: str) -> str:
    """The first of somebody's names, in small letters."""
    return next(iter(_words(name)), "")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold().replace("’", "").replace("'", ""))


def is_task(words: str, *, of_coach: bool) -> bool:
    """Whether the words set a task that is an agent's, or, `of_coach`, ask what a coach would ask of the bot."""
    return bool(_TASK.match(words) or (of_coach and _ASKING.match(words) and not _YOURS.search(words)))


def looks_up(name: str, words: str) -> bool:
    """Whether a coach has something looked up or done, by their first words, about whoever goes by that name."""
    return bool(re.match(rf"\s*{_LOOKS_UP} @?{re.escape(first(name))}\b", words, re.IGNORECASE))


def called(words: str) -> str:
    """The name at the beginning with which somebody is spoken to, in small letters; "" where none is."""
    found = _SPOKEN_TO.match(words)
    name = found[1].casefold() if found else ""
    return "" if name in ORDINARY | _NO_NAMES else name
