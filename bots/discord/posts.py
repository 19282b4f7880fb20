"""One message of Discord's, as it is drawn and before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Component: TypeAlias = Mapping[str, object]
"""A component as Discord's API has it. https://docs.discord.com/developers/components/reference"""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file of a message; components speak of it as `attachment://<name>`. `alt` stands for it where it cannot be seen."""

    name: str
    content: bytes = field(repr=False)
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A message of components (Components V2): at most 40 in all, 4,000 characters of text, and ten files."""

    components: tuple[Component, ...]
    files: tuple[Enclosure, ...] = ()
