"""Signs that words below an open question are of whoever writes, and of this moment: what calls them away, and their plans."""

from __future__ import annotations

from core.foundation.doubt_signs import OPENING, SHORT, sign

_MUST = r"(?:need(?: to)?|want(?: to)?|wanna|have to|got to|gotta|must|going to|gonna|off to|should)"
_LIFE = r"(?:sleep|bed|rest|eat|dinner|lunch|breakfast|a coffee|a break|go|run|leave|stop|cook|drive|pick up|get back|feed)"
_WHO = (
    r"(?:orders?|customer|client|courier|delivery|parcel|postman|kids?|baby|toddler|son|daughter|phone|dog|cat|boss|husband|wife|"
    r"door(?:bell)?|someone|somebody|mum|bus|train)"
)
_COMES = (
    r"(?:c(?:o|a)mes? in|walk(?:s|ed)? in|just walked in|coming in|came|comes|arrived|at (?:the|my) (?:door|counter)|"
    r"in (?:the|my) shop|on the phone|"
    r"calling|crying|awake|ringing|waiting|rang|rings|calls|called|woke|needs? me|wants? me|is here|are here|hungry)"
)
_WHEN = (
    r"(?:tomorrow|tonight|later|today|after (?:work|dinner|lunch)|(?:by|on) \w+day(?: \w+)?|this (?:evening|afternoon|weekend)|"
    r"next week|in the morning|another (?:time|day)|in (?:a|an|\d+) (?:bit|while|hour|min(?:ute)?s?|sec))"
)

OF_THIS_MOMENT = (
    sign(
        1,
        r"^\W*(?:(?:ok|oh|no|so|and|ah)\W+)*(?:wait(?!ing)|hang on|hold on|(?:just )?(?:one|two|a|1|2) (?:secs?|seconds?|"
        r"moment)|oops|whoops|oh no|"
        r"sorry|argh+|ugh|damn|brb|give me a|gimme|not now)\b(?! (?:times?|lists?|until|seems|cards?|for it|to say))",
    ),
    sign(
        1,
        r"^\W*(?:oops|sorry|wait|whoops|hang on|hold on)\b(?! (?:cards?|times?|lists?|seems|moments?|not sorry|kits?))",
        own=True,
        at_most=4,
    ),
    sign(2, r"^\W*(?:(?:ok|just|a) )*(?:sec|second|moment|min|minute)\W*$|^\W*(?:hang|hold) on(?! to)(?: \w+){0,2}\W*$"),
    sign(
        2,
        r"^(?=.*\b(?:tomorrow|later|to(?:night|day)|now)\b)\W*(?:(?:tomorrow|later|tonight|then|ok|maybe|now|today|not|"
        r"please|sorry)\b\W*)+$",
        own=True,
    ),
    sign(
        2,
        r"\bit(?:'s|s| is) (?:so |too |very |getting )?late\b|\bi(?: only)? have (?:only )?(?:\d+|five|ten|two) min",
        own=True,
        at_most=SHORT,
    ),
    sign(
        2,
        r"\bgot (?:an?|another) (?:customer|order|call|delivery|visitor)\b|\b(?:dinner|lunch|food)(?:'s| is)? ready\W*$",
        own=True,
        at_most=5,
    ),
    sign(1, rf"{OPENING}(?:i |we )?(?:had to|was at|were at|fell asleep|had (?:visitors|guests))\b", own=True, at_most=6),
    sign(1, r"^\W*(?:(?:ok|oh|so|and)\W+)*sorry,? (?:i|im|i'm|for|about|my)\b", own=True),
    sign(1, r"^\W*(?:(?:ok|hi|im|i'm|and|so)\W+)*back(?:\s*[.,!:;–-]\s|\W*$| now\b| again\b)"),
    sign(
        2,
        r"^\W*(?:(?:just|ok|wait) )*(?:(?:one|two|a|1|2|5|five|ten|10) (?:secs?|moments?|min(?:ute)?s?)|hang on|"
        r"hold on)\W*(?:pl(?:ease|s|z)|now|$)",
    ),
    sign(1, r"^\W*(?:(?:ok|wait|oh) )*(?:(?:one|two|1|2|half a) (?:secs?|seconds?|moments?)|hang on|hold on)\s*[,.…!–-]"),
    sign(2, r"\b(?:give me|gimme|need) (?:a|one|two|five|\d+) (?:sec|second|moment|min|minute|break)s?\b", at_most=SHORT),
    sign(2, rf"{OPENING}(?:i(?:'m|m| am|'ve|ve)? )?(?:really |just |so |now )*{_MUST} {_LIFE}\b", own=True, at_most=SHORT),
    sign(1, rf"{OPENING}(?:i(?:'m|m| am|'ve|ve)? )?(?:really |just |so |now )*{_MUST} {_LIFE}\b", own=True),
    sign(
        2,
        r"\b(?:i'?m|i am|we'?re)(?: (?:so|too|very|really|a|bit|just|getting|pretty))* (?:tired|sleepy|exhausted|"
        r"knackered|hungry|"
        r"busy|falling asleep|late|off|out|done|at work|driving|on (?:the|my|a) (?:phone|bus|train|way|call))\b",
        own=True,
        at_most=SHORT,
    ),
    sign(
        2,
        r"\btoo (?:tired|busy|late) (?:for|to do) (?:this|it|that)\b|\bbe right (?:there|back)\b|\bback in (?:a|an|half|"
        r"\d+)\b(?! \w+ of)",
        at_most=SHORT,
    ),
    sign(
        2,
        r"\bi(?:'m|m| am) (?:\w+ )?(?:driving|eating|leaving|cooking|walking|packing|working)(?: \w+)?\W*$",
        own=True,
        at_most=6,
    ),
    sign(2, r"\b(?:phone|battery|laptop|wifi|internet)\b.*\b(?:dying|dead|low|percent|gone)\b", own=True, at_most=SHORT),
    sign(1, r"\bmy (?:lunch|dinner|husband|wife|mum|kids?|son|daughter|boss|phone|bus|train|laptop)\b", own=True, at_most=SHORT),
    sign(
        1,
        rf"{OPENING}(?:i(?:'ll| will| have to| need to)? |let me )?(?:ask|call|ring) (?:my|him|her)\b",
        own=True,
        at_most=SHORT,
    ),
    sign(
        2,
        rf"{OPENING}(?:i(?:'ll|'d)? |ill )?(?:will |need to |have to |must |want to )*think (?:about (?:it|this|that)|"
        rf"first|more)\b",
        own=True,
    ),
    sign(1, r"\b(?:tired|sleepy|exhausted|knackered|asleep)(?: (?:now|today|tonight))?\W*$", own=True, at_most=5),
    sign(
        2,
        r"\b(?:order|orders|customer|client|courier|postman)(?: (?:is|has|just|now))* (?:c(?:o|a)mes? in|walk(?:s|ed)? in|"
        r"coming in|in (?:the|my) shop|at (?:the|my)|waiting)\b",
        at_most=6,
    ),
    sign(2, rf"\b{_WHO}(?: (?:is|are|has|just|now))* {_COMES}\b", own=True, at_most=6),
    sign(1, rf"\b{_WHO}(?: (?:is|are|has|just|now))* {_COMES}\b", own=True, at_most=12),
    sign(1, rf"\b{_WHEN}\W*$", own=True, at_most=SHORT),
    sign(1, r"\b(?:for )?(?:now|today)\W*$", own=True, at_most=5),
    sign(2, r"^\W*(?:school run|bed ?time|dinner ?time|phone|kids|work)\s*[,.!–-]\s*(?:back|more|later)\b"),
    sign(
        1,
        rf"\b(?:back|more|rest|continue|finish|go on|do (?:it|this|that)|tell you|talk|carry on)(?: \w+)? {_WHEN}\W*$",
        own=True,
    ),
    sign(
        2, rf"\b(?:i will|i'?ll|gonna|going to|i can|let me|(?:i )?finish (?:it|this)|do (?:it|this))\b.*\b{_WHEN}\W*$", own=True
    ),
    sign(1, r"^\W*(?:excuse me|pardon(?: me)?|forgive me)\b", own=True),
    sign(
        1,
        r"^\W*(?:good )?(?:evening|morning|afternoon|hiya|hi|hello|hey)(?: (?:boss|mate|there|all|again|you))?\s*[!,.]",
        own=True,
    ),
    sign(2, r"\b(?:tele)?phone(?:'s| is|s)? ringing\b|\btyping (?:with )?one[ -]hand(?:ed)?\b", own=True, at_most=16),
    sign(2, r"\bthat(?:'s| is) me (?:done|finished)\b|\bdone (?:for|with this for) (?:tonight|today|now|the day)\b", own=True),
    sign(2, r"\b(?:let us|let's|lets|(?:may|can|could|shall) (?:we|i)) (?:stop|pause|leave it|finish here|end here)\b", own=True),
    sign(2, r"[.!,;]\s*(?:more )?(?:tomorrow|later|tonight)\W*$", own=True, at_most=6),
    sign(2, r"^\W*\w*(\w)\1{3,}\w*\W*$"),
    sign(
        2,
        r"^\W*(?:i'?ll|i will|i am going to|i'?m going to|im going to|gonna)\b.*\b(?:by|on|before) (?:next |this )?\w+day\b",
        own=True,
    ),
    sign(2, rf"{OPENING}(?:good ?night|bye|see you|talk (?:later|soon|tomorrow)|ttyl|gtg)\b", at_most=SHORT),
)
"""Of whoever writes, and of the moment: whatever calls them away."""
