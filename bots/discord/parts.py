"""Pieces of a message before it is known which post each goes into, and how they are put together within Discord's limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from bots.discord import limits
from bots.discord.posts import Component, Enclosure, Post

ROW, BUTTON, SELECT, TEXT, GALLERY, FILE, RULE, BOX = 1, 2, 3, 10, 12, 13, 14, 17
"""https://docs.discord.com/developers/components/reference#component-object-component-types"""


class Box(NamedTuple):
    """A card on the screen. `number` parts it from the next one; `accent` is the colour of its edge, as 0xRRGGBB."""

    number: int
    accent: int | None = None


class Part(NamedTuple):
    """One component, and the card that it stands in.

    `leads`: it heads what follows, and is not left at a post's end. `trails`: it belongs to what stands before it.
    """

    component: Component
    box: Box | None = None
    enclosed: Enclosure | None = None
    leads: bool = False
    trails: bool = False

    @property
    def words(self) -> str:
        """The text that is shown, where it is one."""
        return str(self.component["content"]) if self.component["type"] == TEXT else ""

    @property
    def inner(self) -> tuple[Component, ...]:
        """What can be pressed in it."""
        held = self.component.get("components")
        return tuple(held) if isinstance(held, tuple) else ()


def text(words: str, box: Box | None = None, *, leads: bool = False) -> Part:
    """Words in Discord's Markdown, at most 4,000 characters."""
    return Part({"type": TEXT, "content": words}, box, leads=leads)


def rule(box: Box | None = None) -> Part:
    """A line across."""
    return Part({"type": RULE}, box)


def packed(parts: Iterable[Part]) -> tuple[Post, ...]:
    """As few posts as the limits allow, in order."""
    joined = _joined(parts)
    groups = [joined] if _fits(joined) else _together(_bound(joined))
    return tuple(post for each in groups for post in _post(each))


def _joined(parts: Iterable[Part]) -> list[Part]:
    """Headings with the text below them, and thumbs with the buttons beside them: fewer components, less empty space."""
    found: list[Part] = []
    for part in parts:
        last = found[-1] if found else None
        if last is not None and last.box == part.box:
            if last.leads and (above := last.words) and (below := part.words) and len(above) + len(below) < limits.TEXT:
                found[-1] = text(f"{above}\n{below}", part.box, leads=part.leads)
                continue
            if part.trails and _is_thumbs(part) and _is_buttons(last) and len(last.inner) + len(part.inner) <= limits.BUTTONS:
                found[-1] = last._replace(component={**last.component, "components": last.inner + part.inner})
                continue
        found.append(part)
    return found


def _is_buttons(part: Part) -> bool:
    return bool(part.inner) and all(each["type"] == BUTTON for each in part.inner)


def _is_thumbs(part: Part) -> bool:
    return _is_buttons(part) and all("label" not in each for each in part.inner)


def _bound(parts: Sequence[Part]) -> Iterator[Sequence[Part]]:
    """What stays together: a heading with what it heads, buttons with what they belong to. One by one, where that is too much."""
    held: list[Part] = []
    for part in parts:
        if held and not (held[-1].leads or part.trails):
            yield from [held] if _fits(held) else [[each] for each in held]
            held = []
        held.append(part)
    if held:
        yield from [held] if _fits(held) else [[each] for each in held]


def _together(groups: Iterable[Sequence[Part]]) -> Iterator[Sequence[Part]]:
    held: list[Part] = []
    for group in groups:
        if held and not _fits([*held, *group]):
            yield held
            held = []
        held += group
    if held:
        yield held


def _fits(parts: Sequence[Part]) -> bool:
    components = words = files = 0
    box: Box | None = None
    for each in parts:
        components += 1 + len(each.inner) + (each.box is not None and each.box != box)
        words += len(each.words)
        files += each.enclosed is not None
        box = each.box
    return components <= limits.COMPONENTS and words <= limits.TEXT and files <= limits.FILES


def _post(parts: Sequence[Part]) -> Iterator[Post]:
    components: list[Component] = []
    shown: list[Part] = []
    for box, group in groupby(parts, lambda each: each.box):
        inside = _without_edges(list(group))
        shown += inside
        if box is None:
            components += [each.component for each in inside]
        elif inside:
            accent = {} if box.accent is None else {"accent_color": box.accent}
            components.append({"type": BOX, **accent, "components": tuple(each.component for each in inside)})
    if components:
        yield Post(tuple(components), tuple(each.enclosed for each in shown if each.enclosed is not None))


def _without_edges(parts: list[Part]) -> list[Part]:
    """The parts without lines across that part nothing."""
    while parts and parts[0].component["type"] == RULE:
        parts = parts[1:]
    while parts and parts[-1].component["type"] == RULE:
        parts = parts[:-1]
    return parts
