"""Taking finished blocks from a growing text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bots.terminal.blocks import Blocks, finished
from tests.bots.tiny import STORY

PIECES = st.lists(
    st.sampled_from(["# A\n", "words ", "\n", "\n\n", "- item\n", "1. one\n", "```\n", "code\n", "| a |\n|---|\n", "> q\n"])
)


def test_the_last_block_is_never_finished() -> None:
    assert finished("one") == 0
    assert finished("one\n\n") == 0
    assert finished("one\n\ntwo") == len("one\n\n")


def test_a_list_and_a_fence_are_one_block() -> None:
    assert finished("1. a\n\n2. b\n\n") == 0
    assert finished("```\na\n\nb\n") == 0


@given(PIECES, st.integers(1, 9))
def test_whatever_the_pieces_every_word_is_taken_once_and_in_order(pieces: list[str], size: int) -> None:
    text = "".join(pieces)
    blocks = Blocks()
    taken = [blocks.grow(text[at : at + size]) for at in range(0, len(text), size)]
    taken.append(blocks.end())
    assert "".join("".join(taken).split()) == "".join(text.split())


def test_blocks_come_before_the_end() -> None:
    blocks = Blocks()
    taken = [blocks.grow(part) for part in STORY]
    assert any(taken[:-1])


def test_words_that_only_the_end_knows_are_taken_too() -> None:
    blocks = Blocks()
    blocks.grow("Half")
    assert blocks.end("Half and whole") == "Half and whole"
