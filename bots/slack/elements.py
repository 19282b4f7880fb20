"""Each element of an answer as parts of a message or of the home tab: in Slack's newest terms where known, or plainer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby
from typing import assert_never

from bots.pieces import pieces
from bots.slack import figures, limits, pressed
from bots.slack.parts import Part
from bots.slack.posts import Block, Feature
from bots.slack.rich import block, code, rich, section, text
from bots.slack.text import APART, marked, without_tables
from core import markdown as reading
from core import plain
from core.charted import alt, beside
from core.plans import Plan
from core.request import File
from core.ui import Buttons, Card, Chart, Element, Facts, Feedback, Menu, Meter, Picture, Table, Text, Tone

MARKS = {Tone.PLAIN: "", Tone.GOOD: "✓ ", Tone.CAREFUL: "△ ", Tone.BAD: "✕ "}
BAR = 10
"""Signs in the bar of a meter."""
PLAN = "Who does what"
STATES = {"waiting": "pending", "running": "in_progress", "done": "complete", "failed": "error"}
"""Of steps, in Slack's words."""
SHOWN_AS_IMAGE = frozenset({"image/png", "image/jpeg", "image/gif"})
"""https://docs.slack.dev/reference/block-kit/blocks/image-block"""


@dataclass(frozen=True, slots=True)
class Way:
    """How to show things: where, what the workspace does not know, which charts are drawn, and whether a table has a post's room.

    `numbers` counts what can be pressed.
    """

    home: bool = False
    without: frozenset[Feature] = frozenset()
    drawn: Mapping[Chart, bytes] = field(default_factory=dict)
    one_table: bool = True
    numbers: Iterator[int] = field(default_factory=count)

    def knows(self, feature: Feature) -> bool:
        """Whether Slack's newer thing may be used: the home tab has none of them for sure."""
        return not self.home and feature not in self.without


def card(shown: Card, way: Way) -> Iterator[Part]:
    """A card: its title with a quiet mark of its tone, what is in it, and its image."""
    body, mark = shown.body, MARKS[shown.tone]
    if shown.title:
        yield from title(f"{mark}{shown.title}")
    elif mark and body and isinstance(body[0], Text) and body[0].markdown[:1].isalnum():
        body = (Text(mark + body[0].markdown), *body[1:])
    for kind, alike in groupby((*body, *((shown.image,) if shown.image else ())), type):
        together = list(alike)
        if kind is Meter:
            yield meters([each for each in together if isinstance(each, Meter)])
        else:
            yield from (part for each in together for part in element(each, way))


def title(words: str) -> Iterator[Part]:
    """A heading; one that is too long for a header is bold."""
    plainly = " ".join(words.split())
    if len(plainly) <= limits.HEADER:
        yield Part({"type": "header", "text": pressed.plain(plainly, limits.HEADER)}, plainly, leads=True)
    else:
        yield from (Part(each, plainly, leads=True) for each in block([section([text(plainly, "bold")])]))


def element(shown: Element, way: Way) -> Iterator[Part]:
    """One element."""
    match shown:
        case Text():
            yield from prose(shown.markdown, way)
        case Facts():
            yield from _facts(shown)
        case Table():
            yield from _table(shown, way)
        case Meter():
            yield meters([shown])
        case Chart():
            yield from _chart(shown, way)
        case Picture():
            yield _picture(shown, way)
        case Buttons():
            yield from map(Part, pressed.buttons(shown, way.numbers))
        case Menu():
            yield from map(Part, pressed.menu(shown, way.numbers))
        case Feedback() if way.knows(Feature.FEEDBACK):
            yield Part(pressed.feedback(shown, way.numbers))
        case Feedback():
            yield from element(shown.buttons, way)
        case Plan():
            yield from _plan(shown, way)
        case _:
            assert_never(shown)


def prose(markdown: str, way: Way) -> Iterator[Part]:
    """Words: as Markdown where Slack reads that, and else as rich text."""
    if way.knows(Feature.MARKDOWN):
        known = markdown if way.knows(Feature.TABLE) else without_tables(markdown)
        for piece in pieces(marked(known), limits.MARKDOWN):
            yield Part({"type": "markdown", "text": piece}, reading.plain(piece).replace(APART, ""))
    else:
        for piece in pieces(markdown, limits.SECTION):
            words = reading.plain(piece)
            for at, each in enumerate(rich(piece)):
                yield Part(each, words if at == 0 else "")


def meters(shown: Sequence[Meter]) -> Part:
    """Bars under each other; the bar comes first, so that they begin at one edge."""
    elements: list[Block] = []
    for each in shown:
        done = 0 if each.total <= 0 else round(BAR * min(max(each.done, 0), each.total) / each.total)
        elements += [text("\n")] if elements else []
        elements += [
            text(f"{'█' * done}{'░' * (BAR - done)}  "),
            text(each.label, "bold"),
            text(f"  {each.done} of {each.total}"),
        ]
    (bars,) = block([section(elements)])
    return Part(bars, "\n".join(f"{each.label}: {each.done} of {each.total}" for each in shown))


def _plan(shown: Plan, way: Way) -> Iterator[Part]:
    """Steps that tick off: as Slack's own plan where it is known, else a line each."""
    words = plain.element(shown)
    if not way.knows(Feature.PLAN):
        yield from (Part(each, words) for each in block([section([text(words)])]))
        return
    tasks = [
        {"type": "task_card", "task_id": each.key, "title": each.title[: limits.TASK], "status": STATES[each.state]}
        for each in shown.steps
    ]
    yield Part({"type": "plan", "title": PLAN, "tasks": tasks}, words)


def _facts(shown: Facts) -> Iterator[Part]:
    """A line each: on a phone, fields beside each other would take two."""
    lines: list[Block] = []
    words: list[str] = []
    for name, value in shown.rows:
        more = [text(f"{name}:", "bold"), text(f" {value or figures.EMPTY}\n")]
        if lines and sum(len(each["text"]) for each in (*lines, *more)) > limits.SECTION:
            yield from (Part(each, "\n".join(words)) for each in block([section(lines)]))
            lines, words = [], []
        lines += more
        words.append(f"{name}: {value}")
    yield from (Part(each, "\n".join(words)) for each in block([section(lines)] if lines else []))


def _table(shown: Table, way: Way) -> Iterator[Part]:
    """The table in the best way there is; its caption stands over it."""
    if shown.caption:
        caption = {"type": "context", "elements": [pressed.plain(shown.caption, limits.CONTEXT)]}
        yield Part(caption, shown.caption, leads=True)
    words = plain.table(Table(shown.columns, shown.rows, "", shown.numeric))
    if not shown.rows or not shown.columns:
        return
    if way.knows(Feature.TABLE) and way.one_table and figures.table_fits(shown):
        for at, each in enumerate(figures.tables(shown)):
            yield Part(each, words if at == 0 else "")
    elif way.knows(Feature.TABLE) and way.knows(Feature.MARKDOWN):
        for piece in pieces(figures.markdown_table(shown), limits.MARKDOWN):
            yield Part({"type": "markdown", "text": marked(piece)}, reading.plain(piece))
    elif max(map(len, words.splitlines())) <= figures.NARROW:
        for at in range(0, len(shown.rows), limits.TABLE_ROWS // 2):
            rows = plain.table(Table(shown.columns, shown.rows[at : at + limits.TABLE_ROWS // 2], "", shown.numeric))
            yield from (Part(each, rows) for each in block([code(rows)]))
    else:
        for at in range(0, len(shown.rows), limits.TABLE_ROWS // 2):
            rows_here = Table(shown.columns, shown.rows[at : at + limits.TABLE_ROWS // 2], "", shown.numeric)
            yield from (Part(each, plain.table(rows_here)) for each in block([figures.records(rows_here)]))


def _chart(shown: Chart, way: Way) -> Iterator[Part]:
    """Slack's own chart, with the range that it cannot show in words below; or a picture; or signs."""
    if way.knows(Feature.CHART) and figures.chart_fits(shown):
        range_said = beside(shown)
        yield Part(figures.chart(shown), alt(shown), leads=bool(range_said))
        if range_said:
            yield Part({"type": "context", "elements": [pressed.plain(f"{range_said}.", limits.CONTEXT)]}, "")
    elif way.home or shown not in way.drawn:
        yield from (Part(each, alt(shown)) for each in block([code(plain.chart(shown))]))
    else:
        yield Part(_image(alt(shown)), alt(shown), File("chart.png", "image/png", way.drawn[shown]))


def _picture(shown: Picture, way: Way) -> Part:
    if not way.home and shown.file.content and shown.file.media_type in SHOWN_AS_IMAGE:
        return Part(_image(shown.alt), shown.alt, shown.file)
    words = {"type": "context", "elements": [pressed.plain(f"Picture: {shown.alt}", limits.CONTEXT)]}
    return Part(words, shown.alt)


def _image(words: str) -> Block:
    return {"type": "image", "alt_text": words[: limits.ALT] or "A picture"}
