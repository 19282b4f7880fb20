"""HTML, written so that whatever is not markup already is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from markupsafe import Markup, escape

RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
"""Letters that are written from the right: Hebrew, Arabic and their kin."""
FROM_RIGHT = re.compile(f"(?<=“)[^“”]*[{RIGHT}][^“”]*(?=”)|[{RIGHT}](?:[{RIGHT}\\s'’.-]*[{RIGHT}])?")
VOID = frozenset({"br", "hr", "img", "input"})

Attribute = str | int | bool | None


def tag(name: str, /, *inner: str | Markup, **attributes: Attribute) -> Markup:
    """An element. `class_` loses its underscore, `data_x` becomes `data-x`; None and False leave an attribute away."""
    return tagged(name, inner, {_named(key): value for key, value in attributes.items()})


def tagged(name: str, inner: Iterable[str | Markup], attributes: Mapping[str, Attribute]) -> Markup:
    """An element whose attributes have the names that they are given; names are ours, and are not escaped.

    A page with three years of weeks has thousands of elements, so that they are put together as plain strings.
    """
    written = "".join(
        f" {key}" if value is True else f' {key}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    opened = f"<{name}{written}>"
    return Markup(opened) if name in VOID else Markup(f"{opened}{joined(inner)}</{name}>")


def joined(parts: Iterable[str | Markup]) -> Markup:
    """One after the other."""
    return Markup("".join([escape(each) for each in parts]))


def isolated(text: str) -> Markup:
    """A text in which a name from the right moves nothing that stands beside it, such as the day."""
    parts, at = [], 0
    for found in FROM_RIGHT.finditer(text):
        parts += [escape(text[at : found.start()]), tag("bdi", found.group())]
        at = found.end()
    return joined((*parts, text[at:]))


@cache
def _named(key: str) -> str:
    return key.removesuffix("_").replace("_", "-")
