"""Commitments as people see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from core.commitments.model import Commitment, CommitmentKind, CommitmentState
from core.commitments.ports import AskedLater, Because
from core.dates import DAY, NUMBERS
from core.listing import Listing, counted, leaf_of, not_found, turning
from core.people.model import Person
from core.ports import VIA
from core.request import Typed
from core.ui import Answer, Button, Buttons, Call, Card, Element, Facts, Menu, Message, Table, Text, Tone

LIST = "commitments"
LABEL_AT_MOST = 60
START = Button("Start reminders again", Call("nudges start"))
SHOWN = 4
"""Commitments that were asked about and are shown at once."""
_BECAUSE = {
    Because.LATE: "It is too late for a question that day",
    Because.CLOSE: "That day it would come too soon after my last message",
    Because.ANOTHER: "I write once a day, and that day has its message",
    Because.STOPPED: "You stopped my questions about commitments",
    Because.OVER: "Your cohort is over",
    Because.UNANSWERED: "My last three messages had no answer",
}
"""Why a question does not come on its day; of a full week it is told how many they want."""


def day_said(day: date) -> str:
    """A day as it is read."""
    return f"{day:%A} {day.day} {day:%B}"


def when_said(person: Person, commitment: Commitment) -> str:
    """Its day, and of a reminder the time too, as its owner knows them."""
    if commitment.kind is CommitmentKind.PROMISE:
        return day_said(commitment.day)
    at = commitment.due_at.astimezone(person.zone)
    return f"{day_said(at.date())}, {at:%H:%M}"


def made(person: Person, commitment: Commitment, *, stopped: bool = False, quiet: date | AskedLater | None = None) -> Message:
    """A promise is kept. `quiet`: until that day, its own or a later one, nothing is asked; or when it is asked about instead."""
    told = "I ask you about it that day."
    if isinstance(quiet, AskedLater):
        told = _later_said(quiet)
    elif quiet is not None:
        told = f"I keep quiet until {day_said(quiet)}, and ask you about it after that."
    if stopped:
        told = "Your reminders are stopped, so I will not ask about it."
    start = (START,) if stopped else ()
    words = f"Noted: **{commitment.what}**, by {when_said(person, commitment)}. {told}"
    more = Buttons((*start, Button("My commitments", Call(LIST))))
    return Message(cards=(Card(body=(Text(words), more), tone=Tone.GOOD),), private=True)


MORE = (Button("Commit to the next thing", Call("commit"), primary=True), Button("What is next", Call("progress")))


def done(commitment: Commitment) -> Message:
    """It was done, with the way back: of what was told there is none."""
    words = f"**{commitment.what}**: done. You said it, and you did it. What is the next thing, and by when?"
    back = (Button("Not done after all", Call("commit reopen", {"id": commitment.id})),) if commitment.promised else ()
    return Message(cards=(Card(body=(Text(words), Buttons((*MORE, *back))), tone=Tone.GOOD),), private=True)


def all_done(commitments: Sequence[Commitment]) -> Message:
    """All that was asked about was done."""
    rows = "\n".join(f"- **{each.what}**" for each in commitments)
    words = f"Done, all of it. You said it, and you did it:\n\n{rows}\n\nWhat is the next thing, and by when?"
    back = tuple(Button(f"Not done: {_label(each.what)}", Call("commit reopen", {"id": each.id})) for each in commitments[:SHOWN])
    return Message(cards=(Card(body=(Text(words), Buttons(MORE), Buttons(back)), tone=Tone.GOOD),), private=True)


def given_up(commitment: Commitment) -> Message:
    """It is not asked about any more, and of a reminder nothing is told."""
    if not commitment.promised:
        set_again = Button("Set it again", Call("reminder", words=commitment.what))
        told = Text(f"**{commitment.what}** is off your list; I will not remind you of it.")
        return Message(cards=(Card(body=(told, Buttons((set_again,)))),), private=True)
    words = f"**{commitment.what}** is off your list; I will not ask about it again."
    again = Buttons((Button("Take it up again", Call("commit date", {"id": commitment.id})),))
    return Message(cards=(Card(body=(Text(words), again)),), private=True)


def not_yet(commitment: Commitment, today: date, *, again: bool = False) -> Message:
    """No blame, and a new day. `again`: it was taken for done."""
    stands = "open again" if again else "still open"
    words = f"**{commitment.what}** is {stands}, and that happens. When is it likely now? A smaller piece of it counts too."
    days = ((1, "Tomorrow"), (3, "In 3 days"), (7, "In a week"))
    moves = tuple(
        Button(f"{label}, {today + ahead * DAY:%a} {(today + ahead * DAY).day}", _to(commitment, today + ahead * DAY))
        for ahead, label in days
    )
    this = {"id": commitment.id}
    rest = (Button("Another day", Call("commit date", this)), Button("Let it go", Call("commit drop", this)))
    return Message(cards=(Card(body=(Text(words), Buttons((*moves, *rest)))),), private=True)


def asked_again(commitments: Sequence[Commitment], via: str) -> Message:
    """The question once more, below words that do not say plainly where it stands. `via`: the reminder that asked."""
    words = "I cannot tell from that where it stands, so I changed nothing. If it was for the agents, write it once more."
    cards = tuple(
        Card(body=(Text(f"**{each.what}**, by {day_said(each.day)}"), _ways(each, via))) for each in commitments[:SHOWN]
    )
    return Message(words, cards, private=True)


def is_it_done(commitment: Commitment) -> Message:
    """Somebody said that something is done, before they were asked: the one promise that may be meant."""
    words = f"Is **{commitment.what}** done, by {day_said(commitment.day)}? If you meant something else, nothing was changed."
    yes = Button("Done", Call("commit done", {"id": commitment.id}), primary=True)
    return Message(cards=(Card(body=(Text(words), Buttons((yes, Button("My commitments", Call(LIST)))))),), private=True)


def offered(thing: str) -> Message:
    """Somebody said of their own accord what they will do, and by when: one tap keeps it."""
    keep = Button("Note it", Call("commit", words=thing), primary=True)
    words = (
        f"Shall I note that, and ask you about it on its day? **{thing}**. If it was for an agent, say it again with its name."
    )
    return Message(cards=(Card(body=(Text(words), Buttons((keep,)))),), private=True)


def which(commitments: Sequence[Commitment], call: Call) -> Message:
    """Several were asked about: one button each, which does what was said."""
    buttons = tuple(
        Button(_label(each.what), replace(call, values={**call.values, "id": each.id})) for each in commitments[:SHOWN]
    )
    more = (Button("See them all", Call(LIST)),) if len(commitments) > SHOWN else ()
    words = "You are asked about more than one. Which do you mean?"
    return Message(cards=(Card(body=(Text(words), Buttons((*buttons, *more)))),), private=True)


def which_day(commitment: Commitment, days: Sequence[date], values: Mapping[str, Typed]) -> Message:
    """Two days may be meant: one button each."""
    buttons = tuple(
        Button(day_said(each), Call("commit date", {**values, "id": commitment.id, "by": each.isoformat()})) for each in days
    )
    words = f"**{commitment.what}**: which day do you mean?"
    return Message(cards=(Card(body=(Text(words), Buttons(buttons))),), private=True)


def together(answers: Sequence[Answer]) -> Message:
    """What is told of each, one below the other."""
    return Message(cards=tuple(card for each in answers if isinstance(each, Message) for card in each.cards), private=True)


def settled_before(commitment: Commitment) -> Message:
    """A button of weeks ago: it was settled since."""
    state = "done" if commitment.state is CommitmentState.DONE else "off your list"
    words = f"**{commitment.what}** is {state} already. Nothing was changed."
    again = Buttons((Button("Take it up again", Call("commit date", {"id": commitment.id})),))
    return Message(cards=(Card(body=(Text(words), again)),), private=True)


def listing(person: Person, commitments: Sequence[Commitment], today: date, asking: Listing) -> Message:
    """A page of the open ones with what can be done to each, and of those settled lately."""
    new = Button("New commitment", Call("commit"), primary=True)
    if not commitments and asking.narrowed:
        return not_found("Your commitments", LIST, asking, "No commitment")
    if not commitments:
        words = (
            "Nothing is open. People who say what they will do, and by when, get further than people who are only reminded. "
            "One small thing with a day is enough: “Hook by Friday”."
        )
        return Message(cards=(Card("Your commitments", (Text(words), Buttons((new,)))),), private=True)
    leaf = leaf_of(commitments, asking.page)
    rows = tuple((each.what, when_said(person, each), _state(each, today)) for each in leaf.rows)
    head = (Text(counted(asking, leaf, "commitment")),) if leaf.pages > 1 or asking.narrowed else ()
    body: list[Element] = [*head, Table(("What", "By when", "State"), rows)]
    open_ones = [each for each in leaf.rows if each.open]
    if open_ones:
        body.append(Menu("Done", tuple(_item(each, "commit done") for each in open_ones)))
        body.append(Menu("New date", tuple(_item(each, "commit date") for each in open_ones)))
    body += turning(LIST, asking, leaf, new)
    return Message(cards=(Card("Your commitments", tuple(body)),), private=True)


def panel(person: Person, open_ones: Sequence[Commitment], today: date) -> Card:
    """The next ones, for the home page: those whose day is over come last, since they would hide what is due today."""
    first = sorted(open_ones, key=lambda each: each.day < today)[:3]
    rows = tuple((each.what, f"{when_said(person, each)}{_late(each, today)}") for each in first)
    done = (Button("Done", Call("commit done", {"id": open_ones[0].id})),) if len(open_ones) == 1 else ()
    return Card("You said you would", (Facts(rows), Buttons((*done, Button("All my commitments", Call("commitments"))))))


def _later_said(asked: AskedLater) -> str:
    """Why it is not asked about on its day, and when it is."""
    if asked.weekly is not None:
        why = f"I write at most {_times(asked.weekly)} a week, and that day would be one more, so"
    else:
        why = f"{_BECAUSE[asked.because]}, so"
    if asked.day is None:
        return f"{why} I do not ask you about it: your list keeps it."
    beside = f", with **{_label(asked.beside)}**" if asked.beside else ""
    return f"{why} I ask you about it on {day_said(asked.day)}{beside}."


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count) or f"{NUMBERS[count]} times"


def _ways(commitment: Commitment, via: str) -> Buttons:
    """The answers that its reminder offers."""
    this = {"id": commitment.id, VIA: via}
    return Buttons(
        (
            Button("Done", Call("commit done", this), primary=True),
            Button("Not yet", Call("commit not-yet", this)),
            Button("New date", Call("commit date", this)),
        )
    )


def _label(what: str) -> str:
    return what if len(what) <= LABEL_AT_MOST else f"{what[: LABEL_AT_MOST - 1].rstrip()}…"


def _item(commitment: Commitment, command: str) -> Button:
    return Button(_label(commitment.what), Call(command, {"id": commitment.id}))


def _to(commitment: Commitment, day: date) -> Call:
    return Call("commit date", {"id": commitment.id, "by": day.isoformat()})


def _state(commitment: Commitment, today: date) -> str:
    if commitment.open:
        return "open, its day is over" if commitment.day < today else "open"
    if commitment.state is CommitmentState.DONE:
        return "told" if commitment.kind is CommitmentKind.REMINDER else "done"
    return "let go"


def _late(commitment: Commitment, today: date) -> str:
    return ", its day is over" if commitment.day < today else ""
