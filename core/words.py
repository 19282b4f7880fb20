"""Cleaning what people type, once, before anything else sees it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from core.request import Asked, Typed

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without control characters, marks that reverse its direction, and halves of surrogate pairs.

    Line ends become a line feed; tabs stay. Nothing else is changed, so that what people wrote is kept as they wrote it.
    """
    if text.isprintable():  # and has none of these: they all are marks that nobody sees
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text))


def clean_values(values: Mapping[str, Typed]) -> dict[str, Typed]:
    """The same for what was typed into fields."""
    return {
        clean(name): clean(value) if isinstance(value, str) else tuple(clean(item) for item in value)
        for name, value in values.items()
    }


def with_clean_words(asked: Asked) -> Asked:
    """The same command, with what was typed after it and into its fields cleaned."""
    words, values = clean(asked.words), clean_values(asked.values)
    return asked if (words, values) == (asked.words, asked.values) else replace(asked, words=words, values=values)
