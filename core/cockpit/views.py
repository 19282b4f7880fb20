"""The cohort on one card: for coaches first those who wait, the rest of the desk in one menu; for students what is theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.cockpit.service import Counts, Today
from core.cohort import views as cohorts
from core.cohort.model import Cohort
from core.members import beside
from core.ui import Button, Buttons, Call, Card, Element, Facts, Menu, Message, Text

DESK = Menu(
    "More",
    (
        Button("Announce something", Call("cohort announce", form=True)),
        Button("Announcements", Call("cohort announcements")),
        Button("Question of the week", Call("cohort question", form=True)),
        Button("Pairs", Call("cohort pairs")),
        Button("The board", Call("cohort board")),
        Button("What came of reminders", Call("cohort nudges")),
        Button("Bring students in by a list", Call("cohort import")),
        Button("All students as a file", Call("cohort export")),
        Button("Dates", Call("cohort dates")),
        Button("Who coaches", Call("staff show")),
        Button("All cohorts", Call("cohort list")),
        Button("The course plan", Call("plan")),
    ),
)
"""What a coach does once a week or once a course, in the order in which it is wanted."""
PLAN = Button("The course plan", Call("plan"), primary=True)
THEIRS = (PLAN, Button("My partner", Call("pair show")), Button("The board", Call("cohort board")))


def cockpit(today: Today, day: date, *, coaches: bool) -> Message:
    """Somebody's cohort; `day` is today where they are."""
    own = today.cohort
    if today.choice:
        return _chosen_from(today.choice)
    if own is None or own.archived_at:
        return cohorts.cohort(own, today.dated, day, coaches=coaches)
    dates = cohorts.dates_said(today.dated, day)
    if today.counts is None:
        return _card(own, Facts(dates), Buttons(THEIRS))
    where = () if own.channel else (("Channel", "none; say /cohort here in it"),)
    facts = Facts((*dates, ("Code to join", own.code), *where))
    first = _first(today.counts)
    shown = _card(own, Text(_said(today.counts)), facts, *((Buttons(first),) if first else ()), DESK)
    return replace(shown, cards=(*shown.cards, *(Card(body=beside.told(each)) for each in today.beside)))


def _chosen_from(there: Sequence[Cohort]) -> Message:
    words = "You look after none of the cohorts yet, so your lists show the students of all. Which one is yours?"
    look = Menu("Look after", tuple(Button(each.name, Call("cohort look", {"cohort": each.id})) for each in there))
    ways = Buttons((Button("All students", Call("cohort members")), Button("Begin another", Call("cohort new", form=True))))
    return Message(cards=(Card("Your cohort", (Text(words), look, ways)),), private=True)


def _said(counts: Counts) -> str:
    """Who wants something of the coach, most of all first."""
    told = []
    if not counts.students and not counts.expected:
        told = ["No students yet: they join by the code, or in the channel."]
    if counts.students:
        there = "1 student" if counts.students == 1 else f"{counts.students:,} students"
        levels = [f"{counts.needs:,} {'needs' if counts.needs == 1 else 'need'} a person"] if counts.needs else []
        levels += [f"{counts.watch:,} {'is' if counts.watch == 1 else 'are'} worth a look"] if counts.watch else []
        told = [f"{there}: {' and '.join(levels)}." if levels else f"{there}, and nobody is stuck, silent or behind."]
    if counts.elsewhere:
        whose = "1 of another cohort waits" if counts.elsewhere == 1 else f"{counts.elsewhere:,} of other cohorts wait"
        told.insert(0, f"{whose} {'too' if counts.waiting else 'for an answer from a person'}.")
    if counts.waiting:
        told.insert(0, f"**{counts.waiting:,} {'waits' if counts.waiting == 1 else 'wait'} for an answer from a person.**")
    if counts.expected:
        are, have = ("is", "has") if counts.expected == 1 else ("are", "have")
        told.append(f"{counts.expected:,} {are} expected, and {have} not written to me yet.")
    return " ".join(told)


def _first(counts: Counts) -> tuple[Button, ...]:
    """What ten minutes are for."""
    waiting = counts.waiting + counts.elsewhere
    asked = Button(f"Who asked ({waiting:,})", Call("cohort asked"), primary=True)
    ways = [asked] if waiting else []
    if counts.students:
        ways.append(Button("The last seven days", Call("cohort digest"), primary=not waiting))
        ways.append(Button("Students", Call("cohort members")))
    ways += [Button(f"Not seen yet ({counts.expected:,})", Call("cohort expected"))] if counts.expected else []
    return tuple(ways)


def _card(own: Cohort, *body: Element) -> Message:
    return Message(cards=(Card(own.name, body),), private=True)
