"""Every element in plain text: for surfaces without layout, for fallbacks and for tests."""

from __future__ import annotations

from typing import assert_never

from core import charted, markdown
from core.plans import Plan, Step
from core.ui import (
    Button,
    Buttons,
    Card,
    Chart,
    Element,
    Facts,
    Feedback,
    Field,
    Form,
    Link,
    Menu,
    Message,
    Meter,
    Page,
    Picture,
    Table,
    Text,
)

METER_WIDTH = 20
MARKS = {"waiting": "·", "running": "•", "done": "✓", "failed": "✗"}
"""Of steps, by their states."""


def message(shown: Message) -> str:
    """A message as paragraphs of plain text."""
    who = f"{shown.speaker.name}:" if shown.speaker else ""
    parts = [
        who,
        markdown.plain(shown.text),
        *(card(each) for each in shown.cards),
        *(f"[file] {each.name}" for each in shown.files),
    ]
    return "\n\n".join(part for part in parts if part)


def page(shown: Page) -> str:
    """A page as plain text."""
    return "\n\n".join([shown.title, *(card(each) for each in shown.cards)])


def card(shown: Card) -> str:
    """A card: its title, then its elements."""
    image = f"[picture] {shown.image.alt}" if shown.image else ""
    parts = [shown.title, *(element(each) for each in shown.body), image]
    return "\n".join(part for part in parts if part)


def element(shown: Element) -> str:
    """One element."""
    match shown:
        case Text():
            return markdown.plain(shown.markdown)
        case Facts():
            return "\n".join(f"{name}: {value}" for name, value in shown.rows)
        case Table():
            return table(shown)
        case Meter():
            return meter(shown)
        case Chart():
            return chart(shown)
        case Picture():
            return f"[picture] {shown.alt}"
        case Buttons():
            return " ".join(pressable(each) for each in shown.items)
        case Menu():
            return f"{shown.label}: " + " ".join(pressable(each) for each in shown.options)
        case Feedback():
            return element(shown.buttons)
        case Plan():
            return "\n".join(step(each) for each in shown.steps)
        case _:
            assert_never(shown)


def step(shown: Step) -> str:
    """A step after the mark of how it stands."""
    return f"{MARKS[shown.state]} {shown.title}"


def pressable(shown: Button | Link) -> str:
    """A button as `[label]`, a link with its address."""
    match shown:
        case Button():
            return f"[{shown.label}]"
        case Link():
            return f"[{shown.label}] {shown.url}"
        case _:
            assert_never(shown)


def meter(shown: Meter) -> str:
    """A bar of twenty signs, then the counts."""
    filled = 0 if shown.total <= 0 else round(METER_WIDTH * min(shown.done, shown.total) / shown.total)
    return f"{shown.label} {'#' * filled}{'.' * (METER_WIDTH - filled)} {shown.done} of {shown.total}"


def table(shown: Table) -> str:
    """Columns as wide as their widest cell, numbers to the right."""
    rows = (shown.columns, *shown.rows)
    widths = [max(len(row[at]) for row in rows) for at in range(len(shown.columns))]

    def line(row: tuple[str, ...]) -> str:
        cells = (cell.rjust(widths[at]) if at in shown.numeric else cell.ljust(widths[at]) for at, cell in enumerate(row))
        return "  ".join(cells).rstrip()

    rule = "  ".join("-" * width for width in widths)
    lines = [line(shown.columns), rule, *(line(row) for row in shown.rows)]
    return "\n".join([shown.caption, *lines] if shown.caption else lines)


def chart(shown: Chart) -> str:
    """A row of blocks for each series, low to high, with its first and last value; a gap where nothing was measured.

    The range and the marks stand below, in words.
    """
    lines = [charted.heading(shown)]
    for series in shown.series:
        found = charted.known(series)
        if not found:
            lines.append(f"{series.name}: {charted.NOTHING}")
            continue
        blocks = charted.sparkline([value for _, value in series.points])
        first, last = (charted.said(found[at][1], shown.unit) for at in (0, -1))
        lines.append(f"{series.name} {blocks} {first} to {last}")
    lines += [f"{beside}." for beside in [charted.beside(shown)] if beside]
    lines += [each.said for _, each in charted.numbered(shown)]
    return "\n".join(lines)


def form(shown: Form) -> str:
    """A form's questions, with what is known and what is wrong."""
    lines = [shown.title, *([shown.intro] if shown.intro else [])]
    for each in shown.fields:
        known = shown.values.get(each.name, "")
        value = known if isinstance(known, str) else ", ".join(known)
        lines.append(question(each) + (f": {value}" if value else ""))
        if each.name in shown.problems:
            lines.append(f"  ! {shown.problems[each.name]}")
    return "\n".join(lines)


def question(shown: Field) -> str:
    """A field's label, marked when it may stay empty."""
    return shown.label if shown.required else f"{shown.label} (optional)"
