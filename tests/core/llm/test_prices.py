"""What answers cost, by the table of list prices."""

from __future__ import annotations

import pytest

from core.llm.claude import MODEL
from core.llm.model import Usage
from core.llm.prices import PRICES, cost, in_words


def test_every_kind_of_token_has_its_own_price() -> None:
    used = Usage(read=1_000_000, written=100_000, cached=1_000_000, cache_written=10_000)
    assert cost("claude-sonnet-5-5", used) == 2_000_000 + 1_000_000 + 100_000 + 40_000


def test_a_long_prompt_costs_more_where_the_model_says_so() -> None:
    assert cost("claude-haiku-5-5", Usage(read=50_000, cached=50_000)) == 5_500
    assert cost("claude-haiku-5-5", Usage(read=60_000, cached=50_000)) == 32_500


def test_a_name_with_its_date_is_the_same_model() -> None:
    assert cost("claude-haiku-4-5-20251001", Usage(read=1_000_000)) == 1_000_000


@pytest.mark.parametrize(("model", "used"), [("practice", Usage(read=9)), (MODEL, Usage()), ("claude-none", Usage(read=9))])
def test_nothing_is_said_where_nothing_is_known(model: str, used: Usage) -> None:
    assert cost(model, used) is None


def test_the_model_that_answers_unless_it_is_set_has_a_price() -> None:
    assert MODEL in PRICES


@pytest.mark.parametrize(
    ("micros", "words"), [(999, "less than $0.001"), (1_000, "about $0.001"), (12_345, "about $0.012"), (0, "less than $0.001")]
)
def test_a_sum_is_said_in_dollars(micros: int, words: str) -> None:
    assert in_words(micros) == words
