"""Buttons, menus and thumbs in Slack's terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar, assert_never

from bots.slack import limits
from bots.slack.calls import CALL, written
from bots.slack.posts import Block
from core.ui import Button, Buttons, Feedback, Link, Menu

LINK = "link"
"""The action id of a button that only opens an address, with a number after it."""
Each = TypeVar("Each")


def buttons(shown: Buttons, numbers: Iterator[int]) -> Iterator[Block]:
    """Rows of at most 25 buttons."""
    for row in _rows(shown.items, limits.ACTIONS):
        yield _actions([_pressable(each, next(numbers)) for each in row])


def menu(shown: Menu, numbers: Iterator[int]) -> Iterator[Block]:
    """A menu, or several where there are too many options for one; buttons where a call is too long for an option."""
    values = [written(each.call) for each in shown.options]
    if len(set(values)) < len(values) or any(len(each) > limits.OPTION_VALUE for each in values):
        yield from [{"type": "context", "elements": [plain(shown.label, limits.CONTEXT)]}] if shown.label.strip() else []
        yield from buttons(Buttons(shown.options), numbers)
        return
    rows = list(_rows(list(zip(shown.options, values, strict=True)), limits.OPTIONS))
    for row in rows:
        label = shown.label if len(rows) == 1 else f"{shown.label}: {row[0][0].label} to {row[-1][0].label}"
        options = [{"text": plain(each.label, limits.LABEL), "value": value} for each, value in row]
        select = {"type": "static_select", "action_id": f"{CALL}:{next(numbers)}", "options": options}
        yield _actions([{**select, "placeholder": plain(label or "Choose", limits.PLACEHOLDER)}])


def feedback(shown: Feedback, numbers: Iterator[int]) -> Block:
    """Two thumbs under an answer."""
    good, bad = shown.buttons.items
    thumbs = {
        "type": "feedback_buttons",
        "action_id": f"{CALL}:{next(numbers)}",
        "positive_button": {"text": plain(good.label, limits.LABEL), "value": written(shown.good)},
        "negative_button": {"text": plain(bad.label, limits.LABEL), "value": written(shown.bad)},
    }
    return {"type": "context_actions", "elements": [thumbs]}


def plain(words: str, at_most: int) -> Block:
    """Plain words: no sign in them has a meaning, and what would be cut ends with a sign of that."""
    shown = words.strip() or "–"
    return {"type": "plain_text", "text": shown if len(shown) <= at_most else f"{shown[: at_most - 1]}…", "emoji": False}


def _pressable(shown: Button | Link, number: int) -> Block:
    face: Block = {"type": "button", "text": plain(shown.label, limits.LABEL)}
    match shown:
        case Button():
            style = {"style": "primary"} if shown.primary else {}
            return {**face, "action_id": f"{CALL}:{number}", "value": written(shown.call), **style}
        case Link():
            return {**face, "action_id": f"{LINK}:{number}", "url": shown.url}
        case _:
            assert_never(shown)


def _actions(elements: Sequence[Block]) -> Block:
    return {"type": "actions", "elements": list(elements)}


def _rows(items: Sequence[Each], at_most: int) -> Iterator[Sequence[Each]]:
    return (items[at : at + at_most] for at in range(0, len(items), at_most))
