"""What is said to whoever answers, and is no question for the course: the answers that need no Claude."""

from __future__ import annotations

import re

from core.llm.asides import HOME, PERSON, Aside, plain

_KIND = r"(?:an? )?(?:real |actual |live )?(?:human|person|robot|bot|machine|computer|program|ai|chat ?gpt|claude|real|alive)"
HUMAN = re.compile(
    rf"\b(?:are you|r u)(?: really| even| actually)? {_KIND}(?: being)?(?: or .*)?$|"
    rf"\bam i (?:talking|speaking|writing|chatting) (?:to|with) {_KIND}\b|"
    r"^(?:who|what) are you$|^who (?:made|built|programmed|wrote) you$"
)
A_PROGRAM = Aside(
    "I am a program and no human. I keep your work in order and find places in the course.",
    (PERSON, HOME),
    "/person reaches somebody who coaches, and that is a person.",
)
_I_WANT = (
    r"(?:i (?:want|need|demand|have no|never got|would like)|i'd like|give me|"
    r"(?:can|could|do|will|where do|how do|how can) i (?:get|have|find))"
)
_OF_A_SHOP = r"(?! (?:polic|guarantee|terms|page|text|template|emails?\b|rate|from))"
_COURSE = r"(?:this|it|the course|this course)"
PAYMENT = re.compile(
    rf"\b{_I_WANT}(?: \w+){{0,2}} (?:refund|money back|invoice|receipt)\b{_OF_A_SHOP}|\brembours|"
    rf"^how much (?:does|is|do i pay for) {_COURSE}(?: cost)?$|\b{_COURSE} (?:is )?(?:a )?(?:scam|fraud)\b|"
    r"\w cancel$|\bcancel (?:my|the|this) (?:course|subscription|membership|place)$|^(?:i have )?(?:a )?complaint$"
)
WITH_THE_OWNER = Aside(
    "What you paid, invoices and refunds are with whoever runs your course: I know nothing of them.",
    (PERSON,),
    "/person reaches somebody who coaches, and they know whom to ask.",
)
_BAD = r"(?:useless|stupid|dumb|rubbish|crap|shit|bullshit|annoying|nonsense|terrible|a joke)"
ANGER = re.compile(
    rf"\b(?:you|you're|this bot|this course)(?: \w+){{0,5}} {_BAD}\b|\b(?:this|it)(?:'s| is)(?: \w+)? {_BAD}(?:$| you\b)|"
    rf"^{_BAD}\b|\bfuck|\bstupid (?:bot|thing)\b|\bi(?:'ve| have)? wasted (?:my )?(?:time|money|\d+)|"
    r"\b(?:this|you)(?: is|'s| are|'re)(?: \w+)? wast(?:e|ing)\b|\bi hate (?:you|this(?: bot| course| thing)?$)|"
    r"\bi want to complain\b"
)
SORRY = Aside(
    "I am sorry that this was no help. Without Claude I only find places in the course, and that is often not what is needed.",
    (PERSON, HOME),
    "A person can do more: /person reaches somebody who coaches.",
)
_LOW = r"(?:sad|down(?! \d)|exhausted|overwhelmed|frustrated|discouraged|lonely|depressed|worn out|burnt out|hopeless)"
SADNESS = re.compile(
    rf"\bi(?:'m| am| feel| am feeling|'m feeling)(?: \w+){{0,2}} {_LOW}\b|"
    r"\bi (?:just |really )?(?:give up|feel like giving up|want to give up)\b|"
    r"\bmy (?:husband|wife|partner|mother|father|mum|dad|son|daughter|friend|dog|cat) (?:has )?(?:left me|died)\b"
)
KIND_WORDS = Aside(
    "I am sorry to hear that. The course can wait, and nothing of it closes.",
    (PERSON,),
    "I am a program, and a person is better company now: /person reaches somebody who coaches.",
)
_TONGUES = (
    r"(?:french|german|spanish|polish|italian|dutch|portuguese|arabic|turkish|chinese|japanese|korean|hindi|ukrainian|russian|"
    r"swedish|danish|norwegian|français|francais|deutsch|español|espanol|italiano|português|nederlands|po polsku)"
)
TONGUE = re.compile(
    r"^(?:(?:please|can|could|do|will|you|i) )*(?:speak|talk|write|answer|reply|parle[zr]?|sprichst|sprechen|hablas?|parli|"
    rf"czy mogę pisać)\b(?: \w+){{0,2}} {_TONGUES}\b"
)
IN_ENGLISH = Aside(
    "Without Claude I have only the course's own words, and they are English. Your Foundation may be in any language.",
    (PERSON, HOME),
    "/person reaches somebody who coaches.",
)
SAID = ((PAYMENT, WITH_THE_OWNER), (ANGER, SORRY), (SADNESS, KIND_WORDS), (TONGUE, IN_ENGLISH))


def said_to_us(question: str, *, led: bool) -> Aside | None:
    """The answer; None where something else is said. `led`: the words mean a command, which then goes before all but the truth
    about who answers.
    """
    whole = plain(question)
    if HUMAN.search(whole):
        return A_PROGRAM
    return None if led else next((answer for pattern, answer in SAID if pattern.search(whole)), None)
