"""Who stands where: equals share a place, nobody is last, and nobody who did not agree is named or counted."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from core.board.actions import WEEK
from core.board.ports import Sharer
from core.board.ranks import TOP, Span, Standings, standings

MONDAY = date(2026, 3, 2)
THIS, LAST = MONDAY.isoformat(), (MONDAY - WEEK).isoformat()


def board(*ticked: int, span: Span = Span.WEEK) -> Standings:
    """The board of people who ticked so many items this week."""
    people = [Sharer(f"per_{number:04}", f"Student {number:04}") for number in range(len(ticked))]
    tallies = {each.id: {THIS: (done, 0, 0, 0, 0)} for each, done in zip(people, ticked, strict=True)}
    return standings(people, tallies, span, MONDAY)


def test_fewer_than_three_are_no_board() -> None:
    assert board(5, 3) == Standings(shared=False)
    assert board(5, 3, 0).shared


def test_equals_share_a_place_and_are_in_the_order_of_their_names() -> None:
    rows = board(2, 5, 5, 4, 1).rows
    assert [(each.person_id, each.place) for each in rows] == [
        ("per_0001", 1),
        ("per_0002", 1),
        ("per_0003", 3),
        ("per_0000", 4),
        ("per_0004", None),
    ]


def test_a_small_cohort_has_places_in_its_upper_half_and_names_the_others_beside() -> None:
    found = board(1, 2, 3, 4, 5, 0)
    assert [each.points for each in found.top] == [5, 4]
    assert [each.points for each in found.beside] == [1, 2, 3], "by name, and those who did nothing are nowhere"
    assert [each.place for each in board(2, 2, 2).top] == [1, 1, 1], "all of them are first"


def test_in_a_large_one_there_are_ten_and_everybody_sees_those_around_them() -> None:
    found = board(*range(1, 101))
    assert [each.points for each in found.top] == list(range(100, 90, -1))
    assert found.beside == ()
    middle = found.of("per_0049")
    assert middle is not None
    assert [(each.place, each.points) for each in found.around(middle)] == [(49, 52), (50, 51), (51, 50), (52, 49), (53, 48)]
    eleventh, second, fewest = found.rows[10], found.rows[98], found.rows[99]
    assert [each.place for each in found.around(eleventh)] == [11, 12, 13]
    assert [each.place for each in found.around(fewest)] == [98, 99, None]
    assert fewest not in found.around(second), "nobody sees who has the fewest"
    ahead = found.ahead_of(fewest)
    assert ahead is not None
    assert ahead.points == 2


def test_many_who_share_a_place_are_ten_and_a_number() -> None:
    found = board(*[3] * 300, 1)
    assert (len(found.top), len(found.ranked)) == (TOP, 300)
    own = found.of("per_0200")
    assert own is not None
    assert {each.place for each in found.around(own)} == {1}


def test_each_span_adds_up_its_own_weeks() -> None:
    people = [Sharer(each, each) for each in "abc"]
    tallies = {"a": {LAST: (4, 0, 0, 0, 0), THIS: (1, 0, 0, 0, 0)}, "b": {LAST: (2, 0, 0, 0, 0)}, "c": {THIS: (3, 0, 0, 0, 0)}}
    found = {span: [(each.name, each.points) for each in standings(people, tallies, span, MONDAY).rows] for span in Span}
    assert found == {
        Span.WEEK: [("c", 3), ("a", 1)],
        Span.LAST: [("a", 4), ("b", 2)],
        Span.COHORT: [("a", 5), ("c", 3), ("b", 2)],
    }


TALLIES = st.dictionaries(
    st.sampled_from([f"per_{number}" for number in range(8)]),
    st.dictionaries(st.sampled_from([THIS, LAST]), st.tuples(*[st.integers(0, 9)] * 5), max_size=2),
)


@given(TALLIES, st.sets(st.sampled_from([f"per_{number}" for number in range(10)])), st.sampled_from(Span))
def test_nobody_unwilling_ever_shows_and_the_order_is_always_the_same(
    tallies: dict[str, dict[str, tuple[int, ...]]], willing: set[str], span: Span
) -> None:
    people = [Sharer(each, f"Student {each[-1]}") for each in sorted(willing)]
    found = standings(people, tallies, span, MONDAY)
    shown = {each.person_id for each in (*found.rows, *found.top, *found.beside)}
    assert shown <= willing
    alone = {key: weeks for key, weeks in tallies.items() if key in willing}
    assert found == standings(people[::-1], dict(sorted(alone.items(), reverse=True)), span, MONDAY), "others count for nothing"
    points = [each.points for each in found.rows]
    assert points == sorted(points, reverse=True)
    for row in found.rows:
        above = sum(each.points > row.points for each in found.rows)
        assert row.place in (above + 1, None)
        around = found.around(row)
        assert {each.person_id for each in around} <= willing
        assert all(each.place is not None for each in around if each is not row)
    if found.rows and found.rows[0].points > found.rows[-1].points:
        assert found.rows[-1].place is None
        assert found.rows[-1] not in found.top
