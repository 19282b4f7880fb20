"""Words that are no answer to the interview's question: they steer it, ask back, put the last answer right, or say nothing."""

from __future__ import annotations

import re
from enum import Enum, auto

SKIP = {"skip", "next", "later", "pass", "no comment"}
LEAVE = {"stop", "leave", "quit", "exit", "enough", "pause"}
HELP = {"help", "help me", "example", "an example", "an example please", "what"}
QUESTION_WORDS = 14
_DO_NOT_KNOW = re.compile(
    r"((i )?(do not|don't|dont) know|(i('m| am|m) )?not sure|(i have )?no (idea|clue))( yet)?|"
    r"(not|nothing) yet|dunno|idk|no(pe)?|n/?a"
)
_ASKING = re.compile(
    r"(sorry,? |hm+,? |um+,? |but )*("
    r"what (do|did|does) (you|that|this|it) mean( by (that|this|it))?|what('s| is) (that|this|it|meant)( here)?|"
    r"((can|could|will|would) (you|i|we) )?(give|show|have|get|see)( me| us)?( an?| some| one| another)? examples?|"
    r"for example|huh|like what|such as what|"
    r"((can|could|will|would) you )?(explain|rephrase|clarify)( (that|this|it|the question))?( to me)?( again)?|"
    r"i (do not|don't|dont|didn't|did not) (quite |really )?(understand|get|follow)"
    r"( (that|this|it|you|the question|what you mean|what (that|this|it) means))?|i('m| am|m) (confused|lost)"
    r")"
)
_POLITE = re.compile(r",?\s*\bplease\b,?")
_WHERE = re.compile(
    r"where (am i|are we|were we|was i)( now)?|what('s| is| was) the question( again)?|how (many|much) (are|is) left"
)
_NOTHING = re.compile(
    r"((o?k(ay)?|h+m+|u+m+|u+h+|e+r+m*|a+h+|o+h+|right|all ?right|got it|i see|let me think|good question|"
    r"(wh)?oo+ps|sorry)[\s.,…!-]*)+"
)
"""Said alone, where no answer was given before that it could be about."""
_LEAVING = re.compile(
    r"(i('ve| have)? )?(have to|need to|must|got to|gotta) (go|leave|stop)( now)?|"
    r"(i('ll| will) )?(be|come) back( later| soon| tomorrow)*|"
    r"(can we |let'?s |shall we |i('d| would) like to |i want to )stop( it)?( here| now| for now| for today)*|"
    r"(that('s| is) )?enough( for)? (now|today)|brb|bye|good ?night|not now|no time( now)?"
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
    r"((oh |sorry,? |no,? |wrong,? )*i meant|scratch that|correction:)(?!\w)|"
    r"((oh |sorry,? )*(wh)?oo+ps|my (mistake|bad))\s*([,.:!…–-]|$)|sorry[\s.!…]*$|"
    r"sorry\s*[,.:;…–-]+\s*(actually|make (it|that)|i mean|wrong)\b|"
    r"sorry\s*[,.:;…–-]*\s*(it's |it is |not |about |that's |they're |they are )*[€£$]?\d[^\s]*(\s+[^\s]+){0,4}$"
)
"""Said of the last answer, and not to the question that is open; what begins so, or is nothing else. After "no wait," three words
at most are another answer to it, but not what a shop promises: "No wait, same day". After "sorry" it is a figure and little more,
since customers say “Sorry, too expensive”, and a shop “Sorry seems to be what we say most”."""


class Steer(Enum):
    """What such words want."""

    SKIP = auto()
    DO_NOT_KNOW = auto()
    LEAVE = auto()
    HELP = auto()
    WHERE = auto()
    NOTHING = auto()


def steer(words: str) -> Steer | None:
    """What the words want of the interview, or None where they are an answer to its question."""
    text = words.casefold().replace("’", "'")
    said = " ".join(text.split())
    alone = said.strip(" .…!,?")
    if alone in SKIP:
        return Steer.SKIP
    if _DO_NOT_KNOW.fullmatch(said.strip(" .…!,")):
        return Steer.DO_NOT_KNOW
    if alone in LEAVE or _has_to_go(text):
        return Steer.LEAVE
    if _WHERE.fullmatch(alone):
        return Steer.WHERE
    if alone in HELP or _ASKING.fullmatch(_POLITE.sub("", alone).strip()):
        return Steer.HELP
    if not alone or _NOTHING.fullmatch(said.rstrip("?")):
        return Steer.NOTHING
    return Steer.HELP if said.endswith("?") and len(said.split()) <= QUESTION_WORDS else None


def corrects(words: str) -> bool:
    """Whether the words put right what they answered before."""
    return bool(_CORRECTING.match(" ".join(words.casefold().replace("’", "'").split())))


def _has_to_go(text: str) -> bool:
    """Whether a few words say that they must leave."""
    if len(text.split()) > QUESTION_WORDS:
        return False
    clauses = [each for each in (part.strip() for part in re.split(r"[.,;:!?…\n]+", text)) if each]
    return bool(clauses) and bool(_LEAVING_LAST.fullmatch(clauses[-1]) or (len(clauses) == 1 and _LEAVING.fullmatch(clauses[0])))
