"""What a coach could write to a student who may need a person: built from where they are, and to be made the coach's own.

No model writes it: a coach has ten minutes, and what stands there has to be true. It asks one question that can be answered in a
line, names what was good, and blames nobody for a pause.
"""

from __future__ import annotations

from datetime import datetime

from core.course.steps import Step
from core.members.model import Member
from core.members.service import Row
from core.people.model import Person

LONG_AWAY, HALF = 14, 50


def suggestion(row: Row, student: Person, coach: Person, at: datetime) -> str:
    """The words, in the coach's name."""
    member = row.member
    first = student.first_name or student.name.split(" ", 1)[0]
    return f"Hi {first}, {_seen(member, at)} {_question(member, at)}\n\n{coach.first_name or coach.name.split(' ', 1)[0]}"


def _seen(member: Member, at: datetime) -> str:
    """What the coach has noticed; something good first, where there is something."""
    good = ""
    if member.shipped:
        live = "one asset" if member.shipped == 1 else f"{member.shipped} assets"
        good = f"you have {live} live already, which is more than most manage. "
    elif member.completed:
        done = tuple(Step)[member.completed[-1]].value
        good = f"you have closed {done}, well done. "
    place = _place(member, at)
    return f"{good}{place[0].upper()}{place[1:]}" if good else place


def _place(member: Member, at: datetime) -> str:
    if member.module is None:
        return "you are through all ten modules."
    step, share = tuple(Step)[member.module].value, member.shares[member.module] if member.shares else 0
    away = (at - member.seen_at).days if member.seen_at else None
    if away is None:
        return "it looks as if there was no time to begin yet."
    if away >= LONG_AWAY:
        return f"it has been quiet for a while, and the last thing open is {step}."
    if share >= HALF:
        return f"you are more than half through {step}, so the hard part is done."
    if share:
        return f"you have made a start on {step}."
    return f"{step} is what comes next for you."


def _question(member: Member, at: datetime) -> str:
    if member.promises_late:
        return "You had planned to have something done by now. Does the plan still fit, or shall we make it smaller?"
    if member.seen_at is None or (at - member.seen_at).days >= LONG_AWAY:
        return "Is it time, or is something about the course in the way? A word is enough, and I am not keeping score."
    if member.module == 0:
        return "Which question about your shop is hardest to answer? Send me what you have, however rough, and I will look at it."
    if member.ignored >= 2:
        return "Are the reminders more of a nuisance than a help? I can turn them down, and we can agree on a day instead."
    return "What is the one thing that keeps you from the next tick? Tell me in a line, and I will help you with that one."
