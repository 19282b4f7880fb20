"""What students and coaches see of their exchanges when they look, and what they hear when they did something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby, takewhile

from core.commitments.views import day_said
from core.exchanges.crossing import of_another
from core.exchanges.model import WORDS_AT_MOST, Exchange, Line, State
from core.exchanges.postponed import AskedOn
from core.exchanges.replying import apart
from core.exchanges.standing import ago, latest, standing
from core.exchanges.together import together
from core.exchanges.ways import button, coachs, over, quoted
from core.listing import Listing, counted, leaf_of, not_found, turning
from core.people.model import Person
from core.shortened import shortened
from core.ui import Button, Buttons, Call, Card, Element, Facts, Menu, Message, Text, Tone

SHOWN_LINES, SAID_AT_MOST, LABEL_AT_MOST = 12, 80, 70
ANSWERED_AT_MOST = WORDS_AT_MOST
"""Characters of what is answered, above the form for the answer: the whole of one letter."""
POSTPONED_SHOWN = 3
LATELY = timedelta(days=7)
"""For so long it is told what another coach wrote."""
BESIDE_AT_MOST = 300
"""Characters of it."""
QUOTED_AT_MOST = 160
"""Characters of what stands right above anyway."""


def told(exchange: Exchange, coaches: Sequence[str], *, direct: bool) -> Message:
    """The student asked; `direct`: in direct messages, which is where they are answered."""
    names = together(coaches) if coaches else "your coaches"
    where = "here" if direct else "in your direct messages"
    words = (
        f"I told {names}. They answer {where}, as themselves, and mostly within a day; if nobody has by then, I tell them again. "
        "Until then I keep working as ever."
    )
    ways = Buttons((button("Add something", "person reply", exchange), button("Never mind", "person close", exchange)))
    return Message(cards=(Card("A person will answer you", (Text(words), ways), Tone.GOOD),), private=True)


def answered(person: Person, exchange: Exchange, at: datetime) -> str:
    """What the other side wrote last, for the form in which it is answered, and to whom where the person wrote last. A coach is
    told what another coach has answered already, or wrote before.
    """
    by_coach = person.id == exchange.person_id
    new = list(takewhile(lambda line: line.coach is by_coach, reversed(exchange.lines)))[::-1]
    last = exchange.lines[-1]
    if not (new or by_coach) and last.by_person_id != person.id:
        return f"{last.name} has answered {exchange.name} already, {ago(last.at, at)}:\n\n{last.words}"
    before = None if by_coach or not new else of_another([exchange], person.id, at - LATELY)
    above = f"{beside(before, at)}\n\n" if before else ""
    return above + _new(person, exchange, new)


def beside(line: Line, at: datetime) -> str:
    """What another coach wrote, for one who is about to write."""
    return f"{line.name} wrote {ago(line.at, at)}: “{shortened(line.words, BESIDE_AT_MOST)}”"


def _new(person: Person, exchange: Exchange, new: Sequence[Line]) -> str:
    """What is new from the other side, by whom; where nothing is, to whom it goes."""
    by_coach = person.id == exchange.person_id
    if not new:
        return f"To {exchange.looked_after_by or 'your coaches'}" if by_coach else f"To {exchange.name}"
    parts = [(name, "\n\n".join(line.words for line in lines)) for name, lines in groupby(new, key=lambda line: line.name)]
    if sum(len(words) for _, words in parts) > ANSWERED_AT_MOST:  # of several letters the last
        parts = [(new[-1].name, new[-1].words)]
    return "\n\n".join(f"{name} wrote:\n\n{words}" for name, words in parts)


def for_whom(names: Sequence[str], said_id: str, words: str, *, with_files: bool, sure: bool, before: str = "") -> Message:
    """What somebody is asked who wrote by itself after a letter of one of these; `sure`: it was most likely meant so.

    `before`: what another coach has answered.
    """
    ways = [
        Button(
            f"To {name} alone" if apart(name, names) else f"Send it to {name}",
            Call("person send", {"said": said_id, "to": str(at)}),
            primary=sure and not at,
        )
        for at, name in enumerate(names)
    ]
    whole = [names[0]] if apart(names[0], names) else [each for each in names if not apart(each, names)]
    ways.append(Button("No, it is for you", Call("person not", {"said": said_id})))
    files = " The words alone: files I cannot hand on." if with_files else ""
    told = f"{before}\n\n" if before else ""
    body = (Text(f"{quoted(_short(words))}\n\n{told}Nobody reads it until you press.{files}"), Buttons(tuple(ways)))
    return Message(cards=(Card(f"Is this for {_either(whole)}?", body),), private=True)


def crossed(exchange: Exchange, line: Line, words: str, said_id: str, at: datetime, *, to: int = 0) -> Message:
    """What a coach is told whose words would go to a student whom another has answered meanwhile; they are kept as `said_id`."""
    send = Call("person send", {"said": said_id, "to": str(to), "sure": "yes"})
    told = f"{beside(line, at)}\n\nYours is not sent yet:\n\n{quoted(_short(words))}"
    ways = Buttons((Button("Send it all the same", send, primary=True), button("The exchange", "person open", exchange)))
    return Message(cards=(Card(f"{line.name} has answered {exchange.name}", (Text(told), ways), Tone.CAREFUL),), private=True)


def _short(words: str) -> str:
    return words if len(words) <= QUOTED_AT_MOST else f"{words[:QUOTED_AT_MOST].rstrip()} …"


def _either(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]


def sent(exchange: Exchange, *, coach: bool, without_files: bool = False, postponed: Sequence[AskedOn] = ()) -> Message:
    """What whoever wrote hears. `postponed`: what the student is asked about later, since the bot keeps quiet for them."""
    to = exchange.name if coach else exchange.looked_after_by or "your coaches"
    quiet = " I keep quiet for them for three days, so that it is you whom they hear." if coach else ""
    quiet += "".join(_later(exchange.name, each) for each in postponed[:POSTPONED_SHOWN])
    quiet += " Only your words: I cannot hand on files." if without_files else ""
    week = Button("Back to the week", Call("cohort digest"))
    ways = (
        [button("That is settled", "cohort settle", exchange), week]
        if coach
        else [button("Add something", "person reply", exchange)]
    )
    return Message(cards=(Card(body=(Text(f"Sent to {to}.{quiet}"), Buttons(tuple(ways))), tone=Tone.GOOD),), private=True)


def _later(name: str, asked: AskedOn) -> str:
    """What the student had said for a day, and when it is asked about."""
    what, day = asked.promise.what, day_said(asked.promise.day)
    then = f"as things stand on {day_said(asked.day)}"  # who answers may be written to at another hour from then on
    return f" What {name} promised for {day}, **{what}**, I ask about once they are over, {then}."


def settled(exchange: Exchange, *, coach: bool) -> Message:
    """It is closed."""
    more = Button("Who else waits", Call("cohort asked")) if coach else Button("Ask again", Call("person ask", form=True))
    told = "Closed, and the other side was told."
    if coach and exchange.thanked:
        told = f"Closed. {exchange.name} had thanked you, so nothing was sent."
    return Message(cards=(Card(body=(Text(told), Buttons((more,))), tone=Tone.GOOD),), private=True)


def own(person: Person, exchanges: Sequence[Exchange], asking: Listing, *, coached: bool) -> Message:
    """A page of a student's exchanges; `coached`: there is somebody who would hear."""
    ask = Button("I would like a person", Call("person ask"), primary=True)
    if not exchanges and asking.narrowed:
        return _not_asked_yet(asking)
    if not exchanges and not coached:
        words = (
            "There is no coach here yet who would read it. The agents answer you meanwhile: type @Teacher and your question. "
            "Once somebody coaches here, this is the way to them."
        )
        return Message(cards=(Card("Talk to a person", (Text(words),)),), private=True)
    if not exchanges:
        words = "You have not asked for a person yet. When you do, your coaches hear of it at once; what they see is your choice."
        return Message(cards=(Card("Talk to a person", (Text(words), Buttons((ask,)))),), private=True)
    leaf = leaf_of(exchanges, asking.page)
    rows = Facts(tuple((_when(person, each.lines[-1].at), _in_short(each)) for each in leaf.rows))
    options = tuple(Button(_label(person, each), Call("person open", {"exchange": each.id})) for each in leaf.rows)
    head = (Text(counted(asking, leaf, "exchange")),) if leaf.pages > 1 or asking.narrowed else ()
    turns = turning("person show", asking, leaf, ask)
    return Message(cards=(Card("Talk to a person", (*head, rows, Menu("Open one", options), *turns)),), private=True)


def _not_asked_yet(asking: Listing) -> Message:
    """Words that are in no exchange are mostly what somebody would ask of a person."""
    words = f"Shall I ask your coaches “{asking.words}”? Nothing that you asked them before has that in it."
    ask = Button("Ask my coaches", Call("person ask", {"about": asking.words}, form=True), primary=True)
    ways = Buttons((ask, Button("All that I asked", Call("person show"))))
    return Message(cards=(Card("Talk to a person", (Text(words), ways)),), private=True)


def waiting(coach: Person, exchanges: Sequence[Exchange], asking: Listing, elsewhere: Mapping[str, str]) -> Message:
    """A page of what coaches look after; `elsewhere`: the cohorts, by person id, of those who are not of the coach's."""
    if not exchanges and asking.narrowed:
        return not_found("Asked for a person", "cohort asked", asking, "No open exchange")
    if not exchanges:
        words = "Nobody is waiting for a person. When somebody asks, you hear of it at once."
        return Message(cards=(Card("Letters with your students", (Text(words),), Tone.GOOD),), private=True)
    leaf = leaf_of(exchanges, asking.page)
    rows = Facts(tuple((_asker(coach, each, elsewhere), _in_short(each)) for each in leaf.rows))
    options = tuple(Button(_labelled(each), Call("person open", {"exchange": each.id})) for each in leaf.rows)
    waits = sum(each.waits for each in exchanges)
    stands = f"{waits} {'waits' if waits == 1 else 'wait'} for an answer" if waits else "Nobody waits for an answer"
    head = Text(f"{stands}. {counted(asking, leaf, 'open exchange')}")
    turns = turning("cohort asked", asking, leaf)
    return Message(cards=(Card("Letters with your students", (head, rows, Menu("Open one", options), *turns)),), private=True)


def _asker(coach: Person, exchange: Exchange, elsewhere: Mapping[str, str]) -> str:
    other = elsewhere.get(exchange.person_id)
    return ", ".join((exchange.name, *((other,) if other else ()), _when(coach, exchange.lines[-1].at)))


def opened(person: Person, exchange: Exchange) -> Message:
    """All that was written, the last lines of it."""
    lines = exchange.lines[-SHOWN_LINES:]
    text = "\n\n".join(f"**{each.name}**, {_when(person, each.at)}\n{quoted(each.words)}" for each in lines)
    left = len(exchange.lines) - len(lines)
    before = (Text(f"{left} earlier lines are not shown."),) if left else ()
    summary = (Text(f"**What they talked about with the agents:**\n\n{exchange.summary}"),) if exchange.summary else ()
    coach = person.id != exchange.person_id
    if exchange.state is State.CLOSED:
        again = button("Write again", "cohort answer" if coach else "person reply", exchange)
        ways: tuple[Element, ...] = (Text("This is settled."), Buttons((again,)))
    elif coach:
        ways = (coachs(exchange, to_another=person.id != exchange.taken_by),)
    else:
        ways = (Buttons((button("Write", "person reply", exchange, primary=True), button("Settled", "person close", exchange))),)
    title = exchange.name if coach else exchange.looked_after_by or "Your coaches"
    return Message(cards=(Card(title, (*before, Text(text), *(summary if coach else ()), *ways)),), private=True)


def yours(coach: Person, exchange: Exchange) -> Message:
    """What the coach who took it sees."""
    return replace(opened(coach, exchange), text=f"You look after it now, and {exchange.name} was told.")


def theirs(exchange: Exchange) -> Message:
    """What a coach sees who would take what another coach has taken."""
    words = f"{exchange.taken_name} took what {exchange.name} asked, before you. {exchange.name} was told so, and waits for them."
    ways = Buttons((button("The exchange", "person open", exchange), over(exchange)))
    return Message(cards=(Card("Taken already", (Text(words), ways), Tone.CAREFUL),), private=True)


def _in_short(exchange: Exchange) -> str:
    """The last words, and how it stands."""
    return f"“{latest(exchange, SAID_AT_MOST)}” ({standing(exchange)})"


def _labelled(exchange: Exchange) -> str:
    return shortened(f"{exchange.name}: {latest(exchange, LABEL_AT_MOST)}", LABEL_AT_MOST)


def _label(person: Person, exchange: Exchange) -> str:
    return shortened(f"{_when(person, exchange.lines[-1].at)}: {latest(exchange, LABEL_AT_MOST)}", LABEL_AT_MOST)


def _when(person: Person, at: datetime) -> str:
    local = at.astimezone(person.zone)
    return f"{local.day} {local:%b, %H:%M}"
