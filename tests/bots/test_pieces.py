"""Markdown in pieces: nothing lost, none too long, fences balanced, tables under their heads."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bots.pieces import blocks, pieces, reader

SAID = ("pan", "lid", "a", "scrubbing", "**bold**", "`code`", "*it*", "[a](https://x.test)", "2", "&", "<", "```")
WORDS = st.lists(st.sampled_from(SAID), min_size=1)
PARAGRAPH = WORDS.map(" ".join)
CODE = st.lists(st.text("ab {}`#|>-", max_size=90), max_size=12)
ROWS = st.lists(st.tuples(st.text("ab c", max_size=12), st.text("12", max_size=5)), min_size=1, max_size=20)


def _fence(lines: list[str], mark: str) -> str:
    return "\n".join([f"{mark}python", *(line for line in lines if mark[0] not in line), mark])


def _table(rows: list[tuple[str, str]]) -> str:
    return "\n".join(["| Pan | Sold |", "|---|---:|", *(f"| {a} | {b} |" for a, b in rows)])


BLOCK = st.one_of(
    PARAGRAPH,
    PARAGRAPH.map(lambda each: f"## {each}"),
    st.lists(PARAGRAPH, min_size=1, max_size=8).map(lambda each: "\n".join(f"- {one}" for one in each)),
    st.lists(PARAGRAPH, min_size=1, max_size=8).map(lambda each: "\n".join(f"{at}. {one}" for at, one in enumerate(each, 1))),
    st.builds(_fence, CODE, st.sampled_from(["```", "~~~~"])),
    st.builds(lambda lines: "- item\n\n  " + _fence(lines, "```").replace("\n", "\n  "), CODE),
    ROWS.map(_table),
    st.lists(PARAGRAPH, min_size=1, max_size=5).map(lambda each: "\n".join(f"> {one}" for one in each)),
)
TEXTS = st.lists(BLOCK, min_size=1, max_size=6).map("\n\n".join)


def _letters(markdown: str) -> str:
    """What is read, without the marks that may be repeated or added."""
    return re.sub(r"[^a-zA-Z0-9&<{}]", "", re.sub(r"^\s*(?:> )?(?:```|~~~~)python$", "", markdown, flags=re.MULTILINE))


@given(TEXTS, st.integers(80, 400))
def test_no_piece_is_too_long_and_no_word_is_lost(text: str, at_most: int) -> None:
    found = pieces(text, at_most)
    assert all(0 < len(each) <= at_most for each in found)
    joined, at = _letters("\n".join(found)), 0
    for letter in _letters(text):  # heads may stand more than once between
        at = joined.find(letter, at) + 1
        assert at, (letter, found)


@given(TEXTS, st.integers(80, 400))
def test_every_fence_that_is_opened_is_closed_in_the_same_piece(text: str, at_most: int) -> None:
    for piece in pieces(text, at_most):
        for token, source in blocks(piece):
            if token.type == "fence":
                lines = source.strip().split("\n")
                assert len(lines) > 1, piece
                assert lines[-1].strip() == token.markup, piece


@given(st.text(max_size=600), st.integers(40, 200))
def test_any_text_at_all_is_parted(text: str, at_most: int) -> None:
    found = pieces(text, at_most)
    assert all(0 < len(each) <= at_most for each in found)
    assert bool(found) == bool(text.strip())


def test_what_fits_stays_as_it_is() -> None:
    text = "# Hooks\n\nA hook is the **first line**.\n\n- one\n- two\n\n```\ncode\n```"
    assert pieces(text, 200) == (text,)


def test_parts_between_blocks_and_keeps_a_heading_with_what_it_heads() -> None:
    text = f"{'word ' * 15}\n\n## Next\n\n{'more ' * 10}"
    assert pieces(text, 100) == (("word " * 15).strip(), f"## Next\n\n{('more ' * 10).strip()}")


def test_a_fence_that_is_too_long_is_opened_again_in_each_piece() -> None:
    found = pieces("```python\n" + "\n".join(f"line {at}" for at in range(30)) + "\n```", 100)
    assert len(found) > 2
    assert all(each.startswith("```python\n") and each.endswith("\n```") for each in found)


def test_a_table_that_is_too_long_has_its_head_over_each_piece() -> None:
    found = pieces("| Pan | Sold |\n|---|---|\n" + "\n".join(f"| pan {at} | {at} |" for at in range(30)), 100)
    assert len(found) > 2
    assert all(each.startswith("| Pan | Sold |\n|---|---|\n| pan") for each in found)
    assert all([token.type for token, _ in blocks(each)] == ["table_open"] for each in found)


def test_a_numbered_list_goes_on_with_its_numbers() -> None:
    found = pieces("\n".join(f"{at}. {'word ' * 6}".rstrip() for at in range(1, 9)), 100)
    assert [each[:2] for each in found] == ["1.", "4.", "7."]


def test_a_fence_that_was_left_open_is_closed() -> None:
    assert pieces("Look:\n\n```\ncode", 100) == ("Look:\n\n```\ncode\n```",)


def test_a_quote_stays_a_quote_in_each_piece() -> None:
    found = pieces("\n".join(f"> {'word ' * 8}".rstrip() for _ in range(8)), 120)
    assert len(found) > 2
    assert all({token.type for token, _ in blocks(each)} == {"blockquote_open"} for each in found)


def test_marks_of_code_within_a_line_open_no_fence_where_the_line_is_parted() -> None:
    found = pieces("word " * 9 + "``` not a fence " + "word " * 20, 50)
    assert len(found) > 2
    for piece in found:
        assert all(token.type == "paragraph_open" for token in reader().parse(piece) if token.level == 0 and token.nesting == 1)
