"""Words that are no answer to the interview's question: they steer it, ask back, put the last answer right, or say nothing."""

from __future__ import annotations

import re
from enum import Enum, auto

from core.foundation.asides import Aside, aside
from core.shorthand import spelled_out

SKIP = {"skip", "next", "later", "pass", "no comment"}
LEAVE = {"stop", "leave", "quit", "exit", "enough", "pause"}
HELP = {"help", "help me", "example", "an example", "an example please", "what"}
QUESTION_WORDS = 14
STEERS_AT_MOST = 120
"""Characters of words that steer, with all that is put around them."""
_THIS = r"(that|this|it)( one| question)?|the question"
_SKIPPING = re.compile(
    r"((can|could|may|shall) (i|we) (please )?(just )?|let'?s (just )?|i('d| would)? (want|like|need|rather|have)( to)? |"
    rf"can you )?((skip|pass)( on)?( ({_THIS}))?( for (now|today))?|(go to |have )?(the )?next( one| question)?)"
)
_UNSURE = re.compile(r"^((i )?(really )?(dunno|don't know|do not know|idk)|(i have )?no (idea|clue)|(i'm )?not sure)[\s,.…;–-]+")
"""Before a wish to skip."""
_DO_NOT_KNOW = re.compile(
    r"((i )?(really |just )?(do not|don't|dont) (really )?know|idk|dunno|(i('m| am|m) )?(not (really |so )?sure|unsure)"
    rf"( about ({_THIS}))?|(i )?(have no|(do not|don't|dont) have an) answer|"
    r"(i have )?no (idea|clue))( yet)?( what (to|i should|should i) (say|write|put|answer)( here| there| to this)?)?|"
    r"(not|nothing) yet|no(pe)?|n/?a"
)
_BY_THAT = r"( (by|with)( \w+){1,3})?"
_MEANT = rf"what ((you|u) mean{_BY_THAT}|you('re| are) asking( me| for)?|you want( from me)?|({_THIS}) means)"
_ASKING = re.compile(
    rf"what (do|did|does) (you|u|that|this|it|the question) mean{_BY_THAT}|what (you|u) mean|"
    r"what('s|s| is) (that|this|it|meant)( mean| here)*|what (does|do) (an? |the )?\w+( \w+)?( \w+)? mean( here)?|"
    r"((can|could|will|would) (you|i|we) )?(give|show|have|get|see)( me| us)?( an?| some| one| another)? examples?"
    r"( (of|for) .{2,40})?|(an |any |another |some )?examples?( (of|for) .{2,40})?( would (help|be (good|nice|great|helpful)))?|"
    r"for example|huh|like what|such as what|"
    rf"((can|could|will|would) you )?(explain|rephrase|clarify)( ({_THIS}))?( to me)?( again)?|"
    rf"(i )?(do not|don't|dont|didn't|did not|can't) (quite |really )?(understand|get|follow)( ({_THIS}|you|{_MEANT}))?|"
    r"((i )?(do not|don't|dont) (quite |really )?(know|see)|(i('m| am|m) )?(not (really |quite )?sure|unsure)|"
    rf"(i have )?no (idea|clue)) {_MEANT}|i('m| am|m) (a bit |so )?(confused|lost)( (by|with) ({_THIS}))?"
)
_TO_SAY = r"(write|say|put|answer|type|enter|tell you)"
_HERE = rf"( (here|there|now|to ({_THIS})|for ({_THIS})))*"
_ASKING_WHY = re.compile(
    r"(but )?why|what for|why (do|would|did) (you|u) (ask|need|want|have)( to (know|ask|hear))?( me)?( about)?"
    rf"( ({_THIS}))?( for)?|"
    rf"why (are (you|u)|you|u) asking( me)?( about)?( ({_THIS}))?|why (does|would|should) ({_THIS}) matter|"
    rf"why('s| is) ({_THIS}) (important|needed|asked|relevant)|what('s| is| are) ({_THIS}|you asking ({_THIS})) (good )?for|"
    rf"what('s| is) the point( of ({_THIS}))?|"
    rf"what (should|shall|do|can|could|must|am) i (supposed to |meant to |have to |need to )?{_TO_SAY}{_HERE}|"
    rf"how (should|shall|do|can) i {_TO_SAY}( ({_THIS}))?{_HERE}|"
    r"how (long|detailed) (should|must) (it|this|that|my answer|the answer) be|"
    rf"what (kind|sort|type) of answer( do (you|u) (want|need|expect))?|what (do|would) (you|u) (want|need|expect)( from me)?|"
    r"what (do|would) (you|u) (want|like|need) (me to (write|say|answer)|to (hear|know))|"
    r"what (are|r) (you|u) (asking|looking for)( me)?( for)?|what goes here|"
    rf"(can|could|will|would) (you|u) help( me)?( (with|on) ({_THIS}))?|i need (some )?(help|an example)( with ({_THIS}))?"
)
_SENTENCES = re.compile(r"[.?!…;\n]+\s*")
_NUMBER = re.compile(r"#?\d{1,2}[.)!]?")
_ASKS_FOR_A_FIGURE = re.compile(r"\b(how (many|much|long)|what day|which day|cost|price|figures?|come to|hours|pay|leave you)\b")
_POLITE = re.compile(r",?\s*\bpl(ease|s|z)\b,?")
_PAUSE = r"[\s,.…!:;–-]+"
_FILLING = (
    r"o?k(ay)?|so|well|h+m+|u+m+|u+h+|e+r+m*|a+h+|o+h+|lol|(ha){2,}|actually|honestly|to be honest|tbh|pl(ease|s|z)|"
    r"sorry|but|and|right|hi|hey|hello"
)
_BEFORE = re.compile(rf"(({_FILLING}){_PAUSE})+")
_STARTLED = re.compile(rf"((wait|hang on|hold on|no|huh|eh){_PAUSE})+")
"""What stands before a question about the question, and alone puts right."""
_PAUSED = re.compile(
    r"((can|could|may|shall) (we|i) |let'?s |i('d like| want| need) to )?(pause|stop)( it| this| the interview| here| there)*"
    r"( for (now|today|tonight|the day|a (bit|while|moment|minute|sec|second))| now)*"
    r"([\s,.–-]+(because |as )?((i )?(have to|need to|must|got to)|i'm|i am|(my|the) \w+ (is|are|has|have)|kids|baby|dinner|bed)"
    r"\b.{0,50})?"
)
"""To pause, with why."""
_GTG = re.compile(r"(gtg|g2g)(\W+\w+){0,6}")
_AFTER = re.compile(
    rf"({_PAUSE}(pl(ease|s|z)|tbh|to be honest|honestly|sorry|lol|(ha){{2,}}|h+m+|thx|ty|thanks|thank you|actually|"
    r"though|then|really|ok(ay)?))+$"
)
"""What people put around words that steer. It is taken away to see whether they do, and saved with those that do not."""
_AGAIN = r"( (again|once more|one more time|please))*"
_WHERE = re.compile(
    r"where (am i|are we|were we|was i)( now)?|(and )?(what|which)('s| is| was) (the|that|your|"
    r"this) (last )?question( again)?( please)?|"
    r"(what|which) question (is|was) (it|that|this)( again)?|what (did|do|have) (you|u) (ask|asked|"
    r"want to know)( me)?( again| last)?|"
    rf"((can|could|would|will) (you|u) )?(repeat|ask|say|write|show)( me)? (({_THIS})|me){_AGAIN}|((can|could) (you|"
    rf"u) )?(repeat|ask again)|"
    r"(i )?forgot (what|the question|your question)( (you|u) (asked|wanted to know|want))?( me)?|"
    r"((i )?(want|wanna|would like|need|like)( to)?|id like to|i'd like to|can (i|we)|could (i|we)|lets|let's) "
    r"(do|start|restart|continue|go on with|finish|resume|redo) (the |this |my |your )?interview( again| now| over)*|"
    r"(start|restart|continue|resume) (the |this |my )?interview( again| now)*"
)
_SHOWN = re.compile(
    r"((can|could|may) (i|you|we) (pl(ease|s|z) )?|i (want|would like|need) to |i'd like to |let me |pl(ease|s|z) |"
    r"where (can|do) i )?"
    r"(see|show|read|look at|check|list)( me| us)?( again)? "
    r"((what|everything|all|all that|the things|the answers)( that)? (i|we|you)('ve| have| ve)?( already)? "
    r"(put|wrote|written|said|answered|typed|entered|filled|have|got|saved|told you|gave|given)( in| down| here| you)*"
    r"|(all )?my (answers|foundation)|the (whole )?foundation|(all )?the answers)( so far| before| until now| already|"
    r" now| again)*|"
    r"what (have|did) (i|we) (already )?(put|write|written|say|said|answer|answered|type|enter|fill|filled|tell you)( in|"
    r" down| here)*"
    r"( so far| before| until now| already| yet)+|what (do|did) (you|u) (have|save|got)( so far| already| from me|"
    r" of me)+|what have (you|u) (saved|got)( so far| from me)*"
)
"""They ask to see what is saved."""
_NOTHING = re.compile(
    rf"(({_FILLING}|all ?right|got it|i see|let me think|good question|continue|go on|(wh)?oo+ps)\b[\s.,…!-]*)+|"
    r"o?k(ay)?[\s,.]+(cool|great|perfect|good|nice|fine|sure|will do)"
)
"""Said alone, where no answer was given before that it could be about."""
_AGREEING = r"o?k(ay)?|yes|great|perfect|super|lovely|nice|good|brilliant|cool|got it|will do|all ?right|sure|oh|ah|and"
_THANKS = re.compile(
    rf"(({_AGREEING}) )*((many )?thanks|thx|tx|ty(sm)?|cheers|thank (you|u)(?! (card|note|gift|box|tag|letter)| \w+s$))"
    rf"( ({_AGREEING}|so much|very much|a lot|again|all|both|you|that (helps|helped)|for (that|this|it|(your|the) help)))*"
    rf"( [^\W\d_]{{2,}})?( ({_AGREEING}|that (helps|helped)))*"
)
"""One other word among thanks is whose they are: who coaches is not known here. Shops sell thank you cards, though."""
_LEAVING = re.compile(
    r"(i('ve| have)? )?(have to|need to|must|got to|gotta) (go|leave|stop)( now)?|"
    r"(i('ll| will) )?(be|come) back( later| soon| tomorrow)*|"
    r"(can we |let'?s |shall we |i('d| would) like to |i want to )stop( it)?( here| now| for now| for today)*|"
    r"(that('?s| is) )?enough( for)? (now|today)|i('m| am|m) done( for)? (now|today)|"
    r"brb|bye|good ?night|not (right )?now|no time( (right )?now)?|cancel|"
    r"for now( (leave it|stop|enough|(that('?s| is) )?(it|all|enough)))?|"
    r"leave (it|that|this)( for now| here| there| for today| for later)?"
)
"""Said alone: who has to go is no answer to the question."""
_LEAVING_LAST = re.compile(
    r"i('ve| have)? ?(have to|need to|must|got to|gotta) (go|leave|stop)( now)?|"
    r"i('ll| will) (be|come) back( later| soon| tomorrow)*|"
    r"(can|may|could) (i|we) (continue|go on|finish|do)( it| this| that)? (later|tomorrow)"
)
"""Said last, after other clauses, and of themselves: what customers say and feel ends in “no time” and “come back soon” too."""
_CORRECTING = re.compile(
    r"((go )?back|undo( that| it)?|wrong|previous( question)?|that('s| is| was) wrong|correction|wait)[\s.!…]*$|"
    r"(no,? wait|wait,? no)(\s*[,.…–-]+\s*(not|it|it's|they|they're|i|i'm|that|that's|for|actually)\b|"
    r"\s+(not|it's|they're|i|i'm|that's|actually)\b|[\s.!…]*$|"
    r"\s*[,.…–-]+\s*(?!(no|free|fast|quick|instant|same|next|ready|just)\b)[^\s,;:.!?…]+(\s+[^\s,;:.!?…]+){0,2}[\s.!…]*$)|"
    r"((oh |oh no,? |sorry,? |no,? |wrong,? |(wh)?oo+ps,? |wait,? )*i meant|scratch that|correction:)(?!\w)|"
    r"((oh |sorry,? |no,? )*i mean|(wh)?oo+ps|wait|oh no)[,.!…–-]*\s+(it'?s |it is |about )?[€£$]?\d[^\s]*(\s+[^\s]+){0,4}$|"
    r"((oh|wait|no|sorry),? )*that('?s| is| was) wrong\b|"
    r"\*\s*[^\s*]+(\s+[^\s*]+){0,3}$|([^\s]+\s+){1,7}i meant[\s.!…]*$|(change|make) (that|it) (to|into)\b|"
    r"(can|could|may) i (change|correct|edit) (that|it|(the|my) (last|previous)( one| answer)?|my answer)\b|"
    r"((oh |sorry,? )*(wh)?oo+ps|my (mistake|bad))\s*([,.:!…–-]|$)|sorry[\s.!…]*$|"
    r"sorry\s*[,.:;…–-]+\s*(actually|make (it|that)|i mean|wrong)\b|"
    r"sorry\s*[,.:;…–-]*\s*(it'?s |it is |not |about |that's |they're |they are )*[€£$]?\d[^\s]*(\s+[^\s]+){0,4}$"
)
"""Said of the last answer, and not to the question that is open; what begins so, or is nothing else. After "no wait," three words
at most are another answer to it, but not what a shop promises: "No wait, same day". After "sorry" it is a figure and little more,
since customers say “Sorry, too expensive”, and a shop “Sorry seems to be what we say most”."""

_LAST = r"(the|my|that) ((very )?last|previous)( (one|answer|question|thing))?( i (gave|wrote))?"
_IT = rf"(that|it|this|{_LAST}|my answer|what i (just )?(wrote|said))"
_TO_CHANGE = r"(change|correct|edit|fix|undo|delete|remove|redo)"
_PUTTING_RIGHT = re.compile(
    r"((pl(ease|s|z) |(can|could|may) (you|we|i) (pl(ease|s|z) )?|i (want|need|have|would like) to |i'd like to |let me |"
    rf"wrong[,.!]* |no[,.!]* |wait[,.!]* )*{_TO_CHANGE} {_IT})( back| again)?|"
    rf"(can (you|we|i) |could (you|we|i) |i (want|need) to |let me |let's )?(go back|"
    rf"(go )?back (one|a step|to ({_LAST}|the one before|change it)))|"
    rf"undo|((that|this|it)( was|'?s| is) )?((the|a|my) )?wrong (answer|question|one|cell|box|place)|"
    rf"i (made|wrote) a (mistake|typo)( (in|with) {_IT})?|"
    rf"i (put|wrote|typed|answered|said) {_IT} (in|to|for|under|into) the wrong (question|one|cell|box|place)|"
    r"i answered the wrong (question|one)|(not |un)save (that|it)|don't save (that|it)|"
    rf"{_LAST} (was|is|were) (wrong|a mistake|not right|a typo|not what i meant)(\s*[,.;:…–-]+\s.{{1,80}})?|"
    r"(that|this|it) (was|is) (meant )?(for|about|the answer to|my answer to) the (last|previous|other|first|next)"
    rf" (one|question)([,.;:…–-]+\s.{{1,80}})?"
)
"""The same, whatever courtesies and oohs stand around it; told with what is right after a comma alone."""
_OOPS = re.compile(r"(((wh)?oo+ps|sorry|oh no|oh|ah|no|wait|hm+|ok|and|my bad|my mistake)[\s,.!…–-]+)+(?=\w)")


class Steer(Enum):
    """What such words want."""

    SKIP = auto()
    DO_NOT_KNOW = auto()
    LEAVE = auto()
    HELP = auto()
    WHERE = auto()
    BACK = auto()
    HOW_MANY = auto()
    SHOW = auto()
    PERHAPS = auto()
    NOTHING = auto()


def steer(words: str) -> Steer | None:
    """What the words want of the interview, or None where they are an answer to its question."""
    text = spelled_out(words).casefold().replace("’", "'")
    said = " ".join(text.split())
    alone = said.strip(" .…!,?")
    bare, apart = _bare(alone), aside(words)
    asking = _STARTLED.sub("", _POLITE.sub("", bare).strip(), count=1)
    if apart is Aside.HOW_MANY:
        return Steer.HOW_MANY
    if bare in SKIP or _SKIPPING.fullmatch(_UNSURE.sub("", _POLITE.sub("", bare).strip())):
        return Steer.SKIP
    if _DO_NOT_KNOW.fullmatch(_bare(said.strip(" .…!,"))):
        return Steer.DO_NOT_KNOW
    if bare in LEAVE or apart is Aside.LEAVING or _has_to_go(text) or (not said.startswith("sorry") and _LEAVING.fullmatch(bare)):
        return Steer.LEAVE
    if _PAUSED.fullmatch(bare) or _GTG.fullmatch(bare):
        return Steer.LEAVE
    if _SHOWN.fullmatch(bare):
        return Steer.SHOW
    if _WHERE.fullmatch(bare):
        return Steer.WHERE
    if _asks_back(asking) or _asks_back(bare) or _asks_back_in_each_sentence(said):
        return Steer.HELP
    if apart is Aside.BACK:
        return Steer.BACK
    if not alone or _NOTHING.fullmatch(said.rstrip("?")) or _THANKS.fullmatch(" ".join(re.findall(r"\w+", alone))):
        return Steer.NOTHING
    if said.endswith("?") and len(said.split()) <= QUESTION_WORDS:
        return Steer.HELP
    return Steer.PERHAPS if apart else None


def corrects(words: str) -> bool:
    """Whether the words put right what they answered before."""
    said = " ".join(words.casefold().replace("’", "'").split())
    alone = said.strip(" .…!,?")
    return bool(_CORRECTING.match(said) or _PUTTING_RIGHT.fullmatch(_bare(_OOPS.sub("", alone, count=1))))


def says_no_more_than_a_number(words: str, question: str) -> bool:
    """Whether it is a number such as a button may have, below a question that no number answers: it was meant for a button."""
    return bool(_NUMBER.fullmatch(words.strip())) and not _ASKS_FOR_A_FIGURE.search(question)


def _bare(said: str) -> str:
    """What is left without the courtesies around it; of nothing but those, the last one."""
    if len(said) > STEERS_AT_MOST:
        return said
    begun = _BEFORE.match(said)
    return _AFTER.sub("", said[begun.end() :] if begun else said)


def _asks_back(bare: str) -> bool:
    return bare in HELP or bool(_ASKING.fullmatch(bare) or _ASKING_WHY.fullmatch(bare))


def _asks_back_in_each_sentence(said: str) -> bool:
    """Whether it is some short sentences that ask back, and nothing but courtesies beside them."""
    sentences = [each for each in (_bare(part.strip(" .…!,?")) for part in _SENTENCES.split(said)) if each]
    asking = [each for each in sentences if _asks_back(_POLITE.sub("", each).strip())]
    return len(sentences) > 1 and bool(asking) and all(each in asking or _NOTHING.fullmatch(each) for each in sentences)


def _has_to_go(text: str) -> bool:
    """Whether a few words say that they must leave."""
    if len(text.split()) > QUESTION_WORDS:
        return False
    clauses = [each for each in (part.strip() for part in re.split(r"[.,;:!?…\n]+", text)) if each]
    return bool(clauses) and bool(_LEAVING_LAST.fullmatch(clauses[-1]) or (len(clauses) == 1 and _LEAVING.fullmatch(clauses[0])))
