"""The digest as coaches read it: in ten minutes they know whom to write to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from core.digest.model import Week
from core.exchanges.model import Exchange
from core.exchanges.ways import for_whom_it_is
from core.members import beside
from core.members.service import Row
from core.people.model import Person
from core.shortened import shortened
from core.ui import Button, Buttons, Call, Card, Element, Facts, Menu, Message, Text, Tone

REASONS = 2
WAITING_AT_MOST = 120
"""Characters of what somebody waits for an answer to."""
NAMED = 12
"""Names in one line; the list has them all."""


def digest(week: Week, coach: Person) -> Message:
    """The week. What a person can do something about stands first."""
    cards = [_head(week, coach) if week.students else _nobody(week)]
    if week.asked:
        cards.append(_asked(week, coach))
    if week.risky:
        cards.append(_needs(week, coach))
    cards += _went(week) if week.students else ()
    cards += [Card(body=beside.told(each)) for each in week.beside]
    return Message(cards=tuple(cards), private=True)


def _nobody(week: Week) -> Card:
    if week.awaited:
        who, have = ("1 person is", "has") if week.awaited == 1 else (f"{week.awaited:,} people are", "have")
        words = (
            f"No students yet. {who} expected, and {have} not written to me yet. I write to nobody first, so tell them that they "
            "may."
        )
        ways = Buttons((Button(f"Not seen yet ({week.awaited:,})", Call("cohort expected"), primary=True),))
        return Card(week.cohort or "Your week", (Text(words), ways))
    words = "No students yet. Hand out the cohort's code, and next Monday this tells you how their week was."
    if not week.cohort:
        words = (
            "No students yet in a cohort of yours that goes on: they come by its code. Where none does, /cohort new begins one."
        )
    return Card(week.cohort or "Your week", (Text(words),))


def _head(week: Week, coach: Person) -> Card:
    local = week.at.astimezone(coach.zone)
    counts = (
        ("Wait for an answer", len({each.person_id for each in week.asked})),
        ("Need a person (●)", len(week.needs)),
        ("Worth a look (○)", len(week.watch)),
        ("Silent for a week", len(week.silent)),
        ("Finished the course", len(week.through)),
        ("Finished a module", len(week.finished)),
        ("Put something live", len(week.shipped)),
        ("Worked on the course", len(week.worked)),
    )
    rows = [(name, str(count)) for at, (name, count) in enumerate(counts) if count or not at]
    asked, questions = counts[0][1], len(week.asked)
    rows[0] = (rows[0][0], f"{asked}, with {questions} questions" if questions > asked else rows[0][1])
    facts = Facts(tuple(rows))
    ways = Buttons((Button("All students", Call("cohort members"), primary=True), Button("Reminders", Call("cohort nudges"))))
    which = f"{week.cohort}, the" if week.cohort else "The"
    title = f"{which} week to {local.day} {local:%B}: {week.students:,} {'student' if week.students == 1 else 'students'}"
    return Card(title, (facts, ways))


def _asked(week: Week, coach: Person) -> Card:
    shown = week.asked[:NAMED]
    rows = tuple(
        (_named(week, each), f"since {_waits(coach, each)}: {shortened(each.last.words, WAITING_AT_MOST)}") for each in shown
    )
    menu = Menu("Answer", tuple(Button(each.name[:70], Call("person open", {"exchange": each.id})) for each in shown))
    return Card("They wait for an answer", (Facts(rows), menu), Tone.CAREFUL)


def _named(week: Week, exchange: Exchange) -> str:
    """Whoever asks is heard by all coaches; that they are of another cohort is told."""
    other = week.elsewhere.get(exchange.person_id)
    return f"{exchange.name}, {other}" if other else exchange.name


def _waits(coach: Person, exchange: Exchange) -> str:
    """Since when, and for whom: what another coach has taken is not waited for twice."""
    when = _when(coach, exchange.last.at)
    whom = for_whom_it_is(coach, exchange)
    return f"{when}, for {whom}" if whom else when


def _needs(week: Week, coach: Person) -> Card:
    they, shown = week.risky, week.risky[:NAMED]
    rows = tuple((f"{each.risk.level.sign}{each.member.name}", f"{why(each)}{written(week, coach, each)}") for each in shown)
    more: tuple[Element, ...] = ()
    if len(they) > len(shown):
        more = (Text(f"And {len(they) - len(shown)} more, in the list."),)
    words = Text(
        "A few lines from you do more than any reminder. Where no letter of the last days is open I propose some; make them "
        "yours before they go out."
    )
    write = Menu("Write to", tuple(Button(each.member.name[:70], _write(each)) for each in shown))
    return Card("They may need you", (words, Facts(rows), *more, write), Tone.CAREFUL)


def written(week: Week, coach: Person, row: Row) -> str:
    """That somebody wrote to them already, so that it is not done twice."""
    line = week.written.get(row.member.id)
    if line is None:
        return ""
    return f". {'You' if line.by_person_id == coach.id else line.name} wrote on {_when(coach, line.at)}"


def why(row: Row) -> str:
    """The weightiest reasons; the student's card has them all."""
    return "; ".join(row.risk.reasons[:REASONS])


def _went(week: Week) -> list[Card]:
    named = {each.member.id for each in (*week.needs, *week.watch)}
    rows = [
        ("Has finished the course" if len(week.through) == 1 else "Have finished the course", _names(week.through)),
        ("Finished", _names(week.finished, week.closed)),
        ("Put live", _names(week.shipped)),
        ("Worked on the course", _names(week.worked)),
        ("Silent", _names([each for each in week.silent if each.member.id not in named])),
    ]
    told = tuple((name, names) for name, names in rows if names)
    if told:
        return [Card("How it went", (Facts(told),))]
    quiet = "A quiet week: nobody worked on the course, and nobody needs you."
    return [] if week.asked or week.needs or week.watch else [Card(body=(Text(quiet),))]


def _names(rows: Sequence[Row], more: Callable[[Row], str] | None = None) -> str:
    shown = rows[:NAMED]
    named = [f"{each.member.name} ({more(each)})" if more else each.member.name for each in shown]
    left = f" and {len(rows) - len(shown)} more" if len(rows) > len(shown) else ""
    return ", ".join(named) + left


def _write(row: Row) -> Call:
    return Call("cohort write", {"student": row.member.id}, form=True)


def _when(coach: Person, at: datetime) -> str:
    local = at.astimezone(coach.zone)
    return f"{local.day} {local:%b, %H:%M}"
