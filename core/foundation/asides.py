"""Asides of life, typed while a question is open: that somebody must leave, is back again, or wonders how much is left.

Words are read clause by clause against small lists: an aside is one only where every clause is made of what stands in them, so
that “I have to go to three markets a week” stays an answer.
"""

from __future__ import annotations

import re
from enum import Enum, auto

PERHAPS_WORDS = 8
"""A longer sentence about going and coming back is an answer."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _phrases(lines: str) -> frozenset[str]:
    return frozenset(each.strip() for each in lines.split(";"))


OPENERS = _set("ok okay k oh ah wait sorry oops hm hmm so well right hi hey hello all no yes yep hold hang one just sec and")
"""What is said before it, and alone says nothing."""
URGENT = _set("wait sorry oops hang hold sec gotta now brb")
"""Words of somebody who is called away this moment."""
CLOSERS = _set("sorry thanks thx bye ok okay pls please lol guys again now")
SMALL = _set(
    "a an the my our their his her to for from of at in on off out up over with and but is are am was has have im i me it this"
    " that here just now really very again some someone somebody s"
)
TIME = _set(
    "tomorrow later tonight soon today now bit while minute minutes min mins moment sec hour hours half couple few morning"
    " afternoon evening night week weekend monday tuesday wednesday thursday friday saturday sunday after before then until next"
)
LIFE = _set(
    "baby kid kids child children toddler son daughter dog cat phone bus train tram taxi plane flight door doorbell dinner lunch"
    " breakfast meeting call appointment doctor dentist school nursery boss mum dad husband wife partner customer courier"
    " postman delivery bed home work oven kettle nap shower class car parents"
)
"""What calls people away."""
HAPPENS = _set(
    "ringing rings rang crying cries cried woke awake here there came coming comes calling calls called arrived arrives leaving"
    " leaves needs waiting knocking hungry burning early ready going boiling started starts"
)
MUST = _phrases(
    "have to; need to; must; got to; gotta; should; better; had better; gonna; going to; am going to; im going to; will; ill;"
    " off to; am off to; im off to; had to"
)
GO = _set("go leave run stop dash pause rush quit finish head")
TEND = _set("sleep feed fetch collect pick get catch take answer walk change put drive cook eat see check")
"""What is done for what calls people away."""
GO_ON = _phrases(
    "be back; come back; go on; continue; finish; carry on; do it; do this; do the rest; pick this up; pick it up; do more"
)
GOODBYES = _phrases(
    "brb; bye; be right back; right back; talk later; see you; see you later; see you tomorrow; see you soon; gtg; "
    "that is enough; enough; that is it; that is all; im off; i am off; im out; im leaving; i am leaving; leaving; "
    "off now; stop here; lets stop here; taking a break; im taking a break; im going; im going to bed; going to bed; "
    "going home; im going home; lets stop; ttyl; afk; lets pause; lets take a break; lets leave it; lets leave it here; "
    "lets leave it there; lets call it a day"
)
BACK = _phrases(
    "back; im back; i am back; am back; back again; here again; im here; im here again; i am here again; here i am; back here;"
    " me again; its me again; we are back; returned; im back here; back at it; im back at it"
)
RESUMES = _phrases(
    "lets go on; lets continue; lets carry on; lets resume; lets go; let us go on; let us continue; go on; continue; carry on;"
    " resume; can we go on; can we continue; could we go on; shall we go on; shall we continue; can i go on; can i continue;"
    " i want to go on; i want to continue; id like to go on; id like to continue; ready; im ready; i am ready; ready to go on;"
    " ready to continue; where were we; where was i; where did we stop; where did i stop; where did we leave off; lets do this;"
    " ask me again; go ahead; next please"
)
_AROUND = SMALL | TIME | LIFE
_LATER = _AROUND | _set("five ten two 2 5 10 15 20 30")
_WILL_GO_ON = frozenset(f"{will} {on}" for will in ("i will", "ill", "will", "we will", "lets") for on in GO_ON)
COUNTING = _set(
    "how many much more long longer questions question are is there left to go still do i we have need remain remaining of them"
    " in total will this it take until the end does interview yet am nearly almost done finished last what whats about far"
)
HOW_MANY = re.compile(
    r"how (many|much)( \w+){0,4} (left|remain|remaining|more|to go|still|come|until|there)\b.*|"
    r"how (many|much) (more|longer|questions)\b.*|how (much )?long(er)? (is|does|will|until|to)\b.*|how far (am|are)\b.*|"
    r"(am|are) (i|we) (nearly |almost )?(done|finished)( yet)?|"
    r"is (this|that) the last( one| question)?|how (many|much) (is|are) left"
)
_ANOTHER_TIME = re.compile(r"\b(another|some other) (time|day)\b")
_PERHAPS_LATER = _phrases("maybe later; perhaps later; later maybe; later today; not today")
"""Alone: a customer says so too."""
_THAT_IS = re.compile(r"\bthat'?s\b")
_ENOUGH = re.compile(
    r"(that is )?(enough|it|all|me|us)( for)? (now|today|tonight)|"
    r"(that is (me|us)|im|i am|we are)? ?(all )?(done|finished) for (now|today|tonight|the day|the night)|"
    r"that is (me|us) (all )?(done|finished)( now)?|"
    r"stop( here)?( for)? (now|today|tonight)|"
    r"((can|could|shall|may) (we|i|you) |(ill|i will|lets|we will) )?(do |finish |answer )?"
    r"(the )?rest (tomorrow|later|tonight|next week)|tomorrow (more|the rest|again)|more (tomorrow|later|tonight)|"
    r"(dinner|lunch|bed|breakfast|school|work) ?time|bedtime"
)
"""Alone, or before the reason for it."""
_SHORTLY = re.compile(r"(hang|hold) on( (a|one) (sec|second|moment|minute))?|(just |wait )?(a|one) (sec|second|moment|minute)")
COURTESIES = frozenset({"ta", "thanks", "thx", "cheers", "ty", "bye", "sorry", "please", "xx", "x"})
"""Behind it."""
REASON_WORDS = 14
"""Of what ends for today, with why: more is an answer."""
_NOW = re.compile(
    r"(i |ive |we |weve )?(really |just )?(have to|need to|must|got to|gotta|gonna|should|had to)\b|"
    r"(i )?need a break\b|(i am|im|ill|i will|brb|be right)\b|"
    r"(my|the) \w+( \w+)? (is|are|just|needs|woke|cries|rings|rang|wants|came|has)\b"
)
"""How somebody begins who speaks of themselves and of this moment."""
_GOING = _set("go going leave leaving back gone off break sleep tired pause run stop away")


class Aside(Enum):
    """What such words say."""

    LEAVING = auto()
    BACK = auto()
    HOW_MANY = auto()
    PERHAPS = auto()
    """It may as well be an answer: whoever typed it is asked."""


class _Clause(Enum):
    NOTHING = auto()
    LEAVING = auto()
    CALLED = auto()
    BACK = auto()
    OTHER = auto()


def aside(words: str) -> Aside | None:
    """What an aside says, or None where the words are none."""
    text = _ANOTHER_TIME.sub("later", words.casefold().replace("’", "'"))
    said = _tokens(text)
    whole = " ".join(_bare(said))
    if whole in _PERHAPS_LATER or (whole == "later" and _ANOTHER_TIME.search(words.casefold())):
        return Aside.PERHAPS
    if HOW_MANY.fullmatch(whole) and set(whole.split()) <= COUNTING:
        return Aside.HOW_MANY
    clauses = re.split(r"[.,;:!?…\n()–—]+|\s-+\s|\b(?:but|because|cause|cos|bc|so)\b", text)
    urgent = bool(URGENT & set(said))
    kinds_of = [kind for each in clauses if (kind := _kind(_tokens(each), urgent=urgent)) is not _Clause.NOTHING]
    kinds = set(kinds_of)
    if len(said) <= REASON_WORDS and _is_enough(_tokens(next(filter(str.strip, clauses), ""))):
        return Aside.LEAVING
    if _Clause.OTHER not in kinds:
        if _Clause.LEAVING in kinds:
            return Aside.LEAVING
        if _Clause.BACK in kinds:
            return Aside.BACK
        if _Clause.CALLED in kinds and (urgent or len(kinds_of) == 1 or HAPPENS & set(said)):
            return Aside.PERHAPS
    return Aside.PERHAPS if _is_perhaps(said, urgent=urgent) else None


def comes_back(words: str) -> bool:
    """Whether they say that they are back, in as many words, and not only to go on: with what, they do not say."""
    return " ".join(_bare(_tokens(words.casefold().replace("’", "'")))) in BACK


def _is_enough(tokens: list[str]) -> bool:
    """Enough for today: also with what is said before it, of which the last word is one of those at an end."""
    first = next((at for at, each in enumerate(tokens) if each not in OPENERS), len(tokens))
    last = next((at for at in range(len(tokens), first, -1) if tokens[at - 1] not in COURTESIES), first)
    return bool(_ENOUGH.fullmatch(" ".join(tokens[first:last])))


def _kind(tokens: list[str], *, urgent: bool) -> _Clause:
    bare = _bare(tokens)
    if _SHORTLY.fullmatch(" ".join(tokens)) or _is_enough(tokens):
        return _Clause.LEAVING
    said = {" ".join(bare), " ".join(bare).removesuffix(" now")}
    if not bare or set(bare) <= TIME:
        return _Clause.NOTHING
    if said & GOODBYES or _leaves(bare, urgent=urgent) or _goes_on_later(bare):
        return _Clause.LEAVING
    if said & (BACK | RESUMES) or (_after(bare, BACK, SMALL | TIME | LIFE) and "from" in bare):
        return _Clause.BACK
    called = set(bare)
    if "brb" in called and called <= LIFE | SMALL | HAPPENS | TIME | {"brb"}:
        return _Clause.LEAVING
    return _Clause.CALLED if called & LIFE and called <= LIFE | SMALL | HAPPENS | TIME else _Clause.OTHER


def _leaves(tokens: list[str], *, urgent: bool) -> bool:
    """I have to go now; with what calls them away only where they are called this moment: “wait, I have to feed the baby”."""
    first = list(tokens)
    while first and first[0] in {"i", "ive", "we", "weve", "really", "just", "now", "unfortunately"}:
        first.pop(0)
    for begins in (2, 1, 3):
        if " ".join(first[:begins]) in MUST and len(first) > begins:
            verb, tail = first[begins], set(first[begins + 1 :])
            if verb in GO and tail <= SMALL | TIME:
                return True
            return urgent and verb in GO | TEND and bool(tail & LIFE or verb in {"eat", "sleep", "cook"}) and tail <= _AROUND
    return False


def _goes_on_later(tokens: list[str]) -> bool:
    """I will go on tomorrow, and: back in five minutes."""
    if tokens[:1] == ["lets"] or not _after(tokens, _WILL_GO_ON, _LATER):
        starts = _WILL_GO_ON | {"back", "be back", "continue", "go on", "more", "do it", "do this", "do the rest"}
        return bool(set(tokens) & (TIME - {"now"})) and _after(tokens, starts, _LATER)
    return True


def _after(tokens: list[str], phrases: frozenset[str], tail: frozenset[str]) -> bool:
    """Whether it is one of the phrases with nothing but such words after it."""
    return any(" ".join(tokens[:end]) in phrases and set(tokens[end:]) <= tail for end in range(1, len(tokens) + 1))


def _is_perhaps(tokens: list[str], *, urgent: bool) -> bool:
    """Short, in the first person, about now, and of going, coming back or what calls people away."""
    bare = _bare(tokens)
    if len(tokens) > PERHAPS_WORDS or not set(bare) & (LIFE | _GOING):
        return False
    return bool(_NOW.match(" ".join(bare))) or (urgent and tokens[:1] == ["wait"] and bool(set(bare) & LIFE))


def _bare(tokens: list[str]) -> list[str]:
    """Without what is said before and after it."""
    begins, ends = 0, len(tokens)
    while begins < ends and tokens[begins] in OPENERS:
        begins += 1
    while ends > begins and tokens[ends - 1] in CLOSERS and " ".join(tokens[begins:ends]) not in BACK:
        ends -= 1
    return tokens[begins:ends]


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", _THAT_IS.sub("that is", text).replace("'", ""))
