"""Our messages are found again by the number of their first component."""

from __future__ import annotations

from bots.discord.marks import Mark, read
from bots.discord.posts import Post

KEY = "arr_1:1"


def _posted(*marks: Mark) -> list[tuple[str, int]]:
    return [(str(number), mark.number) for number, mark in enumerate(marks, start=100)]


def test_a_mark_is_a_positive_number_of_31_bits_on_the_first_component() -> None:
    numbers = {Mark(f"key {at}").number for at in range(10_000)}
    assert len(numbers) > 9_990
    assert min(numbers) > 0
    assert max(numbers) < 2**31
    post = Mark(KEY).on(Post(({"type": 10, "content": "a"}, {"type": 10, "content": "b"})))
    assert [each.get("id") for each in post.components] == [Mark(KEY).number, None]


def test_a_message_is_whole_when_its_last_part_and_all_before_are_there() -> None:
    first, second, third = (Mark(KEY, part, 3) for part in (1, 2, 3))
    whole = read(_posted(third, second, first), KEY)
    assert whole.whole
    assert whole.parts == {1: "102", 2: "101", 3: "100"}
    assert not read(_posted(second, first), KEY).whole
    half = read(_posted(third, first), KEY)
    assert not half.whole
    assert half.parts == {1: "101", 3: "100"}


def test_other_messages_are_not_taken_for_it() -> None:
    others = [Mark(f"other {at}") for at in range(1_000)]
    assert read([*_posted(*others), ("1", 0), ("2", 1)], KEY).parts == {}


def test_a_nonce_keeps_parts_and_places_apart_and_fits_discord() -> None:
    nonces = {Mark(KEY, part).nonce(channel) for part in (1, 2) for channel in (1, 2)}
    assert len(nonces) == 4
    assert all(len(each) <= 25 for each in nonces)
