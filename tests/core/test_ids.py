"""Identifiers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from core.ids import new_id


def test_ids_made_later_sort_later_in_the_same_millisecond_too() -> None:
    made = [new_id("run") for _ in range(5_000)]
    assert made == sorted(made)


def test_ids_are_told_apart_by_their_prefix_and_are_all_of_one_length() -> None:
    assert new_id("run").startswith("run_")
    assert {len(new_id("x")) for _ in range(100)} == {28}


def test_threads_make_no_id_twice() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: new_id("run"), range(8_000)))
    assert len(set(made)) == len(made)
