"""The items of a list in an answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.playbook.items import items_in


def test_the_numbered_list_is_the_work_and_the_bullets_beside_it_remarks() -> None:
    text = "Pain used: fuzz.\n\n1. **Fuzzy jar?**\n   Why: it names it.\n   - a list inside\n2. Fluff\n\nNotes:\n\n- one\n- two"
    assert items_in(text) == ("**Fuzzy jar?**\nWhy: it names it.\n- a list inside", "Fluff")


def test_items_apart_and_lists_apart_are_taken_together() -> None:
    text = "## Short\n\n1. One\n\n2. Two\n\n## Long\n\n1) Three\n\n   and more"
    assert items_in(text) == ("One", "Two", "Three\n\nand more")


@pytest.mark.parametrize("text", ["", "Just words.", "1. One alone", "- ", "| a | b |\n|---|---|\n| 1 | 2 |"])
def test_where_there_is_no_list_there_are_no_items(text: str) -> None:
    assert items_in(text) == ()


def test_bullets_are_items_where_nothing_is_numbered() -> None:
    assert items_in("* One\n* Two") == ("One", "Two")


@given(st.lists(st.text(alphabet="abc *_-.1)", min_size=1, max_size=30).filter(lambda each: each.strip()), max_size=6))
def test_every_item_is_whole_and_none_is_invented(lines: list[str]) -> None:
    text = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))
    assert all(each and each in text.replace("\r", "") for each in items_in(text))
