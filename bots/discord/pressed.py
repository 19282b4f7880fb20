"""Buttons, menus and thumbs in Discord's terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

import structlog

from bots.discord import calls, limits, parts
from bots.discord.parts import Box, Part
from bots.discord.posts import Component
from bots.discord.text import escaped, link
from core.ui import Button, Buttons, Call, Feedback, Link, Menu

log = structlog.get_logger()

PRIMARY, SECONDARY, OPENS = 1, 2, 5
"""https://docs.discord.com/developers/components/reference#button-button-styles"""
MENU = "menu:"
"""What a menu itself goes by, with a number: its options carry the calls."""
GOOD, BAD = "👍", "👎"
ALONE = "–"
"""What stands where there are no words."""

Each = TypeVar("Each")


class Ids:
    """What things go by within one answer: equal calls are kept apart."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def call(self, call: Call) -> str:
        """The id of one more thing that does this."""
        return self.of(calls.written(call))

    def of(self, written: str) -> str:
        """The same, for a call that was written."""
        before = self._seen[written]
        self._seen[written] = before + 1
        return calls.numbered(written, before)

    def menu(self) -> str:
        """The id of one more menu."""
        self._seen[MENU] += 1
        return f"{MENU}{self._seen[MENU]}"


def buttons(shown: Buttons, ids: Ids, box: Box | None) -> Iterator[Part]:
    """Rows of at most five; what is too long for a button stands in full above them."""
    items = [(each, leads) for each in shown.items if (leads := _leads(each))]
    told = [escaped(each.label) for each, _ in items if len(each.label) > limits.LABEL]
    told += [_told(each) for each in shown.items if isinstance(each, Link) and not _opens(each)]
    yield from _lines(told, box)
    for row in _rows(items, limits.BUTTONS):
        yield _row([_button(each, leads, ids) for each, leads in row], box)


def menu(shown: Menu, ids: Ids, box: Box | None) -> Iterator[Part]:
    """A menu, or several where there are too many options for one. A label that is too long goes on below itself."""
    options = [each for each in shown.options if _leads(each)]
    yield from _lines([escaped(each.label) for each in options if len(_halves(each.label)[1]) > limits.ABOUT], box)
    rows = list(_rows(options, limits.OPTIONS))
    for row in rows:
        label = shown.label.strip() if len(rows) == 1 else f"{shown.label}: {row[0].label} to {row[-1].label}"
        if len(label) > limits.PLACEHOLDER:
            yield from _lines([escaped(label)], box)
        select: Component = {
            "type": parts.SELECT,
            "custom_id": ids.menu(),
            "placeholder": _cut(label or "Choose", limits.PLACEHOLDER),
            "options": tuple(_option(each, ids) for each in row),
        }
        yield _row([select], box)


def feedback(shown: Feedback, ids: Ids, box: Box | None) -> Part:
    """Two thumbs under an answer."""
    thumbs = [(GOOD, shown.good), (BAD, shown.bad)]
    row: list[Component] = [
        {"type": parts.BUTTON, "style": SECONDARY, "emoji": {"name": face}, "custom_id": ids.call(call)} for face, call in thumbs
    ]
    return _row(row, box)


def stop(custom_id: str) -> Part:
    """What ends an answer that grows."""
    return _row([{"type": parts.BUTTON, "style": SECONDARY, "label": "Stop", "custom_id": custom_id}], None)


def _button(shown: Button | Link, leads: str, ids: Ids) -> Component:
    label = _cut(shown.label.strip() or ALONE, limits.LABEL)
    if isinstance(shown, Link):
        return {"type": parts.BUTTON, "label": label, "style": OPENS, "url": leads}
    return {"type": parts.BUTTON, "label": label, "style": PRIMARY if shown.primary else SECONDARY, "custom_id": ids.of(leads)}


def _option(shown: Button, ids: Ids) -> Component:
    label, about = _halves(shown.label)
    return {"label": label, "value": ids.call(shown.call), **({"description": _cut(about, limits.ABOUT)} if about else {})}


def _halves(label: str) -> tuple[str, str]:
    """What an option says, and what is below it of a label that is too long."""
    words = " ".join(label.split()) or ALONE
    if len(words) <= limits.OPTION:
        return words, ""
    space = words.rfind(" ", limits.OPTION // 2, limits.OPTION)
    cut = space if space > 0 else limits.OPTION - 1
    return f"{words[:cut]}…", f"…{words[cut:].strip()}"


def _leads(shown: Button | Link) -> str:
    """Where a link leads, if it opens, or what a button does, if it can carry that; else "", and for a button an error is logged:
    what is larger was to be kept before it came here (`core.sharing`)."""
    if isinstance(shown, Link):
        return shown.url if _opens(shown) else ""
    leads = calls.if_it_fits(shown.call)
    if leads is None:
        log.error("discord button dropped", command=shown.call.command)
    return leads or ""


def _opens(shown: Link) -> bool:
    return shown.url.startswith(("https://", "http://")) and len(shown.url) <= limits.LINK


def _told(shown: Link) -> str:
    address = link(shown.url) if shown.url.startswith(("https://", "http://")) else escaped(shown.url)
    return f"{escaped(shown.label)}: {address}"


def _lines(told: Sequence[str], box: Box | None) -> Iterator[Part]:
    """Lines above what can be pressed."""
    for each in told:
        yield parts.text(each, box, leads=True)


def _cut(words: str, at_most: int) -> str:
    return words if len(words) <= at_most else f"{words[: at_most - 1]}…"


def _row(held: Sequence[Component], box: Box | None) -> Part:
    return Part({"type": parts.ROW, "components": tuple(held)}, box, trails=True)


def _rows(items: Sequence[Each], at_most: int) -> Iterator[Sequence[Each]]:
    return (items[at : at + at_most] for at in range(0, len(items), at_most))
