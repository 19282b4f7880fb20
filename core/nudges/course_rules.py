"""The rules about modules and the Foundation: nobody is reminded of what is not open to them, or where they are ahead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from core.course.model import ModuleStatus, Standing
from core.course.steps import Step
from core.nudges.known import Known
from core.nudges.model import Kind
from core.nudges.reasons import Found, Reason, Theme, counted, module_said, next_item, open_module, short
from core.ui import Button, Call

STALLED_DAYS = 5
"""Days without a change, after which a module in progress stands still."""
NEARLY_ITEMS = 2
"""Open items at most, for a checklist to be nearly done."""
NEARLY_SHARE = 0.8
"""Or the share of the items that is done."""
REST_DAYS = 2
"""Days for which what was just worked on is left alone."""
NEW_DAYS = 2
"""Days into its week, or since the last module was completed, before a module that has not begun is brought up."""
NAMED_AT_MOST = 3
"""Cells of the Foundation that a reason names."""
FORGOTTEN_DAYS = 90
"""Days without a change, after which a module is not brought up any more: whoever comes back, begins anew."""


def foundation(known: Known, at: datetime) -> Found:
    """The cells that Hook waits for are not all filled; whoever went on without them is told what they are good for."""
    needed, today = known.foundation_needed, known.today(at)
    if known.foundation_ready or not needed:
        return "The Foundation has what Hook needs"
    if not known.timetable.opens_on(0) <= today:
        return "The course has not begun"
    rested = _days(known, known.foundation_changed_at or known.person.created_at, at)
    if rested < REST_DAYS:
        return f"The Foundation was worked on {_ago(rested)}"
    grid, cell = needed[0]
    left, named = counted(len(needed), "cell"), _cells([each for _, each in needed])
    went_on = _went_on(known)
    unread = f"{left} of your Foundation that prompts read {'is' if len(needed) == 1 else 'are'} still empty: {named}"
    return [
        Reason(
            Kind.FOUNDATION,
            Theme.FOUNDATION_LEFT if went_on else Theme.FOUNDATION,
            "foundation",
            unread if went_on else f"Hook opens once your Foundation has what it needs: {named}",
            {"grid": grid, "cell": f"“{cell}”", "left": left},
            (
                Button("Fill the next cell", Call("foundation interview"), primary=True),
                Button("Open the Foundation", Call("foundation show")),
            ),
            known.foundation_changed_at,
        )
    ]


def nearly_done(known: Known, at: datetime) -> Found:
    """A checklist has at most two open items, or four fifths of it are done."""
    near = [each for each in _in_progress(known) if _near(each)]
    if not near:
        return "No checklist in progress is nearly done"
    rested = [each for each in near if _days(known, worked_at(known, each), at) >= REST_DAYS]
    if not rested:
        return f"{module_said(near[0])} was worked on within the last {REST_DAYS} days"
    return [_near_reason(each, known) for each in rested]


def stalled(known: Known, at: datetime) -> Found:
    """A module in progress has had no change for five days."""
    begun = [each for each in _in_progress(known) if not _ahead(known, each, at)]
    if not begun:
        return "No module whose week has come is in progress"
    still = [(each, _days(known, worked_at(known, each), at)) for each in begun]
    if min(days for _, days in still) < STALLED_DAYS:
        return f"A module was worked on within the last {STALLED_DAYS} days"
    return [
        Reason(
            Kind.STALLED,
            Theme.STALLED,
            each.module.id,
            f"{module_said(each)} has had no tick for {counted(days, 'day')}",
            {"module": module_said(each), "item": next_item(each)},
            (open_module(each),),
            worked_at(known, each),
        )
        for each, days in still
        if days < FORGOTTEN_DAYS and not _near(each)
    ] or "Every module in progress is nearly done, or was left long ago"


def not_started(known: Known, at: datetime) -> Found:
    """The next module has not begun, though its week has, and nothing else is in progress."""
    if any(_in_progress(known)):
        return "Another module is in progress"
    standing = next((each for each in known.standings if not each.completed), None)
    if standing is None:
        return "Every module is completed"
    number = standing.module.number
    opens, today = known.timetable.opens_on(number), known.today(at)
    if (today - opens).days < NEW_DAYS:
        return f"{module_said(standing)} has its week from {opens.isoformat()}"
    before = [each.progress.completed_at for each in known.standings if each.progress and each.progress.completed_at]
    if before and _days(known, max(before), at) < NEW_DAYS:
        return f"The last module was completed {_ago(_days(known, max(before), at))}"
    return [
        Reason(
            Kind.NOT_STARTED,
            Theme.NOT_STARTED,
            standing.module.id,
            _why_next(standing, opens, today),
            {"module": module_said(standing), "item": next_item(standing)},
            (open_module(standing),),
        )
    ]


def worked_at(known: Known, standing: Standing) -> datetime:
    """When the student last did something for this module: on its checklist, on an asset of its step, on the Foundation."""
    progress, step = standing.progress, standing.module.step
    times = [each.last_updated_at for each in known.assets if each.elevate_step is step]
    times += [each for each in (progress.started_at, progress.changed_at, progress.completed_at) if each] if progress else []
    if step is Step.FOUNDATION and known.foundation_changed_at:
        times.append(known.foundation_changed_at)
    return max(times, default=known.person.created_at)


def _went_on(known: Known) -> bool:
    """They closed the Foundation, or did something for a later module: nothing waits for its cells any more."""
    return any(each.completed or (each.module.number and (each.progress or each.saved)) for each in known.standings)


def _in_progress(known: Known) -> Sequence[Standing]:
    return [each for each in known.standings if each.status is ModuleStatus.IN_PROGRESS]


def _near(standing: Standing) -> bool:
    left = standing.total - standing.done
    return standing.done > 0 and (left <= NEARLY_ITEMS or standing.done >= NEARLY_SHARE * standing.total)


def _near_reason(standing: Standing, known: Known) -> Reason:
    module, number = module_said(standing), str(standing.module.number)
    left = counted(standing.total - standing.done, "item")
    if not standing.open_items:
        step = standing.module.step.value
        return Reason(
            Kind.NEARLY_DONE,
            Theme.NEARLY_SAVED,
            standing.module.id,
            f"Every item of {module} is ticked, and the module is not closed",
            {"module": module, "step": step},
            (open_module(standing), Button("Close it", Call("module complete", {"module": number}))),
            worked_at(known, standing),
        )
    at = standing.open_items[0][0]
    return Reason(
        Kind.NEARLY_DONE,
        Theme.NEARLY_DONE,
        standing.module.id,
        f"{standing.done} of {standing.total} items of {module} are done",
        {"module": module, "item": short(next_item(standing), 110), "left": left},
        (open_module(standing), Button(f"Tick item {at}", Call("module tick", {"module": number, "item": str(at)}))),
        worked_at(known, standing),
    )


def _ahead(known: Known, standing: Standing, at: datetime) -> bool:
    """Its week is still to come."""
    return known.timetable.opens_on(standing.module.number) > known.today(at)


def _why_next(standing: Standing, opens: date, today: date) -> str:
    module = module_said(standing)
    if (today - opens).days < 7:
        return f"This is the week of {module}, and nothing of it is ticked yet"
    return f"{module} is the next one, and nothing of it is ticked yet"


def _cells(titles: Sequence[str]) -> str:
    """The cells by name; of many the first ones, and how many more there are."""
    named = [f"“{each}”" for each in titles]
    if len(named) > NAMED_AT_MOST:
        named = [*named[: NAMED_AT_MOST - 1], f"{len(named) - NAMED_AT_MOST + 1} more"]
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def _days(known: Known, since: datetime, at: datetime) -> int:
    """Whole days between, as the student counts them."""
    return (known.today(at) - known.today(since)).days


def _ago(days: int) -> str:
    return "today" if days == 0 else f"{counted(days, 'day')} ago"
