"""What a coach could write to a student who may need a person: built from where they are and from their own words, and to be made
the coach's own.

No model writes it: a coach has ten minutes, and what stands there has to be true. It asks one question that can be answered in a
line, names what was good, quotes what the student said where they let coaches read it, and blames nobody for a pause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.commitments.model import Commitment
from core.course.steps import Step
from core.exchanges.model import NO_WORDS
from core.members.model import Member
from core.members.risk import LONG_STUCK_DAYS, QUIET_DAYS, SILENT_DAYS, STUCK_DAYS
from core.members.service import Row
from core.people.model import Person

HALF = 50
"""In percent: from there on somebody is through more than half of a module."""
LATELY = timedelta(days=14)
QUOTED_AT_MOST = 140
"""Characters of somebody's own words: a message that quotes more is no line from a person any more."""
FROM_PAINS = (Step.HOOK, Step.GIFT, Step.IDENTIFY, Step.ENGAGE, Step.SELL)
"""Steps whose work begins at what customers say hurts; the others begin at what is sold."""


@dataclass(frozen=True, slots=True)
class Own:
    """A student's own words, as far as the coach may read them; "" or None where there are none.

    `asked`: what they asked a person for, and wait to hear; `answered`: it answers what a coach wrote first.
    `promise`: what they said they would do. `pain` and `offer`: what their customers say, and what they sell, from a Foundation
    that they opened.
    """

    asked: str = ""
    answered: bool = False
    promise: Commitment | None = None
    pain: str = ""
    offer: str = ""


def suggestion(row: Row, student: Person, coach: Person, at: datetime, own: Own) -> str:
    """The words, in the coach's name."""
    member = row.member
    sentences = [*_seen(member, at, own), _question(member, at, own)]
    told = " ".join(each[0].upper() + each[1:] if number else each for number, each in enumerate(sentences))
    return f"Hi {_first(student)}, {told}\n\n{_first(coach)}"


def in_line(words: str) -> str:
    """Somebody's words in one line, without a full stop at their end, cut at a word where they are long."""
    line = re.sub(r"\s+", " ", words).strip().strip('“”"').rstrip(" .!;:,")
    if len(line) <= QUOTED_AT_MOST:
        return line
    return f"{line[:QUOTED_AT_MOST].rsplit(' ', 1)[0].rstrip(' .,;:')} …"


def _sentence(words: str) -> str:
    """Their words as the end of a sentence."""
    line = in_line(words)
    return f"“{line}”" if line.endswith(("?", "…")) else f"“{line}”."


def _step_of(member: Member) -> Step | None:
    """The step that they are at; None where they are through."""
    return tuple(Step)[member.module] if member.module is not None else None


def _first(person: Person) -> str:
    return person.first_name or person.name.split(" ", 1)[0]


def _seen(member: Member, at: datetime, own: Own) -> list[str]:
    """What the coach has noticed; something good first, where there is something."""
    if own.asked and own.answered:
        return [f"you wrote: {_sentence(own.asked)}", "Thank you for telling me."]
    if own.asked:
        said = f"you wrote: {_sentence(own.asked)}" if own.asked != NO_WORDS else "you asked for a person."
        return [said, "I am glad you did."]
    good = _good(member, at)
    return [*([good] if good else []), _place(member, at)]


def _good(member: Member, at: datetime) -> str:
    if member.module is None:
        return ""
    if member.shipped_at and at - member.shipped_at < LATELY:
        return "you have put something live lately, which is the part that most people put off."
    if member.closed is not None and member.closed_at and at - member.closed_at < LATELY:
        return f"you have closed {tuple(Step)[member.closed].value}, well done."
    if member.shipped:
        live = "one asset" if member.shipped == 1 else f"{member.shipped} assets"
        return f"you have {live} live already, which is more than most manage."
    if member.completed:
        return f"you have closed {tuple(Step)[member.completed[-1]].value}, well done."
    return ""


def _place(member: Member, at: datetime) -> str:
    step = _step_of(member)
    if step is None:
        live = f", and {member.shipped} of your assets {'is' if member.shipped == 1 else 'are'} live" if member.shipped else ""
        return f"you are through all ten modules{live}. Congratulations."
    share, quiet = member.shares[step.number] if member.shares else 0, _quiet_days(member, at)
    if quiet is None:
        return "it looks as if there was no time to begin yet, and that is fine."
    if quiet >= QUIET_DAYS:
        last = "the next thing is" if not share else "the last thing open is"
        return f"it has been quiet since {_day(member.seen_at or at, member)}, and {last} {step.value}."
    if _stuck_days(member, at) >= STUCK_DAYS and member.module_begun_at:
        how = "more than half of it is done" if share >= HALF else "most people get stuck somewhere"
        return f"you have been in {step.value} since {_day(member.module_begun_at, member)}, and {how}."
    if share >= HALF:
        return f"you are more than half through {step.value}, so most of it is done."
    return f"you have made a start on {step.value}." if share else f"{step.value} is what comes next for you."


def _question(member: Member, at: datetime, own: Own) -> str:
    """The one question, which can be answered in a line: about what they said, where they said something."""
    step, quiet, promise = _step_of(member), _quiet_days(member, at), own.promise
    if own.asked and own.answered:
        return "What would help you most with it now? A line is enough."
    if own.asked:
        return "Shall we sort it out here, or would you rather talk? Tell me which, and when it suits you."
    if step is None:
        about = f" for “{in_line(own.offer)}”" if own.offer else ""
        return f"What changed most{about} since you began?"
    if promise is not None and promise.due_at < at:
        said = f"you had planned “{in_line(promise.what)}” for {_weekday(promise)}."
        return f"{said[0].upper()}{said[1:]} Does the plan still fit, or shall we make it smaller?"
    if quiet is None or quiet >= SILENT_DAYS:
        time = f"Is there room for “{in_line(own.offer)}” this month" if own.offer else "Is it time"
        return f"{_plan(promise)}{time}, or is something about the course in the way? A word is enough."
    if member.ignored >= 2 and quiet < QUIET_DAYS:
        helps = f"Would a day of your own help “{in_line(own.offer)}” along" if own.offer else "Would a day of your own help you"
        return f"{_plan(promise)}{helps} more than reminders do? I can turn them down."
    return _plan(promise, ask=True) if promise is not None else _of_the_step(step, own, stuck=_stuck_days(member, at))


def _plan(promise: Commitment | None, *, ask: bool = False) -> str:
    """What they mean to do, by a day that is to come."""
    if promise is None:
        return ""
    said = f"you plan “{in_line(promise.what)}” for {_weekday(promise)}."
    return f"{said[0].upper()}{said[1:]} {'What would make that easy?' if ask else ''}"


def _of_the_step(step: Step, own: Own, *, stuck: int) -> str:
    """A way into the step from what they wrote in their Foundation, or else a plain question."""
    if step is Step.FOUNDATION:
        if own.offer:
            return f"You sell {_sentence(own.offer)} Who bought it last, and what did they say? That fills the next cell."
        return "Which question about your shop is hardest to answer? Send me what you have, however rough, and I will look at it."
    if own.pain and step in FROM_PAINS:
        return f"You wrote down what your customers say: {_sentence(own.pain)} {_FROM_PAIN[step]}"
    if own.offer:
        return f"When you think of “{in_line(own.offer)}”, what keeps you from the next tick in {step.value}?"
    if stuck >= LONG_STUCK_DAYS:
        return "Shall we look at it together for ten minutes? Name a time, and tell me in a line where it sticks."
    return f"What is the one thing in {step.value} that keeps you from the next tick? I will help you with that one."


_FROM_PAIN = {
    Step.HOOK: "That is half a headline already. What would you say to somebody who has just said it?",
    Step.GIFT: "What small thing would take that off their hands today? That could be your gift.",
    Step.IDENTIFY: "Who says it most often, and where do you meet them?",
    Step.ENGAGE: "If one of them wrote that to you tonight, what would you answer?",
    Step.SELL: "Does your page say it in those words, near the top?",
}


def _quiet_days(member: Member, at: datetime) -> int | None:
    """Whole days since a sign of life; None where there was none."""
    return (at - member.seen_at).days if member.seen_at else None


def _stuck_days(member: Member, at: datetime) -> int:
    return (at - member.module_begun_at).days if member.module_begun_at else 0


def _day(moment: datetime, member: Member) -> str:
    local = moment.astimezone(ZoneInfo(member.timezone))
    return f"{local.day} {local:%B}"


def _weekday(promise: Commitment) -> str:
    return f"{promise.day:%A} {promise.day.day} {promise.day:%B}"
