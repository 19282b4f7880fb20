"""An answer as Rich shows it: pure, and fitted to whatever width it is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import assert_never

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text as Words

from bots.terminal.elements import Bars, Drawn, Framed, Named, Row, Sheet, Sparks, pressable
from bots.terminal.prose import prose
from core.plain import MARKS
from core.plans import Plan, Step
from core.ui import (
    Buttons,
    Card,
    Chart,
    Element,
    Facts,
    Feedback,
    Menu,
    Message,
    Meter,
    Page,
    Picture,
    Speaker,
    Table,
    Text,
    Tone,
)

BORDERS = {Tone.PLAIN: "dim", Tone.GOOD: "green", Tone.CAREFUL: "yellow", Tone.BAD: "red"}

COLOURS = {"waiting": "dim", "running": "cyan", "done": "green", "failed": "red"}
"""Of steps, by their states."""
VOICES = ("blue", "green", "magenta", "cyan", "yellow", "red")
"""The terminal's own colours, which its owner chose to be readable on its own ground."""


SHORT = 20
"""Signs up to which the options of a menu stand beside each other."""


def message(shown: Message) -> RenderableType:
    """A message: who speaks, what they say, and its cards."""
    parts: list[RenderableType] = []
    if shown.speaker:
        parts.append(speaker(shown.speaker))
    if shown.text:
        parts.append(prose(shown.text))
    return Group(*parts, after_text(shown)) if parts else after_text(shown)


def after_text(shown: Message) -> RenderableType:
    """What a message brings besides its words."""
    return Group(*(card(each) for each in shown.cards), *(Words(f"File: {each.name}") for each in shown.files))


def page(shown: Page) -> RenderableType:
    """A whole page."""
    return Group(Words(shown.title, style="bold"), *(card(each) for each in shown.cards))


def card(shown: Card) -> RenderableType:
    """A card in a frame of its tone; a row of buttons alone needs none."""
    body = _apart(_elements((*shown.body, *((shown.image,) if shown.image else ()))))
    bare = not shown.title and all(isinstance(each, Buttons) for each in shown.body)
    if bare and shown.tone is Tone.PLAIN:
        return Padding(body, (1, 2, 0, 2))
    border = BORDERS[shown.tone]
    title = Words(shown.title, style="bold" if border == "dim" else f"bold {border}") if shown.title else None
    return Framed(body, title, border)


def _elements(body: tuple[Element, ...]) -> Iterator[RenderableType]:
    """The elements of a card; meters that follow each other stand together, and so do lines."""
    for kind, alike in groupby(body, type):
        together = list(alike)
        if kind is Meter:
            yield Bars(tuple(each for each in together if isinstance(each, Meter)))
        elif len(together) > 1 and all(map(_is_plain_line, together)):
            yield Sparks(tuple(each for each in together if isinstance(each, Chart)))
        else:
            yield from map(element, together)


def _is_plain_line(shown: Element) -> bool:
    return isinstance(shown, Chart) and shown.kind == "line" and len(shown.series) == 1


def element(shown: Element) -> RenderableType:
    """One element."""
    match shown:
        case Text():
            return prose(shown.markdown)
        case Facts():
            return Named(shown)
        case Table():
            return Sheet(shown)
        case Meter():
            return Bars((shown,))
        case Chart():
            return Drawn(shown)
        case Picture():
            return Words(f"Picture: {shown.alt}", style="dim")
        case Buttons():
            return Row(tuple(pressable(each) for each in shown.items))
        case Menu():
            options = tuple(pressable(each) for each in shown.options)
            short = all(each.cell_len <= SHORT for each in options)
            return Group(Words(shown.label, style="dim"), *((Row(options),) if short else options))
        case Feedback():
            return element(shown.buttons)
        case Plan():
            return Group(*(step(each) for each in shown.steps))
        case _:
            assert_never(shown)


def step(shown: Step) -> Words:
    """A step after the mark of how it stands."""
    return Words.assemble((MARKS[shown.state], COLOURS[shown.state]), " ", (shown.title, "dim"))


def speaker(shown: Speaker) -> Words:
    """The name of the agent who talks, always in the same colour."""
    return Words(shown.name, style=f"bold {VOICES[sum(shown.name.encode()) % len(VOICES)]}")


def _apart(parts: Iterable[RenderableType]) -> Group:
    """The parts with an empty line between each two."""
    spaced: list[RenderableType] = []
    for part in parts:
        spaced += [Words(""), part] if spaced else [part]
    return Group(*spaced)
