"""What a figure did before and after something went live, from what was logged: a pure function, which says nothing of causes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.course.steps import Step
from core.kpis.figures import amount_of
from core.kpis.metrics import Level, Metric
from core.kpis.model import Snapshot
from core.kpis.periods import Period, Span
from core.kpis.sense import Sense, sense_in
from core.kpis.verdict import Outcome, Verdict, Why, judged
from core.kpis.windows import LENGTHS_AWAY, NEAR, PERIODS_AT_LEAST, PERIODS_AT_MOST, Point, Side, after, before, begins, length

LEADS, ORDERS = "attract_LeadsTotal", "convert_TotalSales"


@dataclass(frozen=True, slots=True)
class Launch:
    """Something that went live: whose step it is, and the day in the student's own zone."""

    id: str
    step: Step
    on: date


@dataclass(frozen=True, slots=True)
class Logged:
    """All that was logged of a figure, by what can be compared; `meant` is the figure as it is in each, and by default."""

    metric: Metric
    meant: Metric
    senses: Mapping[Sense, tuple[Metric, tuple[Point, ...]]]


def dated(snapshots: Iterable[Snapshot]) -> tuple[tuple[Snapshot, Period], ...]:
    """The snapshots with their periods, without those of a kind that we do not offer."""
    return tuple((each, period) for each in snapshots if (period := each.period) is not None)


def logged(metric: Metric, snapshots: Iterable[tuple[Snapshot, Period]], settings: Mapping[str, str]) -> Logged:
    """What was logged of the figure. `settings` say what it means where a snapshot does not."""
    points: dict[Sense, list[Point]] = defaultdict(list)
    metrics = {}
    for each, period in snapshots:
        if metric.field not in each.figures:
            continue
        sense = sense_in(metric, each, period)
        amount = amount_of(metric, each.figures[metric.field], each.currency or "")
        points[sense].append(Point(period, amount, _behind(metric, each)))
        metrics[sense] = metric.meant({**settings, **each.meanings})
    return Logged(metric, metric.meant(settings), {sense: (metrics[sense], tuple(some)) for sense, some in points.items()})


def outcome(of: Logged, launch: Launch, others: Iterable[Launch], today: date) -> Outcome:
    """What the figure did around the launch. `others` is whatever else went live, the launch itself left out or not.

    The order of others, and of what was logged, makes no difference.
    """
    near = [each for each in others if each.id != launch.id and abs(each.on - launch.on) <= NEAR]
    rivals = [each for each in near if _reaches(each, launch, of.metric)]
    groups = {
        sense: [each for each in points if abs(each.period.end - launch.on) <= NEAR] for sense, (_, points) in of.senses.items()
    }
    found = [_within(of.senses[sense][0], sense, points, launch, rivals, today) for sense, points in groups.items() if points]
    if not found:
        return Outcome(of.meant, *_unlogged(launch, today))
    best = max(found, key=_telling)
    return best if best.before else _of_another_sense(best, launch, groups)


def figures_of(step: Step, metrics: Sequence[Metric]) -> tuple[Metric, ...]:
    """The figures of a step, the main one first: those of the schema before ours, each in the order of the funnel."""
    return tuple(sorted((each for each in metrics if each.step is step), key=lambda each: each.extra))


def _reaches(other: Launch, launch: Launch, metric: Metric) -> bool:
    """Whether the other one could have moved the figure too: its people come through every earlier step."""
    return metric.level is Level.ALL or other.step.number <= launch.step.number


def _behind(metric: Metric, snapshot: Snapshot) -> int | None:
    """How many leads or orders the figure is made of, where that was logged. Of hooks we are told no impressions."""
    if metric.step is Step.HOOK or metric.level is Level.ALL:
        return None
    known = snapshot.figures.get(LEADS if metric.level is Level.ATTRACT else ORDERS)
    return None if known is None else int(known)


def _within(
    metric: Metric, sense: Sense, points: Sequence[Point], launch: Launch, rivals: Sequence[Launch], today: date
) -> Outcome:
    """What can be said of periods that are all of one sense."""
    days = [each.on for each in rivals]
    earlier, later = before(points, sense.span, launch.on, days), after(points, sense.span, launch.on, days)
    known = Outcome(metric, Verdict.TOO_EARLY, sense=sense, logged=(len(earlier.there), len(later.there)))
    known = replace(known, drawn=_drawn(points, earlier, later))
    count = min(len(earlier.clean), len(later.clean), PERIODS_AT_MOST)
    if count >= PERIODS_AT_LEAST:
        windows = replace(known, before=earlier.clean[:count][::-1], after=later.clean[:count])
        return replace(judged(windows), drawn=_drawn(points, Side((), windows.before), Side((), windows.after)))
    if together := _in_the_way(launch, rivals, sense, earlier, later):
        return replace(known, verdict=Verdict.CANNOT_TELL, why=Why.TOGETHER, together=together)
    if today < launch.on + PERIODS_AT_LEAST * length(sense.span):
        return known
    if len(earlier.there) < PERIODS_AT_LEAST:
        return replace(known, verdict=Verdict.CANNOT_TELL, why=Why.FEW_BEFORE)
    reachable = today <= launch.on + LENGTHS_AWAY * length(sense.span)
    return known if reachable else replace(known, verdict=Verdict.CANNOT_TELL, why=Why.FEW_AFTER)


def _in_the_way(launch: Launch, rivals: Sequence[Launch], sense: Sense, earlier: Side, later: Side) -> tuple[str, ...]:
    """What else went live within the shortest windows that there could be; nothing where there are too few periods anyway."""
    if len(earlier.there) < PERIODS_AT_LEAST:
        return ()
    since, until = begins(earlier.there[PERIODS_AT_LEAST - 1].period), launch.on + PERIODS_AT_LEAST * length(sense.span)
    if len(later.there) >= PERIODS_AT_LEAST:
        until = later.there[PERIODS_AT_LEAST - 1].period.end
    found = [each for each in rivals if since < each.on <= until]
    return tuple(each.id for each in sorted(found, key=lambda each: (each.on, each.id)))


def _telling(found: Outcome) -> tuple[bool, bool, int, int, date, tuple[str, str, str]]:
    """By how much a sense tells: windows that can be compared, then what was logged on both sides, then the latest."""
    both = min(found.logged)
    latest = max((each.period.end for each in found.drawn), default=date.min)
    name = _name(found.sense) if found.sense else ("", "", "")
    return bool(found.before), both > 0, len(found.before) or both, sum(found.logged), latest, name


def _name(sense: Sense) -> tuple[str, str, str]:
    """Something to sort by, where all else is equal."""
    return sense.span.value, sense.currency or "", sense.answer or ""


def _of_another_sense(best: Outcome, launch: Launch, groups: Mapping[Sense, Sequence[Point]]) -> Outcome:
    """The same, unless what is logged by now cannot be set beside anything from before the day."""
    then = _latest({sense: [each for each in points if each.period.end < launch.on] for sense, points in groups.items()})
    now = _latest({sense: [each for each in points if begins(each.period) >= launch.on] for sense, points in groups.items()})
    if then is None or now is None or any(each.period.end < launch.on for each in groups[now]):
        return best
    money = Why.CURRENCY if then.currency != now.currency else Why.MEANING
    why = money if then.span is now.span else Why.LENGTH
    return replace(best, verdict=Verdict.CANNOT_TELL, why=why, together=())


def _latest(groups: Mapping[Sense, Sequence[Point]]) -> Sense | None:
    """The sense in which the latest of these was logged; None where there is none."""
    ends = [(max(each.period.end for each in points), _name(sense), sense) for sense, points in groups.items() if points]
    return max(ends, key=lambda each: each[:2])[2] if ends else None


def _unlogged(launch: Launch, today: date) -> tuple[Verdict, Why]:
    early = today < launch.on + PERIODS_AT_LEAST * length(Span.WEEK)
    return (Verdict.TOO_EARLY if early else Verdict.CANNOT_TELL), Why.UNLOGGED


def _drawn(points: Sequence[Point], earlier: Side, later: Side) -> tuple[Point, ...]:
    """All that was logged between the outermost periods of both sides, oldest first."""
    sides = (*earlier.clean, *later.clean) or (*earlier.there, *later.there)
    if not sides:
        return ()
    first, last = min(begins(each.period) for each in sides), max(each.period.end for each in sides)
    shown = [each for each in points if begins(each.period) >= first and each.period.end <= last]
    return tuple(sorted(shown, key=lambda each: each.period.end))
