"""feedback: what the two buttons under an answer do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from core.command import Arg, Command
from core.feedback.model import REASON_AT_MOST, Rating
from core.feedback.service import Feedbacks
from core.feedback.views import COMMAND, REASON, why
from core.people.model import Person
from core.request import Asked
from core.ui import Answer, Button, Buttons, Call, Card, Kind, Message, Text, Tone


@dataclass(frozen=True, slots=True)
class Rated:
    """An answer or a run by its id, and what is said of it."""

    of: Annotated[str, Arg("Which answer", max_length=40, hidden=True)]
    helped: Annotated[bool, Arg("Whether it helped", hidden=True)]
    reason: Annotated[str, Arg(REASON, "Leave it empty if you like", Kind.LONG, REASON_AT_MOST)] = ""


async def feedback(asked: Asked, person: Person, args: Rated, feedbacks: Feedbacks) -> Answer:
    """Keep it at once; where it did not help, ask why."""
    await feedbacks.rate(person, args.of, Rating(helped=args.helped, reason=args.reason.strip(), at=asked.at))
    if not args.helped and not asked.submitted:
        return why(args.of, REASON_AT_MOST)
    if args.helped:
        return Message(cards=(Card(body=(Text("Thank you, that is noted."),), tone=Tone.GOOD),), private=True)
    words = Text("Thank you, that is noted. Ask again in other words, ask another agent, or ask a person.")
    person_instead = Buttons((Button("I would like a person", Call("person ask")),))
    return Message(cards=(Card(body=(words, person_instead), tone=Tone.GOOD),), private=True)


COMMANDS = (Command(name=COMMAND, summary="Say whether an answer helped", args=Rated, handler=feedback, listed=False),)
