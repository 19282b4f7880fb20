"""What other tools' exports hold, as written in `core/content/exports.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from core.contents import SHIPPED, Renewable, Written, read_yaml
from core.kpis.money import CODES

OWN = "own"
"""The source that stands for tables which people make themselves: there, figures are known by their own names too."""
_CURRENCY = re.compile(rf"\s*[(\[]({'|'.join(sorted(CODES))}|[£€$])[)\]]\s*$", re.IGNORECASE)
_UNIT = re.compile(r"\s*[(\[](?:%|#|×|x|number|count|percent)[)\]]\s*$", re.IGNORECASE)


class Count(Written):
    """A column that is added up: whole numbers, or `money`. `counted`: its filled cells are counted instead. `with_`: only where
    these columns stand too."""

    name: str
    headers: tuple[str, ...] = Field(min_length=1)
    money: bool = False
    counted: bool = False
    with_: tuple[str, ...] = Field(default=(), alias="with")
    note: str = ""


class Way(Written):
    """How a figure comes of the counts, or is given as a rate; of several ways to one, the first that can be gone is.

    `sum`: it is a count. `top` ÷ `bottom`: a rate of the sums; `lost`: what is missing to the whole. `rate`: a column that gives
    it, to be averaged by `weight`; `fraction`: a number without a percent sign is one, 0.021 for 2.1%. `only`: of rows in
    whose texts one of these words stands. `when`: only for those who settled this.
    """

    figure: str
    sum: str = ""
    top: str = ""
    bottom: str = ""
    lost: bool = False
    rate: tuple[str, ...] = ()
    weight: str = ""
    fraction: bool = False
    only: tuple[str, ...] = ()
    when: Mapping[str, str] = Field(default_factory=dict)
    note: str = ""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum(map(bool, (self.sum, self.top and self.bottom, self.rate))) != 1:
            raise ValueError(f"{self.figure} needs exactly one of sum, top with bottom, and rate")
        return self


class Pivot(Written):
    """A table with a count in each row: the name in the column `by` says which, the column `of` how much."""

    by: tuple[str, ...]
    of: tuple[str, ...]
    gives: Mapping[str, str]


class Source(Written):
    """A tool's exports. `signs`: headers that only this tool writes, of which two must stand there."""

    key: str
    name: str
    how: str
    signs: tuple[str, ...]
    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    day: tuple[str, ...] = ()
    week: tuple[str, ...] = ()
    month: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    counts: tuple[Count, ...]
    pivot: Pivot | None = None
    figures: tuple[Way, ...]

    @model_validator(mode="after")
    def _counts_are_there(self) -> Self:
        known = {each.name for each in self.counts} | set(self.pivot.gives.values() if self.pivot else ())
        for way in self.figures:
            for name in (way.sum, way.top, way.bottom, way.weight):
                if name and name not in known:
                    raise ValueError(f"{self.key}: {way.figure} is made of {name}, which no column gives")
        return self


class ExportFile(Written):
    """The whole file."""

    totals: tuple[str, ...]
    sources: tuple[Source, ...]


class Exports(Renewable):
    """The exports that are known. The file is read when it is first wanted."""

    def __init__(self, content_dir: Path = SHIPPED) -> None:
        self._path = content_dir / "exports.yaml"

    @cached_property
    def file(self) -> ExportFile:
        """What is written. Raises `Flawed` where it has mistakes."""
        return read_yaml(self._path, ExportFile)

    @cached_property
    def tools(self) -> tuple[Source, ...]:
        """The tools, without tables of one's own."""
        return tuple(each for each in self.file.sources if each.key != OWN)

    @cached_property
    def own(self) -> Source:
        """Tables of one's own."""
        return next(each for each in self.file.sources if each.key == OWN)

    @cached_property
    def totals(self) -> frozenset[str]:
        """What stands in front of a row that sums up the others."""
        return frozenset(header(each) for each in self.file.totals)


def header(written: str) -> str:
    """A header as it is compared: without case, spaces, marks, and a currency or unit in brackets at its end."""
    bare = _UNIT.sub("", _CURRENCY.sub("", written.strip()))
    return re.sub(r"[\s_\-–:.*\"']+", "", bare).casefold()


def currency_in(written: str) -> str:
    """The currency that a header ends with in brackets, as it is written, or ""."""
    found = _CURRENCY.search(written)
    return found[1] if found else ""
