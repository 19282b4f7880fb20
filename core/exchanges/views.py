"""What students and coaches see of their exchanges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from core.exchanges.model import Exchange, Line, State
from core.listing import Listing, counted, leaf_of, not_found, turning
from core.people.model import Person
from core.ui import Button, Buttons, Call, Card, Element, Facts, Menu, Message, Text, Tone

SHOWN_LINES, SAID_AT_MOST = 12, 80
HOW = Text("_To answer, press Answer or reply to this very message. What you write by itself goes to the agents._")
ANSWERED_AT_MOST = 1_000
"""Characters of what is answered, above the form for the answer: the end of it."""
NAMED = 3
HOURS_SAID = 48
"""What is longer ago is told in days."""


def told(exchange: Exchange, coaches: Sequence[str]) -> Message:
    """The student asked."""
    names = _together(coaches) if coaches else "your coaches"
    words = (
        f"I told {names}. They answer here, as themselves, and mostly within a day; if nobody has by then, I tell them "
        "again. Until then I keep working as ever."
    )
    ways = Buttons((_button("Add something", "person reply", exchange), _button("Never mind", "person close", exchange)))
    return Message(cards=(Card("A person will answer you", (Text(words), ways), Tone.GOOD),), private=True)


def answered(person: Person, exchange: Exchange) -> str:
    """What the other side wrote last, for the form in which it is answered; "" where the person wrote last."""
    by_coach = person.id == exchange.person_id
    new = list(takewhile(lambda line: line.coach is by_coach, reversed(exchange.lines)))[::-1]
    words = "\n\n".join(line.words for line in new)
    shown = words if len(words) <= ANSWERED_AT_MOST else f"… {words[-ANSWERED_AT_MOST:].lstrip()}"
    return f"{new[-1].name} wrote:\n\n{shown}" if new else ""


def _together(coaches: Sequence[str]) -> str:
    """Their names as one says them."""
    shown = list(coaches[:NAMED])
    shown += [f"{len(coaches) - NAMED} more"] if len(coaches) > NAMED else []
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]


def asked(exchange: Exchange) -> Message:
    """What coaches are told."""
    body: list[Element] = [Text(_quoted(exchange.lines[0].words))]
    if exchange.summary:
        body.append(Text(f"**What they talked about with the agents, shown with their consent:**\n\n{exchange.summary}"))
    body.append(_ways(exchange))
    return Message(cards=(Card(f"{exchange.name} would like a person", tuple(body), Tone.CAREFUL),))


def still_wait(exchanges: Sequence[Exchange], at: datetime) -> Message:
    """What coaches are told again: all who wait, the longest first."""
    they = sorted(exchanges, key=lambda each: each.lines[-1].at)
    if len(they) == 1:
        [only] = they
        words = f"{only.name} wrote {_since(only, at)} and has no answer. {_stands(only)}.\n\n{_quoted(only.lines[-1].words)}"
        return Message(cards=(Card("Somebody is waiting", (Text(words), _ways(only)), Tone.CAREFUL),))
    shown = they[:SHOWN_LINES]
    rows = tuple((each.name, f"{_since(each, at)}: {each.lines[-1].words[:120]}") for each in shown)
    more = (Text(f"And {len(they) - len(shown)} more."),) if len(they) > len(shown) else ()
    menu = Menu("Open one", tuple(Button(each.name[:70], Call("person open", {"exchange": each.id})) for each in shown))
    every = Buttons((Button("All who asked", Call("cohort asked")),))
    title = f"{len(they)} students are waiting for an answer"
    return Message(cards=(Card(title, (Facts(rows), *more, menu, every), Tone.CAREFUL),))


def taken(exchange: Exchange) -> Message:
    """What the student hears when a coach takes it."""
    words = f"{exchange.taken_name} has taken your question and will write to you here."
    return Message(cards=(Card(body=(Text(words),)),))


def from_coach(exchange: Exchange, line: Line) -> Message:
    """What a coach writes, as the student gets it."""
    ways = Buttons(
        (_button("Answer", "person reply", exchange, primary=True), _button("That is settled", "person close", exchange))
    )
    return Message(cards=(Card(f"{line.name}, your coach, writes", (Text(line.words), HOW, ways)),))


def from_student(exchange: Exchange, line: Line) -> Message:
    """What a student writes, as the coach gets it."""
    return Message(cards=(Card(f"{line.name} writes", (Text(line.words), HOW, _ways(exchange)), Tone.CAREFUL),))


def closed(exchange: Exchange, by: Person) -> Message:
    """What the other side hears when one of them closes it."""
    words = f"{by.name} marked your exchange as settled."
    if by.id == exchange.person_id:
        again = Call("cohort write", {"student": exchange.person_id}, form=True)
        ways = Buttons((Button("Who else waits", Call("cohort asked")), Button("Write again", again)))
        return Message(cards=(Card(body=(Text(words), ways)),))
    words += " If anything is left, just ask again."
    return Message(cards=(Card(body=(Text(words), Buttons((Button("Ask again", Call("person ask")),)))),))


def sent(exchange: Exchange, *, coach: bool, without_files: bool = False) -> Message:
    """What whoever wrote hears."""
    to = exchange.name if coach else exchange.taken_name or "your coaches"
    quiet = " I keep quiet for them for three days, so that it is you whom they hear." if coach else ""
    quiet += " Only your words: I cannot hand on files." if without_files else ""
    ways = [_button("That is settled", "cohort settle" if coach else "person close", exchange)]
    ways += [Button("Back to the week", Call("cohort digest"))] if coach else []
    return Message(cards=(Card(body=(Text(f"Sent to {to}.{quiet}"), Buttons(tuple(ways))), tone=Tone.GOOD),), private=True)


def settled(exchange: Exchange, *, coach: bool) -> Message:
    """It is closed."""
    more = Button("Who else waits", Call("cohort asked")) if coach else Button("Ask again", Call("person ask"))
    return Message(
        cards=(Card(body=(Text("Closed, and the other side was told."), Buttons((more,))), tone=Tone.GOOD),), private=True
    )


def own(person: Person, exchanges: Sequence[Exchange], asking: Listing) -> Message:
    """A page of a student's exchanges."""
    ask = Button("I would like a person", Call("person ask"), primary=True)
    if not exchanges and asking.narrowed:
        return _not_asked_yet(asking)
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
        return Message(cards=(Card("Asked for a person", (Text(words),), Tone.GOOD),), private=True)
    leaf = leaf_of(exchanges, asking.page)
    rows = Facts(tuple((_asker(coach, each, elsewhere), _in_short(each)) for each in leaf.rows))
    options = tuple(
        Button(f"{each.name}: {each.lines[-1].words}"[:70], Call("person open", {"exchange": each.id})) for each in leaf.rows
    )
    head = Text(counted(asking, leaf, "open exchange"))
    turns = turning("cohort asked", asking, leaf)
    return Message(cards=(Card("Asked for a person", (head, rows, Menu("Open one", options), *turns)),), private=True)


def _asker(coach: Person, exchange: Exchange, elsewhere: Mapping[str, str]) -> str:
    other = elsewhere.get(exchange.person_id)
    return ", ".join((exchange.name, *((other,) if other else ()), _when(coach, exchange.lines[-1].at)))


def opened(person: Person, exchange: Exchange) -> Message:
    """All that was written, the last lines of it."""
    lines = exchange.lines[-SHOWN_LINES:]
    text = "\n\n".join(f"**{each.name}**, {_when(person, each.at)}\n{_quoted(each.words)}" for each in lines)
    left = len(exchange.lines) - len(lines)
    before = (Text(f"{left} earlier lines are not shown."),) if left else ()
    summary = (Text(f"**What they talked about with the agents:**\n\n{exchange.summary}"),) if exchange.summary else ()
    coach = person.id != exchange.person_id
    if exchange.state is State.CLOSED:
        ways: tuple[Element, ...] = (Text("This is closed."),)
    elif coach:
        ways = (_ways(exchange, to_another=person.id != exchange.taken_by),)
    else:
        ways = (
            Buttons((_button("Write", "person reply", exchange, primary=True), _button("Settled", "person close", exchange))),
        )
    title = exchange.name if coach else exchange.taken_name or "Your coaches"
    return Message(cards=(Card(title, (*before, Text(text), *(summary if coach else ()), *ways)),), private=True)


def yours(coach: Person, exchange: Exchange) -> Message:
    """What the coach who took it sees."""
    return replace(opened(coach, exchange), text=f"You look after it now, and {exchange.name} was told.")


def theirs(exchange: Exchange) -> Message:
    """What a coach sees who would take what another coach has taken."""
    words = f"{exchange.taken_name} took what {exchange.name} asked, before you. {exchange.name} was told so, and waits for them."
    ways = Buttons((_button("The exchange", "person open", exchange), _over(exchange)))
    return Message(cards=(Card("Taken already", (Text(words), ways), Tone.CAREFUL),), private=True)


def taken_over(exchange: Exchange) -> Message:
    """What the coach hears from whom another took it over."""
    words = f"{exchange.taken_name} has taken over what {exchange.name} asked. You need do nothing about it."
    return Message(cards=(Card(body=(Text(words), Buttons((_button("The exchange", "person open", exchange),)))),))


def _ways(exchange: Exchange, *, to_another: bool = False) -> Buttons:
    """What a coach does with it; `to_another`: it is shown to one who has not taken it."""
    take = (_over(exchange),) if to_another else ()
    take = take if exchange.taken_by else (_button("I take it", "cohort take", exchange),)
    return Buttons(
        (
            _button("Answer", "cohort answer", exchange, primary=True),
            *take,
            Button("Where they are", Call("cohort member", {"student": exchange.person_id})),
            _button("Settled", "cohort settle", exchange),
        )
    )


def _over(exchange: Exchange) -> Button:
    return Button("Take it over", Call("cohort take", {"exchange": exchange.id, "over": "yes"}))


def _button(label: str, command: str, exchange: Exchange, *, primary: bool = False) -> Button:
    return Button(label, Call(command, {"exchange": exchange.id}), primary=primary)


def _quoted(words: str) -> str:
    return "\n".join(f"> {line}" for line in words.splitlines())


def _in_short(exchange: Exchange) -> str:
    """The last words, and how it stands."""
    last = exchange.lines[-1]
    if exchange.state is State.CLOSED:
        stands = "closed"
    elif exchange.waits:
        stands = f"waits for {exchange.taken_name}" if exchange.taken_by else "waits for a coach"
    else:
        stands = f"{last.name} answered"
    words = " ".join(last.words.split())
    return f"“{words if len(words) <= SAID_AT_MOST else words[:SAID_AT_MOST].rstrip() + ' …'}” ({stands})"


def _label(person: Person, exchange: Exchange) -> str:
    return f"{_when(person, exchange.lines[-1].at)}: {exchange.lines[0].words}"[:70]


def _when(person: Person, at: datetime) -> str:
    local = at.astimezone(person.zone)
    return f"{local.day} {local:%b, %H:%M}"


def _since(exchange: Exchange, at: datetime) -> str:
    """How long ago the last line was written."""
    hours = int((at - exchange.lines[-1].at).total_seconds() // 3600)
    if hours < HOURS_SAID:
        return f"{hours} hours ago"
    return f"{hours // 24} days ago"


def _stands(exchange: Exchange) -> str:
    return f"{exchange.taken_name} took it" if exchange.taken_by else "Nobody has taken it yet"
