"""Before and after, as people see it: the list over all that is live, and one asset with its picture."""

from __future__ import annotations

from datetime import date

from core.kpis.impact_words import NOT_WHY, averages, briefly, counted, verdict
from core.kpis.impacts import Impact
from core.kpis.metrics import Metric, Unit
from core.kpis.periods import day
from core.kpis.sense import Sense
from core.kpis.verdict import Outcome, Verdict
from core.listing import Leaf, Listing, not_found, turning
from core.listing import counted as how_many
from core.ui import Button, Buttons, Call, Card, Chart, Element, Facts, Mark, Menu, Message, Series, Table, Text, Tone

TITLE_AT_MOST = 34
LABEL_AT_MOST = 70
COMMAND = "kpi impact"
_REPORT = Button("The whole funnel", Call("kpi report"))


def listing(found: Leaf[Impact], asking: Listing) -> Message:
    """A page of what is live, with a menu to open one and the ways to the other pages."""
    if not found.count:
        return not_found("Before and after", COMMAND, asking, "Nothing that is live") if asking.narrowed else _nothing()
    rows = tuple(
        (
            f"{each.entry.number}. {_cut(each.entry.heading.title, TITLE_AT_MOST)}",
            each.live_on.strftime("%-d %b %Y"),
            each.main.metric.short if each.main else "",
            _arrow(each.main),
            briefly(each),
        )
        for each in found.rows
    )
    table = Table(("Asset", "Live", "Figure", "Before and after", "Verdict"), rows)
    opener = Menu(
        "Open",
        tuple(
            Button(_cut(f"{each.entry.number}. {each.entry.heading.title}", LABEL_AT_MOST), _call(each)) for each in found.rows
        ),
    )
    words = Text(f"{how_many(asking, found, 'live asset')} {NOT_WHY}")
    ways = turning(COMMAND, asking, found, _REPORT)
    return Message(cards=(Card("Before and after", (table, words, opener, *ways)),), private=True)


def one(impact: Impact) -> Message:
    """One asset: the verdict, the figures and the picture of its step's figure with the day on which it went live."""
    heading, found = impact.entry.heading, impact.main
    facts = [("Live since", day(impact.live_on)), ("Step", heading.elevate_step.value)]
    if found is not None:
        facts += [("Figure", found.metric.title), *([("Compared", counted(found))] if found.sense else [])]
        facts += [(each.metric.title, _other(impact, each)) for each in impact.others]
    chart = picture(found, impact.live_on) if found else None
    body: list[Element] = [Text(verdict(impact)), Facts(tuple(facts)), *([chart] if chart else []), Text(NOT_WHY)]
    buttons = Buttons(
        (
            *((Button("Log figures", Call("kpi log"), primary=True),) if _waits(found) else ()),
            Button("Open the asset", Call("assets show", {"asset": heading.id})),
            *((Button("See the figure", Call("kpi show", {"metric": found.metric.field})),) if found else ()),
            Button("All that is live", Call(COMMAND)),
        )
    )
    title = f"Before and after: {heading.title}"
    return Message(cards=(Card(title, (*body, buttons), _tone(found)),), private=True)


def picture(found: Outcome, live_on: date) -> Chart | None:
    """The periods around the day, with a mark at the one in which it went live, or else the first one after."""
    if len(found.drawn) < 2 or found.sense is None:
        return None
    points = tuple((_short(each.period.end), float(each.amount)) for each in found.drawn)
    at = next((_short(each.period.end) for each in found.drawn if each.period.end >= live_on), None)
    marks = (Mark(at, f"Live since {_short(live_on)}", dated=True),) if at else ()
    return Chart(
        "line", found.metric.title, unit_of(found.metric, found.sense), (Series(found.metric.short, points),), marks=marks
    )


def unit_of(metric: Metric, sense: Sense) -> str:
    """The unit that a chart of the figure names."""
    if metric.unit is Unit.MONEY:
        return sense.currency or ""
    return {Unit.PERCENT: "%", Unit.RATIO: "×"}.get(metric.unit, "")


def _nothing() -> Message:
    words = (
        "Nothing of yours is live yet. Once an asset is, say so under /assets with the day, and log your figures every week or "
        "every month: after three periods you see here what its step's figure did before and after."
    )
    return Message(
        cards=(Card("Before and after", (Text(words), Buttons((Button("Your assets", Call("assets list")),)))),), private=True
    )


def _other(impact: Impact, found: Outcome) -> str:
    """Another figure of the step in a few words."""
    said = briefly(Impact(impact.entry, impact.live_on, found))
    return f"{said}: {_arrow(found)}" if found.before else said


def _arrow(found: Outcome | None) -> str:
    both = averages(found) if found else None
    return f"{both[0]} → {both[1]}" if both else ""


def _waits(found: Outcome | None) -> bool:
    return found is not None and found.verdict in (Verdict.TOO_EARLY, Verdict.CANNOT_TELL)


def _tone(found: Outcome | None) -> Tone:
    if found is None or found.verdict is not Verdict.MOVED:
        return Tone.PLAIN
    return Tone.GOOD if found.better else Tone.CAREFUL


def _call(impact: Impact) -> Call:
    return Call(COMMAND, {"asset": impact.entry.heading.id})


def _short(of: date) -> str:
    return of.strftime("%-d %b")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
