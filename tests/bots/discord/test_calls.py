"""Calls behind buttons and options, small enough for Discord."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bots.discord.calls import CHARACTERS, NotACall, TooLong, if_it_fits, read, written
from core.sharing.carrying import is_small
from core.ui import Call

text = st.text(alphabet="ab? !~#:%&=*+\n\t é漢🫙", max_size=8) | st.text(max_size=8)
values = st.dictionaries(text, text | st.lists(text, max_size=3).map(tuple), max_size=3)
every_call = st.builds(Call, text.filter(bool), values, st.booleans(), text)


@pytest.mark.parametrize(
    ("call", "number", "kept"),
    [
        (Call("home"), 0, "home"),
        (Call("home"), 40, "home#14"),
        (Call("run keep", {"run": "run_7"}), 1, "run keep?run=run_7#1"),
        (Call("assets add", form=True), 0, "assets add!"),
        (Call("kpi log", words="ctr 2.1% leads 240"), 0, "kpi log~ctr 2.1%25 leads 240"),
        (Call("run pick", {"run": "r", "items": ("a*b", "c")}, form=True), 0, "run pick!run=r&items*=a%2Ab*c"),
        (Call("assets search", {"words": "wie lange dauert’s?"}), 0, "assets search?words=wie lange dauert’s%3F"),
    ],
)
def test_a_call_is_kept_in_few_characters(call: Call, number: int, kept: str) -> None:
    assert written(call, number) == kept
    assert read(kept) == call


@given(every_call, st.integers(0, 2000))
def test_every_call_that_fits_comes_back_as_it_was(call: Call, number: int) -> None:
    try:
        kept = written(call, number)
    except TooLong:
        assume(False)
    assert 0 < len(kept) <= CHARACTERS
    assert not kept.startswith(("form:", "page:", "stop:"))
    assert ":" not in kept.partition("?")[0].partition("!")[0].partition("~")[0]
    assert read(kept) == call


@given(every_call, st.integers(0, 2000), st.integers(0, 2000))
def test_equal_calls_of_a_message_are_kept_apart(call: Call, one: int, other: int) -> None:
    try:
        assert (written(call, one) == written(call, other)) is (one == other)
    except TooLong:
        assume(False)


longer = st.text(alphabet="ab? !~#:%&=*+\n\t é漢🫙\u2003", max_size=70) | st.text(alphabet="ab é漢", max_size=120)


@given(
    st.builds(Call, st.sampled_from(("run", "kpi log", "a:b")), st.dictionaries(text, longer, max_size=2), st.booleans(), longer)
)
def test_what_the_core_takes_for_small_fits_behind_a_button(call: Call) -> None:
    assert not is_small(call) or if_it_fits(call) is not None


def test_ordinary_words_of_any_language_are_small_while_they_are_few() -> None:
    for words in ("keramische vazen en schalen", "горшки для цветов", "陶器の花瓶", "Größe und Qualität, bitte"):
        assert is_small(Call("assets list", {"search": words, "order": "oldest first", "page": "2"})), words
    assert not is_small(Call("person ask", {"about": "I would like to talk to my coach about prices. " * 2}))


def test_a_call_that_does_not_fit_is_told_by_name_without_what_was_typed() -> None:
    with pytest.raises(TooLong, match="a call of 'assets search' with words has 514 characters; Discord takes 100") as raised:
        written(Call("assets search", {"words": "s" * 494}))
    assert "ssss" not in str(raised.value)


@pytest.mark.parametrize("text", ["", "form:shn_1:0", "page:shn_1:2", "stop:discord:7", "?run=1", "run?keep", "a#B", "a#"])
def test_what_is_no_call_is_none(text: str) -> None:
    with pytest.raises(NotACall):
        read(text)


@given(st.text(alphabet="abc?!~#:%&=*1 ") | st.text())
def test_any_text_is_a_call_or_none(text: str) -> None:
    try:
        call = read(text)
    except NotACall:
        return
    assert call.command
