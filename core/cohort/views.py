"""The course plan with its dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from core.cohort.timetable import Timetable
from core.course.model import Standing
from core.ui import Button, Buttons, Call, Card, Message, Table, Text, Tone

WEEK = timedelta(days=7)


def day_said(day: date) -> str:
    """A day in short."""
    return f"{day.day} {day:%b}"


def plan(timetable: Timetable, standings: Sequence[Standing], today: date, *, in_cohort: bool) -> Message:
    """One week a row, catch-up weeks among them, and how far the person has come in each module."""
    whose = "Your cohort's plan" if in_cohort else "Your plan"
    how = "One module a week, with weeks to catch up. Days are yours, wherever you are."
    if not in_cohort:
        how = f"Your coach has set no dates yet, so this plan is your own: it begins on the Monday after you joined. {how}"
    rows = tuple(row for each in standings for row in _rows(each, timetable, today))
    table = Table(("Week", "Module", "How far"), rows)
    now = next((each for each in standings if timetable.opens_on(each.module.number) <= today <= _last(timetable, each)), None)
    words = _now(now, timetable, standings, today)
    more = (Button("What is next for me", Call("progress"), primary=True), Button("When I am reminded", Call("nudges show")))
    return Message(cards=(Card(whose, (Text(f"{how}\n\n{words}"), table, Buttons(more))),), private=True)


def dated(timetable: Timetable, modules: Sequence[str]) -> Message:
    """What a coach has set."""
    weeks = tuple(
        (f"{day_said(timetable.opens_on(number))} – {day_said(timetable.ends_on(number))}", f"{number} {step}")
        for number, step in enumerate(modules)
    )
    words = (
        f"The course begins on {timetable.starts_on:%A} {timetable.starts_on.day} {timetable.starts_on:%B %Y}. Everybody here "
        "sees these weeks with /plan, each in their own days, and is reminded by them."
    )
    change = Buttons((Button("Change the dates", Call("cohort dates")),))
    return Message(
        cards=(Card("The cohort's dates", (Text(words), Table(("Week", "Module"), weeks), change), Tone.GOOD),), private=True
    )


def _rows(standing: Standing, timetable: Timetable, today: date) -> list[tuple[str, str, str]]:
    number = standing.module.number
    opens, ends = timetable.opens_on(number), timetable.ends_on(number)
    here = " (now)" if opens <= today <= ends else ""
    rows = [(_week(opens, ends), f"{number} {standing.module.step.value}{here}", standing.status.value)]
    if number in timetable.catch_up_after:
        free = " (now)" if ends < today <= ends + WEEK else ""
        rows.append((_week(ends + timedelta(days=1), ends + WEEK), f"Catch up{free}", ""))
    return rows


def _week(first: date, last: date) -> str:
    return f"{day_said(first)} – {day_said(last)}"


def _last(timetable: Timetable, standing: Standing) -> date:
    """The last day of the module's week, a free one after it included."""
    number = standing.module.number
    return timetable.ends_on(number) + (WEEK if number in timetable.catch_up_after else timedelta())


def _now(now: Standing | None, timetable: Timetable, standings: Sequence[Standing], today: date) -> str:
    if now is None:
        if today < timetable.starts_on:
            return f"It begins on {timetable.starts_on:%A} {timetable.starts_on.day} {timetable.starts_on:%B}."
        return "The weeks are over. What is still open stays open: carry on at your own pace."
    behind = sum(not each.completed and each.module.number < now.module.number for each in standings)
    if timetable.ends_on(now.module.number) < today:
        return "This is a week to catch up."
    late = f" {behind} earlier {'module is' if behind == 1 else 'modules are'} still open; they wait for you." if behind else ""
    return f"This week is {now.module.step.value}.{late}"
