"""Signs of a kind that few words below an open question are of another kind than an answer: told to us, a slip, life, a question.

The other tables say which words; these say how an order, a correction and a question begin, whatever they are about.
"""

from __future__ import annotations

from core.foundation.doubt_signs import OPENING, sign

BRIEF = 12
"""Words at most. What is longer says enough to be weighed by the other tables."""
_ASKS = (
    r"(?:(?:can|could|would|will) (?:you|we|i) |let'?s |i (?:want|need|would like|have) to |i'd like to |you can |"
    r"pl(?:ease|s|z) |now |just )*"
)
_DO = (
    r"(?:keep|set|pause|stop|go|undo|delete|remove|change|show|send|save|remind|skip|leave|move|put|forget|turn|push|try|give|"
    r"make|add|copy|paste|open|close|restart|start|book|tell|read|take|rename|use|write|do|repeat|switch|mute|cancel|clear|ask|"
    r"edit|fix|redo|pick|choose|drop|swap|drag|pin|note|store|log|mark|correct|update|replace|scrap|shorten|like|prefer)"
)
_ORDER = rf"{OPENING}{_ASKS}(?:i )?{_DO}"
_ONE = (
    r"(?:that|this|the (?:first|second|third|last|next|previous|other|wrong|old|new))"
    r"(?: (?:one|bit|part|line|thing|version|message|text|idea|option|words?|last one|last bit|last thing))?"
)
_TAIL = (
    r"(?: (?:pl(?:ease|s|z)|now|again|back|too|instead|then|there|here|for (?:now|me|later|today|tonight)|again|one|ones|better|"
    r"shorter|longer|funnier|simpler|out|in|off|up|down|over|away))*\W*$"
)
_OURS = (
    r"(?:reminders?|nudges?|notifications?|interviews?|foundation|questions?|answers?|cells?|grids?|hooks?|headlines?|prompts?|"
    r"drafts?|coach|bot|chat|settings?|messages?|lists?|posts?|captions?|checklists?|modules?|name)"
)
_LIVES = (
    r"(?:kids?|baby|toddler|son|daughter|mum|dad|husband|wife|partner|boss|dog|cat|postie|postman|courier|driver|customers?|"
    r"client|queue|bus|train|tram|stop|station|phone|laptop|battery|wifi|internet|signal|dinner|lunch|tea|kettle|oven|pan|"
    r"shop|school|doorbell|door|break|meeting|lesson|class|neighbou?r|someone|somebody)"
)

CORRECTING = (
    sign(
        2,
        r"^\W*(?:(?:oh|ah|um|hm+|ok|okay|so|argh|damn)[\s,.!…–-]+)*(?:sorry|oops|whoops|oh no|ah no|wait|hang on|hold on|"
        r"my mistake|my bad|apologies|scratch that)[\s,.!:…–-]+(?:i|i'm|i'll|it|that|this|my|we|you|didn't|wrong|not|for|can|"
        r"could|what|how|is|there|price|ignore|forget|change)\b(?! (?:sorry|it|to say|seems)\b)",
        own=True,
        at_most=BRIEF,
    ),
    sign(
        2,
        r"^\W*(?:no|nope|nah)[,.!…–-]+ ?(?:the other|i (?:meant|mean|want)|not (?:that|this|the)|wrong|hang|hold|sorry|"
        r"that'?s? (?:is |was )?not)\b",
        own=True,
        at_most=8,
    ),
    sign(2, r"^\W*(?:oh )?(?:oops|wait|oh no|ah no)[\s,.!…–-]+the \w+ (?:is|was|has|should|i)\b", own=True, at_most=BRIEF),
    sign(2, rf"{OPENING}actually,? (?:i (?:meant|mean|want|think)|that|never|can|could|change|no|forget|it should|wait)\b"),
    sign(
        2,
        r"^(?=.*\b(?:actually|sorry|oops|wait|now|instead|back)\b).*\bnot [£$€]?\d[\d.,]*\W*$|"
        r"\bpl(?:ease|s|z) (?:change|update|fix|correct|edit|delete|remove|save|add)\b|"
        r"\b(?:change|update|fix|correct|edit|delete|remove) (?:it|that|this),? pl(?:ease|s|z)\b",
    ),
    sign(2, r"\b(?:i|we) (?:gave|sent|wrote|told|put) (?:you|to you|in|down|before|earlier)\b", own=True, at_most=BRIEF),
    sign(3, r"\b(?:the|my) (?:\w+ ){1,3}(?:answer|question|cell) (?:is|was|should|needs|has)\b", at_most=BRIEF + 4),
)
"""Of few words that take back or put right what was said before."""
IN_BRIEF = (
    *CORRECTING,
    sign(2, r"^\W*(?:(?:oh|ok|okay|um+|well|er+m?)[\s,.!…–-]+)*(?:yes|yep|yeah|yup|ye|no|nope|nah|sure)\W*$"),
    sign(
        2,
        rf"{_ORDER} (?:that\b|this (?:one|bit|to|as|in|into|elsewhere|somewhere|away|back|up|down|again)\b)",
        own=True,
        at_most=6,
    ),
    sign(2, rf"{_ORDER} it to [^\W\d]+\W*$", own=True, at_most=6),
    sign(2, rf"{OPENING}{_ASKS}(?:delete|remove|clear|erase|undo|reset|scrap) (?:everything|all)\W*$"),
    sign(
        2,
        rf"{OPENING}(?:leave me|hold my|be right|give me a|tell me a|let'?s (?:do|try|move|talk|start))\b",
        own=True,
        at_most=7,
    ),
    sign(2, rf"{OPENING}is (?:any|some)(?:one|body)\b|\b(?:too many|more|many|fewer|so many) questions\b", own=True, at_most=6),
    sign(2, rf"{OPENING}(?:i'?m|i am) (?:at|in|on|off|by|out|with|with|back|still|just|now|not) \w+", own=True, at_most=6),
    sign(
        2,
        rf"{OPENING}(?:i )?can(?:no|')t (?:think|find|see|open|read|type|do) (?:of|the|it|this|that|any\w*)\b",
        own=True,
        at_most=9,
    ),
    sign(2, rf"{OPENING}(?:what|who|where|how) (?:even|exactly|on earth|the hell|actually|again) (?:is|are|do|does)\b", own=True),
    sign(
        2,
        rf"{OPENING}my (?:tea|coffee|dinner|lunch|food|soup|toast|hands?|phone|screen|bus|train) (?:is|are)\b",
        own=True,
        at_most=6,
    ),
    sign(2, rf"{_ORDER} {_ONE}{_TAIL}", own=True, at_most=BRIEF),
    sign(2, rf"{_ORDER} {_ONE} (?:to|as|in|into|under|on|for|from|with) (?:my|the|our|\w+ grid\b|rivals|voice)", at_most=BRIEF),
    sign(2, rf"{_ORDER} (?:it|them|those|these){_TAIL}", own=True, at_most=6),
    sign(
        2, rf"{_ORDER}(?: \w+)? (?:the|my|a|an|that|this|all|no more)(?: \w+)? {_OURS}\b(?! (?:cards?|in a|kits?))", at_most=BRIEF
    ),
    sign(
        2,
        rf"{_ORDER} (?:the|my) (?:bit|part|line|thing|stuff|words?|one|sentence)(?: \w+)*",
        at_most=BRIEF,
    ),
    sign(2, rf"{OPENING}{_ASKS}(?:(?:set|turn|move|push|change|switch|stop|put|mute)(?: \w+){{0,2}} )?(?:reminders?|nudges?)\b"),
    sign(2, rf"{OPENING}{_ASKS}remind (?:me|us)\b", at_most=BRIEF),
    sign(
        2,
        rf"{OPENING}{_ASKS}(?:write|send|show|give|book|find|draft|make|get|tell|ask|text|email) (?:me|us|him|her|them|my coach|"
        r"the coach)\b(?! a photo)",
        own=True,
        at_most=BRIEF,
    ),
    sign(
        2, rf"{OPENING}{_ASKS}(?:stop|keep|quit) (?:sending|asking|writing|messaging|texting|saving|repeating)\b", at_most=BRIEF
    ),
    sign(
        2,
        rf"{OPENING}{_ASKS}(?:try|start|begin|go|do it|ask|skip|move|take me|carry) (?:again|over|back|ahead|forward|on|it)"
        r"(?: (?:pl(?:ease|s|z)|one|a|now|to (?:the|my|one|that)|from the)\b.*)?\W*$",
        own=True,
        at_most=6,
    ),
    sign(2, rf"{OPENING}(?:undo|redo|restart|reset|cancel|repeat|refresh)\W*$"),
    sign(
        2,
        rf"{OPENING}{_ASKS}(?:pause|stop) (?:(?:here|there|now|it|this|for (?:now|today|tonight))\b.*|(?:the|my) interview\b.*)$",
        own=True,
        at_most=BRIEF,
    ),
    sign(
        2, r"^\W*(?:(?:ok|sorry|go|can we|now) )*back to (?:the|my|that|what|rivals|voice|trends|\w+ pl(?:ease|s|z))\b(?! basics)"
    ),
    sign(
        2,
        rf"{OPENING}(?:i'?ll |i will |ill |we'?ll |will |i'm going to |gonna |i have to |i need to |need to |let me |lemme )+"
        r"(?:\w+ ){1,6}?(?:and (?:tell you|come back)|(?:get|come|be) back|let you know|at home|later|tonight|tomorrow|"
        r"this (?:evening|afternoon|weekend)|after (?:work|dinner|lunch|this)|by (?:next |this )?\w+day|when i|first|soon)\W*",
        own=True,
        at_most=BRIEF,
    ),
    sign(
        2,
        rf"{OPENING}(?:(?:i'm|i am|just|still|currently|now) )*(?:doing|making|cooking|having|eating|parking|putting|picking up|"
        r"getting|feeding|walking|driving|serving|running|waiting for|stuck in|in a|at the|off to|on my|on the|at) "
        r"(?:the |my |a )?(?:dinner|lunch|breakfast|tea|car|bus|train|tram|kids?|baby|dog|bed|bath|school(?: run)?|work|shop|gym|"
        r"doctors?|dentist|meeting|call|break|way|phone|post(?: office)?|bank|vet|airport|station|traffic|queue|washing)\b"
        r"(?: (?:home|now|up|out|to \w+|off|atm|right now|today))*\W*(?:one sec.*)?$",
        own=True,
        at_most=7,
    ),
    sign(
        2,
        rf"{OPENING}(?:(?:the|my|our|a) )?{_LIVES}(?:'s| is| are| has| have| just| was)*(?: (?:now|just|almost))* "
        r"(?:up|awake|here|over|next|burning|full|ready|back|crying|home|calling|ringing|low|down|dying|updating|early|"
        r"sick|waiting|boiling|done|on (?:the )?(?:keyboard|phone|lap|way)|walk(?:ed|s|ing) in|starts?|started|leaving|"
        r"gone|at the door|off|frozen|crashed|asleep|hungry|screaming)\b(?: \w+){0,2}\W*$",
        own=True,
        at_most=7,
    ),
    sign(
        2,
        r"\b(?:half asleep|can ?(?:not|'t) (?:concentrate|focus|think)|no signal|bear with me|on my phone|for (?:the )?typos)\b",
    ),
    sign(
        2,
        rf"{OPENING}(?:i )?(?:need to|have to|must|let me|got to) (?:think|check|look|ask|serve|get|run|go|feed|find|pop|nip)\b",
        own=True,
        at_most=8,
    ),
    sign(
        2,
        rf"{OPENING}(?:(?:what|where|who)(?:'s|s| is| are| was)|what|where|who) (?:a|an|the|next|this|that|it|happens|after|made|"
        r"sees|reads|can|else|about|do|does|did|should|will|am|are|comes|counts|kind|sort|type)\b",
        own=True,
        at_most=BRIEF,
    ),
    sign(
        2,
        rf"{OPENING}(?:how (?:many|much|long|far|do|does|can|could|should|is this|am)|why (?:does|do|is|are|am|did))\b",
        own=True,
        at_most=9,
    ),
    sign(
        2,
        rf"{OPENING}(?:is|are|am|does|do|did|can|could|should|would|will|has|have|was) (?:i|we|you|u|it|this|that|there|one|two|"
        r"all|they|any|these|those|my|the|\w+ (?:count|matter|work|enough|ok|okay|fine|allowed|needed|fit))\b",
        own=True,
        at_most=BRIEF,
    ),
    sign(
        2,
        r"^\W*(?:wow|h+m+|nice one|good one|well done|ooh+|blimey|tricky|phew|fun|interesting|not easy|"
        r"tough one)\b(?: \w+){0,2}\W*$",
        own=True,
        at_most=4,
    ),
    sign(
        2,
        r"^\W*(?:this|that)(?: one)?(?:'s| is| was) (?:\w+ )?(?:fun|quick|easy|tricky|nice|cool|tough|great|slow|odd|fine)\W*$",
        own=True,
        at_most=6,
    ),
)
"""Of few words alone. What customers say may begin as a question or with themselves, and so may not speak against their cells."""
