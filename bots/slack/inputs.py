"""A field of a form as inputs of a modal, and what stands in them as the field's value.

https://docs.slack.dev/reference/block-kit/block-elements
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bots.divided import divided, fitting, joined
from bots.payload import Payload, inner, items, words
from bots.slack.limits import OPTION_VALUE
from bots.slack.posts import Block
from core.request import Typed
from core.ui import Field, Kind, Option

ACTION = "field"
"""The action id of every input; a block holds one."""

PART = 3000
"""Characters that a plain_text_input takes. https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element"""
LABEL = HINT = 2000
OPTION_TEXT = 75
RADIO_AT_MOST = 5
"""More choices are a menu; Slack's own limit is 10."""
CHECKBOXES_AT_MOST = 10
PARTS_AT_FIRST, WHOLE_TEXT = 3, 4
"""Inputs of an empty field, where it takes a text of so many or more: whoever has written one elsewhere pastes it as a whole."""
UNSHOWN = 1500
"""Characters of a hint for what could not be chosen."""
MORE = "Leave it empty, unless the one above is full"
NEARLY_FULL = 2000
"""Characters in the last input from which there is one more."""
PARTS_AT_MOST = 6
"""Of a field that takes less than that: a value that grew too long is shown whole, so that it can be shortened."""

YES, NO = Option("yes", "Yes"), Option("no", "No")
SAID = {"yes": "yes", "y": "yes", "true": "yes", "on": "yes", "no": "no", "n": "no", "false": "no", "off": "no"}
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?")
_BLOCK = re.compile(r"(?P<name>[^#@]+)(?:#(?P<part>\d{1,3}))?(?:@\d{1,9})?")


def block_id(name: str, part: int = 0, again: int = 0) -> str:
    """The id of the block of a field: its name, which part of a long text it is, and how often it was shown before."""
    return name + (f"#{part + 1}" if part else "") + (f"@{again}" if again else "")


def name_in(block: str) -> str:
    """The name of the field that a block is of."""
    found = _BLOCK.fullmatch(block)
    return found["name"] if found else block


def most_blocks(field: Field) -> int:
    """How many blocks the field may come to, whatever stands in it."""
    return max(_parts_allowed(field), PARTS_AT_MOST) if field.kind in _WRITTEN else 1


def blocks(field: Field, value: Typed, again: int = 0) -> list[Block]:
    """The inputs of a field, with its value in them."""
    if field.kind in _WRITTEN and not field.completes:
        return _written(field, _text(value), again)
    return [_input(field, _element(field, value), again=again, unshown=_unshown(field, value))]


def typed(field: Field, before: Typed, state: Payload) -> Typed | None:
    """What stands in a field's inputs: "" where it was left empty, None where it was not shown. It was shown with `before`."""
    found = {_part_of(block): inner(state, block, ACTION) for block in state if name_in(block) == field.name}
    if not found:
        return None
    first = found[min(found)]
    if "selected_options" in first:
        return tuple(words(each, "value") for each in items(first, "selected_options")) or ""
    if field.kind not in _WRITTEN or field.completes:
        return _one(first)
    parts = divided(_text(before), PART)
    unseen = parts.texts[most_blocks(field) :]
    text = joined([*(_one(found[part]) for part in sorted(found)), *unseen], parts, PART)
    lines = tuple(line.strip() for line in text.splitlines() if line.strip())
    return lines if field.kind is Kind.LIST and len(lines) > 1 else text


def same(field: Field, one: Typed, other: Typed) -> bool:
    """Whether two values look the same in the field."""
    return blocks(field, one) == blocks(field, other)


def plain(text: str, most: int) -> Block:
    """A plain text object: nothing in it pings, links or turns into a picture."""
    return {"type": "plain_text", "text": cut(text, most), "emoji": False}


def cut(text: str, most: int) -> str:
    """The text, or as many of its words as fit with an ellipsis."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    by_word = head.rsplit(" ", 1)[0]
    return (by_word if len(by_word) >= most // 2 else head).rstrip(" ,;:.–-") + "…"


def option(each: Option) -> Block:
    """An option object."""
    return {"text": plain(each.label or each.value, OPTION_TEXT), "value": each.value}


_WRITTEN = frozenset({Kind.LINE, Kind.LONG, Kind.LIST})


def _input(field: Field, element: Block, *, part: int = 0, of: int = 1, again: int = 0, unshown: str = "") -> Block:
    label = field.label if of == 1 else f"{field.label} ({part + 1} of {of})"
    hint = field.hint if part == 0 else MORE if part == 1 else ""
    hint = f"{hint}. {unshown}".removeprefix(". ") if unshown else hint
    return {
        "type": "input",
        "block_id": block_id(field.name, part, again),
        "label": plain(label or field.name, LABEL),
        "element": {"action_id": ACTION, **element},
        "optional": part > 0 or not field.required,
        **({"hint": plain(hint, HINT)} if hint else {}),
    }


def _written(field: Field, text: str, again: int) -> list[Block]:
    """One input; as many as the text fills, and one more once the last is nearly full, while the field takes more."""
    parts = divided(text, PART).texts
    allowed = _parts_allowed(field)
    at_first = PARTS_AT_FIRST if allowed >= WHOLE_TEXT else 1
    wanted = max(len(parts) + (len(parts[-1]) > NEARLY_FULL), at_first) if allowed > 1 else len(parts)
    number = min(wanted, max(allowed, min(len(parts), most_blocks(field))))
    shown = [*parts, *[""] * number][:number]
    return [
        _input(field, _text_input(field, each, alone=number == 1), part=part, of=number, again=again)
        for part, each in enumerate(shown)
    ]


def _parts_allowed(field: Field) -> int:
    return -(-field.max_length // PART)


def _text_input(field: Field, text: str, *, alone: bool) -> Block:
    """An input that takes no more than the field, unless what is there is longer, nor than Slack allows."""
    most = max(field.max_length, len(text.encode("utf-16-le", "surrogatepass")) // 2)
    limited = alone and field.kind is not Kind.LIST and most < PART
    multiline = field.kind is not Kind.LINE or not alone or "\n" in text
    return {
        "type": "plain_text_input",
        "multiline": multiline,
        "max_length": most if limited else PART,
        **({"initial_value": text} if text else {}),
    }


def _element(field: Field, value: Typed) -> Block:
    """The one input of a field that is more than words; one that cannot show its value is words after all."""
    text = _text(value)
    match field.kind:
        case Kind.NUMBER if not text or NUMBER.fullmatch(text):
            return {"type": "number_input", "is_decimal_allowed": True, **({"initial_value": text} if text else {})}
        case Kind.DATE if not text or _is_date(text):
            return {"type": "datepicker", **({"initial_date": text} if text else {})}
        case Kind.CHOICE if field.options or _fits(text):
            return _choice(field.options, text, required=field.required)
        case Kind.YES_NO:
            return _choice((YES, NO), SAID.get(text.casefold(), text), required=field.required)
        case Kind.CHOICES if field.options or any(_fits(each) for each in _each(value)):
            return _choices(field.options, value)
        case _ if field.completes and (not text or _fits(text)):
            known = next((each for each in field.options if each.value == text), Option(text, text))
            initial = {"initial_option": option(known)} if text else {}
            return {"type": "external_select", "min_query_length": 0, **initial}
        case _:
            return _text_input(field, text[: fitting(text, PART)], alone=True)


def _choice(options: Sequence[Option], text: str, *, required: bool) -> Block:
    """Radio buttons where something must be chosen of few; else a menu, in which a choice can be taken back."""
    offered, chosen = _offered(options, (text,) if text else ())
    kind = "radio_buttons" if required and len(offered) <= RADIO_AT_MOST else "static_select"
    return {"type": kind, "options": offered, **({"initial_option": chosen[0]} if chosen else {})}


def _choices(options: Sequence[Option], value: Typed) -> Block:
    offered, chosen = _offered(options, _each(value))
    kind = "checkboxes" if len(offered) <= CHECKBOXES_AT_MOST else "multi_static_select"
    return {"type": kind, "options": offered, **({"initial_options": chosen} if chosen else {})}


def _offered(options: Sequence[Option], given: Sequence[str]) -> tuple[list[Block], list[Block]]:
    """The options, and those of them that are given; a value that is no longer among them is offered besides, where it fits."""
    offered = [option(each) for each in options]
    by_name = {name.casefold(): made for each, made in zip(options, offered, strict=True) for name in (each.label, each.value)}
    chosen: list[Block] = []
    for each in given:
        made = by_name.get(each.casefold())
        if made is None:
            if not _fits(each):
                continue
            made = by_name[each.casefold()] = option(Option(each, each))
            offered.append(made)
        if made not in chosen:
            chosen.append(made)
    return offered, chosen


def _each(value: Typed) -> list[str]:
    """The choices that a value stands for."""
    given = [each.strip() for each in value.split(",")] if isinstance(value, str) else value
    return [each for each in given if each]


def _fits(text: str) -> bool:
    """Whether Slack takes the text as the value of an option."""
    return 0 < len(text) <= OPTION_VALUE


def _unshown(field: Field, value: Typed) -> str:
    """Of a choice, what is given and cannot be among the options, so that it can still be read."""
    if field.kind is not Kind.YES_NO and not (field.kind in (Kind.CHOICE, Kind.CHOICES) and field.options):
        return ""
    known = {name.casefold() for each in field.options for name in (each.value, each.label)}
    given = _each(value) if field.kind is Kind.CHOICES else [_text(value)]
    lost = [each for each in given if len(each) > OPTION_VALUE and each.casefold() not in known]
    return f"Not one of these: “{cut(', '.join(lost), UNSHOWN)}”" if lost else ""


def _one(element: Payload) -> str:
    """What one input holds."""
    value = words(element, "value") or words(element, "selected_date")
    return value or words(inner(element, "selected_option"), "value")


def _part_of(block: str) -> int:
    found = _BLOCK.fullmatch(block)
    return int(found["part"]) - 1 if found and found["part"] else 0


def _text(value: Typed) -> str:
    return value if isinstance(value, str) else "\n".join(value)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
