"""A module's worksheet: its questions as a form, and its answers, some of which fill the Foundation too."""

from __future__ import annotations

from collections.abc import Mapping

from core.course.model import Standing
from core.course.modules import Module, Question
from core.foundation.model import Foundation
from core.foundation.service import Foundations
from core.foundation.typed import write_cell
from core.request import Typed
from core.ui import Field, Form, Kind, Option

COMMAND = "module worksheet"
ANSWER_AT_MOST = 4_000
LINE_AT_MOST = 300
KINDS = {"text": Kind.LINE, "long": Kind.LONG, "list": Kind.LIST, "number": Kind.NUMBER, "choice": Kind.CHOICE}


def form(
    standing: Standing,
    foundation: Foundation,
    foundations: Foundations,
    typed: Mapping[str, Typed] | None = None,
    problems: Mapping[str, str] | None = None,
) -> Form:
    """The worksheet with what was answered before; a question that fills a Foundation cell shows what the cell holds."""
    here = standing.module
    kept = standing.progress.worksheet if standing.progress else {}
    known: dict[str, Typed] = {**kept, **{name: text for name, text in filled(here, foundation, foundations).items() if text}}
    unseen: dict[str, Typed] = {"module": str(here.number), "seen": str(foundation.version)}
    also = [each.label for each in here.worksheet.fields if each.foundation]
    intro = here.worksheet.about.strip()
    if len(also) == len(here.worksheet.fields):
        intro += "\n\nYour answers fill your Foundation too."
    elif also:
        intro += f"\n\nThese fill your Foundation too: {', '.join(also)}."
    fields = tuple(_field(each) for each in here.worksheet.fields)
    return Form(COMMAND, here.worksheet.title, fields, {**unseen, **known, **(typed or {})}, problems or {}, intro)


def filled(here: Module, foundation: Foundation, foundations: Foundations) -> dict[str, str]:
    """What the Foundation holds for the questions that fill it, as it would be typed, by the questions' names."""
    found = {}
    for each in here.worksheet.fields:
        if each.foundation:
            value, cell = foundation.value(each.foundation), foundations.cells.by_field.get(each.foundation)
            found[each.name] = write_cell(cell, value) if cell else str(value or "")
    return found


def answers(here: Module, typed: Mapping[str, Typed]) -> dict[str, str]:
    """What was typed for the worksheet's questions, lists with one item a line."""
    texts = {each.name: typed.get(each.name, "") for each in here.worksheet.fields}
    return {name: (text if isinstance(text, str) else "\n".join(text)).strip() for name, text in texts.items()}


def wrong(here: Module, given: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the answers, by the questions' names."""
    problems = {}
    for each in here.worksheet.fields:
        text = given[each.name]
        most = LINE_AT_MOST if each.kind in ("text", "number") else ANSWER_AT_MOST
        if len(text) > most:
            problems[each.name] = f"That is {len(text):,} characters; at most {most:,} fit here."
        elif text and each.kind == "choice" and text not in each.choices:
            problems[each.name] = f"Choose one of these: {', '.join(each.choices)}."
    return problems


def _field(question: Question) -> Field:
    most = LINE_AT_MOST if question.kind in ("text", "number") else ANSWER_AT_MOST
    options = tuple(Option(each, each) for each in question.choices)
    return Field(question.name, question.label, KINDS[question.kind], question.hint, False, options, most)
