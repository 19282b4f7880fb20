"""Each element of an answer as parts of a message in Discord."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby
from pathlib import PurePath
from typing import assert_never

from bots.discord import figures, limits, parts, pressed, prose
from bots.discord.parts import Box, Part
from bots.discord.posts import Enclosure
from bots.discord.pressed import Ids
from bots.discord.text import begun, escaped, literal
from core import plain
from core.charted import alt
from core.plans import Plan, Step
from core.request import File
from core.ui import Buttons, Card, Chart, Element, Facts, Feedback, Menu, Meter, Picture, Table, Text, Tone

MARKS = {Tone.PLAIN: "", Tone.GOOD: "✓ ", Tone.CAREFUL: "△ ", Tone.BAD: "✕ "}
ACCENTS = {Tone.PLAIN: None, Tone.GOOD: 0x23A55A, Tone.CAREFUL: 0xF0B232, Tone.BAD: 0xF23F43}
"""The green, yellow and red of Discord's own client; a mark in the title says the same to those who see no colours."""
BAR = 10
"""Signs in the bar of a meter."""
SHOWN_AS_IMAGE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


@dataclass(frozen=True, slots=True)
class Way:
    """What is known while one answer is drawn: the pictures of its charts, and what its files and buttons go by."""

    drawn: Mapping[Chart, bytes]
    ids: Ids = field(default_factory=Ids)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))


def card(shown: Card, way: Way, number: int) -> Iterator[Part]:
    """A card in a box with an edge of its tone's colour; what has neither title, tone nor image stands free."""
    body, mark = shown.body, MARKS[shown.tone]
    box = Box(number, ACCENTS[shown.tone]) if shown.title or mark or shown.image else None
    if shown.title:
        yield from title(f"{mark}{shown.title}", 3, box)
    elif mark and body and isinstance(body[0], Text) and body[0].markdown[:1].isalnum():
        body = (Text(mark + body[0].markdown), *body[1:])
    for kind, alike in groupby((*body, *((shown.image,) if shown.image else ())), type):
        together = list(alike)
        if kind is Meter:
            yield from meters([each for each in together if isinstance(each, Meter)], box)
        else:
            yield from (part for each in together for part in element(each, way, box))


def title(words: str, level: int, box: Box | None = None) -> Iterator[Part]:
    """A heading of a level from 1 to 3."""
    for texts in prose.written(f"{'#' * level} {literal(' '.join(words.split()))}"):
        yield from (parts.text(each, box, leads=True) for each in texts if each)


def element(shown: Element, way: Way, box: Box | None) -> Iterator[Part]:
    """One element."""
    match shown:
        case Text():
            yield from words(shown.markdown, box)
        case Facts():
            yield from _lines([_fact(*each) for each in shown.rows], box)
        case Table():
            yield from _table(shown, box)
        case Meter():
            yield from meters([shown], box)
        case Chart():
            yield from _chart(shown, way, box)
        case Picture():
            yield from _picture(shown, way, box)
        case Buttons():
            yield from pressed.buttons(shown, way.ids, box)
        case Menu():
            yield from pressed.menu(shown, way.ids, box)
        case Feedback():
            yield pressed.feedback(shown, way.ids, box)
        case Plan():
            yield from _lines([step(each) for each in shown.steps], box)
        case _:
            assert_never(shown)


def step(shown: Step) -> str:
    """A step of a plan: what is under way stands out, what is to come stays in the background."""
    title = escaped(f"{plain.MARKS[shown.state]} {' '.join(shown.title.split())}")
    return f"**{title}**" if shown.state == "running" else title


def words(markdown: str, box: Box | None = None) -> Iterator[Part]:
    """Text in standard Markdown."""
    for texts in prose.written(markdown):
        for at, each in enumerate(texts):
            if at:
                yield parts.rule(box)
            if each:
                yield parts.text(each, box)


def meters(shown: Sequence[Meter], box: Box | None) -> Iterator[Part]:
    """Bars under each other; the bar comes first, so that they begin at one edge."""
    lines = []
    for each in shown:
        done = 0 if each.total <= 0 else round(BAR * min(max(each.done, 0), each.total) / each.total)
        label = f" **{escaped(' '.join(each.label.split()))}**" if each.label.strip() else ""
        lines.append(f"{'▰' * done}{'▱' * (BAR - done)}{label} {each.done} of {each.total}")
    yield from _lines(lines, box)


def file(shown: File, way: Way) -> Part:
    """A file at the end of a message: to be seen at once where it is a picture, else to be opened."""
    if shown.media_type in SHOWN_AS_IMAGE:
        return _gallery(_enclosure(shown, shown.name, way), None)
    enclosed = _enclosure(shown, "", way)
    return Part({"type": parts.FILE, "file": {"url": f"attachment://{enclosed.name}"}}, None, enclosed)


def _fact(name: str, value: str) -> str:
    lines = "\n".join([" ".join(words) for line in value.splitlines() if (words := line.split())])
    said = begun(escaped(lines or figures.EMPTY))
    label = escaped(" ".join(name.split()))
    return f"**{label}:** {said}" if label else said


def _lines(lines: Iterable[str], box: Box | None, gap: str = "\n") -> Iterator[Part]:
    """Lines under each other, as many together as there is room for."""
    held = ""
    for line in lines:
        both = f"{held}{gap}{line}" if held else line
        if len(both) <= prose.ROOM:
            held = both
            continue
        if held:
            yield parts.text(held, box)
        held = line
        if len(line) > prose.ROOM:
            yield from _parted(line, box)
            held = ""
    if held:
        yield parts.text(held, box)


def _parted(line: str, box: Box | None) -> Iterator[Part]:
    """One line that is too long by itself, cut at a space where there is one; never between a sign and what takes its meaning."""
    while len(line) > prose.ROOM:
        at = line.rfind(" ", prose.ROOM // 2, prose.ROOM)
        at = at if at > 0 else prose.ROOM - 1 - (line[prose.ROOM - 2] == "\\")
        yield parts.text(line[:at], box)
        line = line[at:].lstrip()
    if line:
        yield parts.text(line, box)


def _table(shown: Table, box: Box | None) -> Iterator[Part]:
    """The table under its caption: in columns, or row by row where a phone is too narrow for them."""
    if shown.caption.strip():
        yield parts.text(f"-# {escaped(' '.join(shown.caption.split()))}", box, leads=True)
    if not shown.rows or not shown.columns:
        return
    flat = [tuple(" ".join(cell.split()) for cell in row) for row in (shown.columns, *shown.rows)]
    if figures.is_narrow(flat, shown.numeric):
        head, rule, *lines = figures.columns(flat, shown.numeric).split("\n")
        at_once = prose.ROOM // (figures.NARROW + 1) - 2
        for at in range(0, len(lines), at_once):
            yield parts.text(figures.fenced("\n".join([head, rule, *lines[at : at + at_once]])), box)
    else:
        cells = [tuple(map(escaped, row)) for row in flat]
        gap = "\n" if figures.is_short(cells) else "\n\n"
        yield from _lines(figures.records(cells, shown.numeric).split(gap), box, gap)


def _chart(shown: Chart, way: Way, box: Box | None) -> Iterator[Part]:
    if shown in way.drawn:
        yield _gallery(_enclosure(File("chart.png", "image/png", way.drawn[shown]), alt(shown), way), box)
        return
    signs = plain.chart(shown)
    if all(len(line) <= figures.NARROW for line in signs.split("\n")):
        yield parts.text(figures.fenced(signs), box)
    else:
        yield from words(literal(alt(shown)), box)


def _picture(shown: Picture, way: Way, box: Box | None) -> Iterator[Part]:
    if shown.file.content and shown.file.media_type in SHOWN_AS_IMAGE:
        yield _gallery(_enclosure(shown.file, shown.alt, way), box)
    else:
        yield from words(f"Picture: {literal(shown.alt)}", box)


def _gallery(enclosed: Enclosure, box: Box | None) -> Part:
    item = {"media": {"url": f"attachment://{enclosed.name}"}, "description": enclosed.alt or "A picture"}
    return Part({"type": parts.GALLERY, "items": (item,)}, box, enclosed)


def _enclosure(shown: File, about: str, way: Way) -> Enclosure:
    """The file under a name that Discord leaves as it is, with its number: within a message each has its own."""
    path = PurePath(shown.name.replace("\\", "/"))
    stem, end = (re.sub(r"[^A-Za-z0-9_-]+", "_", each).strip("_") for each in (path.stem, path.suffix))
    number = next(way.numbers)
    name = f"{stem or 'file'}{f'-{number}' if number > 1 else ''}{f'.{end}' if end else ''}"
    said = " ".join(about.split())
    return Enclosure(name, shown.content, said if len(said) <= limits.ALT else f"{said[: limits.ALT - 1]}…")
