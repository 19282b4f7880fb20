"""What an answer of a model costs, by the table of list prices in `core/content/prices.yaml`, and what it may cost at most."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from core.contents import SHIPPED, Renewable, Written, read_yaml
from core.llm.model import Brief, Usage

MILLION = 1_000_000
BYTES_OF_A_TOKEN = 2
"""Fewer than in any language that people write: English has about four, Chinese three."""
TOKENS_OF_A_PICTURE = 5_000
"""More than the largest picture takes that the API accepts."""
TOKENS_AROUND = 1_000
"""What the API adds by itself: roles, the thinking's rules, a schema's."""

_DATED = re.compile(r"-\d{8}$")

Dollars = Annotated[Decimal, Field(ge=0)]


class Price(Written):
    """US dollars for a million tokens; `cache_hour` and `cache_minutes` are for what is written into the cache for so long.

    `long_from` tokens of input, cached ones among them, everything costs `long_times` as much.
    """

    name: str
    read: Dollars
    written: Dollars
    cached: Dollars
    cache_hour: Dollars
    cache_minutes: Dollars
    long_from: int | None = None
    long_times: int = 1

    def of(self, usage: Usage) -> Decimal:
        """Millionths of a US dollar for these tokens."""
        parts = (
            (usage.read, self.read),
            (usage.written, self.written),
            (usage.cached, self.cached),
            (usage.cache_written - usage.cache_minutes, self.cache_hour),
            (usage.cache_minutes, self.cache_minutes),
        )
        total = sum((tokens * each for tokens, each in parts), Decimal(0))
        long = self.long_from is not None and usage.read + usage.cached + usage.cache_written > self.long_from
        return total * (self.long_times if long else 1)


class PriceFile(Written):
    """The whole file."""

    source: str
    read_on: date
    search: Dollars
    models: tuple[Price, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        names = [each.name for each in self.models]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"{name} has two prices")
            if _DATED.search(name):
                raise ValueError(f"{name}: leave out the date at the end")
        return self


class Prices(Renewable):
    """The prices by model. The file is read when it is first wanted."""

    def __init__(self, content_dir: Path = SHIPPED) -> None:
        self._path = content_dir / "prices.yaml"

    @cached_property
    def file(self) -> PriceFile:
        """What is written. Raises `Flawed` where it has mistakes."""
        return read_yaml(self._path, PriceFile)

    @cached_property
    def by_name(self) -> Mapping[str, Price]:
        """The prices by the models' names."""
        return {each.name: each for each in self.file.models}

    @cached_property
    def dearest(self) -> Price:
        """What a model costs that has no price here."""
        return max(self.file.models, key=lambda each: (each.written, each.read))

    def of(self, model: str) -> Price:
        """The model's price, or the dearest."""
        return self.by_name.get(_DATED.sub("", model), self.dearest)

    def unknown(self, models: Iterable[str]) -> tuple[str, ...]:
        """Those of the models that have no price."""
        return tuple(dict.fromkeys(each for each in models if _DATED.sub("", each) not in self.by_name))

    def cost(self, model: str, usage: Usage) -> int:
        """What the answer cost, in millionths of a US dollar."""
        total = self.of(model).of(usage) + usage.searches * self.file.search * MILLION
        return int(total.to_integral_value(ROUND_HALF_EVEN))

    def most(self, model: str, brief: Brief) -> int:
        """What the answer may cost at most, in millionths of a US dollar: all of it is read anew and kept, it is as long as it
        may be, and the web is searched and read as often as it may be.
        """
        read = read_at_most(brief) + sum(each.uses * each.reads for each in brief.served)
        price = self.of(model)
        dear = Usage(read=read, written=brief.max_tokens)
        kept = Usage(written=brief.max_tokens, cache_written=read)
        searches = sum(each.uses for each in brief.served if each.priced) * self.file.search * MILLION
        return int((max(price.of(dear), price.of(kept)) + searches).to_integral_value(ROUND_CEILING))


def read_at_most(brief: Brief) -> int:
    """The tokens that a brief is read as, rather too many than too few."""
    return brief.size // BYTES_OF_A_TOKEN + brief.pictures * TOKENS_OF_A_PICTURE + TOKENS_AROUND


def in_words(micros: int) -> str:
    """The sum as people read it; below a tenth of a cent, that it is less."""
    dollars = Decimal(micros) / MILLION
    return "less than $0.001" if dollars < Decimal("0.001") else f"about ${dollars:.3f}"


def in_cents(micros: int) -> str:
    """The sum to the cent, for what is added up."""
    return "less than $0.01" if 0 < micros < MILLION // 200 else f"${Decimal(micros) / MILLION:,.2f}"
