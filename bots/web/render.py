"""Answers as HTML: every element of `core.ui`, so that every command can be used on the web."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import assert_never
from urllib.parse import quote

from markupsafe import Markup

from bots.web import chart_data, fields
from bots.web.tags import isolated, joined, tag
from bots.web.ways import Ways
from core.plans import Plan
from core.request import File
from core.ui import (
    Button,
    Buttons,
    Card,
    Chart,
    Element,
    Facts,
    Feedback,
    Form,
    Link,
    Menu,
    Message,
    Meter,
    Page,
    Picture,
    Speaker,
    Table,
    Text,
)
from core.ui import Tone as Tones

OPEN_AT_MOST = 3
"""A menu of so many stands open: to open it would be one tap more than to choose."""
APART_FROM = 5
"""Columns from which on a table's rows stand apart on a phone, each value under its head: the last ones stood out of sight."""
STATES = {"waiting": "Still to come", "running": "At work", "done": "Done", "failed": "Did not work"}


@dataclass(frozen=True, slots=True)
class Linked:
    """Rows, and the menu whose options open them, in the same order."""

    facts: Facts
    menu: Menu


class Drawing:
    """Draws for one page. `charts`: it has drawn one, so the page needs what draws them."""

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        self.charts = False

    def answer(self, answer: Message | Page | Form) -> Markup:
        """A whole answer."""
        match answer:
            case Message():
                return self.message(answer)
            case Page(title, cards):
                return joined((tag("h1", title), *(self.card(each) for each in cards)))
            case Form():
                return fields.drawn(answer, self.ways)
            case _:
                assert_never(answer)

    def form(self, form: Form, back: str, *, stays: bool = False) -> Markup:
        """A form within a page, to which its answer leads back; one that `stays` there cannot be left."""
        return fields.drawn(form, self.ways.back_to(back), compact=True, stays=stays)

    def message(self, message: Message) -> Markup:
        """Who talks, what they say, and the cards and files that come with it."""
        return tag(
            "div",
            speaker(message.speaker, self.ways) if message.speaker else "",
            tag("div", self.ways.prose(message.text), class_="said") if message.text else "",
            *(self.card(each) for each in message.cards),
            *(_download(each) for each in message.files),
            class_="message",
        )

    def card(self, card: Card) -> Markup:
        """A titled piece of an answer."""
        inner: list[Markup] = [tag("h2", card.title)] if card.title else []
        inner += [self.picture(card.image)] if card.image else []
        inner += [self.listed(each) if isinstance(each, Linked) else self.element(each) for each in self._linked(card.body)]
        tone = "" if card.tone is Tones.PLAIN else f" tone-{card.tone.value}"
        return tag("section", *inner, class_=f"card{tone}")

    def listed(self, rows: Linked) -> Markup:
        """Rows whose names lead to what they are about."""
        lines = (
            tag("div", tag("dt", tag("a", isolated(name), href=self.ways.opened_by(way.call))), tag("dd", isolated(value)))
            for (name, value), way in zip(rows.facts.rows, rows.menu.options, strict=True)
        )
        return tag("dl", *lines, class_="facts")

    def _linked(self, body: Sequence[Element]) -> Sequence[Element | Linked]:
        """The rows of a list with the menu that opens one of them as one: a page has links, and needs no second list of names."""
        facts = [each for each in body if isinstance(each, Facts)]
        menus = [each for each in body if isinstance(each, Menu) and any(self._opens(one, each) for one in facts)]
        if len(facts) != 1 or not menus:
            return body
        linked = {id(facts[0]): Linked(facts[0], menus[0])}
        return [linked.get(id(each), each) for each in body if each is not menus[0]]

    def _opens(self, facts: Facts, menu: Menu) -> bool:
        """Whether each option shows what the row of its number is about: it begins with the same word."""
        return len(facts.rows) == len(menu.options) and all(
            self.ways.opened_by(way.call) and _first(name) == _first(way.label)
            for (name, _), way in zip(facts.rows, menu.options, strict=True)
        )

    def element(self, element: Element) -> Markup:
        """One element of a card."""
        match element:
            case Text(markdown):
                return tag("div", self.ways.prose(markdown), class_="text")
            case Facts(rows):
                return tag(
                    "dl", *(tag("div", self._term(name), tag("dd", isolated(value))) for name, value in rows), class_="facts"
                )
            case Table():
                return self.table(element)
            case Meter():
                return meter(element)
            case Chart():
                return self.chart(element)
            case Picture():
                return self.picture(element)
            case Buttons(items):
                return tag("div", *(self._pressed(each) for each in items), class_="buttons")
            case Menu(label, options):
                presses = tag("div", *(self.ways.pressed(each) for each in options), class_="buttons")
                return tag("details", tag("summary", label), presses, class_="menu", open=len(options) <= OPEN_AT_MOST)
            case Feedback():
                return self.element(element.buttons)
            case Plan():
                return plan(element)
            case _:
                assert_never(element)

    def table(self, table: Table) -> Markup:
        """Rows under heads, in a frame that scrolls where the page is narrow; rows of many columns stand apart there."""
        if len(table.columns) >= APART_FROM:
            return _apart(table)
        heads = (tag("th", name, scope="col", class_=_side(table, at)) for at, name in enumerate(table.columns))
        rows = (
            tag("tr", *(tag("td", isolated(cell), class_=_side(table, at)) for at, cell in enumerate(row))) for row in table.rows
        )
        caption = tag("caption", table.caption) if table.caption else ""
        whole = tag("table", caption, tag("thead", tag("tr", *heads)), tag("tbody", *rows))
        return tag("div", whole, class_="scroll", tabindex="0", role="group", aria_label=table.caption or "Table")

    def chart(self, chart: Chart) -> Markup:
        """A chart that a script draws, with what it shows in words and its figures as a table for whoever cannot see it."""
        self.charts = True
        return chart_data.figure(chart, self.table)

    def picture(self, picture: Picture) -> Markup:
        """An image that came with the answer; its words alone where the content is somewhere else."""
        if not picture.file.content:
            return tag("p", picture.alt)
        return tag("img", src=_data_url(picture.file), alt=picture.alt, class_="picture", loading="lazy")

    def _term(self, name: str) -> Markup:
        """The name of a fact; a command's leads to it."""
        address = self.ways.named(name.removeprefix("/")) if name.startswith("/") else ""
        return tag("dt", tag("a", name, href=address) if address else isolated(name))

    def _pressed(self, item: Button | Link) -> Markup:
        match item:
            case Button():
                return self.ways.pressed(item)
            case Link(label, url):
                if not url.startswith(("https://", "http://", "mailto:")):
                    return tag("span", f"{label}: {url}")
                return tag("a", label, class_="button", href=url, rel="noopener noreferrer")
            case _:
                assert_never(item)


def meter(meter: Meter) -> Markup:
    """How much is done, as a bar and in figures."""
    words = f"{meter.done} of {meter.total}"
    head = tag("span", tag("span", meter.label), tag("span", words, class_="count"), class_="meter-head")
    bar = tag("progress", words, value=meter.done, max=max(1, meter.total), aria_label=meter.label)
    return tag("div", head, bar, class_="meter")


def plan(plan: Plan) -> Markup:
    """Steps, and how each stands."""
    steps = (
        tag("li", tag("span", STATES[each.state], class_="state"), f" {each.title}", class_=f"step {each.state}")
        for each in plan.steps
    )
    return tag("ol", *steps, class_="plan")


def speaker(speaker: Speaker, ways: Ways) -> Markup:
    """Who talks: face and name."""
    stem = quote(PurePath(speaker.avatar).stem)
    face = tag("img", src=ways.url(f"/faces/{stem}.png"), alt="", width=32, height=32) if stem else ""
    return tag("p", face, tag("strong", speaker.name), class_="speaker")


def _apart(table: Table) -> Markup:
    """A table whose rows stand apart where the page is narrow; its roles are said, since the style takes them away there."""
    heads = (tag("th", name, scope="col", role="columnheader", class_=_side(table, at)) for at, name in enumerate(table.columns))
    return tag(
        "table",
        tag("caption", table.caption) if table.caption else "",
        tag("thead", tag("tr", *heads, role="row"), role="rowgroup"),
        tag("tbody", *(_row_apart(table, row) for row in table.rows), role="rowgroup"),
        class_="apart",
        role="table",
        aria_label=table.caption or "Table",
    )


def _row_apart(table: Table, row: Sequence[str]) -> Markup:
    first, *others = row
    cells = (
        tag("td", isolated(cell), role="cell", class_=_side(table, at), data_label=name)
        for at, (name, cell) in enumerate(zip(table.columns[1:], others, strict=True), start=1)
    )
    return tag("tr", tag("td", isolated(first), role="cell"), *cells, role="row")


def _side(table: Table, at: int) -> str | None:
    return "number" if at in table.numeric else None


def _download(file: File) -> Markup:
    if not file.content:
        return tag("p", file.name)
    size = f"{max(1, round(len(file.content) / 1000)):,} KB"
    return tag("p", tag("a", f"Download {file.name}", class_="button", href=_data_url(file), download=file.name), f" {size}")


def _data_url(file: File) -> str:
    return f"data:{file.media_type.partition(';')[0]};base64,{base64.b64encode(file.content).decode()}"


def _first(text: str) -> str:
    """The first word, without the sign that may stand before it."""
    return next(iter(re.findall(r"\w+", text)), "")
