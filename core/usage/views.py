"""How budgets and what was used of them look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from core.listing import Listing, asked_for, counted, leaf_of, turning
from core.llm.model import Use
from core.llm.prices import in_cents
from core.ui import Button, Buttons, Call, Card, Element, Facts, Message, Table, Text, Tone
from core.usage.listed import Order, Sum, listed
from core.usage.model import DayOfUsage, Part, Spend

COMMAND = "usage"
ROWS_AT_MOST = 20
"""Of one table; a screen of a phone, and what Slack and Discord show without cutting."""
GOES_ON = "Everything else goes on: your Foundation, the modules, your assets and figures."
FREE = "The practice model answers here, and costs nothing."
NAMES = {
    Use.CHAT: "Chat",
    Use.PROMPTS: "Prompts",
    Use.SORTING: "Sorting pasted text",
    Use.MINUTES: "Remembering long talks",
    Use.FIGURES: "Reading figures in pictures",
    Use.INTERVIEW: "Understanding interviews",
}


def told(note: str) -> tuple[Card, ...]:
    """What a person is told of their budget, below an answer; nothing where there is nothing to tell."""
    return (Card(body=(Text(note),), tone=Tone.CAREFUL),) if note else ()


def running_out(spent: int, limit: int) -> str:
    """What the person is told once a day."""
    return (
        f"You have used {_percent(spent, limit)} of today's budget for Claude: {in_cents(spent)} of {in_cents(limit)}. "
        "It starts anew at midnight. /me usage shows what it went to."
    )


def running_out_for_all(spent: int, limit: int, until: datetime) -> str:
    """What each person is told once a month."""
    return (
        f"This month's budget for Claude, which everybody here shares, is {_percent(spent, limit)} used. It starts anew on "
        f"{_when(until)}; when it is gone before that, Claude stops until then. {GOES_ON}"
    )


def used_today(spent: int, limit: int, until: datetime) -> str:
    """What the person is told where their day's budget has no room for another answer."""
    left = f", and {in_cents(limit - spent)} is not enough for another answer" if spent < limit else ""
    return (
        f"Today's budget for Claude is used up: {in_cents(spent)} of {in_cents(limit)}{left}. "
        f"Claude answers again from midnight, when {_when(until)} begins for you. {GOES_ON}"
    )


def used_this_month(until: datetime) -> str:
    """The same where the month's budget of their organization has none."""
    return (
        f"This month's budget for Claude, which everybody here shares, is used up. Claude answers again from {_when(until)}, "
        f"{until:%H:%M} your time. Your coach can see where it went. {GOES_ON}"
    )


def too_small(micros: int, limit: int, of: str, setting: str) -> str:
    """Where a whole budget is smaller than one answer may cost."""
    return (
        f"This may cost up to {in_cents(micros)}, and the budget of {of} is {in_cents(limit)}. "
        f"Ask for less at once, or ask whoever runs this bot to raise {setting}."
    )


def own(today: DayOfUsage | None, month: Sequence[DayOfUsage], limit: int | None, at: datetime, *, free: bool) -> Message:
    """What one person used."""
    spent, under_way = (today.spent, today.under_way(at)) if today else (0, 0)
    rows = [
        ("Today", f"{in_cents(spent)} of {in_cents(limit)}, anew at midnight" if limit else in_cents(spent)),
        ("Held for answers under way", in_cents(under_way) if under_way else ""),
        ("This month", f"{in_cents(sum(day.spent for day in month))} for {_answers(month)}"),
    ]
    body: list[Element] = [Text(FREE)] if free else []
    body.append(Facts(tuple(row for row in rows if row[1])))
    parts = _parts(month)
    if parts:
        body.append(
            _table("What for", _summed((_what(part), _what(part), part.answers, part.micros) for part in parts), "This month")
        )
    body.append(Text(_plainly(spent, limit, today)))
    return Message(cards=(Card("What Claude cost you", tuple(body)),), private=True)


def of_all(spends: Sequence[Spend], when: str, month: int, limit: int | None, asking: Listing, order: Order) -> Message:
    """What everybody used, by student, a page at a time, and by agent. `month`: what was spent of the month's budget."""
    answers = sum(each.answers for each in spends)
    facts = Facts(
        (
            ("Spent", f"{in_cents(sum(each.micros for each in spends))} for {_answered(answers)}"),
            ("This month's budget", budget(month, limit)),
        )
    )
    cards = [Card(f"What Claude cost, {when}", (facts,))]
    if spends:
        cards += [_students(listed(by_student(spends), asking.words, order), asking), Card("By agent", (_by_agent(spends),))]
    return Message(cards=tuple(cards), private=True)


def _students(sums: Sequence[Sum], asking: Listing) -> Card:
    """A page of what each student used."""
    if not sums:
        ways = Buttons((Button("All students", Call(COMMAND, asked_for(asking, search="", page="")), primary=True),))
        return Card("By student", (Text(f"Nobody with “{asking.words}” in their name used Claude then."), ways))
    leaf = leaf_of(sums, asking.page)
    head = Text(counted(asking, leaf, "student"))
    return Card("By student", (head, _table("Student", leaf.rows), *turning(COMMAND, asking, leaf, find="Find somebody")))


def _by_agent(spends: Sequence[Spend]) -> Table:
    return _table("Agent", by_agent(spends))


def budget(month: int, limit: int | None) -> str:
    """What was spent of the month's budget."""
    return f"{in_cents(month)} of {in_cents(limit)}" if limit else f"{in_cents(month)}, without a limit"


def by_student(spends: Sequence[Spend]) -> list[Sum]:
    """What each student used, the dearest first."""
    return _summed((each.person_id, each.name, each.answers, each.micros) for each in spends)


def by_agent(spends: Sequence[Spend]) -> list[Sum]:
    """What each agent, or else each use, took, the dearest first."""
    return _summed((who := each.agent or NAMES[each.use], who, each.answers, each.micros) for each in spends)


def by_day(spends: Sequence[Spend]) -> Mapping[str, int]:
    """What was spent on each day, in millionths of a US dollar, by its ISO date."""
    days: dict[str, int] = {}
    for each in spends:
        days[each.day] = days.get(each.day, 0) + each.micros
    return days


def _summed(parts: Iterable[tuple[str, str, int, int]]) -> list[Sum]:
    """The answers and costs with one key added up, under the last name that the key has; the dearest first."""
    sums: dict[str, Sum] = {}
    for key, label, answers, micros in parts:
        each = sums.get(key)
        if each is None:
            each = sums[key] = Sum(key, label)
        each.label = label
        each.answers += answers
        each.micros += micros
    return sorted(sums.values(), key=lambda each: (-each.micros, each.label))


def _table(head: str, sums: Sequence[Sum], caption: str = "") -> Table:
    rows = [(each.label, f"{each.answers:,}", in_cents(each.micros)) for each in sums[:ROWS_AT_MOST]]
    rest = sums[ROWS_AT_MOST:]
    if rest:
        micros = sum(each.micros for each in rest)
        rows.append((f"{len(rest)} more", f"{sum(each.answers for each in rest):,}", in_cents(micros)))
    return Table((head, "Answers", "Cost"), tuple(rows), caption, frozenset({1, 2}))


def _parts(days: Sequence[DayOfUsage]) -> list[Part]:
    return [part for day in days for part in day.parts.values()]


def _what(part: Part) -> str:
    return f"{NAMES[part.use]} with {part.agent}" if part.use is Use.CHAT and part.agent else NAMES[part.use]


def _answers(days: Sequence[DayOfUsage]) -> str:
    return _answered(sum(part.answers for part in _parts(days)))


def _answered(count: int) -> str:
    return "1 answer" if count == 1 else f"{count:,} answers"


def _plainly(spent: int, limit: int | None, today: DayOfUsage | None) -> str:
    """What that means: how much of the day's budget is gone, and about how many answers like today's are left."""
    if limit is None:
        return "No limit is set for a day."
    answers = sum(part.answers for part in today.parts.values()) if today else 0
    if not answers or not spent:
        return "Nothing of today's budget is used yet."
    left = max(limit - spent, 0) * answers // spent
    more = f"about {left:,} more answers like these" if left > 1 else "one more answer at best"
    return f"That is {_percent(spent, limit)} of today's budget; what is left is good for {more}."


def _percent(spent: int, limit: int) -> str:
    return f"{spent * 100 // limit}%"


def _when(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B}"
