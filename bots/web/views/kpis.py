"""My KPIs: how each part of the funnel stands, the weakest link, trends, and every period that was logged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bots.web.pages import Shown, Visit, WebPage
from bots.web.views.kpi_choice import NAMES, PATH, SPANS, TRENDS_AT_MOST, wanted_in
from bots.web.views.kpi_periods import periods_of
from bots.web.views.kpi_trends import choices_of, trends_of
from bots.web.views.lists import orders_of
from core.foundation.service import Foundations
from core.kpis import comparison_views, diagnosis_views, forms, webhook_commands
from core.kpis.comparisons import Comparisons
from core.kpis.corrections import Corrections
from core.kpis.figures import benchmark_range
from core.kpis.history_commands import Sought
from core.kpis.impacts import Following
from core.kpis.lasttime import last_times
from core.kpis.lights import LevelStatus
from core.kpis.lines import Line
from core.kpis.metrics import Level
from core.kpis.model import Snapshot
from core.kpis.periods import Span
from core.kpis.service import Report, Snapshots, said
from core.kpis.typed import LOOKED_BACK
from core.kpis.used import used_of
from core.kpis.webhook import Webhooks
from core.people.model import Person


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the funnel: how it stands and by which figure, its figures that were logged, and the names of the others."""

    title: str
    status: LevelStatus | None
    main: Line | None
    rows: tuple[Line, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The latest period of the length that is looked at, beside the equal one before."""

    period: str
    before: str
    notes: str
    parts: tuple[Part, ...]
    weakest: tuple[Markup, ...]
    more: tuple[Markup, ...]


async def show(  # noqa: PLR0917 - each service is asked for by its type
    visit: Visit,
    person: Person,
    snapshots: Snapshots,
    following: Following,
    foundations: Foundations,
    corrections: Corrections,
    comparisons: Comparisons,
    webhooks: Webhooks,
) -> Shown:
    """The figures; `?<figure>=on` chooses trends, `?span=month` the length of periods, and `?log=Attract` opens a form."""
    history = await snapshots.history(person)
    wanted = wanted_in(visit.query, snapshots.metrics.by_field)
    visit.draw.ways = visit.draw.ways.back_to(wanted.address(log=""))
    spans = [each for each in Span if any(one.period and one.period.span is each for one in history)]
    latest = next((each.period.span for each in history if each.period), None)
    span = wanted.span if wanted.span in spans else latest
    like = [each for each in history if span is None or (each.period is not None and each.period.span is span)]
    report = snapshots.report_of(person, like)
    trends = trends_of(visit, snapshots, like, await following.assets(person), wanted)
    webhook = await webhooks.of(person)
    cohort = comparison_views.compared(await comparisons.of(person, visit.at) or ())
    return Shown(
        "kpis.html",
        {
            "wanted": wanted,
            "here": await _found(visit, person, snapshots, foundations, report) if report else None,
            "spans": [(NAMES[each], wanted.address(span=SPANS[each]), each is span) for each in spans] if len(spans) > 1 else [],
            "range_of": _range,
            "trends": trends,
            "choices": choices_of(snapshots, like, trends),
            "most": TRENDS_AT_MOST,
            "span": SPANS[wanted.span] if wanted.span else "",
            "form": _form(visit, person, snapshots, history, wanted.log) if wanted.log else None,
            "levels": [(each, forms.ABOUT[each]) for each in forms.LEVELS],
            "orders": orders_of(Sought),
            "periods": periods_of(person, history, await corrections.deleted(person, history), wanted),
            "cohort": visit.draw.table(cohort) if cohort else None,
            "webhook": webhook_commands.how_it_stands(webhook, person, reachable=webhooks.reachable),
            "leads_to": webhook_commands.leads_to(webhook, reachable=webhooks.reachable),
            "sharing": comparison_views,
        },
    )


async def _found(visit: Visit, person: Person, snapshots: Snapshots, foundations: Foundations, report: Report) -> Found:
    """The report with its weakest link: first what that is and what to do, and then what else is worth knowing."""
    foundation, cells = await foundations.of(person, visit.at), foundations.cells.by_field
    looks = {name: diagnosis_views.Look(each.title, empty=not foundation.value(name)) for name, each in cells.items()}
    found, here = snapshots.diagnosis(person, report), report.snapshot
    message = diagnosis_views.diagnosis(found, looks, here.period.span if here.period else None, said(here))
    cards = [visit.draw.card(each) for each in message.cards]
    first = 1 + bool(found.doubts) + len(found.findings)
    before = said(report.before) if report.before else ""
    return Found(said(here), before, here.notes or "", _parts(report), tuple(cards[:first]), tuple(cards[first:]))


def _parts(report: Report) -> tuple[Part, ...]:
    statuses = {each.level: each for each in report.levels}
    found = []
    for level in Level:
        here, status = [each for each in report.lines if each.metric.level is level], statuses.get(level)
        main = next((each for each in here if status and status.main and each.metric.field == status.main.field), None)
        rows = tuple(each for each in here if each.kept is not None)
        left = tuple(each.metric.short for each in here if each.kept is None and not each.metric.extra)
        if rows or status:
            found.append(Part("The whole funnel" if level is Level.ALL else level.value, status, main, rows, left))
    return tuple(found)


def _range(line: Line) -> str:
    """What others reach, and where good begins; "" where nobody knows."""
    bench = line.metric.benchmark
    return benchmark_range(line.metric, bench) if bench else ""


def _form(visit: Visit, person: Person, snapshots: Snapshots, history: Sequence[Snapshot], level: Level) -> Markup:
    """The figures of a part of the funnel, with last time's, and first which period they are for."""
    today, currency = visit.at.astimezone(person.zone).date(), snapshots.currency(person)
    latest = next((each.period.span for each in history if each.period), Span.WEEK)
    setup = forms.read_setup({"span": latest.value}, currency, today)
    before = last_times(snapshots.metrics, history[:LOOKED_BACK], setup.period, setup.currency, person.settings)
    asked_for = used_of(snapshots.metrics, person, level)
    form = forms.figures_form(person, snapshots.metrics, asked_for, before, setup, {"level": level.value}, {})
    return visit.draw.form(form, visit.draw.ways.back + "#log")


PAGE = WebPage(PATH, "My KPIs", show)
