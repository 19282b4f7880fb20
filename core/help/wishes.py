"""Whole sentences in which people say what they did, do or want here, and the commands that are for it."""

from __future__ import annotations

import re

from core.shorthand import spelled_out

_ASKING = """
    what how why when where which who whose whom should explain tell help idea ideas example examples difference draft write
    suggest list compare check review improve rewrite translate summarise summary mean means
"""
ASKING = frozenset(_ASKING.split())
"""One of these makes a question or a task of words that have no question mark."""
_BEGINNING = frozenset(("do", "does", "did", "is", "are", "am", "can", "could", "would", "will", "has", "may"))
_ENDING = re.compile(r"\b(?:is|are|was|were) (?:that|this|it|these|they)(?: \w+){1,3}$")
FEW = 3
"""So few words name what they are about."""

_COACHES = r"(?:my|our|the) coach(?:es)?"
_LETTER = r"(?:message|letter|note|question|word|line)"
_TO_A_COACH = (
    r"\b(?:send|write|message|contact|reach|text|email|e mail|dm|ask|tell|call|ping|talk|speak|chat)"
    rf"(?: (?:(?:a|an|another|this|the) )?{_LETTER})?(?: (?:to|with))? {_COACHES}\b|\b{_LETTER} (?:to|for) {_COACHES}\b"
)
_FROM_A_COACH = (
    rf"\b{_COACHES}\b(?!.*\b(?:see|read|look|know)s?\b).*\b(?:(?:answer|repl|respond)(?:s|y|ies|ied|ed|ing)?|"
    r"wrote|written|(?:write|got|get|getting|come|came) back)\b|"
    rf"\b(?:answers?|reply|replies|word|hear|heard|hearing|news)(?: \w+)? (?:from|of) {_COACHES}\b"
)
_OTHERS = r"(?:the others|the other students|every(?:body|one) else)"
_OURS = r"(?:my|our) (?:little |small )?(?:shop|store|business|company)"
_TO_TALK = r"(?:hi|hello|please|can|could|may|i|i'd|would|want|like|need|have|to|let|me|how|do|speak|talk|write|chat|with)"
_COACH = r"(?:(?:an?|the|my|our|some) )?(?:(?:real|live|actual|human) )*(?:person|human|someone|somebody|coach(?:es)?)"
_MAY_I = r"(?:(?:can|could|may) (?:i|we)|i(?:'d| would) like to|(?:i|we) (?:want|need) to|let me)"
_BY_NAME = r"(?!(?:you|them|him|her|it|my|the|this|that)\b)[^\W\d]+(?<!s)"
"""Somebody by name, in one word; what ends in an s is customers."""
_WEEKDAY = r"(?:(?:by|on|until|next|this) )*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow)"
_ASKED = r"(?:what|how|why|which|who|where)\b"
_SO_FAR = r"(?: have|'ve)?(?: just| already| now)?"
_AT_ITS_END = r"(?: (?:then|please|for me))*$"
_KEEP = (
    r"^(?:(?:ok|yes|please|i|we|want|to|i'd|would|like|can|could|you|let's|let|me) )*(?:keep|save) (?:it|this|that|them|these|"
    r"those|(?:all of )?(?:this|that|it|them)|(?:this|that|the (?:first|second|third|last|other)) (?:one|text|answer)|"
    rf"(?:number|item|option|version) \d+){_AT_ITS_END}"
)
"""What a run gave them, so the button below it is meant; help does not know which run."""
WISHES = {
    _KEEP: ("runs", "assets add"),
    r"^(?:i |we )?(?:have )?sold \d+ \w+(?: today| yesterday| this week| last week)?$": ("kpi log",),
    r"\b(?:leave|quit|give up) the course\b|"
    r"^(?:(?:ok|hi|hello|sorry|so|maybe|honestly) )*(?:i|we)(?:'m| am|'d| would)?(?: (?:think i|really|just|now))*"
    r"(?: (?:want|like|need|have|going|about|ready)(?: to)?)? (?:quit|quitting|drop out|dropping out|leave|stop)"
    r"(?: (?:it|this|all this|all of this|everything|now|here|completely))*$": ("person show", "nudges stop"),
    rf"^(?:{_TO_TALK} )*(?:someone|somebody|(?:a )?(?:real |live )?(?:human|person)(?: being)?|"
    r"(?:real|actual|live) (?:person|people))(?: please| here| now)*$": ("person ask",),
    rf"^(?:hi |hello |hey |please )*{_MAY_I} (?:talk|speak|write|chat) (?:to|with) {_COACH}"
    rf"(?: (?:about|now|here|because|since|regarding|on|as)\b.*)?$|"
    rf"^(?:hi |hello |hey |please )*(?:i|we) (?:really )?(?:need|want) {_COACH}(?: (?:my|i|i'm|we|because|about|this|"
    r"to (?:talk|help|look|call|ask|speak|explain|write to|chat))\b.*)?$|"
    rf"^(?:can|could|may) i (?:talk|speak) (?:to|with) {_BY_NAME}$": ("person ask",),
    rf"{_TO_A_COACH}|{_FROM_A_COACH}": ("person ask", "person show"),
    r"\b(?:is|are|stays?) (?:this|it|that|all this|everything|my \w+|what i \w+)(?: to you| here)? (?:private|confidential|"
    r"secret|anonymous)\b": ("me coach", "mydata show"),
    r"\byou (?:\w+ )?(?:use|sell|share|keep|store|train)\b.* my (?:data|words|texts?|messages|answers)\b": (
        "mydata show",
        "me coach",
    ),
    r"^(?:undo|undo (?:it|that|this)|(?:delete|remove) (?:it|that|this)|take (?:it|that|this) back)$": (
        "foundation history",
        "module untick",
    ),
    r"\bwhich cell of my foundation\b|\b(?:help|start|begin|fill|write|finish|work on)\b.* (?:my|the) foundation$|"
    r"\b(?:fill in|fill|do|start|begin|finish|add|write) (?:the |my )?(?:company|market|customer)"
    r" (?:stuff|grid|bit|bits|part|section|cells|page)\b|"
    r"^(?:(?:ok|hi|please|now|so|let's|lets|can we|i want to) )*(?:start|begin|do|fill in|go on with)(?: with)?"
    r" (?:my |the )?foundation(?: now| then)*$": (
        "foundation interview",
        "foundation show",
    ),
    r"^(?:(?:what is|what's|where is|show|open|see)(?: me)?(?: in)? my|(?:show|open|see)(?: me)?(?: the)?) foundation$|"
    r"^(?:so )?what (?:have|did) i (?:already |just )?(?:told|tell|said|say|written|write|given|give|answered|answer|put)"
    r"(?: (?:you|in|down|here|so far|already|until now|yet))+$": ("foundation show",),
    r"\bi (?:don't|do not) want (?:this|it|to do this) any ?more\b": ("person show", "nudges stop"),
    r"\bstop (?:sending|writing|messaging|reminding|asking|bothering) (?:to )?me\b": ("nudges stop", "nudges pause"),
    rf"\bremind me\b(?! {_ASKED})|\bset (?:me )?a reminder\b": ("reminder", "nudges change"),
    rf"\b{_COACHES}\b.*\b(?:called|name|who)\b|\b(?:who|where) (?:is|are) {_COACHES}\b": ("person show",),
    r"\bchange my (?:own )?(?:name|time ?zone)\b": ("me edit",),
    rf"\b(?:what|where) (?:are |is )?{_OTHERS} (?:are|is|do|does|doing|have|now)\b|\bwho else is\b": ("plan", "cohort board"),
    rf"\bi{_SO_FAR} (?:finished|done|completed|ticked|did|read) (?:it|this|that|the|my|item|lesson)\b": (
        "module tick",
        "progress",
    ),
    r"^(?:(?:ok|yes|no|sorry) )*(?:(?:it is|it's|its|that is|that's|i am|i'm|all) )?(?:done|finished|not (?:done )?yet|not done)"
    r"(?: it| that| now)?$|^(?:(?:can (?:you|we)|please|let's) )*(?:move|shift|postpone|push) (?:it|that|this) (?:to )?"
    rf"{_WEEKDAY}|^{_WEEKDAY}(?: (?:morning|afternoon|evening))?(?: please)?$": ("commitments",),
    r"\b(?:lesson|item|point|task|module) is (?:done|finished)\b|"
    r"\b(?:done|finished|through) with (?:the |my |this )?(?:\w+ )?(?:lesson|item|checklist|module)\b": (
        "module tick",
        "progress",
    ),
    r"\b(?:have|get|find|want|need|like|give|be|pair|how about)\b.* (?:an? )?(?:accountability|study|course) (?:partner|buddy)\b|"
    r"^(?:(?:can|could|may|i|we|you|please|would|like|want|to|me|find|get|have) )*(?:a (?:partner|buddy)|be paired(?: up)?)"
    r"(?: now| then)*$": ("pair show",),
    r"\bmy (?:tasks|to ?do(?:s| list)?|homework|checklist)\b": ("progress", "module show"),
    r"\bwhich (?:lesson|module|step) (?:comes|is) next\b|\bmy next (?:step|task|lesson|module)\b": ("progress", "module show"),
    r"\bhow many (?:lessons|modules|weeks)\b|\bhow long (?:does|will|is) (?:this|it|the course)\b": ("plan", "module list"),
    r"\b(?:is there|when is)(?: a| the| our)?(?: next)?(?: live)? (?:meeting|call|session|webinar)\b": ("plan", "person show"),
    r"\bwhere (?:do|can|should) i (?:write|put|type|enter) (?:it|this|my answers?)\b": (
        "foundation interview",
        "module worksheet",
    ),
    r"\bmistake in (?:my|an|the) (?:answer|cell)s?\b|"
    r"\b(?:change|correct|edit|fix|update) (?:my|an|the|that|one) (?:\w+ )?(?:answer|cell)s?\b(?! to)": (
        "foundation history",
        "foundation edit",
    ),
    r"\bwho (?:can |may |else )*(?:sees?|reads?) (?:what i|my|this)\b|"
    r"^(?:(?:so|and|hi|sorry) )*(?:can|could|will|do|does) (?:my |the )?\w+(?: (?:or|and) \w+)? (?:see|read) "
    r"(?:what i (?:write|wrote|say|said|type|put)|(?:everything|anything) i|"
    r"my (?:answers|figures|foundation|messages|notes|numbers))\b": (
        "me coach",
        "mydata show",
    ),
    r"\b(?:delete|erase|remove) (?:everything|all of it|my (?:data|account))\b(?! (?:after|before|but|except|from)\b)": (
        "mydata delete",
        "mydata show",
    ),
    r"\b(?:want|like|need|have) to (?:write|note|put) (?:\w+ ){0,2}down\b": ("foundation interview", "foundation edit"),
    r"\byou (?:know|have|keep) (?:about|of|on) me\b": ("me show", "mydata show"),
}
"""Of sentences of any kind."""
TOLD = {
    r"\b(?:i|we) (?:sold|had|made|got|earned|took in|spent)\b.*\d": ("kpi log",),
    rf"\b(?:i|we|{_OURS})(?: also| mainly| mostly)? (?:sells?|makes?|offers?)\b": ("foundation interview", "foundation paste"),
}
"""Of sentences that ask nothing."""


def wished(question: str) -> tuple[str, ...]:
    """The names of the commands, the best first; none where the sentence is something else."""
    plain = _plain(question)
    first, colon, _ = question.partition(":")
    if colon and "?" not in question and re.search(_KEEP, _plain(first)):
        return WISHES[_KEEP]  # what is to be kept stands behind it
    table = WISHES if asks(question) else WISHES | TOLD
    return next((names for pattern, names in table.items() if re.search(pattern, plain)), ())


def asks(text: str) -> bool:
    """Whether the text asks for something that could be looked up, as far as its form tells."""
    return len(_words(text)) <= FEW or seeks(text)


def seeks(text: str) -> bool:
    """Whether it has the form of a question or a task, and not only so few words that they may name what is asked about."""
    words = _words(text)
    begins, ends = words[:1], _ENDING.search(" ".join(words[-6:]))
    return "?" in text or not _BEGINNING.isdisjoint(begins) or bool(ends) or not ASKING.isdisjoint(words)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w' ]+", " ", spelled_out(text).casefold().replace("’", "'")).split())


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())
