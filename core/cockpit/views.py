"""The cohort on one card: for coaches first those who wait, the rest of the desk in one menu; for students what is theirs."""

from __future__ import annotations

from datetime import date

from core.cockpit.service import Counts, Today
from core.cohort import views as cohorts
from core.cohort.model import Cohort
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
    if own is None or own.archived_at:
        return cohorts.cohort(own, today.dated, day, coaches=coaches)
    dates = cohorts.dates_said(today.dated, day)
    if today.counts is None:
        return _card(own, Facts(dates), Buttons(THEIRS))
    where = () if own.channel else (("Channel", "none; say /cohort here in it"),)
    facts = Facts((*dates, ("Code to join", own.code), *where))
    return _card(own, Text(_told(today.counts)), facts, _first(today.counts), DESK)


def _told(counts: Counts) -> str:
    """Who wants something of the coach, most of all first."""
    if not counts.students:
        told = ["No students yet: they join by the code, or in the channel."]
    else:
        there = "1 student" if counts.students == 1 else f"{counts.students:,} students"
        levels = [f"{counts.needs:,} {'needs' if counts.needs == 1 else 'need'} a person"] if counts.needs else []
        levels += [f"{counts.watch:,} {'is' if counts.watch == 1 else 'are'} worth a look"] if counts.watch else []
        told = [f"{there}: {' and '.join(levels)}." if levels else f"{there}, and nobody who seems to need you just now."]
    if counts.waiting:
        told.insert(0, f"**{counts.waiting:,} {'waits' if counts.waiting == 1 else 'wait'} for an answer from a person.**")
    if counts.expected:
        told.append(f"{counts.expected:,} {'has' if counts.expected == 1 else 'have'} not written to me yet.")
    return " ".join(told)


def _first(counts: Counts) -> Buttons:
    """What ten minutes are for."""
    asked = Button(f"Who asked ({counts.waiting:,})", Call("cohort asked"), primary=True)
    ways = [asked] if counts.waiting else []
    ways += [
        Button("The last seven days", Call("cohort digest"), primary=not counts.waiting and counts.students > 0),
        Button("Students", Call("cohort members")),
    ]
    ways += [Button(f"Not seen yet ({counts.expected:,})", Call("cohort expected"))] if counts.expected else []
    return Buttons(tuple(ways))


def _card(own: Cohort, *body: Element) -> Message:
    return Message(cards=(Card(own.name, body),), private=True)
