"""What came of reminders, as coaches see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from core.alike import folded
from core.listing import Listing, counted, leaf_of, not_found, sought, turning
from core.nudges.model import Kind
from core.nudges.results import ENOUGH, Count, Effect, Results
from core.people.model import Person
from core.ui import Button, Call, Card, Element, Facts, Menu, Message, Table, Text, Tone

COMMAND = "cohort nudges"
ROWS_AT_MOST = 20
TEMPLATES_FROM = 30
"""So many reminders have gone out before what came of each wording says anything."""
COLUMNS = ("Sent", "Opened", "Acted", "Ignored", "Stopped", "Not delivered", "Held back")
ALWAYS = 4
"""So many of these are shown whatever they say; the others where there is anything, since a phone is narrow."""
HOW = (
    "The last 90 days. Opened: they pressed its step within 48 hours, or came to me within 4. Acted: what it was about has moved "
    "since. Held back: it was due and, for comparison, not sent."
)
RULE = (
    "The share that acted among those who were reminded, less the same share where it was held back, in points, with its 95% "
    f"interval. Below {ENOUGH} in either group there are too few to tell."
)

ABOUT: Mapping[Kind, str] = {
    Kind.WELCOME: "Choosing their time",
    Kind.REMINDER: "What they asked for",
    Kind.COMMITMENT: "Their commitments",
    Kind.WIN: "Wins",
    Kind.KPI_DUE: "Figures due",
    Kind.RECOMMIT: "Planning the week",
    Kind.NEARLY_DONE: "Checklist nearly done",
    Kind.FOUNDATION: "Their Foundation",
    Kind.STALLED: "Module stands still",
    Kind.NOT_STARTED: "Module not begun",
    Kind.NOT_MEASURED: "Live, not measured",
    Kind.DRAFTS: "Unused drafts",
    Kind.REVIEW: "Monthly review",
}
"""What each kind of reminder is about, to those who coach."""


class Order(StrEnum):
    """What the list of those who were set aside is sorted by."""

    LONGEST = "longest ago"
    NAME = "name"


def results(found: Results, names: Mapping[str, str], coach: Person, asking: Listing, order: Order) -> Message:
    """By rule, whether it helps, by template, and a page of who may need a person; where less of these is asked for, they alone.

    `names`: members by the ids of their accounts.
    """
    if asking.narrowed or asking.page > 1:
        return Message(cards=(_aside(found, names, coach, asking, order),), private=True)
    if not found.kinds and not found.aside:
        words = "No reminder has gone out yet. Here you see what comes of them: who acts, who ignores them, and who may need you."
        return Message(cards=(Card("What came of reminders", (Text(words),)),), private=True)
    left_out = () if found.whole else (Text("There are more; only the latest are counted."),)
    rules = [replace(each, name=_kind(each)) for each in found.kinds]
    body: list[Element] = [Text(HOW), _table("About", rules), *left_out]
    effects = Facts(tuple((_kind(each), effect_said(each)) for each in found.kinds))
    cards = [Card("What came of reminders", tuple(body))]
    if any(each.kept_from for each in found.kinds):
        cards.append(Card("Do they help?", (Text(RULE), effects)))
    if sum(each.sent for each in found.templates) >= TEMPLATES_FROM:
        cards.append(Card("By template", (_table("Template", found.templates),)))
    cards.insert(
        0 if found.aside else len(cards), _aside(found, names, coach, asking, order)
    )  # what a person can do something about is first
    return Message(cards=tuple(cards), private=True)


def _aside(found: Results, names: Mapping[str, str], coach: Person, asking: Listing, order: Order) -> Card:
    title = "Who may need a person"
    if not found.aside:
        return Card(title, (Text("Nobody has ignored three reminders in a row."),), Tone.GOOD)
    rows = sought(found.aside, asking.words, lambda each: _name(each.user_id, names))
    if not rows:
        [card] = not_found(title, COMMAND, asking, "Nobody who ignored three reminders", "in their name").cards
        return card
    if order is Order.NAME:
        rows = sorted(rows, key=lambda each: folded(_name(each.user_id, names)))
    leaf = leaf_of(rows, asking.page)
    table = Table(("Who", "Since"), tuple((_name(each.user_id, names), _day(each.set_aside_at, coach)) for each in leaf.rows))
    words = (
        "They ignored three reminders in a row, so I write to them no more until they show a sign of life. A word from you "
        f"works best. {counted(asking, leaf, 'student')}"
    )
    quiet = Menu(
        "I take over, keep quiet for",
        tuple(Button(_name(each.user_id, names), Call("nudges quiet", {"student": each.person_id})) for each in leaf.rows),
    )
    return Card(title, (Text(words), table, quiet, *turning(COMMAND, asking, leaf, find="Find somebody")), Tone.CAREFUL)


def _table(head: str, counts: Sequence[Count]) -> Table:
    rows = [(each.name, *_cells(each)) for each in counts[:ROWS_AT_MOST]]
    if rest := counts[ROWS_AT_MOST:]:
        rows.append((f"{len(rest)} more", *_cells(_sum(rest))))
    kept = [0, *(at for at in range(1, len(COLUMNS) + 1) if at <= ALWAYS or any(row[at] != "0" for row in rows))]
    columns = (head, *COLUMNS)
    picked = tuple(tuple(row[at] for at in kept) for row in rows)
    return Table(tuple(columns[at] for at in kept), picked, numeric=frozenset(range(1, len(kept))))


def _cells(count: Count) -> tuple[str, ...]:
    values = (count.sent, count.opened, count.acted, count.ignored, count.stopped, count.undelivered, count.held_back)
    return tuple(f"{each:,}" for each in values)


def _sum(counts: Sequence[Count]) -> Count:
    return Count(
        "",
        sent=sum(each.sent for each in counts),
        opened=sum(each.opened for each in counts),
        acted=sum(each.acted for each in counts),
        ignored=sum(each.ignored for each in counts),
        stopped=sum(each.stopped for each in counts),
        undelivered=sum(each.undelivered for each in counts),
        held_back=sum(each.held_back for each in counts),
    )


def effect_said(count: Count) -> str:
    """What the reminders did, in points, with what that means."""
    effect = count.effect
    counted = f"{count.acted} of {count.judged} reminded, {count.acted_anyway} of {count.kept_from} held back"
    if effect is None:
        return f"Too few to tell: {counted}"
    return f"{_points(effect.difference)} points, {_points(effect.low)} to {_points(effect.high)}: {_meant(effect)} ({counted})"


def _meant(effect: Effect) -> str:
    if effect.low > 0:
        return "it helps"
    return "it does harm" if effect.high < 0 else "no effect can be told"


def _points(share: float) -> str:
    return f"{share * 100:+.0f}"


def _kind(count: Count) -> str:
    return ABOUT[Kind(count.name)]


def _name(user_id: str, names: Mapping[str, str]) -> str:
    return names.get(user_id, "Someone who left")


def _day(at: datetime | None, coach: Person) -> str:
    return at.astimezone(coach.zone).strftime("%-d %B") if at else ""
