"""Filling a ROCKET template: placeholders, optional parts, and headings that lost their text."""

from __future__ import annotations

import re
from collections.abc import Mapping

PLACEHOLDER = re.compile(r"\{([A-Za-z]+(?:\.[A-Za-z_]+)*)\}")
OPTIONAL = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_ALONE = re.compile(r"^[ \t]*\{([A-Za-z]+(?:\.[A-Za-z_]+)*)\}[ \t]*$", re.MULTILINE)
_BARE_HEADING = re.compile(r"^#{1,6} .*\n+(?=#{1,6} |\Z)", re.MULTILINE)
_CLOSING_TAG = re.compile(r"</(?=[A-Za-z])")

Filling = str | tuple[str, ...]
"""What stands for a placeholder: a text, or lines."""


class Unfilled(ValueError):
    """A placeholder outside the optional parts has no value: a mistake of ours, since a run checks what is required."""


def fill(template: str, values: Mapping[str, Filling]) -> str:
    """The template with its placeholders filled.

    An optional part falls away when one of its placeholders is empty, and so does a heading with nothing left under it.
    Lines are set as a list where their placeholder stands alone, and joined by commas within a sentence. What a student wrote
    cannot close a tag that the template opened around it, and is never read for placeholders again.

    Raises:
        Unfilled: a placeholder that is not optional is empty.
    """
    kept = OPTIONAL.sub(lambda part: part[1].strip("\n") if _is_whole(part[1], values) else "", template)
    bare = _BARE_HEADING.sub("", kept.rstrip() + "\n")
    while bare != kept:
        kept, bare = bare, _BARE_HEADING.sub("", bare)
    in_blocks = {name: _block(value) for name, value in values.items()}
    in_lines = {name: _inline(value) for name, value in values.items()}
    filled = _filled(_marked(kept), in_blocks, in_lines)
    return re.sub(r"\n{3,}", "\n\n", filled).strip() + "\n"


def placeholders(template: str) -> frozenset[str]:
    """The names of all placeholders in the template."""
    return frozenset(PLACEHOLDER.findall(template))


def required_placeholders(template: str) -> frozenset[str]:
    """The names of those that stand outside the optional parts."""
    return placeholders(OPTIONAL.sub("", template))


def _is_whole(part: str, values: Mapping[str, Filling]) -> bool:
    return all(values.get(name) for name in PLACEHOLDER.findall(part))


def _marked(template: str) -> str:
    """Placeholders that stand alone on a line are marked, so that one pass can tell them from the others."""
    return _ALONE.sub(lambda found: "{=" + found[1] + "}", template)


def _filled(template: str, blocks: Mapping[str, str], lines: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        text = (blocks if found[1] else lines).get(found[2], "")
        if not text:
            raise Unfilled(f"{{{found[2]}}} has no value")
        return text

    return re.sub(r"\{(=?)([A-Za-z]+(?:\.[A-Za-z_]+)*)\}", value, template)


def _block(value: Filling) -> str:
    text = value if isinstance(value, str) else "\n".join(f"- {line}" for line in value)
    return _CLOSING_TAG.sub("< /", text)


def _inline(value: Filling) -> str:
    text = value if isinstance(value, str) else ", ".join(value)
    return _CLOSING_TAG.sub("< /", text)
