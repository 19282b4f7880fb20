"""The cohort's figures as people see them: what sharing means, and where one's own stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from core.kpis.comparison import SHARED_AT_LEAST
from core.kpis.comparisons import Compared
from core.kpis.figures import Stored, shown, spelt
from core.kpis.service import said
from core.people.model import SHARES_FIGURES, Person
from core.ui import Button, Buttons, Call, Card, Message, Table, Text

COMMAND, SHARING = "kpi cohort", "kpi sharing"
EXPLAINED = (
    "If you share, the figures that you log count in what your cohort sees of one another: a median, and the percentiles around "
    f"it, rounded. Only numbers are shared: no names, no notes, no shop, and no figure that fewer than {SHARED_AT_LEAST} people "
    "share. In return you see where your own stand. You can stop at any time, and your figures leave at once."
)
TOWARDS = "Percentiles count towards the better: 75 to 100 is the best quarter of those who share."
TOO_FEW = f"Fewer than {SHARED_AT_LEAST} people share yet"
NOTHING_RECENT = "None of your figures is from the last six weeks. Log a period that is over, and you will see where it stands."
_BACK = Button("The whole funnel", Call("kpi report"))


def sharing(person: Person, told: str = "") -> Message:
    """What is shared, whether this person does, and the way to change it."""
    yes = Button("Share my figures", Call(SHARING, {"share": "yes"}), primary=True)
    no = Button("Stop sharing", Call(SHARING, {"share": "no"}))
    if person.shares_figures:
        now = f"**You have shared** since {_day(person, person.settled(SHARES_FIGURES))}."
        buttons = Buttons((Button("Me and my cohort", Call(COMMAND), primary=True), no))
    else:
        now, buttons = "**You do not share**, and your figures count in nobody's comparison.", Buttons((yes, _BACK))
    return Message(
        text=told, cards=(Card("Sharing figures with the cohort", (Text(f"{now}\n\n{EXPLAINED}"), buttons)),), private=True
    )


def cohort(found: Sequence[Compared] | None, person: Person) -> Message:
    """The own figures among those of the cohort; to somebody who does not share, what that would mean."""
    if found is None:
        return sharing(person, "The comparison is among those who share.")
    table = compared(found)
    few = ", ".join(_in_its_money(each) for each in found if each.told is None)
    if table:
        body: tuple[Table | Text, ...] = (table, Text(TOWARDS), *([Text(f"{TOO_FEW}: {few}.")] if few else []))
    else:
        body = (Text(f"{TOO_FEW} what you logged. It shows here as soon as they do." if found else NOTHING_RECENT),)
    buttons = Buttons((Button("Log figures", Call("kpi log"), primary=not found), Button("Sharing", Call(SHARING)), _BACK))
    return Message(cards=(Card("You and your cohort", (*body, buttons)),), private=True)


def compared(found: Sequence[Compared]) -> Table | None:
    """The figures that can be compared, each with the cohort's median; None where there is none."""
    rows = tuple((each.metric.short, own(each), median(each), place(each)) for each in found if each.told)
    return Table(("Figure", "Yours", "Median", "Percentile"), rows, numeric=frozenset({1, 2})) if rows else None


def in_report(found: Sequence[Compared] | None) -> tuple[Card, ...]:
    """What the report shows of it: a card to those who share and can be compared, and to nobody else."""
    table = compared(found or ())
    if table is None:
        return ()
    return (Card("You and your cohort", (table, Text(TOWARDS), Buttons((Button("More", Call(COMMAND)),)))),)


def own(each: Compared) -> str:
    """One's own figure, as it is read, as exactly as it was logged."""
    kept: Stored = each.snapshot.figures[each.metric.field]
    return shown(each.metric, kept, each.snapshot.currency or "")


def median(each: Compared) -> str:
    """The cohort's median, rounded; "" where fewer than five share."""
    return _amount(each, each.told.median) if each.told else ""


def place(each: Compared) -> str:
    """Where the own figure stands: 50 to 75."""
    return f"{each.place.low} to {each.place.high}" if each.place else ""


def when(each: Compared) -> str:
    """The period of the own figure, as it is read."""
    return said(each.snapshot)


def _amount(each: Compared, amount: Decimal) -> str:
    return spelt(each.metric.unit, amount, each.sense.currency or "")


def _in_its_money(each: Compared) -> str:
    """Amounts count together where they are of one currency."""
    return f"{each.metric.short} in {each.sense.currency}" if each.sense.currency else each.metric.short


def _day(person: Person, at: datetime) -> str:
    return at.astimezone(person.zone).strftime("%-d %B %Y")
