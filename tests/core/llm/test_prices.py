"""What answers cost, by the table of list prices, and what they may cost at most."""

from __future__ import annotations

from pathlib import Path

import pytest

from bots.settings import Settings
from core.contents import SHIPPED, Flawed
from core.llm.claude import MODEL
from core.llm.model import Brief, Image, Part, Payer, Turn, Usage, Use
from core.llm.prices import Prices, in_cents, in_words
from tests.scheduler.people import NORA

PRICES = Prices()


def test_every_kind_of_token_has_its_own_price() -> None:
    used = Usage(read=1_000_000, written=100_000, cached=1_000_000, cache_written=20_000, cache_minutes=10_000)
    assert PRICES.cost("claude-sonnet-5-5", used) == 2_000_000 + 1_000_000 + 100_000 + 40_000 + 25_000


def test_a_search_of_the_web_costs_a_cent() -> None:
    assert PRICES.cost("claude-sonnet-5-5", Usage(searches=3)) == 30_000


def test_a_long_prompt_costs_more_where_the_model_says_so() -> None:
    assert PRICES.cost("claude-haiku-5-5", Usage(read=50_000, cached=50_000)) == 5_500
    assert PRICES.cost("claude-haiku-5-5", Usage(read=60_000, cached=50_000)) == 32_500


def test_a_name_with_its_date_is_the_same_model() -> None:
    assert PRICES.cost("claude-haiku-4-5-20251001", Usage(read=1_000_000)) == 1_000_000
    assert PRICES.unknown(["claude-haiku-4-5-20251001", "claude-none", "claude-none"]) == ("claude-none",)


def test_a_model_without_a_price_counts_as_the_dearest() -> None:
    used = Usage(read=1_000, written=1_000)
    assert PRICES.cost("claude-none", used) == max(PRICES.cost(each, used) for each in PRICES.by_name)


def test_the_models_that_answer_unless_they_are_set_have_a_price() -> None:
    usual = Settings.model_validate({"ELEVATE_DATA_DIR": "/tmp"})
    assert usual.model == MODEL
    assert PRICES.unknown([usual.model, usual.small_model]) == ()


@pytest.mark.parametrize("model", [*PRICES.by_name, "claude-none"])
@pytest.mark.parametrize("text", ["plain words " * 500, "私の最初の瓶はふわふわになりました。" * 200, "{}[]()" * 1_000])
def test_no_answer_costs_more_than_it_may_cost_at_most(model: str, text: str) -> None:
    brief = Brief(
        system=(Part(text), Part(text, stable=False)),
        turns=(Turn("person", text, (Image("image/png", b"x"),)),),
        question=text,
        payer=Payer(NORA, Use.CHAT),
    )
    tokens = len(text) * 3 + 5_000  # one a character, where English has four characters a token
    if text.isascii():
        tokens = len(text) * 3 // 2 + 5_000
    for used in (Usage(read=tokens), Usage(cache_written=tokens), Usage(cached=tokens), Usage(read=9, cache_written=tokens - 9)):
        whole = Usage(used.read, brief.max_tokens, used.cached, used.cache_written)
        assert PRICES.cost(model, whole) <= PRICES.most(model, brief)


@pytest.mark.parametrize(
    ("micros", "words"), [(999, "less than $0.001"), (1_000, "about $0.001"), (12_345, "about $0.012"), (0, "less than $0.001")]
)
def test_a_sum_is_said_in_dollars(micros: int, words: str) -> None:
    assert in_words(micros) == words


@pytest.mark.parametrize(
    ("micros", "words"), [(0, "$0.00"), (4_999, "less than $0.01"), (12_345, "$0.01"), (1_234_567_890, "$1,234.57")]
)
def test_what_is_added_up_is_said_to_the_cent(micros: int, words: str) -> None:
    assert in_cents(micros) == words


@pytest.mark.parametrize(
    ("was", "now", "what"),
    [
        ("claude-opus-5-5", "claude-opus-5", "two prices"),
        ("claude-haiku-4-5", "claude-haiku-4-5-20251001", "leave out the date"),
        ("read: 0.10", "read: -1", "greater than or equal"),
    ],
)
def test_a_table_with_a_mistake_is_refused_in_words(tmp_path: Path, was: str, now: str, what: str) -> None:
    text = (SHIPPED / "prices.yaml").read_text(encoding="utf-8")
    (tmp_path / "prices.yaml").write_text(text.replace(was, now, 1), encoding="utf-8")
    with pytest.raises(Flawed, match=what):
        _ = Prices(tmp_path).file
