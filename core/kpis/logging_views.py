"""Figures that are being logged, as people see them: read back before they are kept, and once they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.kpis.figures import Stored, shown
from core.kpis.lines import Line
from core.kpis.metrics import Level, Metrics
from core.kpis.model import Snapshot
from core.kpis.periods import SPANS
from core.kpis.reading import Checked, Reading
from core.kpis.service import said
from core.ui import Button, Buttons, Call, Card, Element, Facts, Message, Table, Text, Tone


def read_back(
    metrics: Metrics,
    reading: Reading,
    checked: Checked,
    source: str = "",
    remarks: Sequence[str] = (),
    ways: Sequence[Button] = (),
) -> Message:
    """What was understood, what is asked first, and the button that saves it; `ways` stand in that one's place. `source` names
    the tool that the figures come from."""
    body: list[Element] = []
    if checked.taken:
        rows = tuple(
            (metrics.by_field[name].title, shown(metrics.by_field[name], kept, reading.currency))
            for name, kept in checked.taken.items()
        )
        body.append(Table(("Figure", "Read as"), rows, f"For {reading.period.said}, money in {reading.currency}", frozenset({1})))
    lines = [f"- {each}" for each in (*checked.refused.values(), *checked.odd.values(), *remarks)]
    if reading.unread:
        lines.append(f"- I could not place: {', '.join(reading.unread[:8])}.")
    if lines:
        body.append(Text("\n".join(lines)))
    body += _first_question(metrics, reading, checked, ways)
    careful = checked.refused or checked.odd or reading.unread
    title = f"I read these figures from {source}" if source else "I read these figures"
    return _message(Card(title, tuple(body), Tone.CAREFUL if careful else Tone.PLAIN))


def saved(
    snapshot: Snapshot, figures: Mapping[str, Stored], lines: Sequence[Line], following: Level | None, doubts: Sequence[str] = ()
) -> Message:
    """What was kept, each figure with its change; what does not fit together; and the part of the funnel that follows."""
    rows = tuple(
        (each.metric.title, f"{each.value} ({each.change})" if each.change else each.value)
        for each in lines
        if each.metric.field in figures
    )
    buttons = [Button("See the report", Call("kpi report"), primary=True)]
    if following:
        buttons.insert(0, Button(f"Go on with {following.value}", _log(snapshot, following)))
    body: tuple[Element, ...] = (*([Facts(rows)] if rows else []), Buttons(tuple(buttons)))
    return _message(Card(f"Saved for {said(snapshot)}", body, Tone.GOOD), *_doubted(doubts, snapshot))


def _doubted(doubts: Sequence[str], snapshot: Snapshot) -> tuple[Card, ...]:
    """What is worth a second look; nothing where all fits."""
    if not doubts:
        return ()
    again = Buttons((Button("Change a figure", Call("kpi correct", {"period": snapshot.id})),))
    return (Card("Worth a second look", (Text("\n".join(f"- {each}" for each in doubts)), again), Tone.CAREFUL),)


def _first_question(metrics: Metrics, reading: Reading, checked: Checked, ways: Sequence[Button] = ()) -> list[Element]:
    """The one thing to be said next: which meaning, which reading, or save."""
    change = Button("Change", Call("kpi figures", {"reading": reading.token}))
    besides = (*_other_period(reading), change)
    if checked.asks:
        choice = checked.asks[0]
        answers = (
            Button(each.label, Call("kpi choose", {"reading": reading.token, "answer": each.value})) for each in choice.options
        )
        return [Text(f"**{choice.question}**"), Buttons((*answers, *besides))]
    if checked.unclear:
        name, unclear = next(iter(checked.unclear.items()))
        answers = (
            Button(label, Call("kpi mean", {"reading": reading.token, "option": str(at)}))
            for at, (label, _) in enumerate(unclear.options, start=1)
        )
        question = f"**{metrics.by_field[name].title}: you typed {reading.typed[name]}. {unclear.question}**"
        return [Text(question), Buttons((*answers, *besides))]
    if not checked.taken:
        return [Buttons((Button("Change", change.call, primary=True),))]
    if ways:
        return [Buttons((*ways, change))]
    label = "Save all the same" if checked.odd else "Save"
    return [Buttons((Button(label, Call("kpi save", {"reading": reading.token}), primary=True), *besides))]


def _other_period(reading: Reading) -> list[Button]:
    """The way to the other period that may be meant, where there is one."""
    if reading.instead is None:
        return []
    span = next(name for name, each in SPANS.items() if reading.instead.span is each)
    chosen = {"reading": reading.token, "span": span, "end": reading.instead.end.isoformat()}
    return [Button(f"For {reading.instead.said}", Call("kpi when", chosen))]


def _log(snapshot: Snapshot, level: Level) -> Call:
    """The form for a part of the funnel and this period."""
    part = {"level": level.value}
    period = snapshot.period
    if period is None:
        return Call("kpi figures", part)
    return Call("kpi figures", {**part, "span": period.span.value, "end": period.end.isoformat()})


def _message(*cards: Card) -> Message:
    return Message(cards=cards, private=True)
