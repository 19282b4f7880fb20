"""What a person reads in Discord's messages and forms, and what they put into these."""

from __future__ import annotations

import re

from tests.servers.discord.forms import Filled, SeenField, SeenModal
from tests.servers.discord.reading import MENUS, Seen, every

SEVERAL, ONE, BOX = frozenset({"checks"}), frozenset({"select", "radio"}), "check"
HEADER = re.compile(r"\A(?:(?::\w+:|[^\w\s*]) \*\*(?P<faced>.+?)\*\*\n?|\*\*(?P<named>\w+)\*\*\n)")
"""The line over what an agent says where it cannot have a name and a face of its own."""
MARKED = re.compile(r"(?P<code>```.*?```)|\\(?P<sign>[!-/:-@\[-`{-~])|\*\*|^(?:#{1,3}|-#) ", re.MULTILINE | re.DOTALL)
"""Signs of Discord's Markdown, which its client does not show."""
TICKS = {"☐": "[ ]", "✓": "[x]"}
"""Boxes as other surfaces write them."""


def plain(text: str) -> str:
    """The text without the signs of Markdown, as Discord shows it."""
    for drawn, written in TICKS.items():
        text = text.replace(drawn, written)
    return MARKED.sub(lambda found: found["code"] or found["sign"] or "", text)


def as_said(seen: Seen) -> str:
    """A message after who says it and a colon."""
    header = HEADER.match(seen.text)
    author, text = (header["faced"] or header["named"], seen.text[header.end() :]) if header else (seen.author, seen.text)
    return f"{author}:\n{plain(text)}"


def menus_of(seen: Seen) -> list[tuple[str, list[str]]]:
    """The menus of a message: what each shows, and its options."""
    return [
        (each.get("placeholder") or str(each["custom_id"]), [option["label"] for option in each.get("options", [])])
        for each in every(seen.message.components)
        if each["type"] in MENUS
    ]


def parts_of(modal: SeenModal, name: str) -> list[SeenField]:
    """The field with this label, in all its parts."""
    return [each for each in modal.fields if each.label == name or re.fullmatch(rf"{re.escape(name)} \(\d+ of \d+\)", each.label)]


def meant(field: SeenField, words: str) -> Filled:
    """What a person puts into the field who means these words: a choice may be named by its number, as on a terminal."""
    if field.kind == BOX:
        return words.casefold() in {"1", "yes"}
    if field.kind in SEVERAL:
        return [_option(field, each.strip()) for each in words.split(",") if each.strip()]
    return _option(field, words) if field.kind in ONE else words


def _option(field: SeenField, words: str) -> str:
    if words.isdecimal() and 1 <= int(words) <= len(field.options):
        return field.options[int(words) - 1]
    return next((each for each in field.options if each.casefold() == words.casefold()), words)


def modal_text(modal: SeenModal) -> str:
    """A form as plain text, with what stands in its fields."""
    fields = [
        "\n".join(
            part
            for part in (
                each.label,
                each.description,
                each.placeholder,
                f"Now: {each.value}" if each.value else "",
                *each.options,
                each.error,
            )
            if part
        )
        for each in modal.fields
    ]
    return "\n\n".join([modal.title, plain(modal.text), *fields, modal.trouble]).rstrip()
