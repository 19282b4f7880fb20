"""What is answered to somebody who coaches: where their students stand is what they want to know, and no place in the course."""

from __future__ import annotations

import re

from core.llm.asides import BACK, BEHIND, STUCK, WHERE_NOW, Aside, plain
from core.llm.named_students import of_one, to_students
from core.people.model import Person
from core.roles import COACHING, Role

FOR_COACHES = Aside(
    "/cohort shows who needs you, and the desk of your cohort. /cohort members shows where everybody stands, /cohort asked who "
    "waits for an answer, and /help all that you can ask for.",
    (("My cohort", "cohort"), ("All students", "cohort members"), ("All commands", "help")),
)
_OF_STUDENTS = re.compile(
    r"\b(?:my|our|which|any|all|these|the other|how many) (?:students?|cohort|members)\b|"
    r"\b(?:who|anybody|anyone|somebody) (?:needs?|waits?|asked|wrote|(?:has|have) (?:asked|written)|(?:is|are) (?:\w+ )?"
    r"(?:waiting|stuck|behind|late|silent|missing))\b|"
    r"^(?:who (?:has|have|hasn't|haven't|is|isn't|are|did|didn't|answered|started|replied)\b(?! (?:my|the|a|an)\b)|"
    r"(?:what(?:'s| is|s) (?:new|going on|up)|"
    r"how(?:'s| is|s| are| was| were) (?:everybody|everyone|they|the week|things)|"
    r"any(?:thing| news|body| answers?)(?: new| for me| waiting| yet)?|is any(?:body|one) (?:waiting|stuck|new))$)"
)


def coaches(person: Person) -> bool:
    """Whether they are here for others. At a terminal every account is an Admin, though it is there to learn."""
    return person.role is Role.COACH or (person.role in COACHING and not person.at_a_terminal)


def for_coach(question: str, answer: Aside | None) -> Aside | None:
    """What a coach is answered in the place of an answer for students; None where the question is to be looked up."""
    if answer is None and (found := to_students(question) or of_one(question)):
        return found
    if answer in (WHERE_NOW, BACK, BEHIND, STUCK) or (answer is None and _OF_STUDENTS.search(plain(question))):
        return FOR_COACHES
    return answer
