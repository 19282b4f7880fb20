"""Figures as people see them: in the report, and one by itself."""

from __future__ import annotations

from collections.abc import Sequence

from core.course.modules import Module
from core.kpis import diagnosis_views
from core.kpis.figures import benchmark_range
from core.kpis.findings import Diagnosis
from core.kpis.lights import Colour, LevelStatus, Light
from core.kpis.lines import Line
from core.kpis.metrics import Level, Metric
from core.kpis.model import Snapshot
from core.kpis.periods import DAYS, Span
from core.kpis.service import Report, said
from core.ui import Button, Buttons, Call, Card, Chart, Element, Facts, Menu, Message, Table, Text, Tone

CHOICES_AT_MOST = 25
"""What Discord's menus hold."""


def nothing() -> Message:
    """What to do before the first snapshot."""
    words = (
        "Nothing is logged yet. Once a week or once a month, note what you can read from your tools: two or three figures "
        "are enough to begin with, and what you leave empty is never counted as zero.\n\n"
        "You can also type them: `/kpi log ctr 2.1% leads 240 orders 12`"
    )
    buttons = Buttons((Button("Log figures", Call("kpi log"), primary=True),))
    return _message(Card("Your funnel", (Text(words), buttons)))


def report(shown_report: Report, found: Diagnosis, charts: Sequence[Chart], cohort: Sequence[Card] = ()) -> Message:
    """The funnel from hook to share: how each part stands; value, light and change of each figure; what others reach; the trends,
    the weakest link, and `cohort`: where the student stands in it."""
    here = shown_report
    lights = {each.level: each.light for each in here.levels}
    cards = [_level(level, here.lines, lights.get(level)) for level in Level]
    compared = f"Changes are against {said(here.before)}." if here.before else _nothing_before(here)
    logged = {each.metric.level for each in here.lines if each.kept is not None}
    standing = tuple((each.level.value, _standing(each, logged=each.level in logged)) for each in here.levels)
    head = Card(f"Your funnel, {said(here.snapshot)}", (Facts(standing), Text(compared), *_notes(here.snapshot)))
    trends = [Card("Trends", tuple(charts))] if charts else []
    parts = (each for each in cards if each)
    return _message(head, *parts, *trends, diagnosis_views.summary(found), *cohort, *_others(here.lines), _ways(here.lines))


def _nothing_before(here: Report) -> str:
    """Why nothing is set beside the figures, and what mends that."""
    period = here.snapshot.period
    earlier = any(
        each.period is not None
        and each.id != here.snapshot.id
        and period is not None
        and each.period.span is period.span
        and each.period.end < period.end
        for each in here.history
    )
    if not earlier or period is None:
        return "Log the next period of the same length, and you will see what moved."
    missing = "The month before is" if period.span is Span.MONTH else f"The {DAYS[period.span]} days before are"
    return (
        f"{missing} not logged, so only the trend says what moved. You can still log that period by its last day, or go on "
        "from here."
    )


def measuring(module: Module, metrics: Sequence[Metric]) -> Message:
    """The figures by which a module is measured, with the way to each, and to logging them."""
    rows = tuple((f"{each.title} ({each.short})", each.definition.strip()) for each in metrics)
    look = Menu("Look closer", tuple(Button(each.title, Call("kpi show", {"metric": each.field})) for each in metrics))
    ways = Buttons(
        (
            Button("Log figures", Call("kpi log"), primary=True),
            Button("To the checklist", Call("module show", {"module": str(module.number)})),
        )
    )
    return _message(Card(f"What measures {module.step.value}", (Facts(rows), look, ways)))


def metric(line: Line, own: str, chart: Chart | None) -> Message:
    """One figure: what it is, where to read it, what others reach, and the student's own."""
    here = line.metric
    facts = [("Formula", here.formula), ("Where to read it", here.where.strip()), ("Better when", here.better)]
    facts += [("Yours", own)] if own else []
    facts += [("Status", f"{line.light.text}: {line.light.why}")] if line.light else []
    if here.benchmark:
        bench = here.benchmark
        facts.append(("Others", f"{benchmark_range(here, bench)}. {bench.note.strip()}"))
        facts.append(("Source", f"{bench.source}, {bench.year}"))
    buttons = Buttons(
        (
            Button("Log it", Call("kpi figures", {"level": _part(here)})),
            Button("The whole funnel", Call("kpi report")),
            Button(f"Module {here.step.value}", Call("module show", {"module": here.step.value})),
        )
    )
    body: list[Element] = [Text(here.definition.strip()), Facts(tuple(facts))]
    return _message(Card(f"{here.title} ({here.short})", (*body, *([chart] if chart else []), buttons)))


def _standing(status: LevelStatus, *, logged: bool) -> str:
    """How a part of the funnel stands, by which figure, and why."""
    if status.light is None or status.main is None:
        return "Nothing to say yet." if logged else "Nothing logged."
    return f"{status.light.text}. {status.main.title}: {status.light.why}."


def _level(level: Level, lines: Sequence[Line], light: Light | None) -> Card | None:
    """A part of the funnel: what was logged as a table, and what was not in a line, figures of ours left out of that. No card
    where nothing was."""
    here = [each for each in lines if each.metric.level is level]
    logged = [each for each in here if each.kept is not None]
    if not logged:
        return None
    left = [each.metric.short for each in here if each.kept is None and not each.metric.extra]
    rest = (Text(f"Not logged: {', '.join(left)}"),) if left else ()
    return Card("The whole" if level is Level.ALL else level.value, (_compared(logged), *rest), _tone(light))


def _tone(light: Light | None) -> Tone:
    match light.colour if light else None:
        case Colour.GREEN:
            return Tone.GOOD
        case Colour.RED:
            return Tone.BAD
        case Colour.YELLOW:
            return Tone.CAREFUL
        case None:
            return Tone.PLAIN


def _compared(logged: Sequence[Line]) -> Table:
    """The figures with their lights and changes; a column with nothing in it is left out: a phone is narrow."""
    columns = {
        "Figure": [each.metric.short for each in logged],
        "Value": [each.value for each in logged],
        "Status": [each.light.text if each.light else "" for each in logged],
        "Change": [each.change for each in logged],
    }
    told = {head: cells for head, cells in columns.items() if any(cells)}
    return Table(tuple(told), tuple(zip(*told.values(), strict=True)), numeric=frozenset({1}))


def _others(lines: Sequence[Line]) -> tuple[Card, ...]:
    """What others reach in each figure that was logged, and where that comes from; no card where nothing is known."""
    named = [
        f"- **{each.metric.short}** {benchmark_range(each.metric, each.metric.benchmark)} "
        f"({each.metric.benchmark.source}, {each.metric.benchmark.year})"
        for each in lines
        if each.metric.benchmark and each.kept is not None
    ]
    if not named:
        return ()
    words = "Guard rails and no promises; your own trend says more."
    return (Card("What others reach", (Text("\n".join([words, "", *named])),)),)


def _ways(lines: Sequence[Line]) -> Card:
    """On from the report."""
    known = [each.metric for each in lines if each.kept is not None]
    options = tuple(Button(each.title, Call("kpi show", {"metric": each.field})) for each in known[:CHOICES_AT_MOST])
    others = (Button("Correct or look back", Call("kpi history")), Button("Before and after", Call("kpi impact")))
    buttons = Buttons((Button("Log figures", Call("kpi log"), primary=True), *others))
    menu = (Menu("See one figure and its trend", options),) if options else ()
    return Card(body=(Text("/kpi show explains any figure, logged or not."), buttons, *menu))


def _notes(snapshot: Snapshot) -> tuple[Text, ...]:
    return (Text(f"*Your notes:* {snapshot.notes}"),) if snapshot.notes else ()


def _part(here: Metric) -> str:
    return (Level.GROW if here.level is Level.ALL else here.level).value


def _message(*cards: Card) -> Message:
    return Message(cards=cards, private=True)
