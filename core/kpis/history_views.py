"""How the history of figures looks: the periods, one of them with its changes, and what came of correcting or deleting it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.kpis.figures import Stored, shown
from core.kpis.history import SnapshotChange, Source
from core.kpis.history_args import titled
from core.kpis.metrics import Metric
from core.kpis.model import Snapshot
from core.kpis.service import said
from core.listing import Listing, counted, leaf_of, not_found, turning
from core.people.model import Person
from core.ui import Button, Buttons, Call, Card, Element, Facts, Menu, Message, Table, Text, Tone

LIST = "kpi history"
CHANGES_SHOWN = 10
DELETED_SHOWN = 5
NOTE_SHOWN = 80
HOW = {
    Source.LOGGED: "logged",
    Source.IMPORTED: "came from a file",
    Source.SENT: "sent by your connected program",
    Source.CORRECTED: "corrected",
    Source.MOVED: "moved",
    Source.DELETED: "deleted",
    Source.PUT_BACK: "put back",
    Source.LINKED: "came with your other account",
}


def listed(found: Sequence[Snapshot], deletions: Sequence[SnapshotChange], person: Person, asking: Listing) -> Message:
    """A page of the periods with the way into each; and on the first page what can be put back."""
    title = "Your figures over time"
    if not found and asking.narrowed:
        return not_found(title, LIST, asking, "No period", "in its name")
    leaf = leaf_of(found, asking.page)
    gone = _gone(deletions, person) if leaf.number == 1 and not asking.narrowed else ()
    log = Button("Log figures", Call("kpi log"), primary=not found)
    if not found:
        return _message(Card(title, (Text("Nothing is logged yet."), Buttons((log,)))), *gone)
    table = Table(("Period", "Kept", "Last changed"), tuple(_row(each, person) for each in leaf.rows))
    options = tuple(Button(titled(each), Call("kpi period", {"period": each.id})) for each in leaf.rows)
    head = Text(counted(asking, leaf, "period"))
    ways = turning(LIST, asking, leaf, log, find="Find a period")
    return _message(Card(title, (head, table, Menu("Open a period", options), *ways)), *gone)


def period(metrics: Mapping[str, Metric], person: Person, seen: Snapshot, changes: Sequence[SnapshotChange]) -> Message:
    """The figures of a period, and what was changed of them, the newest first."""
    rows = tuple(
        (metric.title, shown(metric, seen.figures[name], seen.currency or ""))
        for name, metric in metrics.items()
        if name in seen.figures
    )
    body: list[Element] = [Facts(rows)] if rows else [Text("Only notes were kept of this period.")]
    body += [Text(f"*Your notes:* {seen.notes}")] if seen.notes else []
    body.append(
        Buttons(
            (
                Button("Correct", Call("kpi correct", {"period": seen.id}), primary=True),
                Button("Wrong period", Call("kpi move", {"period": seen.id})),
                Button("Delete", Call("kpi delete", {"period": seen.id})),
                Button("All periods", Call("kpi history")),
            )
        )
    )
    return _message(Card(titled(seen), tuple(body)), _changes(metrics, person, changes))


def corrected(metrics: Mapping[str, Metric], person: Person, seen: Snapshot, change: SnapshotChange | None) -> Message:
    """What a correction changed."""
    if change is None:
        return _message(Card("Nothing was changed", (Text(f"All is kept as it was for {said(seen)}."), _ways(seen))))
    return _message(Card(f"Corrected for {said(seen)}", (Text("\n".join(_told(metrics, change))), _ways(seen)), Tone.GOOD))


def moved(seen: Snapshot, kept: Snapshot) -> Message:
    """Where the figures stand now."""
    words = f"They stood for {said(seen)} before." if said(seen) != said(kept) else "That is where they stood already."
    return _message(Card(f"These figures stand for {said(kept)}", (Text(words), _ways(kept)), Tone.GOOD))


def all_cleared(seen: Snapshot) -> Message:
    """Nothing would be left of the period."""
    words = f"You cleared all that is kept for {said(seen)}. Nothing was changed yet: shall the whole period go?"
    return _message(Card("Delete this period?", (Text(words), _asking(seen)), Tone.CAREFUL))


def sure(seen: Snapshot) -> Message:
    """Asked once before a period goes."""
    number = "1 figure" if len(seen.figures) == 1 else f"{len(seen.figures)} figures"
    words = f"{number} would go{' with your notes' if seen.notes else ''}. You can put them back afterwards, from /kpi history."
    return _message(Card(f"Delete {said(seen)}?", (Text(words), _asking(seen)), Tone.CAREFUL))


def deleted(seen: Snapshot, change: SnapshotChange) -> Message:
    """It is gone, with the way back."""
    back = Buttons(
        (Button("Put it back", Call("kpi putback", {"change": change.id})), Button("All periods", Call("kpi history")))
    )
    return _message(Card("Deleted", (Text(f"The figures for {said(seen)} are gone from your report and trends."), back)))


def put_back(kept: Snapshot) -> Message:
    """It stands there again."""
    return _message(Card("Put back", (Text(f"The figures for {said(kept)} are as they were."), _ways(kept)), Tone.GOOD))


def _row(snapshot: Snapshot, person: Person) -> tuple[str, str, str]:
    when = (snapshot.changed_at or snapshot.created_at).astimezone(person.zone).strftime("%-d %b %Y")
    return titled(snapshot), f"{len(snapshot.figures)} figure{'s' if len(snapshot.figures) != 1 else ''}", when


def _gone(deletions: Sequence[SnapshotChange], person: Person) -> tuple[Card, ...]:
    """What was deleted lately, each with the way back."""
    if not deletions:
        return ()
    options = tuple(
        Button(f"{_said(each)}, deleted {_day(each, person)}", Call("kpi putback", {"change": each.id}))
        for each in deletions[:DELETED_SHOWN]
    )
    return (Card("Deleted", (Menu("Put one back", options),)),)


def _changes(metrics: Mapping[str, Metric], person: Person, changes: Sequence[SnapshotChange]) -> Card:
    if not changes:
        return Card("History", (Text("Logged before changes were kept. Every change from now on will show here."),))
    parts = []
    for each in changes[:CHANGES_SHOWN]:
        lines = "\n".join(f"- {line}" for line in _told(metrics, each))
        parts.append(f"**{_when(each, person)}**, {HOW[each.source]}{_by(each, person)}\n{lines}")
    left = len(changes) - CHANGES_SHOWN
    parts += [f"And {left} earlier {'change' if left == 1 else 'changes'}."] if left > 0 else []
    return Card("History", (Text("\n\n".join(parts)),))


def _told(metrics: Mapping[str, Metric], change: SnapshotChange) -> list[str]:
    """What changed, from what to what, in words."""
    lines = [f"{metrics[name].title}: {_moved(metrics[name], change, name)}" for name in metrics if name in change.before]
    added = [f"{each.title} {_moved(each, change, name)}" for name, each in metrics.items() if _is_new(change, name)]
    lines += [", ".join(added)] if added else []
    if change.former and change.period:
        lines.append(f"Period: {change.former.said} → {change.period.said}")
    if change.notes_before != change.notes_after:
        lines.append(f"Notes: {_quoted(change.notes_before)} → {_quoted(change.notes_after)}")
    return lines or ["No figures."]


def _is_new(change: SnapshotChange, name: str) -> bool:
    return name in change.after and name not in change.before


def _moved(metric: Metric, change: SnapshotChange, name: str) -> str:
    was, now = change.before.get(name), change.after.get(name)
    before, after = (_value(metric, each, money) for each, money in ((was, change.currency_before), (now, change.currency_after)))
    if was is None:
        return after
    return f"{before} → {after}" if now is not None else f"{before} → taken out"


def _value(metric: Metric, kept: Stored | None, currency: str | None) -> str:
    return "nothing" if kept is None else shown(metric, kept, currency or "")


def _quoted(notes: str | None) -> str:
    if not notes:
        return "none"
    flat = " ".join(notes.split())
    return f"“{flat if len(flat) <= NOTE_SHOWN else flat[: NOTE_SHOWN - 2].rsplit(' ', 1)[0] + ' …'}”"


def _by(change: SnapshotChange, person: Person) -> str:
    """Who it was, where that is not plain from how."""
    if change.source in (Source.LINKED, Source.SENT) or change.person_id is None:
        return ""
    return " by you" if change.person_id == person.id else " by you, on your other account"


def _when(change: SnapshotChange, person: Person) -> str:
    return change.at.astimezone(person.zone).strftime("%-d %B %Y, %H:%M")


def _day(change: SnapshotChange, person: Person) -> str:
    return change.at.astimezone(person.zone).strftime("%-d %B")


def _said(change: SnapshotChange) -> str:
    text = change.period.said if change.period else change.time_period
    return text[0].upper() + text[1:]


def _asking(seen: Snapshot) -> Buttons:
    """Delete what was seen, or leave it."""
    return Buttons(
        (
            Button("Delete it", Call("kpi delete", {"period": seen.id, "version": str(seen.version)}), primary=True),
            Button("Keep it", Call("kpi period", {"period": seen.id})),
        )
    )


def _ways(seen: Snapshot) -> Buttons:
    return Buttons(
        (
            Button("See the report", Call("kpi report"), primary=True),
            Button("This period", Call("kpi period", {"period": seen.id})),
        )
    )


def _message(*cards: Card) -> Message:
    return Message(cards=cards, private=True)
