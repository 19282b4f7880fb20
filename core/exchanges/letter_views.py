"""What students and coaches are sent of their exchanges, as letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.exchanges.model import Exchange, Line
from core.exchanges.standing import ago
from core.exchanges.ways import button, coachs, quoted
from core.people.model import Person
from core.shortened import shortened
from core.ui import Button, Buttons, Call, Card, Element, Facts, Menu, Message, Text, Tone

SHOWN_AT_MOST = 12
HOW = Text("_To answer, press Answer or reply to this very message._")


def asked(exchange: Exchange, *, to_letter: bool = False) -> Message:
    """What coaches are told; `to_letter`: it answers what one of them wrote to everybody."""
    body: list[Element] = [Text(quoted(exchange.lines[0].words))]
    if exchange.summary:
        body.append(Text(f"**What they talked about with the agents, shown with their consent:**\n\n{exchange.summary}"))
    body.append(coachs(exchange))
    title = f"{exchange.name} writes to you" if exchange.lines[0].to_person_id else f"{exchange.name} would like a person"
    title = (
        f"{exchange.name} answers {'your' if exchange.lines[0].to_person_id else 'a'} letter to everybody" if to_letter else title
    )
    return Message(cards=(Card(title, tuple(body), Tone.CAREFUL),))


def still_wait(coach: Person, exchanges: Sequence[Exchange], at: datetime) -> Message:
    """What a coach is told again: all who wait, the longest first, each with all that they wait for."""
    they = sorted(exchanges, key=lambda each: each.last.at)
    if len(they) == 1:
        [only] = they
        words = (
            f"{only.name} wrote {ago(only.last.at, at)} and has no answer. {_stands(coach, only)}.\n\n{quoted(only.last.words)}"
        )
        return Message(cards=(Card("Somebody is waiting", (Text(words), coachs(only)), Tone.CAREFUL),))
    shown = they[:SHOWN_AT_MOST]
    named = _of_each(shown)
    rows = tuple((its[0].name, "; ".join(_asked_of(each, at, len(its)) for each in its)) for its in named)
    more = (Text(f"And {len(they) - len(shown)} more."),) if len(they) > len(shown) else ()
    menu = Menu("Open one", tuple(_open(each, len(its)) for its in named for each in its))
    every = Buttons((Button("All who asked", Call("cohort asked")),))
    return Message(cards=(Card(_who_waits(they), (Facts(rows), *more, menu, every), Tone.CAREFUL),))


def taken(exchange: Exchange) -> Message:
    """What the student hears when a coach takes it."""
    words = f"{exchange.taken_name} has taken your question and will write to you here."
    return Message(cards=(Card(body=(Text(words),)),))


def from_coach(exchange: Exchange, line: Line) -> Message:
    """What a coach writes, as the student gets it."""
    ways = Buttons(
        (button("Answer", "person reply", exchange, primary=True), button("That is settled", "person close", exchange))
    )
    return Message(cards=(Card(f"{line.name}, your coach, writes", (Text(line.words), HOW, ways)),))


def from_student(exchange: Exchange, line: Line) -> Message:
    """What a student writes, as the coach gets it."""
    return Message(cards=(Card(f"{line.name} writes", (Text(line.words), HOW, coachs(exchange)), Tone.CAREFUL),))


def changed(exchange: Exchange, line: Line) -> Message:
    """What the other side gets where one of them changed a message that was sent."""
    written = from_coach(exchange, line) if line.coach else from_student(exchange, line)
    return Message(cards=tuple(replace(each, title=f"{line.name} changed what they wrote") for each in written.cards))


def closed(exchange: Exchange, by: Person) -> Message:
    """What the other side hears when one of them closes it."""
    words = f"{by.name} marked your exchange as settled."
    if by.id == exchange.person_id:
        again = Call("cohort write", {"student": exchange.person_id}, form=True)
        ways = Buttons((Button("Who else waits", Call("cohort asked")), Button("Write again", again)))
        return Message(cards=(Card(body=(Text(words), ways)),))
    words += " If anything is left, just ask again."
    return Message(cards=(Card(body=(Text(words), Buttons((Button("Ask again", Call("person ask", form=True)),)))),))


def taken_over(exchange: Exchange) -> Message:
    """What the coach hears from whom another took it over."""
    words = f"{exchange.taken_name} has taken over what {exchange.name} asked. You need do nothing about it."
    return Message(cards=(Card(body=(Text(words), Buttons((button("The exchange", "person open", exchange),)))),))


def _who_waits(exchanges: Sequence[Exchange]) -> str:
    """How many students wait; where one waits for several answers, for how many in all."""
    students, answers = len(_of_each(exchanges)), len(exchanges)
    who = "1 student is" if students == 1 else f"{students} students are"
    return f"{who} waiting for {'an answer' if answers == students else f'{answers} answers'}"


def _of_each(exchanges: Sequence[Exchange]) -> list[list[Exchange]]:
    """The exchanges by whose they are, in the order in which each student comes first."""
    found: dict[str, list[Exchange]] = {}
    for each in exchanges:
        found.setdefault(each.person_id, []).append(each)
    return list(found.values())


def _asked_of(exchange: Exchange, at: datetime, of: int) -> str:
    """How long ago they wrote, and what; of several things each in quotation marks, so that one is seen to end."""
    if of == 1:
        return f"{ago(exchange.last.at, at)}: {shortened(exchange.last.words, 120)}"
    return f"{ago(exchange.last.at, at)}: “{shortened(exchange.last.words, 80)}”"


def _open(exchange: Exchange, of: int) -> Button:
    """What leads to it: by whose it is, and where they have several by their words too."""
    label = exchange.name if of == 1 else f"{exchange.name[:30]}: {shortened(exchange.last.words, 38)}"
    return Button(label[:70], Call("person open", {"exchange": exchange.id}))


def _stands(coach: Person, exchange: Exchange) -> str:
    if not exchange.taken_by:
        return "Nobody has taken it yet"
    return f"{'You' if exchange.taken_by == coach.id else exchange.taken_name} took it"
