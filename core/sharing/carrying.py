"""Calls that are larger than a button: which they are, and the same cards with others in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.request import Typed
from core.ui import Button, Buttons, Call, Card, Element, Feedback, Menu

SMALL = 90
"""Characters of a call that fit behind any button: Discord's have 100, with what tells equal ones apart."""
PLAIN = re.compile(r"[\w .,;'\"()/+-]")
"""Signs that stand for themselves wherever a call is written down. Every other may take three characters, or nine."""


def is_small(call: Call) -> bool:
    """Whether any button carries it, whatever signs stand in it."""
    names = [call.command, *call.values, call.words]
    values = [each for value in call.values.values() for each in _each(value)]
    return sum(map(_room, names + values)) + len(names) + len(values) <= SMALL


def too_large(cards: tuple[Card, ...]) -> tuple[Call, ...]:
    """What no button may carry of all that can be pressed there, each call once."""
    found: list[Call] = []
    for card in cards:
        for element in card.body:
            found += [call for call in _calls(element) if not is_small(call) and call not in found]
    return tuple(found)


def with_others(cards: tuple[Card, ...], others: Sequence[tuple[Call, Call]]) -> tuple[Card, ...]:
    """The cards, each of these calls in the place of the one that it is named with."""

    def other(call: Call) -> Call:
        return next((new for old, new in others if old == call), call)

    def button(shown: Button) -> Button:
        return replace(shown, call=other(shown.call))

    def element(shown: Element) -> Element:
        match shown:
            case Buttons(items):
                return Buttons(tuple(button(each) if isinstance(each, Button) else each for each in items))
            case Menu(options=options):
                return replace(shown, options=tuple(map(button, options)))
            case Feedback(good, bad):
                return Feedback(other(good), other(bad))
            case _:
                return shown

    return tuple(replace(card, body=tuple(map(element, card.body))) for card in cards)


def _calls(element: Element) -> list[Call]:
    match element:
        case Buttons(items):
            return [each.call for each in items if isinstance(each, Button)]
        case Menu(options=options):
            return [each.call for each in options]
        case Feedback(good, bad):
            return [good, bad]
        case _:
            return []


def _each(value: Typed) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _room(text: str) -> int:
    """Characters that the text takes at most; a space counts for more where it could get lost."""
    signs = PLAIN.sub("", text)
    ends = 2 * (text.startswith(" ") + text.endswith(" "))
    return len(text) + ends + sum(2 if each.isascii() else 8 for each in signs)
