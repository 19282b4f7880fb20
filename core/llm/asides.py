"""What is answered without looking anything up: greetings, being new, lost, late or back, and a goodbye."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from core.llm.newcomers import is_new
from core.shorthand import spelled_out


@dataclass(frozen=True, slots=True)
class Aside:
    """The answer to such words. `ways`: the commands that it names, as typed without their slash, by what their buttons say.

    `person`: how it ends for whoever may want a person who coaches, which is nobody who coaches.
    """

    text: str
    ways: tuple[tuple[str, str], ...]
    person: str = ""

    def told(self, *, coaching: bool) -> str:
        """What somebody is told, who coaches or does not."""
        return self.text if coaching or not self.person else f"{self.text} {self.person}"

    def offered(self, *, coaching: bool) -> tuple[tuple[str, str], ...]:
        """The ways that they are offered."""
        return tuple(each for each in self.ways if not (coaching and each == PERSON))


HOME, _PLAN, PERSON = ("Where I am", "home"), ("The course plan", "plan"), ("Talk to a person", "person")
WHERE_NOW = Aside(
    "/home shows where you are and what comes next. /module opens the lessons, /foundation what is known of your shop, /run the "
    "prompts, and /kpi log takes your figures.",
    (HOME, ("The modules", "module"), PERSON),
    "/person reaches somebody who coaches.",
)
STUCK = Aside(
    "That happens, and a person is the shortest way on: /person reaches somebody who coaches. /home shows where you are and what "
    "comes next, and /module opens the lessons.",
    (PERSON, HOME, ("The modules", "module")),
)
_STUCK = re.compile(
    r"i(?:'m| am|m)(?: (?:a bit|quite|so|really|totally|completely|just|still))* stuck(?: (?:here|now|again|and|i need help))*"
)
_WHERE = re.compile(
    r"(?:hi+|hiy?ah?|hell?o+|he+y+|he+yah?|hola|hallo|bonjour|howdy|yo|g'day|(?:good )?(?:morning|afternoon|evening))"
    r"(?: there| again| elevate| director| guide| everyone)*|"
    r"(?:(?:so|and|ok|okay|hi|hello|hey) )?(?:"
    r"what(?: is|'s|s)?(?: (?:comes|should i do|do i do|can i do|to do))?"
    r"(?: now| next| first| here| today| this week)(?: for me)?|"
    r"what(?: am i supposed to| do i have to| should i) do(?: now| next| first| here| today| this week)?|"
    r"where am i(?: now)?(?: in the course)?(?: and what (?:comes|is) next)?|where do i (?:start|begin)|how do i (?:start|begin)|"
    r"i(?:'m| am)(?: a bit| so)? (?:lost|confused|new here)|ok|okay|yes|no|sure|fine|got it|lol|(?:ha){2,}|i see|"
    r"you(?:'re| are) right|how are you(?: today| doing)*|"
    r"what(?: can|do) you (?:and the others )?(?:do|do for me))"
)
THANKED = Aside(
    "That is good to hear. It stays with me, and is carried to nobody: /home shows where you are and what comes next.", (HOME,)
)
_THANKS = re.compile(
    r"(?:(?:aw+|ah|oh|ok|okay|wow|yay|great|lovely|brilliant)[,.! ]+)*(?:many |big )?(?:thanks|thank you|cheers)"
    r"(?: (?:so|very) much| a lot| lots| a million)?"
    r"(?: (?:all|everyone|everybody|guys|team|(?!for|but|i|it|how|what|and|to|is)[a-z]+))?"
)
"""Said to somebody by name, or to nobody: the name is the one word at its end."""
_CAME = re.compile(
    r".*\b(?:(?:gave|sent|showed|told|invited|added|signed|put) me|i(?:'m| am|'ve| have)? (?:just )?"
    r"(?:joined|signed up|got here)|new here)\b.*"
)
"""How somebody got here, which says nothing of what they sell."""
_NOD = re.compile(
    r"(?:(?:and|then|so|oh|ah|ok|okay|yes|yep|yeah|yup|no|sure|fine|got it|i see|lol|alright|all right|right|great|perfect|super|"
    r"lovely|nice(?: one)?|good(?: idea| to know)?|brilliant|wonderful|awesome|amazing|excellent|fantastic|cool|will do|"
    r"(?:i(?:'ll| will) )(?:do (?:that|it|so)|try(?: that| it)?)|understood|noted|makes sense|all clear|all good|agreed|deal|"
    r"y|m?hm+|hmm+|oops|thx|ty|cancel|never ?mind|forget it|"
    r"(?:that|it|this)(?:'s| is|s) (?:great|perfect|good|nice|lovely|fine|cool|clear|brilliant|awesome|helpful)|"
    r"(?:that |it )?(?:sounds|looks) (?:good|great|perfect|fine|right))(?: |$))+"
)
"""Said alone, to what was said before."""
_FIRST = re.compile(
    r"\b(?:what (?:should|do|must) i do first|(?:where|how) (?:do|should|can) i (?:start|begin))"
    r"(?: please| thanks| thank you| then)*\s*"
    r"(?:[.,;:!?…\n–-]+\s*(?:(?:we|i|i'm|im|i've|my|our)\b(?! (?:want|need|would like)\b)[^?]*)?)?$"
)
"""A newcomer who also says what they sell, before it or after it: only a question that follows says what is asked about."""
BACK = Aside(
    "Good to have you back. Nothing is lost, and nothing has run away: /home shows where you left off and what comes next, /plan "
    "where the course is this week.",
    (HOME, _PLAN, PERSON),
    "If the weeks no longer fit, a person helps: /person.",
)
_BACK = re.compile(
    r"(?:(?:hi|hello|hey|sorry|so|and|ok|okay|right) )*(?:back(?: again| now)?|here again|i(?:'m| am) here(?: now| again)?|"
    r"i(?:'m| am)(?: just| now)? back(?: again| now| here)?|"
    r"i(?: was| have been|'ve been) (?:ill|sick|away|busy|on holiday|on leave)(?: for .{1,30}| last week| all week)?"
    r"(?: (?:and|but|so)(?: now)? i(?:'m| am)(?: now)? back(?: again| now| here)?)?"
    r"(?: (?:so |and )?what (?:did|have) i miss(?:ed)?)?|"
    r"what (?:did|have) i miss(?:ed)?(?: last week| this week| so far)?|"
    r"where (?:were|are|did) we(?: stop| leave off| now)?|where (?:was|did) i(?: stop| leave off)?)"
)
REMIND = Aside(
    "Say it with its time, in a direct message to me, such as “remind me tomorrow at 9 to call the printer”, and I write to you "
    "then; /reminder does the same. /nudges says when I write to you by myself.",
    (("Set a reminder", "reminder"), ("My reminders", "nudges")),
)
_REMIND = re.compile(
    r"(?:please |can you |could you |will you )*(?:remind me(?! (?:what|how|why|which|who|where)\b)|set (?:me )?a reminder)\b.*"
)
_OF_WHAT = re.compile(
    r"\bremind me\s+(?:(?P<day>(?:(?!\bto\b).)*?)\s*\b(?:to|that i (?:have|need|want) to|about)\s+)(?P<what>[^\n]+?)[\s.!]*$",
    re.IGNORECASE,
)
WORDS_AT_MOST = 160
"""Characters of what somebody will do that are put into the form which keeps it: more is a story and no one thing."""
BEHIND = Aside(
    "You need not do everything at once. Each module builds on the one before, so begin with the first that is open: /home shows "
    "it. Nothing closes behind you, and /plan says where the course is this week.",
    (HOME, _PLAN, PERSON),
    "/person reaches a coach.",
)
_BEHIND = re.compile(
    r"\b(?:catch(?:ing)? up(?! with)|(?:fallen|falling|far|weeks?|modules?|lagging|am|i'm) behind\b(?! the scenes)|"
    r"join(?:ed|ing)? .{0,25}\blate|too late to (?:join|start|begin)(?= the course| this| now|$))\b"
)
LATER = Aside(
    "Until then. Nothing runs away: /home shows where you left off, whenever you are back. /nudges says when I write to you.",
    (("My reminders", "nudges"),),
)
_LATER = re.compile(
    r"(?:i(?:'ll| will) )?(?:be|come|write) back(?: later| soon| tomorrow| tonight)*|"
    r"(?:(?:i(?:'m| am) )?(?:all )?(?:done|finished)|that(?:'s| is) (?:me|us|it|all|enough)(?: done| finished)?|enough)"
    r" for (?:now|today|tonight|the day)|"
    r"(?:hang|hold) on|brb|(?:just )?(?:one|a|1) (?:sec|second|moment|minute|min)|back in (?:a|an|\w+) \w+|"
    r"(?:i(?: have|'ve)? )?(?:got|have|need) to go(?: now)?|"
    r"i have no time(?: for (?:this|it|the course))?(?: just now| right now| now| today| tonight| this week)?|"
    r"see you(?: \w+)?|bye(?: bye)?|goodbye|good night"
)
_BEFORE = re.compile(r"^(?:(?:please|and|but|so|hi|hello|hey|sorry) )+")
_AFTER = re.compile(r"(?: (?:please|thanks|thank you|then))+$")


def plain(question: str) -> str:
    """The question in small letters, without the signs around its words."""
    return " ".join(re.sub(r"[^\w' ]+", " ", spelled_out(question).casefold().replace("’", "'")).split())


def _says_little(clause: str) -> bool:
    """Whether it names nothing that could be looked up."""
    return is_new(clause) or any(each.fullmatch(clause) for each in (_STUCK, _WHERE, _NOD))


def _is_beginning(clauses: list[str]) -> bool:
    """Whether they greet or ask what is to be done; how somebody got here may stand beside the latter."""
    said = [each for each in clauses if each]
    told = [each for each in said if not (is_new(each) or _WHERE.fullmatch(each))]
    return not told or (any(map(is_new, said)) and all(map(_CAME.fullmatch, told)))


def _bare(clause: str) -> str:
    """The clause without the courtesies around it."""
    return _AFTER.sub("", _BEFORE.sub("", plain(clause)))


def aside(question: str) -> Aside | None:
    """The answer to such words; None where something else is asked. Of several sentences or clauses the last one says what is
    wanted: what is said of oneself before it is no question for the course.
    """
    whole = plain(question)
    if _THANKS.fullmatch(whole):
        return THANKED
    clauses = [_bare(each) for each in re.split(r"[.,;:!?\n]+", question)]
    if any(map(_STUCK.fullmatch, clauses)) and all(not each or _says_little(each) for each in clauses):
        return STUCK
    if whole and (is_new(_bare(question)) or _is_beginning(clauses)):
        return WHERE_NOW
    last = next((each for each in reversed(clauses) if each), "")
    for each in (whole, last):
        if _BACK.fullmatch(each):
            return BACK
        if _WHERE.fullmatch(each):
            return BACK if any(_BACK.fullmatch(clause) for clause in clauses) else WHERE_NOW
        if _LATER.fullmatch(each):
            return LATER
        if _REMIND.fullmatch(each):
            return _reminding(question)
    if _NOD.fullmatch(whole) or _FIRST.search(question.casefold().replace("’", "'").strip()):
        return WHERE_NOW
    return BEHIND if _BEHIND.search(whole) else None


def _reminding(question: str) -> Aside:
    """The answer to whoever wants a reminder, with what they want to do in the form that keeps it."""
    found = _OF_WHAT.search(question) if len(question) <= 2 * WORDS_AT_MOST else None
    words = " ".join(f"{found['what']} {found['day'] or ''}".split()) if found else ""
    (label, line), *others = REMIND.ways
    return replace(REMIND, ways=((label, f"{line} {words}"), *others)) if 0 < len(words) <= WORDS_AT_MOST else REMIND
