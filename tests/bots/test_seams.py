"""Where a growing text may be parted."""

from __future__ import annotations

import pytest

from bots.seams import Seam, between_blocks, boundary, cut, ready, seam, whole_words


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Some words.\n\nMore", Seam()),
        ("```python\nx = 1\n", Seam("```", "```python\n")),
        ("```python\nx = 1", Seam("\n```", "```python\n")),
        ("```\nx\n```\n", Seam()),
        ("````md\n```\n", Seam("````", "````md\n")),
        ("~~~\n```\n", Seam("~~~", "~~~\n")),
        ("`not a fence`\n", Seam()),
        ("| a | b |\n| - | - |\n| 1 | 2 |\n", Seam("", "| a | b |\n| - | - |\n")),
        ("| a | b |\n| - | - |\n| 1 | 2 |\n\n", Seam()),
        ("Words before.\n\na | b\n:-- | --:\n1 | 2\n", Seam("", "a | b\n:-- | --:\n")),
        ("A line\n---\nanother\n", Seam()),
    ],
)
def test_what_is_open_is_closed_and_opened_again(before: str, expected: Seam) -> None:
    assert seam(before) == expected


def test_a_block_ends_at_an_empty_line_outside_of_fences() -> None:
    assert boundary("", "One.\n\nTwo.\n\nThr") == len("One.\n\nTwo.\n\n")
    assert boundary("", "One. Two.") == 0
    assert boundary("```\n", "a\n\nb\n") == 0
    assert boundary("```\n", "a\n\nb\n```\n\nWords") == len("a\n\nb\n```\n\n")
    assert between_blocks("One.\n\n")
    assert not between_blocks("```\n\n")
    assert not between_blocks("One.\n")


def test_what_slack_could_take_for_a_mention_is_not_parted() -> None:
    assert ready("", "See [our page](https://x.example/a ") == len("See ")
    assert ready("", "See [our page](https://x.example) now ") == len("See [our page](https://x.example) now ")
    assert ready("", "See [our ") == len("See ")
    assert whole_words("Hello <!chan") == len("Hello ")
    assert whole_words("Hello ") == len("Hello ")
    assert whole_words("Hello") == 0
    assert whole_words("x" * 400) == 400


def test_a_text_that_is_too_long_is_cut_at_a_line_or_a_word() -> None:
    assert cut("one\ntwo three", 8) == len("one\n")
    assert cut("one two three", 9) == len("one two ")
    assert cut("x" * 20, 9) == 9


def test_within_a_fence_or_a_table_whole_lines_are_shown() -> None:
    assert ready("```\n", "one\ntwo words") == len("one\n")
    assert ready("", "```\none two") == len("```\n")
    assert ready("| a |\n| - |\n", "| 1 |\n| 2 ") == len("| 1 |\n")
    assert ready("", "one\ntwo words") == len("one\ntwo ")
    assert ready("```\n", "word " * 500) == 2_500
