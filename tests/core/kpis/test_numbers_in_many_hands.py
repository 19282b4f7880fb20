"""The number parser against what people of many places type, and against whatever can be typed at all."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.kpis.figures import Stored, amount_of, inside, shown
from core.kpis.metrics import Metrics, Unit
from core.kpis.money import CODES, to_minor
from core.kpis.numbers import number_in
from core.kpis.parsing import LARGEST, NotThatFigure, Taken, Unclear, read_figure
from core.kpis.words import hear
from tests.core.course.world import NOON

METRICS = Metrics()
FIELDS = tuple(METRICS.by_field)
TABLE = Path(__file__).with_name("numbers.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
LIKE_A_NUMBER = st.text(st.sampled_from("0123456789.,'’ \u00a0\u202f-–+%‰xk€£$()/~mMft=١２"), max_size=44)
CURRENCIES = st.sampled_from(sorted(CODES))


def _typed(written: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), written)


def test_the_table_is_as_long_and_as_wide_as_it_says() -> None:
    assert len(ROWS) >= 300
    assert len({row[0] for row in ROWS} & {"en-GB", "en-US", "de-DE", "fr-FR", "es-ES", "nl-NL", "de-CH"}) == 7


@pytest.mark.parametrize(("locale", "field", "currency", "written", "meant"), ROWS, ids=lambda part: str(part)[:24])
def test_what_is_typed_is_read_as_it_was_meant(locale: str, field: str, currency: str, written: str, meant: str) -> None:
    read = _read(field, _typed(written), currency)
    match read:
        case str():
            assert meant == "refused", (locale, read)
        case Unclear():
            assert meant == "asked", (locale, read.question)
        case Taken():
            assert str(read.kept).removesuffix(".0") == meant, locale


@given(st.one_of(st.text(max_size=60), LIKE_A_NUMBER), st.sampled_from(FIELDS), CURRENCIES)
@example("1,000,000,000,000,000,000,000,000,000", "revenue", "EUR")
def test_whatever_is_typed_is_read_asked_about_or_refused(text: str, field: str, currency: str) -> None:
    metric = METRICS.by_field[field]
    read = _read(field, text, currency)
    match read:
        case str():
            assert 0 < len(read) < 300
        case Taken(kept):
            assert inside(amount_of(metric, kept, currency), metric.hard)
        case Unclear(options):
            for _, clear in options:
                assert not isinstance(_read(field, clear, currency), Unclear), (text, clear)


@given(st.text(max_size=200))
@example("ctr 2.1% " * 20)
@example("same same same ctr same")
def test_whatever_is_said_is_heard_without_a_stumble(text: str) -> None:
    heard = hear(text, METRICS, NOON.date())
    assert set(heard.typed) <= set(FIELDS)


@given(st.data(), st.sampled_from(FIELDS), CURRENCIES)
def test_what_is_shown_can_be_typed_in_again(data: st.DataObject, field: str, currency: str) -> None:
    metric = METRICS.by_field[field]
    low, high = metric.hard
    highest = min(high if high is not None else LARGEST, LARGEST / 1000)
    places = 4 if metric.unit in (Unit.PERCENT, Unit.RATIO, Unit.SCORE) else 2
    amount = data.draw(st.decimals(low if low is not None else -highest, highest, places=places))
    kept: Stored
    match metric.unit:
        case Unit.MONEY:
            kept = max(to_minor(amount, currency), to_minor(low or Decimal(0), currency) or (1 if low else 0))
        case Unit.COUNT:
            kept = int(amount)
        case _:
            kept = round(float(amount), 4)
    text = shown(metric, kept, currency)
    read = _read(field, text, currency)
    assert isinstance(read, Taken), (text, read)
    assert read.kept == kept, text


def _read(field: str, typed: str, currency: str) -> Taken | Unclear | str:
    """What it is read as, or the words of the refusal."""
    try:
        return read_figure(METRICS.by_field[field], typed, currency)
    except NotThatFigure as refused:
        return refused.message


def test_a_number_that_is_only_a_mark_is_none() -> None:
    for text in ("", " ", "%", "k", "€", ".", ",", "'", "-", "()", "x"):
        assert number_in(text) is None
