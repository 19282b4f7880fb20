"""What an answer of a model costs: the list prices that Anthropic publishes, and the sum for what was used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.llm.model import Usage

SOURCE = "https://platform.claude.com/docs/en/about-claude/pricing"
READ_ON = date(2026, 11, 20)
"""When the table was last compared with its source."""
MILLION = 1_000_000

_DATED = re.compile(r"-\d{8}$")


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens. Instructions are cached for an hour, so `cache_written` is the price of that.

    `long_from` tokens of input, cached ones among them, everything costs `long_times` as much.
    """

    read: Decimal
    written: Decimal
    cached: Decimal
    cache_written: Decimal
    long_from: int | None = None
    long_times: int = 1


def _price(read: str, written: str, cached: str, cache_written: str, long_from: int | None = None, times: int = 1) -> Price:
    return Price(Decimal(read), Decimal(written), Decimal(cached), Decimal(cache_written), long_from, times)


PRICES: Mapping[str, Price] = {
    "claude-haiku-5-5": _price("0.10", "0.50", "0.01", "0.20", 100_000, 5),
    "claude-haiku-4-5": _price("1", "5", "0.10", "2"),
    "claude-sonnet-5-5": _price("2", "10", "0.10", "4"),
    "claude-sonnet-5": _price("2", "10", "0.20", "4"),
    "claude-sonnet-4-6": _price("3", "15", "0.30", "6"),
    "claude-opus-5-5": _price("4", "20", "0.40", "8"),
    "claude-opus-5": _price("5", "25", "0.50", "10"),
    "claude-fable-5-1": _price("10", "50", "1", "20"),
}
"""By the model's name, without the date that some names end in."""


def cost(model: str, usage: Usage) -> int | None:
    """What the answer cost, in millionths of a US dollar.

    None for a model without a price, such as the practice model, and where nothing was counted, as in an answer that broke off.
    """
    price = PRICES.get(_DATED.sub("", model))
    if price is None or usage == Usage():
        return None
    parts = (
        (usage.read, price.read),
        (usage.written, price.written),
        (usage.cached, price.cached),
        (usage.cache_written, price.cache_written),
    )
    total = sum((tokens * each for tokens, each in parts), Decimal(0))
    long = price.long_from is not None and usage.read + usage.cached + usage.cache_written > price.long_from
    return int((total * (price.long_times if long else 1)).to_integral_value())


def in_words(micros: int) -> str:
    """The sum as people read it; below a tenth of a cent, that it is less."""
    dollars = Decimal(micros) / MILLION
    return "less than $0.001" if dollars < Decimal("0.001") else f"about ${dollars:.3f}"
