"""The rules about what students said themselves, and what they can be glad of: their time and week, and a win."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from core.commitments.model import Commitment, CommitmentKind, CommitmentState
from core.course.model import Standing, current
from core.course.modules import module_id
from core.course.steps import Step
from core.kpis.periods import MONTHS
from core.nudges.asset_rules import better, kpi_due
from core.nudges.known import AWAY_DAYS, Known
from core.nudges.model import Kind
from core.nudges.promise_rules import WORDS_AT_MOST, module_steps
from core.nudges.reasons import Found, Reason, Theme, counted, day_said, module_said, next_item, open_module, short
from core.nudges.times import in_quiet_hours
from core.roles import COACHING
from core.ui import Button, Call

_FIGURES = re.compile(r"\b(?:figures|numbers|kpis?|stats)\b", re.IGNORECASE)
USEFUL = timedelta(days=2)
"""For how long after its time a reminder that somebody asked for is still told."""
LATE = timedelta(hours=1)
"""How late a reminder that somebody put into their quiet hours themselves may still break them."""
WIN_DAYS = 7
"""Days for which a win is news."""
BACK_DAYS = 2
"""Days for which somebody has just come back."""
WEEKEND = 6
PLANNING_UNTIL = 3
"""The last weekday on which a week is planned, where its first chosen day went to something that mattered more."""
REVIEW_UNTIL = 7
"""The last day of a month on which the month before is looked at."""
REVIEW_AFTER_DAYS = 14
"""Days in the course before there is a month to look back on."""
MOVED_AT_MOST = 5
"""Of what moved in a month, so much is named."""
QUIET = "a quiet month in the course"


def welcome(known: Known, at: datetime) -> Found:
    """They were never asked when they want to be reminded, and are here to learn: so is whoever sits alone at a terminal."""
    if known.person.role in COACHING and not (known.person.at_a_terminal and known.person.cohort_id is None):
        return "They coach"
    if known.wishes.chosen_at is not None:
        return "They chose their time"
    if any(each.kind is Kind.WELCOME for each in known.sent):
        return "They were asked for their time, and have not answered yet"
    name = known.person.first_name or known.person.name
    why = "You are new here, and before you choose when, nothing is sent to you but what you ask for"
    return [Reason(Kind.WELCOME, Theme.WELCOME, None, why, {"name": short(name, 40)})]


def reminder(known: Known, at: datetime) -> Found:
    """They asked to be reminded, and its time has come."""
    told = {each.about for each in known.sent if each.kind is Kind.REMINDER}
    asked = [each for each in known.commitments if each.kind is CommitmentKind.REMINDER and each.id not in told]
    due = [each for each in asked if each.open and each.due_at <= at]
    if not due:
        return "They asked for no reminder whose time has come"
    fresh = [each for each in due if at - each.due_at <= USEFUL]
    if not fresh:
        return "The time of what they asked for is long over"
    now = [each for each in fresh if may_come(known, each, at)]
    return [
        _asked_for(known, each) for each in sorted(now, key=_when)
    ] or "What they asked for is late, and waits for the morning"


def may_come(known: Known, asked: Commitment, at: datetime) -> bool:
    """A reminder comes at its very time, quiet or not; one that is late waits for the quiet hours to end."""
    return at - asked.due_at <= LATE or not in_quiet_hours(known.wishes, known.zone, at)


def win(known: Known, at: datetime) -> Found:
    """A module is completed, a figure has moved up, or they are back after a week or more; each is told once."""
    told = {each.about for each in known.sent if each.kind is Kind.WIN}
    found = wins(known, at)
    return found if isinstance(found, str) else [each for each in found if each.about not in told] or "It is told already"


def wins(known: Known, at: datetime) -> Found:
    """All that was won lately, told or not."""
    found = [*_back(known, at), *_completed(known, at), *_figure(known, at)]
    return found or f"Nothing was won in the last {WIN_DAYS} days"


def recommit(known: Known, at: datetime) -> Found:
    """The week begins, and nothing is promised for it yet."""
    today, days = known.today(at), known.wishes.days
    weekday, first = today.isoweekday(), min(days, default=1)
    if not first <= weekday <= max(first, PLANNING_UNTIL):
        return "The week is planned on its first day"
    monday = today - timedelta(days=weekday - 1)
    if any(each.kind is Kind.RECOMMIT and each.local_date >= monday.isoformat() for each in known.sent):
        return "They were asked for this week already"
    if _week(known, today) < known.timetable.starts_on - timedelta(days=6):
        return "The course has not begun"
    return planned(known, at)


def planned(known: Known, at: datetime) -> Found:
    """What the week could be for, as long as nothing is promised for it."""
    today = known.today(at)
    monday = _week(known, today)
    made = [each for each in known.commitments if each.kind is CommitmentKind.PROMISE]
    if any(each.day >= (today if each.open else monday) and each.state is not CommitmentState.GIVEN_UP for each in made):
        return "Something is promised already"
    here = current(known.standings)
    if here is None:
        return "Every module is completed"
    year, week, _ = monday.isocalendar()
    if monday > today:
        why = "A new week begins on Monday, and no day is set in it yet"
    elif any(each.open and each.day >= monday for each in made):
        why = "Your day of this week has passed, and no other is set"
    else:
        why = "A new week, and no day is set in it yet" if today == monday else "You have set no day for anything this week yet"
    ahead = "next week" if monday > today else "this week"
    values = {"module": module_said(here), "item": short(next_item(here), 110), "week": ahead}
    steps = (
        Button("Set a day", Call("commit keep", {"what": f"An item of {module_said(here)}"}, form=True), primary=True),
        open_module(here),
    )
    return [Reason(Kind.RECOMMIT, Theme.RECOMMIT, f"{year}-W{week:02d}", why, values, steps)]


def _week(known: Known, today: date) -> date:
    """The Monday of the week that is planned: the one to come for whoever chose days of the weekend alone."""
    monday = today - timedelta(days=today.isoweekday() - 1)
    return monday + timedelta(days=7) if min(known.wishes.days, default=1) >= WEEKEND else monday


def review(known: Known, at: datetime) -> Found:
    """A month is over."""
    today = known.today(at)
    if today.day > REVIEW_UNTIL:
        return "The month is looked at in its first week"
    if any(each.kind is Kind.REVIEW and each.local_date >= today.replace(day=1).isoformat() for each in known.sent):
        return "The last month was looked at already"
    if (today - known.today(known.person.created_at)).days < REVIEW_AFTER_DAYS:
        return "They have not been here long enough to look back"
    return reviewed(known, at)


def reviewed(known: Known, at: datetime) -> Found:
    """What moved in the month before, and what is next."""
    last = known.today(at).replace(day=1) - timedelta(days=1)
    month = MONTHS[last.month - 1]
    moved = _moved(known, last)
    if not moved and _in_month(known, last, known.person.created_at):
        return "They had only just begun in the month that is over"
    here = current(known.standings)
    ahead = f"{module_said(here)}: {short(next_item(here), 110)}" if here else "your weakest figure, one change at a time"
    steps = (Button("Where I am", Call("progress"), primary=True), Button("My figures", Call("kpi report")))
    values = {"month": month, "moved": moved or QUIET, "next": ahead}
    return [Reason(Kind.REVIEW, Theme.REVIEW, last.strftime("%Y-%m"), f"{month} is over", values, steps)]


def any_welcome(known: Known, at: datetime) -> Found:
    """They have not chosen their time, asked or not."""
    return welcome(replace(known, sent=()), at)


def any_reminder(known: Known, at: datetime) -> Found:
    """What they asked for and did not take back, told or not."""
    kept = [each for each in known.commitments if each.kind is CommitmentKind.REMINDER and each.due_at <= at]
    return [_asked_for(known, each) for each in kept if each.state is not CommitmentState.GIVEN_UP] or "It is not there any more"


def _asked_for(known: Known, each: Commitment) -> Reason:
    """What somebody asked to be reminded of."""
    steps = module_steps(known, each)
    if each.module_id == module_id(Step.FOUNDATION.number):
        steps = (Button("Interview me", Call("foundation interview")), *steps)
    elif _FIGURES.search(each.what):
        steps = (Button("Log figures", Call("kpi log")), *steps)
    asked, today = known.today(each.created_at), known.today(each.due_at)
    why = f"You asked {'today' if asked == today else f'on {day_said(asked, today)}'} to be reminded"
    return Reason(Kind.REMINDER, Theme.REMINDER, each.id, why, {"what": short(each.what, WORDS_AT_MOST)}, steps, each.changed_at)


def _back(known: Known, at: datetime) -> list[Reason]:
    before, since, here = known.seen_before_at, known.last_seen_at, current(known.standings)
    if before is None or since is None or here is None:
        return []
    away = (known.today(since) - known.today(before)).days
    if away < AWAY_DAYS or (known.today(at) - known.today(since)).days > BACK_DAYS:
        return []
    values = {"module": module_said(here), "item": short(next_item(here), 110)}
    about = f"back:{known.today(before).isoformat()}"
    why = f"You are back; before that, you were here on {day_said(known.today(before), known.today(at))}"
    return [Reason(Kind.WIN, Theme.WIN_BACK, about, why, values, (open_module(here),))]


def _completed(known: Known, at: datetime) -> list[Reason]:
    done = sum(each.completed for each in known.standings)
    found = []
    for each in known.standings:
        closed = each.progress.completed_at if each.progress and each.completed else None
        if closed is None or (known.today(at) - known.today(closed)).days > WIN_DAYS:
            continue
        values = {"module": module_said(each), "done": f"{done} of {len(known.standings)}"}
        day = day_said(known.today(closed), known.today(at))
        why = f"You completed {module_said(each)} {day if day == 'today' else f'on {day}'}"
        found.append((closed, Reason(Kind.WIN, Theme.WIN_MODULE, f"win:{each.module.id}", why, values, _onward(known, each))))
    return [reason for _, reason in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _figure(known: Known, at: datetime) -> list[Reason]:
    latest = max(known.snapshots, key=lambda each: (each.snapshot_date, each.changed_at or each.created_at), default=None)
    up = [each for each in known.figures if better(each)]
    if latest is None or not up or (known.today(at) - known.today(latest.changed_at or latest.created_at)).days > WIN_DAYS:
        return []
    line = up[0]
    values = {"figure": line.metric.title, "value": line.value, "before": line.before_value}
    steps = (
        Button("See what moved", Call("kpi report"), primary=True),
        Button("Its trend", Call("kpi show", {"metric": line.metric.field})),
    )
    if Kind.KPI_DUE not in known.wishes.stopped_kinds and not isinstance(kpi_due(known, at), str):
        return []  # the next figures can be had, and matter more than the news of the last
    why = f"{line.metric.title} moved the right way since the equal period before"
    return [Reason(Kind.WIN, Theme.WIN_FIGURE, f"win:{latest.id}", why, values, steps)]


def _onward(known: Known, done: Standing) -> tuple[Button, ...]:
    here = current(known.standings)
    return (Button("Where I am", Call("progress"), primary=True), *((open_module(here),) if here else ()))


def _moved(known: Known, last: date) -> str:
    """What moved in the month that ends on that day, in a few words; "" where nothing did."""

    def count(*moments: datetime | None) -> int:
        return sum(_in_month(known, last, each) for each in moments)

    progress = [each.progress for each in known.standings if each.progress]
    begun = [each.started_at for each in progress if not count(each.completed_at)]
    promises = [each for each in known.commitments if each.kind is CommitmentKind.PROMISE]
    kept = [each for each in promises if each.state is CommitmentState.DONE]
    parts = (
        (count(*(each.completed_at for each in progress)), "module", "completed"),
        (count(*begun), "module", "begun"),
        (_filled(known, last), "cell", "of your Foundation filled"),
        (count(*(each.created_at for each in known.assets)), "asset", "kept"),
        (count(*(each.implemented_at for each in known.assets)), "asset", "gone live"),
        (count(*(each.changed_at or each.created_at for each in known.snapshots)), "snapshot", "logged"),
        (count(*(each.changed_at for each in kept)), "promise", "kept"),
        (count(*(each.created_at for each in promises if each.open)), "promise", "made"),
    )
    said = [f"{counted(count, noun)} {verb}" for count, noun, verb in parts if count]
    if not said and count(known.foundation_changed_at, *(each.changed_at for each in progress)):
        return "some steps further in the course"
    return ", ".join(said[:MOVED_AT_MOST])


def _filled(known: Known, last: date) -> int:
    """The cells that were filled in that month: only of who began in it is it known how many of those there are."""
    is_of_month = _in_month(known, last, known.foundation_changed_at) and _in_month(known, last, known.person.created_at)
    return sum(each.done for each in known.foundation) if is_of_month else 0


def _in_month(known: Known, last: date, moment: datetime | None) -> bool:
    """Whether it was in the month that ends on that day, as they know it."""
    return moment is not None and known.today(moment).replace(day=1) == last.replace(day=1)


def _when(each: Commitment) -> datetime:
    return each.due_at
