"""An answer in Slack's words: a command that Slack keeps for itself is called by the name that it has here."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar, assert_never

from bots.slack.names import KEPT
from bots.slack.text import named
from core.plans import Plan
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
    Table,
    Text,
)

Pressed = TypeVar("Pressed", Button, Button | Link)


def reserved(groups: frozenset[str]) -> frozenset[str]:
    """Of the names of the catalog's commands, those that Slack keeps."""
    return groups & KEPT


def worded(message: Message, kept: frozenset[str]) -> Message:
    """The message with `/elevate-me` for `/me`, wherever people read it; what is pressed, sent or kept stays as it is."""
    if not kept:
        return message
    return replace(message, text=named(message.text, kept), cards=tuple(_card(each, kept) for each in message.cards))


def worded_page(page: Page, kept: frozenset[str]) -> Page:
    """The same for a page."""
    return replace(page, title=named(page.title, kept), cards=tuple(_card(each, kept) for each in page.cards)) if kept else page


def worded_form(form: Form, kept: frozenset[str]) -> Form:
    """The same for a form: its questions and what is said about them; what stands in its fields is somebody's own."""
    if not kept:
        return form
    fields = tuple(replace(each, label=named(each.label, kept), hint=named(each.hint, kept)) for each in form.fields)
    problems = {name: named(each, kept) for name, each in form.problems.items()}
    return replace(form, title=named(form.title, kept), intro=named(form.intro, kept), fields=fields, problems=problems)


def _card(shown: Card, kept: frozenset[str]) -> Card:
    return replace(shown, title=named(shown.title, kept), body=tuple(_element(each, kept) for each in shown.body))


def _element(shown: Element, kept: frozenset[str]) -> Element:
    match shown:
        case Text():
            return Text(named(shown.markdown, kept))
        case Facts():
            return Facts(tuple((named(name, kept), named(value, kept)) for name, value in shown.rows))
        case Table():
            rows = tuple(tuple(named(cell, kept) for cell in row) for row in shown.rows)
            return replace(shown, rows=rows, caption=named(shown.caption, kept))
        case Buttons():
            return Buttons(tuple(_pressed(each, kept) for each in shown.items))
        case Menu():
            return Menu(named(shown.label, kept), tuple(_pressed(each, kept) for each in shown.options))
        case Plan():
            return Plan(tuple(replace(each, title=named(each.title, kept)) for each in shown.steps))
        case Meter() | Chart() | Picture() | Feedback():
            return shown
        case _:
            assert_never(shown)


def _pressed(shown: Pressed, kept: frozenset[str]) -> Pressed:
    label = named(shown.label, kept)
    return shown if label == shown.label else replace(shown, label=label)
