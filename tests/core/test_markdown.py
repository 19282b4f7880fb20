"""Markdown as plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.markdown import plain


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("No marks at all.", "No marks at all."),
        ("A **bold** and *quiet* word, ~~gone~~, `code`.", "A bold and quiet word, gone, code."),
        ("# Title\n\nText", "Title\n\nText"),
        ("- one\n- **two**\n  - deep", "- one\n- two\n  - deep"),
        ("1. *one*\n2. two", "1. one\n2. two"),
        ("3. three\n4. *four*", "3. three\n4. four"),
        ("> said *she*\n> again", "> said she\n> again"),
        ("```python\na = **b**\n```", "a = **b**"),
        ("See [the page](https://example.com/a).", "See the page (https://example.com/a)."),
        ("<https://example.com>", "https://example.com"),
        ("| a | b |\n|---|---|\n| 1 | **22** |", "a  b\n-  --\n1  22"),
        ("2 * 3 * 4 = 24 and snake_case_name", "2 * 3 * 4 = 24 and snake_case_name"),
        ("<b>not a tag</b>", "<b>not a tag</b>"),
        ("![a jar](jar.png)", "[picture] a jar"),
        ("one\\*two &amp; three", "one*two & three"),
    ],
)
def test_marks_go_and_meaning_stays(markdown: str, text: str) -> None:
    assert plain(markdown) == text


@given(st.text())
def test_any_text_is_set(text: str) -> None:
    assert isinstance(plain(text), str)


@given(st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), min_size=1, max_size=20))
def test_no_word_is_lost(words: list[str]) -> None:
    assert plain(" ".join(f"**{word}**" for word in words)).split() == words
