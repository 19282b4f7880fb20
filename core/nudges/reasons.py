"""A reason to remind someone, and how it is said: what it is about, the words it fills in, and the step that it offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from core.course.model import Standing
from core.kpis.periods import MONTHS
from core.nudges.model import Kind
from core.ui import Button, Call

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TITLE_AT_MOST = 60
"""Characters of a title or of somebody's own words in a reminder: it is read on a phone."""


class Theme(StrEnum):
    """What a reminder says; a kind of reminder has one theme or several."""

    WELCOME = "welcome"
    REMINDER = "reminder"
    COMMITMENT = "commitment"
    WIN_MODULE = "win-module"
    WIN_FIGURE = "win-figure"
    WIN_BACK = "win-back"
    KPI_DUE = "kpi-due"
    REVIEW = "review"
    RECOMMIT = "recommit"
    NEARLY_DONE = "nearly-done"
    NEARLY_SAVED = "nearly-saved"
    FOUNDATION = "foundation"
    FOUNDATION_LEFT = "foundation-left"
    STALLED = "stalled"
    NOT_STARTED = "not-started"
    NOT_MEASURED = "not-measured"
    DRAFTS = "drafts"


PLACEHOLDERS: Mapping[Theme, frozenset[str]] = {
    Theme.WELCOME: frozenset({"name"}),
    Theme.REMINDER: frozenset({"what"}),
    Theme.COMMITMENT: frozenset({"what", "day"}),
    Theme.WIN_MODULE: frozenset({"module", "done"}),
    Theme.WIN_FIGURE: frozenset({"figure", "value", "before"}),
    Theme.WIN_BACK: frozenset({"module", "item"}),
    Theme.KPI_DUE: frozenset({"period", "last"}),
    Theme.REVIEW: frozenset({"month", "moved", "next"}),
    Theme.RECOMMIT: frozenset({"module", "item", "week"}),
    Theme.NEARLY_DONE: frozenset({"module", "item", "left"}),
    Theme.NEARLY_SAVED: frozenset({"module", "step"}),
    Theme.FOUNDATION: frozenset({"grid", "cell", "left"}),
    Theme.FOUNDATION_LEFT: frozenset({"grid", "cell", "left"}),
    Theme.STALLED: frozenset({"module", "item"}),
    Theme.NOT_STARTED: frozenset({"module", "item"}),
    Theme.NOT_MEASURED: frozenset({"asset", "step"}),
    Theme.DRAFTS: frozenset({"asset", "step"}),
}
"""The words that a theme's templates may fill in."""

ONCE = frozenset({Theme.WELCOME})
"""Themes that come once, so that one template will do."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why someone would be reminded now.

    `about`: what it is about, by an id, the same as long as it is the same thing. `why`: a sentence with the fact, without a full
    stop. `values`: what the theme's templates fill in. `steps`: what to do about it, the first the step itself. `moved_at`: when
    the thing last moved; a reminder of the same thing from before then does not count.
    """

    kind: Kind
    theme: Theme
    about: str | None
    why: str
    values: Mapping[str, str]
    steps: tuple[Button, ...] = ()
    moved_at: datetime | None = None


Found: TypeAlias = "Sequence[Reason] | str"
"""The reasons that a rule finds, the one that matters most first; or in words why there is none."""


def module_said(standing: Standing) -> str:
    """A module as it is named in a sentence."""
    return f"Module {standing.module.number}, {standing.module.step.value}"


def open_module(standing: Standing) -> Button:
    """The button that opens exactly this module."""
    number = standing.module.number
    return Button(f"Open Module {number}", Call("module show", {"module": str(number)}), primary=True)


def next_item(standing: Standing) -> str:
    """The first open item of its checklist, in quotation marks; where all are ticked, what is left to do."""
    if not standing.open_items:
        return f"save one asset from {standing.module.step.value}"
    text = standing.open_items[0][1].text
    return f"“{text.rstrip('.')}”"


def short(text: str, at_most: int = TITLE_AT_MOST) -> str:
    """Somebody's own words in one line that a phone shows."""
    line = " ".join(text.split())
    return line if len(line) <= at_most else f"{line[: at_most - 1].rstrip()}…"


def counted(count: int, noun: str) -> str:
    """1 item, 2 items."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def day_said(day: date, today: date) -> str:
    """A day as one says it: today, Friday, 3 April."""
    if day == today:
        return "today"
    if abs((day - today).days) < 7:
        return DAYS[day.weekday()]
    return f"{day.day} {MONTHS[day.month - 1]}"
