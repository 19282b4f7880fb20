"""What came of reminders, as coaches see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from core.alike import folded
from core.listing import Listing, counted, leaf_of, not_found, sought, turning
from core.nudges.model import Kind, NudgePreferences
from core.nudges.results import ENOUGH, Count, Effect, Results
from core.nudges.words import Templates
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
    "The last 90 days. Opened: they pressed its button or answered it in words, however late, or turned up here within 4 hours. "
    "Acted: what it was about moved within 48 hours, or by the next of their days where that is later. Ignored: neither, once "
    "that time was up; what asks for nothing, such as a win, cannot be. Held back: due, and for comparison not sent."
)
NOT_COMPARED = (
    "Nobody can tell from these numbers. To compare, some reminders that are due would have to be held back on purpose, and here "
    "none were: everybody got theirs."
)
RULE = (
    "Some reminders that are due are held back on purpose, to see how many act without one. The difference is told for 100 "
    "reminders. Chance alone moves it: the range beside it is where the true difference lies 95 times out of 100, and where 0 is "
    f"within that range, nothing can be told. Neither can it with fewer than {ENOUGH} of either kind."
)
ASIDE = (
    "They ignored three reminders in a row, so none is sent to them until they show a sign of life. A press or an answer below "
    "one counts, however late. A word from you works best."
)
GONE = "A wording that is no longer used"
BEGINS = 40
"""Characters of a wording in a table that a phone shows."""
CANNOT_BE = "–"
"""What cannot be."""

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


@dataclass(frozen=True, slots=True)
class Seen:
    """Who looks, and when. `names`: members by the ids of their accounts; `wordings`: what templates say."""

    coach: Person
    at: datetime
    names: Mapping[str, str]
    wordings: Templates


def results(found: Results, seen: Seen, asking: Listing, order: Order) -> Message:
    """By rule, whether it helps, by wording, and a page of who may need a person; where less of these is asked for, only they."""
    if asking.narrowed or asking.page > 1:
        return Message(cards=(_aside(found, seen, asking, order),), private=True)
    if not found.kinds and not found.aside:
        words = "No reminder has gone out yet. Here you see what comes of them: who acts, who ignores them, and who may need you."
        return Message(cards=(Card("What came of reminders", (Text(words),)),), private=True)
    left_out = () if found.whole else (Text("There are more; only the latest are counted."),)
    rules = [replace(each, name=_kind(each)) for each in found.kinds]
    body: list[Element] = [Text(HOW), _table("About", rules), *left_out]
    cards = [Card("What came of reminders", tuple(body))]
    if compared := [each for each in found.kinds if each.kept_from]:
        effects = Facts(tuple((_kind(each), effect_said(each)) for each in compared))
        cards.append(Card("Do they help?", (Text(RULE), effects)))
    if sum(each.sent for each in found.templates) >= TEMPLATES_FROM:
        wordings = [replace(each, name=wording(each, seen.wordings, BEGINS)) for each in found.templates]
        cards.append(Card("By wording", (_table("It begins", wordings),)))
    cards.insert(0 if found.aside else len(cards), _aside(found, seen, asking, order))  # what a person can do something about
    return Message(cards=tuple(cards), private=True)


def _aside(found: Results, seen: Seen, asking: Listing, order: Order) -> Card:
    title = "Who may need a person"
    if not found.aside:
        return Card(title, (Text("Nobody has ignored three reminders in a row."),), Tone.GOOD)
    rows = sought(found.aside, asking.words, lambda each: _name(each, seen))
    if not rows:
        [card] = not_found(title, COMMAND, asking, "Nobody who ignored three reminders", "in their name").cards
        return card
    if order is Order.NAME:
        rows = sorted(rows, key=lambda each: folded(_name(each, seen)))
    leaf = leaf_of(rows, asking.page)
    table = Table(("Who", "Since"), tuple((_name(each, seen), since(each, seen.coach, seen.at)) for each in leaf.rows))
    body: list[Element] = [Text(f"{ASIDE} {counted(asking, leaf, 'student')}"), table]
    if open_rows := [each for each in leaf.rows if quiet_until(each, seen.coach, seen.at) == ""]:
        taking = (Button(_name(each, seen), Call("nudges quiet", {"student": each.person_id})) for each in open_rows)
        body.append(Menu("I take over, keep quiet for", tuple(taking)))
    return Card(title, (*body, *turning(COMMAND, asking, leaf, find="Find somebody")), Tone.CAREFUL)


def quiet_until(wishes: NudgePreferences, coach: Person, at: datetime) -> str:
    """The day until which the bot keeps quiet for them, since a person took over, as the coach knows it; "" where it does not."""
    until = wishes.silent_until
    return until.astimezone(coach.zone).strftime("%A %-d %B") if until is not None and until > at else ""


def since(wishes: NudgePreferences, coach: Person, at: datetime) -> str:
    """Since when they are set aside, and until when a person took over."""
    quiet = quiet_until(wishes, coach, at)
    return f"{_day(wishes.set_aside_at, coach)}{f', kept quiet until {quiet}' if quiet else ''}"


def wording(count: Count, templates: Templates, at_most: int) -> str:
    """How what people read begins, of the template that is counted."""
    return templates.begins(count.name, at_most) or GONE


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
    return tuple(CANNOT_BE if each is None else f"{each:,}" for each in values)


def _sum(counts: Sequence[Count]) -> Count:
    return Count(
        "",
        sent=sum(each.sent for each in counts),
        opened=sum(each.opened for each in counts),
        acted=sum(each.acted for each in counts),
        ignored=sum(each.ignored or 0 for each in counts),
        stopped=sum(each.stopped for each in counts),
        undelivered=sum(each.undelivered for each in counts),
        held_back=sum(each.held_back for each in counts),
    )


def effect_said(count: Count) -> str:
    """What the reminders did, for 100 of them, with what that means."""
    effect = count.effect
    acted = f"{count.acted} of {count.judged} acted when reminded, {count.acted_anyway} of {count.kept_from} without"
    if effect is None:
        return f"Too few to tell yet: {acted}."
    low, high = _in_100(effect.low), _in_100(effect.high)
    return f"{_meant(effect)}: {_in_100(effect.difference)} in 100, range {low} to {high}. {acted}."


def _meant(effect: Effect) -> str:
    if effect.low > 0:
        return "They help"
    return "They do harm" if effect.high < 0 else "Nothing can be told"


def _in_100(share: float) -> str:
    return f"{share * 100:+.0f}"


def _kind(count: Count) -> str:
    return ABOUT[Kind(count.name)]


def _name(wishes: NudgePreferences, seen: Seen) -> str:
    return seen.names.get(wishes.user_id, "Someone who left")


def _day(at: datetime | None, coach: Person) -> str:
    return at.astimezone(coach.zone).strftime("%-d %B") if at else ""
