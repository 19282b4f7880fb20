"""HTML, written so that whatever is not markup already is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from markupsafe import Markup, escape

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


@cache
def _named(key: str) -> str:
    return key.removesuffix("_").replace("_", "-")
