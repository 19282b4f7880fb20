"""A field of a form as inputs of a modal, and what stands in them as the field's value.

https://docs.discord.com/developers/components/reference
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from bots.discord.limits import OPTION, OPTIONS, PLACEHOLDER
from bots.discord.payload import number, texts
from bots.discord.posts import Component
from bots.divided import Parts, divided, joined
from bots.payload import Payload, words
from core.request import Typed
from core.ui import Field, Kind, Option

TEXT, SELECT, LABEL, RADIO, CHECKS = 4, 3, 18, 21, 22
SHORT, PARAGRAPH = 1, 2
"""Types of components, and styles of a text input."""
ROOM = 4000
"""Characters that a text input takes."""
NAME, ABOUT = 45, 100
"""Of a label, and of the line below it; a text input's placeholder is as long as that line."""
BOXES = 10
"""Of a radio group or a group of check boxes."""
NEARLY_FULL = 3000
"""Characters in the last input of a text from which there is one more."""

YES, NO = Option("yes", "Yes"), Option("no", "No")
SAID = {"yes": "yes", "y": "yes", "true": "yes", "on": "yes", "no": "no", "n": "no", "false": "no", "off": "no"}
BY_NAME = "A part of the name is enough."
GOES_ON = "Only if there is more: the text goes on here."

Choices: TypeAlias = Mapping[str, Option]
"""The options by what Discord is told for each: the value, wherever it is not too long."""


def custom_id(name: str, part: int = 0) -> str:
    """The custom_id of an input: the field's name, and which of its inputs it is (from 0)."""
    return f"{name}#{part + 1}" if part else name


def inputs_of(field: Field, value: Typed) -> int:
    """How many inputs the field needs to show its value, and to take some more of what is nearly full."""
    if _is_chosen(field, value):
        return max(1, len(list(_chunks(field, value))))
    parts = divided(_text(value), ROOM).texts
    more = len(parts) < allowed(field) and len(parts[-1]) > NEARLY_FULL
    return len(parts) + more


def allowed(field: Field) -> int:
    """How many inputs the longest text comes to that the field takes; 1 for what is no text."""
    return max(1, -(-field.max_length // ROOM)) if field.kind in _WRITTEN else 1


def label(field: Field, value: Typed, *, part: int = 0, of: int = 1, problem: str = "") -> Component:
    """One input of a field, with its part of the value in it, under its label. `of` is how many there are."""
    suffix = f" ({part + 1} of {of})" if of > 1 else ""
    about, rest = _about(field, problem) if part == 0 else ("" if _is_chosen(field, value) else GOES_ON, "")
    return {
        "type": LABEL,
        "label": cut(field.label or field.name, NAME - len(suffix)) + suffix,
        **({"description": about} if about else {}),
        "component": {"custom_id": custom_id(field.name, part), **_element(field, value, part, of, rest)},
    }


def untold(field: Field, value: Typed) -> str:
    """The hint, where it is too long for the line below the label and nothing else shows the rest of it."""
    shown_empty = not _is_chosen(field, value) and not value
    return field.hint if len(field.hint) > ABOUT and not shown_empty else ""


def typed(field: Field, before: Typed, sent: Mapping[str, Payload]) -> Typed | None:
    """What stands in a field's inputs, by their custom_ids; "" where it was left empty, None where it was not shown.

    It was shown with `before`; what other pages show of it stays as it was.
    """
    found = {part: sent[id] for part in range(len(sent) + _most(field, before)) if (id := custom_id(field.name, part)) in sent}
    if not found:
        return None
    if any(number(each, "type") != TEXT for each in found.values()):
        return _chosen(field, before, found)
    parts = divided(_text(before), ROOM)
    there = range(max(len(parts.texts), max(found) + 1))
    whole = [words(found[part], "value") if part in found else _at(parts, part) for part in there]
    text = joined(whole, parts, ROOM)
    lines = tuple(line.strip() for line in text.splitlines() if line.strip())
    return lines if field.kind is Kind.LIST and len(lines) > 1 else text


def same(field: Field, one: Typed, other: Typed) -> bool:
    """Whether two values look the same in the field."""
    return _shown(field, one) == _shown(field, other)


def cut(text: str, most: int) -> str:
    """The text, or as many of its words as fit with an ellipsis."""
    return _split(text, most)[0]


_WRITTEN = frozenset({Kind.LINE, Kind.LONG, Kind.LIST})


def _shown(field: Field, value: Typed) -> list[Component]:
    of = inputs_of(field, value)
    return [label(field, value, part=part, of=of) for part in range(of)]


def _most(field: Field, value: Typed) -> int:
    return max(inputs_of(field, value), allowed(field)) + 1


def _split(text: str, most: int) -> tuple[str, str]:
    """What fits, by whole sentences or else by words, and the rest; an ellipsis stands on both sides of a cut sentence."""
    if len(text) <= most:
        return text, ""
    for sign in (". ", "? ", "; "):
        at = text.rfind(sign, most // 2, most)
        if at > 0:
            return text[: at + 1], text[at + 1 :].strip()
    at = text.rfind(" ", most // 2, most)
    at = at if at > 0 else most - 1
    return text[:at].rstrip(" ,;:.–-") + "…", "…" + text[at:].strip()


def _about(field: Field, problem: str) -> tuple[str, str]:
    """The line below the label, and what stands in an empty input: what is wrong comes first, then the hint. One that is only a
    figure is an example, and would read as a value below the label."""
    by_name = BY_NAME if field.completes else ""
    if problem:
        return cut(problem, ABOUT), field.hint or by_name
    if field.kind is Kind.NUMBER and not any(each.isalpha() for each in field.hint):
        return by_name, field.hint
    head, rest = _split(field.hint, ABOUT)
    return head or by_name, rest or (by_name if head else "")


def _element(field: Field, value: Typed, part: int, of: int, placeholder: str) -> Component:
    if not _is_chosen(field, value):
        return _text_input(field, _at(divided(_text(value), ROOM), part), part, of, placeholder)
    chunks = list(_chunks(field, value))
    options, chosen = chunks[part] if part < len(chunks) else chunks[-1], _picked(field, value)
    several = field.kind is Kind.CHOICES
    required = field.required and of == 1
    offered = [_option(given, each, chosen=given in chosen) for given, each in options.items()]
    grouped = of == 1 and len(offered) <= BOXES
    if grouped and several:
        return {"type": CHECKS, "options": offered, "min_values": int(required), "max_values": len(offered), "required": required}
    if grouped and required and len(offered) > 1:
        return {"type": RADIO, "options": offered, "required": True}
    most = len(offered) if several else 1
    return {
        "type": SELECT,
        "options": offered,
        "min_values": int(required),
        "max_values": most,
        "required": required,
        **({"placeholder": cut(placeholder, PLACEHOLDER)} if placeholder else {}),
    }


def _text_input(field: Field, text: str, part: int, of: int, placeholder: str) -> Component:
    """An input that takes no more than the field, unless what is there is longer, nor than Discord allows."""
    limited = of == 1 and field.kind in {Kind.LINE, Kind.LONG}
    most = min(ROOM, max(field.max_length, _units(text), 1)) if limited else ROOM
    one_line = of == 1 and field.kind not in {Kind.LONG, Kind.LIST} and "\n" not in text
    return {
        "type": TEXT,
        "style": SHORT if one_line else PARAGRAPH,
        "required": part == 0 and field.required,
        "max_length": most,
        **({"value": text} if text else {}),
        **({"placeholder": cut(placeholder, ABOUT)} if placeholder else {}),
    }


def _is_chosen(field: Field, value: Typed) -> bool:
    """Whether options are shown; a value that cannot be one of them is words after all."""
    if field.kind not in {Kind.CHOICE, Kind.CHOICES, Kind.YES_NO} or not (field.options or field.kind is Kind.YES_NO):
        return False
    known = {name.casefold() for each in _options(field) for name in (each.value, each.label)}
    return all(each.casefold() in known or len(each) <= OPTION for each in _given(field, value))


def _options(field: Field) -> tuple[Option, ...]:
    return (YES, NO) if field.kind is Kind.YES_NO else field.options


def _given(field: Field, value: Typed) -> Sequence[str]:
    if field.kind is not Kind.CHOICES:
        text = _text(value)
        return [SAID.get(text.casefold(), text) if field.kind is Kind.YES_NO else text] if text else []
    given = [each.strip() for each in value.split(",")] if isinstance(value, str) else value
    return [each for each in given if each]


def _choices(field: Field, value: Typed) -> Choices:
    """What is offered: a given value that is no longer among the options comes last."""
    known = {name.casefold() for each in _options(field) for name in (each.value, each.label)}
    gone = [Option(each, each) for each in _given(field, value) if each.casefold() not in known]
    found: dict[str, Option] = {}
    for at, each in enumerate((*_options(field), *gone)):
        found.setdefault(each.value if 0 < len(each.value) <= OPTION else f"{at}.", each)
    return found


def _picked(field: Field, value: Typed) -> frozenset[str]:
    """Which of the choices are given."""
    given = {each.casefold() for each in _given(field, value)}
    of = _choices(field, value)
    by_value = {id for id, each in of.items() if each.value.casefold() in given}
    by_label = {id for id, each in of.items() if each.label.casefold() in given - {of[one].value.casefold() for one in by_value}}
    return frozenset(by_value | by_label)


def _chunks(field: Field, value: Typed) -> Iterable[Choices]:
    """The choices, as many at a time as a menu has."""
    every = list(_choices(field, value).items())
    return [dict(every[at : at + OPTIONS]) for at in range(0, len(every), OPTIONS)]


def _option(given: str, each: Option, *, chosen: bool) -> Component:
    return {"value": given, "label": cut(each.label or each.value or given, OPTION), **({"default": True} if chosen else {})}


def _chosen(field: Field, before: Typed, found: Mapping[int, Payload]) -> Typed:
    """What was chosen: of one, the choice that is new goes before the one that was there."""
    of, chunks, was = _choices(field, before), list(_chunks(field, before)), _picked(field, before)
    elsewhere = [id for part, chunk in enumerate(chunks) if part not in found for id in chunk if id in was]
    here = [id for part in sorted(found) for id in (texts(found[part], "values") or [words(found[part], "value")]) if id]
    if field.kind is Kind.CHOICES:
        return tuple(of[id].value if id in of else id for id in (*elsewhere, *here)) or ""
    new = [id for id in here if id not in was] or here or elsewhere
    return (of[new[0]].value if new[0] in of else new[0]) if new else ""


def _at(parts: Parts, part: int) -> str:
    return parts.texts[part] if part < len(parts.texts) else ""


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _text(value: Typed) -> str:
    return value if isinstance(value, str) else "\n".join(value)
