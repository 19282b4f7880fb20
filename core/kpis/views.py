"""Figures as people see them: in the report, and one by itself."""

from __future__ import annotations

from collections.abc import Sequence

from core.course.modules import Module
from core.kpis.figures import Stored, benchmark_range
from core.kpis.lines import Line
from core.kpis.metrics import Level, Metric
from core.kpis.model import Snapshot
from core.kpis.service import Report, number, said
from core.ui import Button, Buttons, Call, Card, Chart, Element, Facts, Menu, Message, Series, Table, Text

CHOICES_AT_MOST = 25
"""What Discord's menus hold."""
POINTS_AT_MOST = 26


def nothing() -> Message:
    """What to do before the first snapshot."""
    words = (
        "Nothing is logged yet. Once a week or once a month, note what you can read from your tools: two or three figures "
        "are enough to begin with, and what you leave empty is never counted as zero.\n\n"
        "You can also type them: `/kpi log ctr 2.1% leads 240 orders 12`"
    )
    buttons = Buttons((Button("Log figures", Call("kpi log"), primary=True),))
    return _message(Card("Your funnel", (Text(words), buttons)))


def report(shown_report: Report, charts: Sequence[Chart]) -> Message:
    """The funnel from hook to share: value, change against the equal period before, and benchmark."""
    cards = [_level(level, shown_report.lines) for level in Level]
    when = said(shown_report.snapshot)
    if shown_report.before:
        compared = f"Changes are against {said(shown_report.before)}."
    else:
        compared = "Log the next period of the same length, and you will see what moved."
    head = Card(f"Your funnel, {when}", (Text(compared), *_notes(shown_report.snapshot)))
    known = [each.metric for each in shown_report.lines if each.kept is not None]
    options = tuple(Button(each.title, Call("kpi show", {"metric": each.field})) for each in known[:CHOICES_AT_MOST])
    ways = (
        Text("/kpi show explains any figure, logged or not."),
        Buttons((Button("Log figures", Call("kpi log"), primary=True),)),
        *((Menu("Look closer", options),) if options else ()),
    )
    trends = [Card("Trends", tuple(charts))] if charts else []
    return _message(head, *(each for each in cards if each), *trends, *_sources(shown_report.lines), Card(body=ways))


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


def trend(here: Metric, points: Sequence[tuple[Snapshot, Stored]]) -> Chart | None:
    """A figure's course through equal periods, from two of them on."""
    if len(points) < 2:
        return None
    latest = points[-POINTS_AT_MOST:]
    unit = (latest[-1][0].currency or "") if here.unit == "money" else {"percent": "%", "ratio": "×"}.get(here.unit, "")
    series = tuple((each.snapshot_date.strftime("%-d %b"), number(here, kept, each.currency)) for each, kept in latest)
    return Chart("line", here.title, unit, (Series(here.short, series),))


def _level(level: Level, lines: Sequence[Line]) -> Card | None:
    """A part of the funnel: what was logged as a table, and what was not in a line, figures of ours left out of that."""
    here = [each for each in lines if each.metric.level is level]
    logged = [each for each in here if each.kept is not None]
    left = [each.metric.short for each in here if each.kept is None and not each.metric.extra]
    table = (_compared(logged),) if logged else ()
    rest = (Text(f"Not logged: {', '.join(left)}"),) if left else ()
    if not table and not rest:
        return None
    return Card("The whole" if level is Level.ALL else level.value, (*table, *rest))


def _compared(logged: Sequence[Line]) -> Table:
    """The figures beside what they were and what others reach; a column with nothing in it is left out: a phone is narrow."""
    columns = {
        "Figure": [each.metric.short for each in logged],
        "Value": [each.value for each in logged],
        "Change": [each.change for each in logged],
        "Others reach": [benchmark_range(each.metric, each.metric.benchmark) if each.metric.benchmark else "" for each in logged],
    }
    told = {head: cells for head, cells in columns.items() if any(cells)}
    return Table(tuple(told), tuple(zip(*told.values(), strict=True)), numeric=frozenset({1}))


def _sources(lines: Sequence[Line]) -> tuple[Card, ...]:
    """Where each benchmark in sight comes from; no card where none is."""
    named = [
        f"- {each.metric.short}: {each.metric.benchmark.source}, {each.metric.benchmark.year}"
        for each in lines
        if each.metric.benchmark and each.kept is not None
    ]
    if not named:
        return ()
    words = "What others reach is a guard rail and no promise; your own trend says more."
    return (Card("Where the comparisons come from", (Text("\n".join([words, "", *named])),)),)


def _notes(snapshot: Snapshot) -> tuple[Text, ...]:
    return (Text(f"*Your notes:* {snapshot.notes}"),) if snapshot.notes else ()


def _part(here: Metric) -> str:
    return (Level.GROW if here.level is Level.ALL else here.level).value


def _message(*cards: Card) -> Message:
    return Message(cards=cards, private=True)
