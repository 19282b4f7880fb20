"""A message as Markdown alone, for a place in Slack that takes no block at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from bots.slack.elements import MARKS
from bots.slack.names import KEPT
from bots.slack.text import named
from core import plain
from core.plans import Plan
from core.ui import Button, Buttons, Call, Card, Chart, Element, Facts, Feedback, Link, Menu, Meter, Picture, Table, Text


def outline(cards: tuple[Card, ...]) -> str:
    """The cards in words; what could be pressed is told as what can be typed."""
    return "\n\n".join(text for each in cards if (text := _card(each)))


def typed(call: Call) -> str:
    """What somebody types for a call, or "" where it takes more than a word that can be typed."""
    values = [value for value in call.values.values() if isinstance(value, str)]
    if call.form or len(values) > 1 or len(values) < len(call.values) or any(" " in value for value in values):
        return ""
    return named(" ".join([f"/{call.command}", *values, *([call.words] if call.words else [])]), KEPT)


def _card(shown: Card) -> str:
    title = f"**{MARKS[shown.tone]}{shown.title}**" if shown.title else ""
    image = f"Picture: {shown.image.alt}" if shown.image else ""
    return "\n\n".join(part for part in (title, *map(_element, shown.body), image) if part)


def _element(shown: Element) -> str:
    match shown:
        case Text():
            return shown.markdown
        case Facts():
            return "\n".join(f"- **{name}:** {value}" for name, value in shown.rows)
        case Table():
            caption = f"{shown.caption}\n\n" if shown.caption else ""
            return caption + _fenced(plain.table(Table(shown.columns, shown.rows, "", shown.numeric)))
        case Meter():
            return f"{shown.label}: {shown.done} of {shown.total}"
        case Chart():
            return _fenced(plain.chart(shown))
        case Picture():
            return f"Picture: {shown.alt}"
        case Buttons():
            return "\n".join(_pressables(shown.items))
        case Menu():
            return "\n".join([f"{shown.label}:", "", *_pressables(shown.options)])
        case Feedback():
            return ""
        case Plan():
            return "\n".join(f"- {plain.step(each)}" for each in shown.steps)
        case _:
            assert_never(shown)


def _fenced(columns: str) -> str:
    return f"```\n{columns}\n```"


def _pressables(items: tuple[Button | Link, ...]) -> Iterator[str]:
    """Lines of a list of their own: another sign than `-` parts it from a list that stands before it."""
    for each in items:
        match each:
            case Button():
                words = typed(each.call)
                yield f"* {each.label}: `{words}`" if words else f"* {each.label}"
            case Link():
                yield f"* {each.label}: {each.url}"
            case _:
                assert_never(each)
