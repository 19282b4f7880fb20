"""Filling in a form as Slack's own client lets one: by the labels of its fields, within their limits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from tests.servers.slack.blocks import options_of
from tests.servers.slack.reading import SeenField, SeenModal, blocks_text, text_of, value_text
from tests.servers.slack.shapes import Impossible, Json
from tests.servers.slack.things import View

Filled: TypeAlias = str | Sequence[str]
TEXT_KINDS = frozenset({"plain_text_input", "number_input", "email_text_input", "url_text_input"})
MISSING = "Please complete this required field."


def inputs(view: View) -> list[Json]:
    """The input blocks of a view."""
    return [each for each in view.blocks if each["type"] == "input"]


def input_named(view: View, label: str) -> Json:
    """The input block with this label."""
    found = [each for each in inputs(view) if text_of(each["label"]) == label]
    if not found:
        raise Impossible(f"no field {label!r}; there are {[text_of(each['label']) for each in inputs(view)]}")
    return found[0]


def set_value(view: View, block: Json, value: Json) -> None:
    """Put a value into a field."""
    element = block["element"] if block["type"] == "input" else None
    assert element is not None
    view.typed.setdefault(block["block_id"], {})[element["action_id"]] = {"type": element["type"], **value}


def entered(element: Json, given: Filled, offered: Sequence[Json]) -> Json:
    """What stands in a field once a person has filled it; `offered` are the options of a menu that fetches them.

    Raises Impossible where the field does not let them: no such option, no such day.
    """
    kind = element["type"]
    several = [given] if isinstance(given, str) else list(given)
    if kind in TEXT_KINDS:
        if "\n" in given and not element.get("multiline", False):
            raise Impossible("this field has one line")
        return {"value": str(given) or None}
    if kind in {"static_select", "radio_buttons", "external_select"}:
        return {"selected_option": _option(several[0], options_of(element) or offered) if several[0] else None}
    if kind in {"multi_static_select", "checkboxes", "multi_external_select"}:
        return {"selected_options": [_option(each, options_of(element) or offered) for each in several if each]}
    if kind == "datepicker":
        _check(date.fromisoformat, several[0], "a day, such as 2026-01-31")
        return {"selected_date": several[0] or None}
    if kind == "timepicker":
        _check(lambda text: datetime.strptime(text, "%H:%M"), several[0], "a time, such as 09:30")
        return {"selected_time": several[0] or None}
    if kind == "datetimepicker":
        return {"selected_date_time": int(several[0])}
    raise Impossible(f"this person cannot fill in a {kind}")


def _option(label: str, options: Sequence[Json]) -> Json:
    """The option with this text, or the only one that begins so."""
    same = [each for each in options if text_of(each["text"]) == label]
    alike = same or [each for each in options if label and text_of(each["text"]).startswith(label)]
    if same or len(alike) == 1:
        return {name: value for name, value in alike[0].items() if name in {"text", "value", "description"}}
    raise Impossible(f"no option {label!r}; there are {[text_of(each['text']) for each in options]}")


def _check(reads: object, text: str, what: str) -> None:
    assert callable(reads)
    try:
        if text:
            reads(text)
    except ValueError:
        raise Impossible(f"{text!r} is not {what}") from None


def complaints(view: View) -> dict[str, str]:
    """What Slack's client has against the form as it is filled in: by label. Nothing is sent then."""
    found = {}
    for block in inputs(view):
        element = block["element"]
        value = view.typed.get(block["block_id"], {}).get(element["action_id"], {})
        wrong = _complaint(element, value, optional=block.get("optional", False))
        if wrong:
            found[text_of(block["label"])] = wrong
    return found


def _complaint(element: Json, value: Json, *, optional: bool) -> str:
    text = value_text(value)
    if not text:
        return "" if optional else MISSING
    match element["type"]:
        case "plain_text_input":
            least, most = element.get("min_length", 0), element.get("max_length", 3000)
            if len(text) > most:
                return f"This entry can't be longer than {most} characters."
            return f"This entry needs at least {least} characters." if len(text) < least else ""
        case "number_input":
            return _number(element, text)
        case "email_text_input":
            return "" if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text) else "Please enter a valid email address."
        case "url_text_input":
            return "" if re.fullmatch(r"https?://\S+", text) else "Please enter a valid URL."
        case _:
            return ""


def _number(element: Json, text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return "Please enter a number."
    if not number.is_finite() or (not element["is_decimal_allowed"] and number != number.to_integral_value()):
        return "Please enter a whole number."
    if "min_value" in element and number < Decimal(element["min_value"]):
        return f"Enter a number of at least {element['min_value']}."
    if "max_value" in element and number > Decimal(element["max_value"]):
        return f"Enter a number of at most {element['max_value']}."
    return ""


def seen_modal(view: View) -> SeenModal:
    """The form as it stands before a person."""
    fields = []
    for block in inputs(view):
        element = block["element"]
        value = view.typed.get(block["block_id"], {}).get(element["action_id"], {})
        fields.append(
            SeenField(
                text_of(block["label"]),
                element["type"],
                value_text(value),
                text_of(block["hint"]) if "hint" in block else "",
                block.get("optional", False),
                tuple(text_of(each["text"]) for each in options_of(element)),
                view.errors.get(block["block_id"], ""),
            )
        )
    shown = view.shown
    text = blocks_text(each for each in view.blocks if each["type"] != "input")
    submit, close = shown.get("submit"), shown.get("close")
    return SeenModal(
        text_of(shown["title"]),
        text,
        tuple(fields),
        text_of(submit) if submit else "",
        text_of(close) if close else "Cancel",
        view,
    )
